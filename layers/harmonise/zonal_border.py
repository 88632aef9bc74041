"""The border of polygons cut at every line of a grid, which tells exact partial coverage."""

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import shapely

from layers.harmonise.grid import Grid

_PLACES_AT_ONCE = 10_000
_WORKERS = 2


@dataclass(frozen=True)
class Border:
    """Pieces of the border of units, each inside one cell.

    A piece closes off the part of its cell that lies east of it, and the same height of all
    cells further east of the row. With the signs of a ring these add up to the covered share
    of every cell: Σ f v over a row is Σ part v(column) + fall Σ v(further east).
    """

    unit: np.ndarray
    """Place of the unit among those asked for."""
    row: np.ndarray
    column: np.ndarray
    fall: np.ndarray
    """Southward length in cells; the falls of a unit in a row add up to zero."""
    part: np.ndarray
    """Share of the own cell that is closed off."""

    def at(self, which: np.ndarray | slice) -> "Border":
        """Return some of the pieces."""
        return Border(
            self.unit[which],
            self.row[which],
            self.column[which],
            self.fall[which],
            self.part[which],
        )

    def merged(self) -> "Border":
        """Return one piece for all those of a unit in a cell: the same sums, fewer terms."""
        order = np.lexsort((self.column, self.row, self.unit))
        unit, row, column = self.unit[order], self.row[order], self.column[order]
        is_new = np.flatnonzero(
            np.concatenate(
                [[True], (np.diff(unit) != 0) | (np.diff(row) != 0) | (np.diff(column) != 0)]
            )
        )
        fall = np.add.reduceat(self.fall[order], is_new)
        part = np.add.reduceat(self.part[order], is_new)
        return Border(unit[is_new], row[is_new], column[is_new], fall, part)


def border_of(grid: Grid, shapes: np.ndarray) -> Border:
    """Cut the border of units at every line of a grid.

    Parameters
    ----------
    grid : Grid
        Only its lines matter; a polygon may reach beyond it.
    shapes : ndarray of Polygon or MultiPolygon
        Valid, in the reference system of the grid, none null or empty.

    Returns
    -------
    Border
        Pieces in no particular order, those that run along a row left out.
    """
    batches = list(_batches(shapes))
    with ThreadPoolExecutor(_WORKERS) as pool:
        found = pool.map(lambda batch: _pieces(grid, shapes[slice(*batch)], batch[0]), batches)
    columns = list(zip(*found, strict=True))
    # Each column gives its memory back before the next one is put together.
    return Border(*(np.concatenate(columns.pop(0)) for _ in range(len(columns))))


def areas_of_rows(grid: Grid, row: int, rows: int) -> np.ndarray:
    """Return the area of a cell of each row of a grid in degrees, on the unit sphere."""
    edges = np.radians(grid.north - (row + np.arange(rows + 1)) * grid.height)
    return np.asarray(np.radians(grid.width) * -np.diff(np.sin(edges)))


def _batches(shapes: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield runs of shapes with a bounded number of places, so that memory is bounded."""
    places = np.cumsum(shapely.get_num_coordinates(shapes)) // _PLACES_AT_ONCE
    edges = [0, *(np.flatnonzero(np.diff(places)) + 1), len(shapes)]
    yield from itertools.pairwise(edges)


def _pieces(grid: Grid, shapes: np.ndarray, first: int) -> tuple[np.ndarray, ...]:
    """Return unit, row, column, southward length and closed-off share of each piece."""
    # Shells run counterclockwise, so that a western side runs south and counts as positive.
    parts, of_part = shapely.get_parts(shapely.orient_polygons(shapes), return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    places, ring = shapely.get_coordinates(rings, return_index=True)
    x = (places[:, 0] - grid.west) / grid.width
    y = (grid.north - places[:, 1]) / grid.height
    starts = np.flatnonzero((ring[1:] == ring[:-1]) & (y[1:] != y[:-1]))
    x0, y0, x1, y1 = x[starts], y[starts], x[starts + 1], y[starts + 1]
    unit = first + of_part[of_ring[ring[starts]]]
    edge, begin, end = _stretches(x0, y0, x1, y1)
    middle = (begin + end) / 2
    fall = (end - begin) * (y1 - y0)[edge]
    at_x = x0[edge] + middle * (x1 - x0)[edge]
    at_y = y0[edge] + middle * (y1 - y0)[edge]
    column = np.floor(at_x)
    part = fall * (1 - (at_x - column))
    row = np.floor(at_y)
    return unit[edge].astype(np.int32), row.astype(np.int32), column.astype(np.int32), fall, part


def _stretches(
    x0: np.ndarray, y0: np.ndarray, x1: np.ndarray, y1: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return edge, begin and end from 0 to 1 along it of each stretch inside one cell."""
    edges = np.arange(len(x0))
    cuts = (_cuts(x0, x1), _cuts(y0, y1))
    cut_edge = np.concatenate([of for of, _ in cuts])
    is_cut = np.zeros(len(x0), dtype=bool)
    is_cut[cut_edge] = True
    # Only edges that cross a line need their crossings in order.
    ends = edges[is_cut]
    edge = np.concatenate([cut_edge, ends, ends])
    along = np.concatenate([*(at for _, at in cuts), np.zeros(len(ends)), np.ones(len(ends))])
    order = np.lexsort((along, edge))
    edge, along = edge[order], along[order]
    same = np.flatnonzero(edge[1:] == edge[:-1])
    whole = edges[~is_cut]
    return (
        np.concatenate([whole, edge[same]]),
        np.concatenate([np.zeros(len(whole)), along[same]]),
        np.concatenate([np.ones(len(whole)), along[same + 1]]),
    )


def _cuts(start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (edge, place along it from 0 to 1) of each whole number between its ends."""
    first = np.floor(np.minimum(start, end)).astype(np.int64) + 1
    last = np.ceil(np.maximum(start, end)).astype(np.int64) - 1
    count = np.maximum(last - first + 1, 0)
    edge = np.repeat(np.arange(len(start)), count)
    turn = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return edge, (first[edge] + turn - start[edge]) / (end - start)[edge]
