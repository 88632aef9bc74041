"""The map of a flash brief: the footprint by band, offices, epicentre, scale and legend."""

from typing import Any
from xml.sax.saxutils import escape

import geopandas as gpd
import numpy as np
import shapely

from geoapp.event.ground import STEP_OPACITY, bounds_of, steps_of
from geoapp.event.words import band_head, band_names
from geoapp.numbers import show_number
from geoapp.reports.maps import (
    Frame,
    draw_path,
    draw_svg,
    frame_of,
    paths_of,
    scale_bar,
)
from geoapp.style import BRAND, INK, INK_SOFT, LINE, NEIGHBOUR, SURFACE
from geoapp.words import say
from layers.built import Build
from layers.spec import CountryProfile, Office
from layers.terms import AdminLevel

_LEAST_SPAN = 0.8
"""Degrees that a map shows at least, so that a single district is seen among its neighbours."""
_LETTER = 15
"""Tenths of a millimetre that a letter of a label is wide, about."""
_LINE = 34
Box = tuple[float, float, float, float]


def flash_map(
    built: Build,
    country: CountryProfile,
    told: dict[str, Any],
    ground: dict[str, Any],
    paper: tuple[int, int],
    language: str,
) -> dict[str, Any]:
    """Draw the footprint of an event.

    Parameters
    ----------
    built : Build
        Its outlines.
    country : CountryProfile
        Its offices.
    told : dict
        Of ``told_event``.
    ground : dict
        GeoJSON, one feature a band.
    paper : tuple of int
        Width and height in tenths of a millimetre.
    language : str
        Of the legend.

    Returns
    -------
    dict
        svg, width (mm), alt, north, bands (their head), legend (text and opacity of each band),
        office, epicentre (their words) and scale.
    """
    kind = told["footprint"]["kind"]
    source = told["footprint"]["source"]
    features = ground["features"]
    frame = frame_of(_widened(bounds_of(features, kind)), *paper)
    units = built.levels[next(iter(built.levels))].outlines
    regions = built.levels[AdminLevel.REGION].outlines
    steps = steps_of([feature["properties"]["band"] for feature in features], kind)
    drawn = [
        draw_path("".join(_around(built, frame)), NEIGHBOUR),
        draw_path("".join(paths_of(units, frame).values()), SURFACE, LINE, 2.0),
        draw_path("".join(paths_of(regions, frame).values()), "none", INK_SOFT, 2.5),
        *_bands(features, steps, frame),
        *_marks(frame, country.offices, source, _names(built, frame)),
    ]
    names = band_names(told, language)
    km, length = scale_bar(frame)
    return {
        "svg": draw_svg(frame, drawn),
        "width": paper[0] / 10,
        "alt": say("flash.map_alt", language, what=" · ".join(names.values())),
        "north": say("report.north", language),
        "bands": band_head(told, language),
        "legend": [
            {"text": names[band], "opacity": STEP_OPACITY[steps[band] - 1]}
            for band in names
            if band in steps
        ],
        "office": say("flash.office_mark", language),
        "epicentre": say("flash.epicentre_mark", language) if _epicentre(source) else "",
        "scale": {"text": f"{show_number(km, 0)} km", "mm": round(length, 2)},
    }


def _widened(bounds: list[float]) -> Box:
    west, south, east, north = bounds
    wide = max(0.0, _LEAST_SPAN - (east - west)) / 2
    tall = max(0.0, _LEAST_SPAN - (north - south)) / 2
    return west - wide, south - tall, east + wide, north + tall


def _around(built: Build, frame: Frame) -> list[str]:
    west, south, east, north = frame.box.bounds
    # The country is among them, coarser than its own borders.
    regions = built.levels[AdminLevel.REGION].outlines
    shapes = built.backdrop.geometry
    others = shapes[[not regions.intersects(one).any() for one in shapes.representative_point()]]
    cut = others.clip_by_rect(west - 1, south - 1, east + 1, north + 1)
    parts = gpd.GeoSeries(shapely.get_parts(cut.to_numpy()), crs=cut.crs)
    return list(paths_of(parts, frame).values())


