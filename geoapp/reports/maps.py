"""Maps for paper: SVG drawn from the outlines of the build, in tenths of a millimetre."""

import math
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoapp.style import CIRCLE, GROUND, INK, LINE, NEIGHBOUR, NO_DATA, SURFACE
from layers.indicators.sphere import KM_PER_DEGREE

_MARGIN = 0.04
_LARGEST_CIRCLE = 28.0
_ROOM_FOR_A_NUMBER = 36
_NICE = (1, 2, 5)
_BORDER = 1.5
_THIN = 0.3
_MANY = 400


@dataclass(frozen=True)
class Frame:
    """A part of the country on paper: degrees become tenths of a millimetre."""

    west: float
    north: float
    scale: float
    """Tenths of a millimetre per degree of latitude."""
    squeeze: float
    """Degrees of latitude that one degree of longitude is as long as."""
    width: int
    height: int

    def place(self, points: np.ndarray) -> np.ndarray:
        """Return longitudes and latitudes as whole tenths of a millimetre, y downward."""
        x = (points[:, 0] - self.west) * self.squeeze * self.scale
        y = (self.north - points[:, 1]) * self.scale
        return np.rint(np.column_stack([x, y])).astype(int)

    @property
    def km(self) -> float:
        """Tenths of a millimetre per kilometre."""
        return self.scale / KM_PER_DEGREE

    @property
    def box(self) -> shapely.Polygon:
        """What the frame shows, in degrees."""
        east = self.west + self.width / self.scale / self.squeeze
        south = self.north - self.height / self.scale
        return shapely.box(self.west, south, east, self.north)


def frame_of(bounds: tuple[float, float, float, float], width: int, height: int) -> Frame:
    """Return the frame that holds a box, centred, with a small margin.

    Parameters
    ----------
    bounds : tuple of float
        West, south, east and north in degrees, WGS 84.
    width, height : int
        Of the paper, in tenths of a millimetre.

    Returns
    -------
    Frame
        Equirectangular, true to scale along the middle parallel.
    """
    west, south, east, north = bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    room = 1 - 2 * _MARGIN
    scale = min(width * room / max((east - west) * squeeze, 1e-6), height * room / (north - south))
    return Frame(
        west=(west + east) / 2 - width / scale / squeeze / 2,
        north=(south + north) / 2 + height / scale / 2,
        scale=scale,
        squeeze=squeeze,
        width=width,
        height=height,
    )


def paths_of(shapes: gpd.GeoSeries, frame: Frame) -> dict[str, str]:
    """Return the outline of each shape as SVG path data.

    Points are rounded to a tenth of a millimetre, and neighbours stay neighbours since equal
    points are rounded alike.

    Parameters
    ----------
    shapes : GeoSeries
        Polygons in degrees.
    frame : Frame
        Where they go.

    Returns
    -------
    dict of str
        By the index of the shapes; those that vanish are left out.
    """
    seen = shapes[shapes.intersects(frame.box)]
    found = {}
    for name, shape in seen.items():
        rings = [
            ring
            for part in shapely.get_parts(shape)
            if part.geom_type == "Polygon"
            for ring in (part.exterior, *part.interiors)
        ]
        drawn = "".join(_ring(shapely.get_coordinates(ring), frame) for ring in rings)
        if drawn:
            found[str(name)] = drawn
    return found


def _ring(points: np.ndarray, frame: Frame) -> str:
    placed = frame.place(points)
    steps = np.diff(placed, axis=0)
    moved = steps[np.any(steps != 0, axis=1)]
    if len(moved) < 3:
        return ""
    x, y = placed[0]
    return f"M{x} {y}l" + " ".join(f"{dx} {dy}" for dx, dy in moved[:-1].tolist()) + "z"


def area_map(
    frame: Frame,
    paths: dict[str, str],
    inside: dict[str, int | None],
    colours: tuple[str, ...],
    *,
    ground: str = "",
    over: str = "",
    points: pd.DataFrame | None = None,
) -> str:
    """Draw units filled by class.

    Parameters
    ----------
    frame : Frame
        The paper.
    paths : dict
        Outlines by unit; those that are not ``inside`` are shown as surroundings.
    inside : dict
        Class of each unit from 0; None where it has no figure.
    colours : tuple of str
        Of the classes.
    ground : str
        Outlines under everything, such as neighbouring countries.
    over : str
        Outlines over everything, such as regions.
    points : DataFrame, optional
        lon and lat by unit: where the number of the class is printed, if there is room for it.

    Returns
    -------
    str
        SVG.
    """
    groups: dict[str, list[str]] = {}
    for unit, path in paths.items():
        if unit not in inside:
            fill = NEIGHBOUR
        else:
            step = inside[unit]
            fill = NO_DATA if step is None else colours[step]
        groups.setdefault(fill, []).append(path)
    # The borders of many units would hide the units.
    border = _THIN if len(inside) > _MANY else _BORDER
    drawn = [draw_path("".join(group), fill, width=border) for fill, group in groups.items()]
    drawn.append(draw_path(over, "none", width=_BORDER * 2))
    if points is not None:
        drawn += _numbers(frame, paths, inside, points, len(colours))
    return draw_svg(frame, [draw_path(ground, NEIGHBOUR), *drawn])


