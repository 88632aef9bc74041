"""Small pictures of a series as SVG without words: columns from zero, or a line; gaps stay gaps."""

from collections.abc import Sequence
from itertools import groupby

from geoapp.style import INK, INK_SOFT, LINE, NO_DATA

Points = Sequence[tuple[int, float | None]]
_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
_MARGIN = 3.0


def columns_svg(points: Points, width: int, height: int) -> str:
    """Draw a series of amounts as columns that stand on zero.

    Parameters
    ----------
    points : sequence of (time, value)
        In the order of time; a missing value is None and leaves its place empty.
    width, height : int
        Of the picture.

    Returns
    -------
    str
        SVG. Least and most are dark, so that they are told apart in grey too.
    """
    known = [value for _, value in points if value is not None]
    most, least = max(known, default=0.0), min(known, default=0.0)
    step = width / max(len(points), 1)
    parts = [_HEAD.format(width=width, height=height)]
    for place, (_, value) in enumerate(points):
        if value is None:
            continue
        tall = max((height - 1) * value / most, 0.0) if most > 0 else 0.0
        colour = INK if value in (most, least) else NO_DATA
        parts.append(
            f'<rect x="{place * step + step * 0.1:.2f}" y="{height - 1 - tall:.2f}" '
            f'width="{step * 0.8:.2f}" height="{tall:.2f}" fill="{colour}"/>'
        )
    return "".join([*parts, _ground(points, step, height), "</svg>"])


def line_svg(points: Points, width: int, height: int) -> str:
    """Draw a series as a line between its least and its most.

    Parameters
    ----------
    points, width, height
        As for ``columns_svg``.

    Returns
    -------
    str
        SVG; the line breaks where a value is missing.
    """
    known = [value for _, value in points if value is not None]
    most, least = max(known, default=0.0), min(known, default=0.0)
    step = width / max(len(points), 1)
    reach = height - 2 * _MARGIN - 1

    def at(place: int, value: float) -> tuple[float, float]:
        share = (value - least) / (most - least) if most > least else 0.5
        return step * (place + 0.5), height - 1 - _MARGIN - reach * share

    parts = [_HEAD.format(width=width, height=height)]
    places = [(place, value) for place, (_, value) in enumerate(points)]
    for is_known, run in groupby(places, lambda one: one[1] is not None):
        drawn = [at(place, value) for place, value in run if value is not None]
        if is_known:
            way = " ".join(f"{x:.2f},{y:.2f}" for x, y in drawn)
            parts.append(
                f'<polyline points="{way}" fill="none" stroke="{INK_SOFT}" stroke-width="1.4"/>'
            )
    for place, value in places:
        if value is not None and value in (most, least):
            x, y = at(place, value)
            parts.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="2.6" fill="{INK}"/>')
    return "".join([*parts, _ground(points, step, height), "</svg>"])


def _ground(points: Points, step: float, height: int) -> str:
    """Draw the line of the ground under the times that have a value, and only there."""
    parts = []
    places = list(enumerate(points))
    for is_known, run in groupby(places, lambda one: one[1][1] is not None):
        ends = [place for place, _ in run]
        if is_known:
            parts.append(
                f'<path d="M{ends[0] * step:.2f} {height - 0.5}H{(ends[-1] + 1) * step:.2f}" '
                f'stroke="{LINE}" stroke-width="1"/>'
            )
    return "".join(parts)
