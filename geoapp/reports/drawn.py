"""Maps of a report with all that a picture that leaves the screen carries."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geoapp.answers.cells import index_class
from geoapp.answers.score_classes import score_breaks
from geoapp.numbers import show_number, show_value
from geoapp.reports.maps import Frame, area_map, circle_map, frame_of, paths_of, scale_bar
from geoapp.reports.report import Asked
from geoapp.style import NO_DATA, colours_for
from geoapp.words import say
from layers.spec import LayerSpec
from layers.terms import AdminLevel, Unit

_INSET = (460, 480)
"""Paper of the inset, in tenths of a millimetre."""


@dataclass(frozen=True)
class Ground:
    """What maps of one place share: paper, outlines and the units that it is about."""

    level: AdminLevel
    frame: Frame
    paths: dict[str, str]
    around: str
    members: tuple[str, ...]
    points: pd.DataFrame
    over: str = ""
    """Outlines of the regions, where districts of several are shown."""


def ground_of(
    asked: Asked,
    level: AdminLevel,
    members: tuple[str, ...],
    width: int,
    height: int,
    box: tuple[float, float, float, float] | None = None,
) -> Ground:
    """Return the ground for maps of some units.

    Parameters
    ----------
    asked : Asked
        Holds the build.
    level : AdminLevel
        Of the units.
    members : tuple of str
        The units that the map is about and that it fits on paper.
    width, height : int
        Of the paper, in tenths of a millimetre.
    box : tuple of float, optional
        West, south, east and north of what is shown; all members by default.

    Returns
    -------
    Ground
        To be painted by ``painted``.
    """
    made = asked.made(level)
    bounds = box or tuple(made.outlines.loc[list(members)].total_bounds)
    frame = frame_of(bounds, width, height)
    several = len({code[:2] for code in members}) > 1 and level is not AdminLevel.REGION
    regions = paths_of(asked.made(AdminLevel.REGION).outlines, frame) if several else {}
    west, south, east, north = frame.box.bounds
    neighbours = asked.built.backdrop.geometry.clip_by_rect(
        west - 1, south - 1, east + 1, north + 1
    )
    parts = gpd.GeoSeries(shapely.get_parts(neighbours.to_numpy()), crs=neighbours.crs)
    return Ground(
        level=level,
        frame=frame,
        paths=paths_of(made.outlines, frame),
        around="".join(paths_of(parts, frame).values()),
        members=members,
        points=made.units,
        over="".join(regions.values()),
    )


def painted(
    ground: Ground,
    values: pd.Series,
    unit: Unit,
    breaks: tuple[float, ...],
    language: str,
    numbered: bool = False,
) -> dict[str, Any]:
    """Paint one layer: circles for counts, classes for all else.

    Parameters
    ----------
    ground : Ground
        The place.
    values : Series
        By unit; missing is NaN.
    unit : Unit
        What is counted decides how it is drawn.
    breaks : tuple of float
        Inner class limits.
    language : str
        Of the legend.
    numbered : bool
        Print the number of the class on the units too.

    Returns
    -------
    dict
        svg and legend (rows of colour, number and text; a circle has no colour).
    """
    own = values.reindex(list(ground.members))
    if unit.is_extensive:
        largest = float(own.max()) if own.notna().any() else 0.0
        svg = circle_map(ground.frame, ground.paths, own, ground.points, largest)
        shown = say("report.largest", language, value=show_value(largest, unit))
        legend = [{"colour": "", "number": "", "text": shown}]
        return {"svg": svg, "legend": [*legend, *_missing(own, language)]}
    colours = colours_for(unit, breaks)
    classes = {
        str(code): None if pd.isna(value) else index_class(float(value), breaks) - 1
        for code, value in own.items()
    }
    points = ground.points if numbered else None
    svg = area_map(
        ground.frame,
        ground.paths,
        classes,
        colours,
        ground=ground.around,
        over=ground.over,
        points=points,
    )
    return {"svg": svg, "legend": [*_classes(unit, breaks, colours), *_missing(own, language)]}


def _classes(
    unit: Unit, breaks: tuple[float, ...], colours: tuple[str, ...]
) -> list[dict[str, str]]:
    ends = [show_value(limit, unit) for limit in breaks]
    if not ends:
        return []
    texts = [
        f"< {ends[0]}",
        *(f"{low}–{high}" for low, high in pairwise(ends)),
        f"≥ {ends[-1]}",
    ]
    if unit is Unit.SEVERITY:
        texts = [str(step) for step in range(1, len(colours) + 1)]
    return [
        {"colour": colour, "number": str(step), "text": text}
        for step, (colour, text) in enumerate(zip(colours, texts, strict=True), 1)
    ]


def _missing(own: pd.Series, language: str) -> list[dict[str, str]]:
    if own.notna().all():
        return []
    return [{"colour": NO_DATA, "number": "–", "text": say("page.missing", language)}]


def painted_score(asked: Asked, ground: Ground) -> dict[str, Any]:
    """Paint the priority score, the number of its class printed where there is room."""
    score = asked.ranking(ground.level).units["score"]
    breaks = score_breaks(asked.built, ground.level, asked.catalogue)
    return painted(ground, score, Unit.INDEX_0_100, breaks, asked.language, numbered=True)


def country_map(asked: Asked, width: int, height: int) -> dict[str, Any]:
    """Paint the score of the whole country, with the inset that the country declares.

    Most people live in districts that a map of the country cannot show.

    Parameters
    ----------
    asked : Asked
        Build, scenario and level.
    width, height : int
        Of the paper, in tenths of a millimetre.

    Returns
    -------
    dict
        svg, legend, scale; inset and inset_name, None where the country declares none.
    """
    members = tuple(str(code) for code in asked.made(asked.level).units.index)
    ground = ground_of(asked, asked.level, members, width, height)
    box, inset = asked.country.inset_box, None
    if box and asked.level is not AdminLevel.REGION:
        inset = ground_of(asked, asked.level, members, *_INSET, box=box)
    return {
        **painted_score(asked, ground),
        "scale": scale_of(ground),
        "inset": painted_score(asked, inset)["svg"] if inset else None,
        "inset_name": asked.country.inset_name if inset else None,
    }


def painted_layer(asked: Asked, ground: Ground, layer: LayerSpec) -> dict[str, Any]:
    """Paint a layer with its declared classes."""
    values = asked.made(ground.level).table.layer(layer.id)
    return painted(ground, values, layer.unit, layer.breaks, asked.language)


def scale_of(ground: Ground) -> dict[str, Any]:
    """Return the scale bar of a place: its text, and its length in millimetres."""
    km, length = scale_bar(ground.frame)
    return {"text": f"{show_number(km, 0)} km", "mm": round(length, 2)}