def circle_map(
    frame: Frame, paths: dict[str, str], counts: pd.Series, points: pd.DataFrame, largest: float
) -> str:
    """Draw counts as circles whose area is the count, on plain units.

    Parameters
    ----------
    frame : Frame
        The paper.
    paths : dict
        Outlines by unit.
    counts : Series
        By unit, those that get a circle; missing ones get none and a grey ground.
    points : DataFrame
        lon and lat by unit.
    largest : float
        The count of the largest circle.

    Returns
    -------
    str
        SVG.
    """
    known = counts.dropna()
    plain = "".join(path for unit, path in paths.items() if unit in known.index)
    unknown = "".join(
        path for unit, path in paths.items() if unit in counts.index and unit not in known.index
    )
    around = "".join(path for unit, path in paths.items() if unit not in counts.index)
    drawn = [
        draw_path(around, NEIGHBOUR),
        draw_path(plain, SURFACE, LINE),
        draw_path(unknown, NO_DATA),
    ]
    for unit, count in known.sort_values(ascending=False, kind="stable").items():
        radius = _LARGEST_CIRCLE * math.sqrt(count / largest) if largest else 0.0
        if radius >= 0.5:
            x, y = frame.place(points.loc[[unit], ["lon", "lat"]].to_numpy())[0]
            drawn.append(
                f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" fill="{CIRCLE}" fill-opacity=".6" '
                f'stroke="{SURFACE}" stroke-width="1"/>'
            )
    return draw_svg(frame, drawn)


def outline(frame: Frame, path: str) -> str:
    """Draw the border of one unit over a map of the same frame."""
    line = frame.width / 175
    halo = f'<path d="{path}" fill="none" stroke="{SURFACE}" stroke-width="{2 * line:.1f}"/>'
    border = f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="{line:.1f}"/>'
    return draw_svg(frame, [halo, border], ground="none")


def locator(frame: Frame, paths: dict[str, str], own: str, point: tuple[float, float]) -> str:
    """Draw the country with one region and one point marked."""
    x, y = frame.place(np.array([point]))[0]
    rest = "".join(path for unit, path in paths.items() if unit != own)
    dot = f'<circle cx="{x}" cy="{y}" r="8" fill="{INK}" stroke="{SURFACE}" stroke-width="3"/>'
    return draw_svg(
        frame,
        [draw_path(rest, NO_DATA), draw_path(paths.get(own, ""), "#8A96A3"), dot],
        ground="none",
    )


def scale_bar(frame: Frame) -> tuple[int, float]:
    """Return a round length in kilometres and how long it is on paper, in millimetres."""
    room = frame.width * 0.3 / frame.km
    power = 10.0 ** math.floor(math.log10(room))
    length = max(nice * power for nice in _NICE if nice * power <= room)
    return max(1, round(length)), max(1, round(length)) * frame.km / 10


def _numbers(
    frame: Frame,
    paths: dict[str, str],
    inside: dict[str, int | None],
    points: pd.DataFrame,
    classes: int,
) -> list[str]:
    """Print the class of each unit that has room, so that grey paper tells them apart too."""
    drawn = []
    for unit, step in inside.items():
        if step is None or unit not in paths or not _has_room(paths[unit]):
            continue
        x, y = frame.place(points.loc[[unit], ["lon", "lat"]].to_numpy())[0]
        ink = SURFACE if step >= classes / 2 else INK
        drawn.append(
            f'<text x="{x}" y="{y + 7}" font-family="Inter" font-size="20" fill="{ink}" '
            f'text-anchor="middle">{step + 1}</text>'
        )
    return drawn


def _has_room(path: str) -> bool:
    first = path.split("z", 1)[0][1:]
    start, _, steps = first.partition("l")
    moves = np.array([int(part) for part in steps.split()]).reshape(-1, 2)
    spread = np.ptp(np.vstack([[0, 0], np.cumsum(moves, axis=0)]), axis=0)
    return bool(start) and int(spread.min()) >= _ROOM_FOR_A_NUMBER


def draw_path(path: str, fill: str, line: str = SURFACE, width: float = _BORDER) -> str:
    """Draw an outline, or nothing where it is empty."""
    if not path:
        return ""
    return (
        f'<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="{line}" '
        f'stroke-width="{width}" stroke-linejoin="round"/>'
    )


def draw_svg(frame: Frame, drawn: list[str], ground: str = GROUND) -> str:
    """Return parts as an SVG of the size of the paper."""
    box = f"0 0 {frame.width} {frame.height}"
    under = f'<rect width="{frame.width}" height="{frame.height}" fill="{ground}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">'
        f"{under if ground != 'none' else ''}{''.join(drawn)}</svg>"
    )