def _bands(features: list[dict[str, Any]], steps: dict[str, int], frame: Frame) -> list[str]:
    shapes = gpd.GeoSeries(
        {one["properties"]["band"]: shapely.geometry.shape(one["geometry"]) for one in features},
        crs=4326,
    )
    return [
        f'<path d="{path}" fill="{BRAND}" fill-opacity="{STEP_OPACITY[steps[band] - 1]}" '
        f'fill-rule="evenodd" stroke="{BRAND}" stroke-opacity=".8" stroke-width="4"/>'
        for band, path in paths_of(shapes, frame).items()
    ]


def _epicentre(source: dict[str, str]) -> tuple[float, float] | None:
    if not (source.get("lon") and source.get("lat")):
        return None
    return float(source["lon"]), float(source["lat"])


def _names(built: Build, frame: Frame) -> list[tuple[str, int, int]]:
    """Return the names of the regions in sight, and where each has most room."""
    level = built.levels[AdminLevel.REGION]
    seen = level.outlines[level.outlines.intersects(frame.box)]
    points = seen.intersection(frame.box).representative_point()
    return [
        (str(level.table.names.at[code, "name"]), *_at(frame, point.x, point.y))
        for code, point in points.items()
    ]


def _marks(
    frame: Frame,
    offices: tuple[Office, ...],
    source: dict[str, str],
    regions: list[tuple[str, int, int]],
) -> list[str]:
    """Draw offices and epicentre with their names, then regions; no name hides another."""
    drawn: list[str] = []
    taken: list[Box] = []
    if centre := _epicentre(source):
        x, y = _at(frame, *centre)
        drawn.append(
            f'<circle cx="{x}" cy="{y}" r="13" fill="{SURFACE}" stroke="{INK}" stroke-width="7"/>'
        )
        size = f"M {source['magnitude']}" if source.get("magnitude") else ""
        drawn.append(_label(frame, taken, x, y, size))
    for office in offices:
        x, y = _at(frame, office.lon, office.lat)
        if not (0 <= x <= frame.width and 0 <= y <= frame.height):
            continue
        drawn.append(
            f'<path d="M{x} {y - 15}l15 15 -15 15 -15 -15z" fill="{INK}" '
            f'stroke="{SURFACE}" stroke-width="3"/>'
        )
        drawn.append(_label(frame, taken, x, y, office.name))
    drawn += [_region(frame, taken, x, y, name) for name, x, y in regions]
    return drawn


def _at(frame: Frame, lon: float, lat: float) -> tuple[int, int]:
    x, y = frame.place(np.array([[lon, lat]]))[0]
    return int(x), int(y)


def _label(frame: Frame, taken: list[Box], x: int, y: int, text: str) -> str:
    """Write a name beside its mark where there is room, right or left, below or above."""
    taken.append((x - 16, y - 16, x + 16, y + 16))
    wide = _LETTER * len(text)
    for left, base in (
        (x + 22, y + 10),
        (x - 22 - wide, y + 10),
        (x - wide // 2, y + 48),
        (x - wide // 2, y - 24),
    ):
        if _take(frame, taken, left, base, wide):
            return _text(left, base, text, INK, 600)
    return ""


def _region(frame: Frame, taken: list[Box], x: int, y: int, name: str) -> str:
    left = x - _LETTER * len(name) // 2
    has_room = _take(frame, taken, left, y, _LETTER * len(name))
    return _text(left, y, name, INK_SOFT, 400) if has_room else ""


def _take(frame: Frame, taken: list[Box], left: int, base: int, wide: int) -> bool:
    """Take the room of a text, where it is on the paper and no other has it."""
    box = (left, base - _LINE, left + wide, base + 6)
    is_inside = left >= 0 and box[2] <= frame.width and box[1] >= 0 and base <= frame.height - 60
    if not is_inside or any(_meets(box, other) for other in taken):
        return False
    taken.append(box)
    return True


def _text(left: int, base: int, text: str, colour: str, weight: int) -> str:
    return (
        f'<text x="{left}" y="{base}" font-family="Inter" font-size="28" font-weight="{weight}" '
        f'fill="{colour}" stroke="{SURFACE}" stroke-width="6" paint-order="stroke" '
        f'stroke-linejoin="round">{escape(text)}</text>'
    )


def _meets(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
