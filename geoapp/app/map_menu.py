"""What the panel of the map offers, in one answer that it asks for when it is opened."""

from itertools import pairwise
from typing import Any

from geoapp.app.options import layer_options
from geoapp.app.overlays import RIVERS
from geoapp.app.state import SCORE, ViewState
from geoapp.app.view import Views
from geoapp.numbers import show_number
from geoapp.style import picture_colours
from geoapp.words import say, words
from layers.indicators.sphere import EARTH_KM
from layers.spec import SourceSpec
from layers.terms import PlaceKind

_KEY = "map."


def menu(views: Views, language: str) -> dict[str, Any]:
    """Return words, layers, overlays, pictures and tiles.

    Parameters
    ----------
    views : Views
        Answers of the build.
    language : str
        One of ``LANGUAGES``.

    Returns
    -------
    dict
        words, layers (id, title, is_count, levels; a heading has no id), drawn, pictures, labels (an address),
        tiles (None without), earth_km.
    """
    overlays = views.overlays
    known = {level: views.known_layers(level) for level in views.levels}
    said = words(language)
    return {
        "words": {key.removeprefix(_KEY): said[key] for key in said if key.startswith(_KEY)},
        "layers": [
            _layer(
                views, option, {level.value for level in known if option["value"] in known[level]}
            )
            for option in layer_options(views, ViewState(language=language))
        ],
        "drawn": [
            {
                "name": one.name,
                "title": _title(one.name, language),
                "address": one.address,
                "source": _cited(views, one.sources),
            }
            for one in overlays.drawn.values()
        ],
        "pictures": [
            {
                "name": layer,
                "title": say(f"layer.{layer}.title", language),
                "address": one.address,
                "box": views.country.box,
                "classes": _classes(views, layer, language),
                "source": _cited(views, one.sources),
            }
            for layer, one in overlays.painted.items()
        ],
        "labels": overlays.names_of_units.address,
        "tiles": overlays.tiles
        and {"zooms": overlays.tiles.zooms, "attribution": overlays.tiles.attribution},
        "earth_km": EARTH_KM,
    }


def _layer(views: Views, option: dict[str, Any], levels: set[str]) -> dict[str, Any]:
    name = option["value"]
    if name == SCORE:
        return {"name": name, "title": option["label"], "is_count": False, "levels": None}
    if name not in views.catalogue.layers:
        return {"title": option["label"]}
    unit = views.catalogue.layer(name).unit
    return {
        "name": name,
        "title": option["label"],
        "is_count": unit.is_extensive,
        "levels": sorted(levels),
    }


def _title(name: str, language: str) -> str:
    if name == RIVERS or name in {kind.value for kind in PlaceKind}:
        return say(f"map_over.{name}", language)
    return say(f"awaited.{name.removeprefix('loaded_')}.title", language)


def _cited(views: Views, sources: tuple[str, ...]) -> str:
    cited: list[SourceSpec] = [views.catalogue.source(name) for name in sources]
    return "; ".join(f"{one.publisher}, {one.vintage}. {one.citation}" for one in cited)


def _classes(views: Views, layer: str, language: str) -> list[dict[str, str]]:
    """Return colour and limits of each class of a picture."""
    breaks = views.overlays.pictures[layer].breaks
    unit = say(f"unit.{views.catalogue.layer(layer).unit}", language)
    marks = [show_number(value, 0 if value == round(value) else 1) for value in breaks]
    spans = [
        f"< {marks[0]} {unit}" if marks else say("map.is_there", language),
        *(f"{low}–{high}" for low, high in pairwise(marks)),
        *(f"≥ {mark}" for mark in marks[-1:]),
    ]
    colours = picture_colours(len(breaks) + 1)
    return [{"colour": c, "label": span} for c, span in zip(colours, spans, strict=True)]
