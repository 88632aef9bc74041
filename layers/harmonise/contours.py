"""From contour lines to the ground at or above each level."""

from collections import deque

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

_CLOSE = 1e-9
"""Degrees: an edge lies on a contour that is nearer than this."""


def at_least(contours: dict[float, BaseGeometry]) -> dict[float, BaseGeometry]:
    """Return the ground that lies at or above each contour, inside the frame of them all.

    The lines and their frame divide the ground into faces. A face between two levels is
    known; crossing a line of level L from a face below leads to one above, and the other way
    round. Where a single level closes no such pair, the face that touches most of the frame
    is below. Lines that end at the border of the map are closed by it.

    Parameters
    ----------
    contours : dict
        Lines by level, in degrees.

    Returns
    -------
    dict
        Polygons by level, lowest first; a higher one lies inside a lower one.
    """
    levels = sorted(contours)
    frame = shapely.box(*shapely.total_bounds(list(contours.values()))).exterior
    parts = shapely.get_parts(shapely.union_all([*contours.values(), frame]))
    faces = shapely.get_parts(shapely.polygonize(parts))
    if not len(faces):
        return dict.fromkeys(levels, shapely.Polygon())
    links = _links(parts, faces, [contours[level] for level in levels])
    height = _heights(faces, links, frame)
    return {level: shapely.union_all(faces[height > index]) for index, level in enumerate(levels)}


def _links(
    parts: np.ndarray, faces: np.ndarray, lines: list[BaseGeometry]
) -> list[tuple[int, list[int]]]:
    """Return (index of the level, faces on its two sides) of each part of a contour."""
    first_edges = np.array([shapely.get_coordinates(part)[:2] for part in parts])
    middles = shapely.points(first_edges.mean(axis=1))
    near = np.array([shapely.dwithin(middles, line, _CLOSE) for line in lines])
    sides: list[list[int]] = [[] for _ in parts]
    tree = shapely.STRtree(faces)
    for part, face in zip(*tree.query(middles, "dwithin", _CLOSE), strict=True):
        sides[part].append(int(face))
    return [
        (int(np.argmax(near[:, part])), sides[part])
        for part in range(len(parts))
        if near[:, part].any()
    ]


def _heights(
    faces: np.ndarray, links: list[tuple[int, list[int]]], frame: BaseGeometry
) -> np.ndarray:
    """Return how many levels each face lies above."""
    touched: list[set[int]] = [set() for _ in faces]
    for level, sides in links:
        for face in sides:
            touched[face].add(level)
    height = np.array([max(found) if len(found) > 1 else -1 for found in touched])
    if (height < 0).all():
        lengths = shapely.length(shapely.intersection(shapely.boundary(faces), frame))
        lowest = int(np.argmax(lengths))
        height[lowest] = min(touched[lowest], default=0)
    around: dict[int, list[tuple[int, int]]] = {}
    for level, sides in links:
        if len(sides) == 2:
            around.setdefault(sides[0], []).append((level, sides[1]))
            around.setdefault(sides[1], []).append((level, sides[0]))
    waiting = deque(int(face) for face in np.flatnonzero(height >= 0))
    while waiting:
        face = waiting.popleft()
        for level, other in around.get(face, []):
            if height[other] < 0:
                height[other] = level + 1 if height[face] <= level else level
                waiting.append(other)
    return np.asarray(np.maximum(height, 0))
