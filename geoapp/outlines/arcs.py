"""Outlines as the browser gets them: each shared border once, as whole-number steps.

The file is TopoJSON in spirit and smaller: a border between two units is one arc that both name,
``n`` forwards and ``~n`` backwards, so that neighbours cannot come apart. ``assets/arcs.js`` reads it.
"""

import json
from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

STEPS = 10_000
"""Steps in a degree: four decimals, 11 m."""
Point = tuple[int, int]
Line = tuple[Point, ...]


def page_arcs(shapes: gpd.GeoSeries, properties: pd.DataFrame) -> bytes:
    """Return outlines as JSON of arcs.

    Parameters
    ----------
    shapes : GeoSeries
        Polygons in degrees, simplified together.
    properties : DataFrame
        What each unit carries, in the same order.

    Returns
    -------
    bytes
        ``steps``, ``arcs`` (the first point, then steps), ``columns``, ``properties`` by column,
        and ``shapes``: by unit its polygons, by polygon its rings, by ring its arcs. Deterministic.
    """
    rings = [[_rings(part) for part in shapely.get_parts(shape)] for shape in shapes]
    nodes = _nodes(ring for parts in rings for part in parts for ring in part)
    known: dict[Line, int] = {}
    told = [[[_named(ring, nodes, known) for ring in part] for part in parts] for parts in rings]
    content = {
        "steps": STEPS,
        "arcs": [_steps(line) for line in known],
        "columns": list(properties.columns),
        "properties": [properties[name].tolist() for name in properties],
        "shapes": told,
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _rings(part: Any) -> list[Line]:
    """Return the rings of a polygon in steps, the outer one first, without the closing point."""
    lines = [shapely.get_exterior_ring(part)]
    lines += [
        shapely.get_interior_ring(part, k) for k in range(shapely.get_num_interior_rings(part))
    ]
    found = []
    for line in lines:
        whole = np.rint(shapely.get_coordinates(line).round(4) * STEPS).astype(int)
        found.append(tuple((x, y) for x, y in whole[:-1].tolist()))
    return found


def _nodes(rings: Iterator[Line]) -> set[Point]:
    """Return where borders meet: points whose neighbours are not the same two in all rings."""
    beside: dict[Point, frozenset[Point]] = {}
    nodes: set[Point] = set()
    for ring in rings:
        for place, point in enumerate(ring):
            pair = frozenset((ring[place - 1], ring[(place + 1) % len(ring)]))
            if beside.setdefault(point, pair) != pair:
                nodes.add(point)
    return nodes


def _named(ring: Line, nodes: set[Point], known: dict[Line, int]) -> list[int]:
    """Return the arcs of a ring by number; those that are new get the next ones."""
    cuts = [place for place, point in enumerate(ring) if point in nodes]
    # An island has no node: it begins at its least point, as its twin, the hole around it, does.
    start = cuts[0] if cuts else ring.index(min(ring))
    turned = (*ring[start:], *ring[:start], ring[start])
    ends = [place - start for place in cuts[1:]] + [len(ring)]
    named = []
    begin = 0
    for end in ends:
        line = turned[begin : end + 1]
        back = line[::-1]
        named.append(
            known.setdefault(line, len(known))
            if line <= back
            else ~known.setdefault(back, len(known))
        )
        begin = end
    return named


def _steps(line: Line) -> list[int]:
    """Return the first point of a line and the steps from each point to the next, flat."""
    points = np.array(line)
    return np.vstack([points[:1], np.diff(points, axis=0)]).ravel().tolist()
