"""What can be chosen on the page: levels, objectives of the results frame and layers."""

from functools import lru_cache
from typing import Any

from geoapp.app.quality import QUALITY
from geoapp.app.state import CHANGE, SCORE, ViewState
from geoapp.app.view import Views
from geoapp.words import say
from layers.terms import AdminLevel

WHOLE_FRAME = "all"
"""What the choice of an objective holds where none is chosen."""


def level_options(views: Views, language: str) -> list[dict[str, Any]]:
    """Return the levels; those that the build has not cannot be chosen."""
    return [
        {
            "label": say(f"level.{level}", language),
            "value": level.value,
            "disabled": level not in views.levels,
        }
        for level in AdminLevel
    ]


def objective_options(views: Views, language: str) -> list[dict[str, Any]]:
    """Return the objectives of the results frame; those that no layer serves cannot be chosen."""
    served = views.served
    whole = {"label": say("page.whole_frame", language), "value": WHOLE_FRAME}
    return [
        whole,
        *(
            {
                "label": f"{name} {say(f'objective.{name}', language)}",
                "value": name,
                "disabled": name not in served,
            }
            for name in views.objectives
        ),
    ]


def layer_options(views: Views, view: ViewState) -> list[dict[str, Any]]:
    """Return the layers by theme; those without a figure at this level cannot be chosen.

    An objective of the results frame narrows them; what is shown stays in the list.
    """
    language = view.language
    # Only an objective leaves layers out, but never the one that is shown.
    layer = view.layer if view.objective else None
    options = _of_build(
        views, view.level, language, view.objective, layer, view.against is not None
    )
    own = {
        name: say("own.title", language, title=layer.title) for name, layer in views.own().items()
    }
    return [*options, *_group(say("own.theme", language), "own", own)]


@lru_cache(maxsize=64)
def _of_build(
    views: Views,
    level: AdminLevel,
    language: str,
    objective: str | None,
    layer: str | None,
    is_compared: bool,
) -> list[dict[str, Any]]:
    """Return the choices that everybody has."""
    known = views.known_layers(level)
    options: list[dict[str, Any]] = [{"label": say("layer.score.title", language), "value": SCORE}]
    if is_compared:
        options.append({"label": say("layer.change.title", language), "value": CHANGE})
    themes: dict[str, list[str]] = {}
    for name in views.narrowed(objective, layer):
        themes.setdefault(views.catalogue.layer(name).dimension.value, []).append(name)
    for theme, names in themes.items():
        heading = {"label": say(f"dimension.{theme}", language).upper(), "value": f"theme:{theme}"}
        options.append({**heading, "disabled": True})
        options.extend(
            {
                "label": say(f"layer.{name}.title", language),
                "value": name,
                "disabled": name not in known,
            }
            for name in names
        )
    # The quality of the data serves no objective.
    titles = {
        name: say(f"layer.{name}.title", language)
        for name in QUALITY
        if objective is None or name == layer
    }
    return options + _group(say("data.quality_theme", language), "quality", titles)


def _group(theme: str, key: str, titles: dict[str, str]) -> list[dict[str, Any]]:
    """Return a heading and what can be chosen under it; nothing where there is none."""
    if not titles:
        return []
    heading = {"label": theme.upper(), "value": f"theme:{key}", "disabled": True}
    return [heading, *({"label": title, "value": name} for name, title in titles.items())]
