"""Polygons as a tile of Mapbox Vector Tile 2.1: whole-number steps, and one text for each.

Vertices are put on the grid of the tile each by itself, so that the border of two neighbours stays
one border: nothing is simplified that could come apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

_MOVE, _CLOSE, _LINE = 9, 15, 2
_POLYGON = b"\x18\x03"
"""Field 3 of a feature: its type."""
_LEAST_RING = 3


@dataclass(frozen=True)
class _Rings:
    """Rings on the grid of a tile, those of a unit one after another."""

    points: np.ndarray
    """x and y, the closing points left out."""
    starts: np.ndarray
    """Place of the first point of each ring."""
    owners: np.ndarray
    """Place of the unit of each ring, rising."""


def encode_tile(
    layer: str, key: str, texts: Sequence[str], shapes: np.ndarray, spots: np.ndarray, extent: int
) -> bytes:
    """Return polygons as a tile of one layer.

    Parameters
    ----------
    layer : str
        Its name.
    key : str
        Name of what each polygon carries.
    texts : sequence of str
        What each carries.
    shapes : ndarray of Geometry
        In units of the grid: x to the east and y to the south from the corner of the tile.
        What is not a polygon is left out.
    spots : ndarray of float
        x and y by shape: there it is one square of the grid where its shape is smaller than
        that; NaN where it may vanish.
    extent : int
        Cells of the grid along a side.

    Returns
    -------
    bytes
        Not compressed, the same for the same arguments; empty where nothing is left to see.
    """
    rings = _with_squares(_rings_of(shapes), spots)
    if not len(rings.owners):
        return b""
    numbers, ends = _commands(rings)
    packed, sizes = _varints(numbers)
    limits = np.concatenate(([0], np.cumsum(sizes)))[np.concatenate(([0], ends))]
    present = np.unique(rings.owners)
    firsts = np.searchsorted(rings.owners, present)
    bounds = limits[np.concatenate((firsts, [len(rings.owners)]))].tolist()
    body = [_field(15, 2), _text(1, layer)]
    for value, (begin, end) in enumerate(pairwise(bounds)):
        tags = b"\x00" + _varint(value)
        body.append(_bytes(2, _bytes(2, tags) + _POLYGON + _bytes(4, packed[begin:end])))
    body.append(_text(3, key))
    body += [_bytes(4, _text(1, texts[owner])) for owner in present.tolist()]
    body.append(_field(5, extent))
    return _bytes(3, b"".join(body))


def _rings_of(shapes: np.ndarray) -> _Rings:
    """Return the rings that are still rings on the grid, the outer one of each polygon first."""
    parts, part_owner = shapely.get_parts(shapes, return_index=True)
    are_polygons = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    # Of y to the south an outer ring turns clockwise to the eye, as the format wants it.
    parts = shapely.orient_polygons(parts[are_polygons], exterior_cw=False)
    part_owner = part_owner[are_polygons]
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    points, point_ring = _points_of(rings)
    counts = np.bincount(point_ring, minlength=len(rings))
    starts = np.cumsum(counts) - counts
    areas = _areas(points, starts, counts)
    is_outer = np.diff(ring_part, prepend=-1) != 0
    # What turned the other way, or is a line now, is no ring; nor is a hole of what is none.
    is_ring = (counts >= _LEAST_RING) & np.where(is_outer, areas > 0, areas < 0)
    is_part = np.zeros(len(parts), dtype=bool)
    is_part[ring_part[is_outer & is_ring]] = True
    is_ring &= is_part[ring_part]
    points = points[np.repeat(is_ring, counts)]
    counts = counts[is_ring]
    return _Rings(points, np.cumsum(counts) - counts, part_owner[ring_part[is_ring]])


def _points_of(rings: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the points of rings on the grid, and the ring of each: none twice, none that closes."""
    points, ring = shapely.get_coordinates(rings, return_index=True)
    points = np.rint(points).astype(np.int64)
    is_first = np.diff(ring, prepend=-1) != 0
    is_kept = is_first | (points != np.roll(points, 1, axis=0)).any(axis=1)
    # The last that is kept of a ring is where it began.
    places = np.maximum.accumulate(np.where(is_kept, np.arange(len(ring)), -1))
    is_kept[places[np.diff(ring, append=len(rings)) != 0]] = False
    return points[is_kept], ring[is_kept]


