"""What a visitor gives of an event becomes what the page holds of it, as plain data.

The server keeps nothing: what was given, the answer and the ground to draw live in the page.
"""

from datetime import UTC, datetime
from typing import Any

from geoapp.app.event_statement import footprint_asked
from geoapp.app.view import Views
from geoapp.event.answer import page_answer
from geoapp.event.ground import bounds_of, steps_of
from geoapp.event.statement import way_of
from geoapp.event.told import told_event
from geoapp.reports.flash import Flash
from geoapp.style import BRAND
from geoapp.words import LANGUAGES, translate
from layers.countries import COUNTRIES
from layers.errors import EventOptionError, EventStatementError, LayersError, NoGroundError


def event_of(views: Views, asked: dict[str, Any], name: str) -> dict[str, Any]:
    """Return what the page holds of an event.

    Parameters
    ----------
    views : Views
        Answers of the build.
    asked : dict
        Of ``read_statement``.
    name : str
        What a list or drawing is called in provenance.

    Returns
    -------
    dict
        ``brief``: as ``told_event``, and the options that it was read with; ``overlay``: what
        is drawn above the units.

    Raises
    ------
    LayersError
        One sentence.
    """
    built = views.stored.build
    footprint = footprint_asked(views, asked, name)
    answer = page_answer(built, views.catalogue, footprint, ground=views.event_ground)
    told = told_event(views.catalogue, COUNTRIES[built.country], answer["brief"], asked["way"])
    options = {part: asked.get(part) for part in ("buffer_km", "thresholds")}
    return {
        "brief": told | {"options": options},
        "overlay": _overlay(answer["brief"], answer["footprint"]),
    }


def flash_of(views: Views, asked: dict[str, Any], name: str, language: str) -> Flash:
    """Return what a flash brief prints, worked out anew from what the visitor gave.

    Parameters
    ----------
    views, asked, name
        As ``event_of``; ``asked`` bears the moment of the question, ``t``, in ms, and the
        ``rates`` that the page shows.
    language : str
        A language of the product.

    Returns
    -------
    Flash
        The same for the same statement.

    Raises
    ------
    LayersError
        One sentence.
    """
    built, country = views.stored.build, COUNTRIES[views.stored.build.country]
    footprint = footprint_asked(views, asked, name)
    answer = page_answer(built, views.catalogue, footprint, ground=views.event_ground)
    return Flash(
        built=built,
        country=country,
        told=told_event(views.catalogue, country, answer["brief"], asked["way"]),
        ground=answer["footprint"],
        rates={band: (low, high) for band, (low, high) in (asked.get("rates") or {}).items()},
        language=language,
        made=datetime.fromtimestamp(asked["t"] / 1000, UTC),
    )


def problem_of(asked: Any, error: LayersError) -> dict[str, Any]:
    """Return the sentence (key and values) that tells why there is no answer, and the detail."""
    key = way_of(asked)
    if isinstance(error, EventStatementError):
        key = "statement"
    if isinstance(error, EventOptionError):
        key = "option"
    if isinstance(error, NoGroundError) and key == "file":
        key = "ground"
    # In every language: the visitor may change it, and no template is read back from a page.
    detail = {language: translate(error, language) for language in LANGUAGES}
    name = asked.get("name") if isinstance(asked, dict) else None
    return {"key": key, "name": name or "", "detail": detail}


def _overlay(brief: dict[str, Any], ground: dict[str, Any]) -> dict[str, Any]:
    """Return the ground in one colour, darker where it is stronger, and the epicentre."""
    kind = brief["footprint"]["kind"]
    steps = steps_of([band["id"] for band in brief["bands"]], kind)
    features = [
        feature
        | {"properties": {"colour": BRAND, "class": f"step-{steps[feature['properties']['band']]}"}}
        for feature in ground["features"]
    ]
    source = brief["footprint"]["source"]
    points = []
    if source.get("lon") and source.get("lat"):
        label = f"M {source['magnitude']}" if source.get("magnitude") else ""
        lon, lat = float(source["lon"]), float(source["lat"])
        points = [{"lon": lon, "lat": lat, "label": label, "kind": "epicentre"}]
    overlay: dict[str, Any] = {
        "areas": {"type": "FeatureCollection", "features": features},
        "points": points,
    }
    if features:
        overlay["fit"] = bounds_of(ground["features"], kind)
    return overlay