def _areas(points: np.ndarray, starts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return twice the area of each ring, positive where it turns clockwise to the eye."""
    after = np.arange(1, len(points) + 1)
    ends = starts + counts
    after[ends[counts > 0] - 1] = starts[counts > 0]
    x, y = points.T
    sums = np.concatenate(([0], np.cumsum(x * y[after] - x[after] * y)))
    return np.asarray(sums[ends] - sums[starts])


def _with_squares(rings: _Rings, spots: np.ndarray) -> _Rings:
    """Return the rings with a square of the grid for each unit that has none left."""
    lost = np.setdiff1d(np.flatnonzero(~np.isnan(spots).any(axis=1)), rings.owners)
    if not len(lost):
        return rings
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
    squares = (np.floor(spots[lost]).astype(np.int64)[:, None] + corners).reshape(-1, 2)
    counts = np.diff(np.append(rings.starts, len(rings.points)))
    owners = np.concatenate((rings.owners, lost))
    order = np.argsort(owners, kind="stable")
    every = np.split(
        np.concatenate((rings.points, squares)),
        np.cumsum(np.concatenate((counts, np.full(len(lost), len(corners)))))[:-1],
    )
    ordered = [every[place] for place in order.tolist()]
    sizes = np.array([len(one) for one in ordered])
    return _Rings(np.concatenate(ordered), np.cumsum(sizes) - sizes, owners[order])


def _commands(rings: _Rings) -> tuple[np.ndarray, np.ndarray]:
    """Return the numbers that draw the rings, and where those of each ring end."""
    counts = np.diff(np.append(rings.starts, len(rings.points)))
    ends = np.cumsum(2 * counts + 3)
    begins = ends - (2 * counts + 3)
    # Each unit begins at the corner; each point is told from the one before it.
    steps = np.diff(rings.points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    firsts = rings.starts[np.flatnonzero(np.diff(rings.owners, prepend=-1))]
    steps[firsts] = rings.points[firsts]
    zigzag = (steps << 1) ^ (steps >> 63)
    numbers = np.empty(int(ends[-1]), dtype=np.int64)
    numbers[begins] = _MOVE
    numbers[begins + 3] = ((counts - 1) << 3) | _LINE
    numbers[ends - 1] = _CLOSE
    # Of the points of a ring the first stands after one command, the others after two.
    ring = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(rings.points)) - rings.starts[ring]
    places = begins[ring] + 1 + 2 * within + (within > 0)
    numbers[places] = zigzag[:, 0]
    numbers[places + 1] = zigzag[:, 1]
    return numbers, ends


def _varints(numbers: np.ndarray) -> tuple[bytes, np.ndarray]:
    """Return numbers of at most 35 bits as varints, and the bytes of each."""
    sevens = numbers[:, None] >> np.arange(0, 35, 7)
    sizes = np.maximum(1, (sevens > 0).sum(axis=1))
    is_kept = np.arange(5) < sizes[:, None]
    is_more = np.arange(5) < sizes[:, None] - 1
    told = ((sevens & 0x7F) | (is_more << 7)).astype(np.uint8)
    return told[is_kept].tobytes(), sizes


def _varint(number: int) -> bytes:
    told = bytearray()
    while number > 0x7F:
        told.append((number & 0x7F) | 0x80)
        number >>= 7
    told.append(number)
    return bytes(told)


def _field(field: int, number: int) -> bytes:
    return _varint(field << 3) + _varint(number)


def _bytes(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _text(field: int, text: str) -> bytes:
    return _bytes(field, text.encode())
