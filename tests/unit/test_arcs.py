"""Arcs give back the outlines that they were made of, and hold each shared border once."""

import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoapp.outlines.arcs import page_arcs
from layers.built import Build

NAMES = pd.DataFrame({"u": ["a", "b"], "n": ["Ñ", "O'B"]})


def held(shapes: list[Any]) -> dict[str, Any]:
    properties = pd.DataFrame({"i": range(len(shapes))})
    return json.loads(page_arcs(gpd.GeoSeries(shapes, crs=4326), properties))


def outlines(found: dict[str, Any]) -> list[Any]:
    """Shapes again, as the browser makes them."""
    lines = [np.cumsum(np.array(a).reshape(-1, 2), axis=0) / found["steps"] for a in found["arcs"]]

    def ring(names: list[int]) -> Any:
        parts = [lines[n] if n >= 0 else lines[~n][::-1] for n in names]
        return np.vstack([parts[0], *(part[1:] for part in parts[1:])])

    return [
        shapely.MultiPolygon([(ring(p[0]), [ring(hole) for hole in p[1:]]) for p in parts])
        for parts in found["shapes"]
    ]


def same(found: list[Any], given: list[Any]) -> bool:
    rounded = [shapely.MultiPolygon(shapely.get_parts(one).tolist()) for one in given]
    rounded = [shapely.transform(one, lambda xy: xy.round(4)) for one in rounded]
    pairs = zip(shapely.normalize(found), shapely.normalize(rounded), strict=True)
    return all(shapely.equals_exact(one, other, 1e-9) for one, other in pairs)


def test_two_squares_share_the_arc_between_them() -> None:
    left, right = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    found = held([left, right])
    assert len(found["arcs"]) == 3
    (ours,), (theirs,) = found["shapes"][0][0], found["shapes"][1][0]
    shared = {max(n, ~n) for n in ours} & {max(n, ~n) for n in theirs}
    assert len(shared) == 1
    (number,) = shared
    assert (number in ours) != (number in theirs)
    assert same(outlines(found), [left, right])


def test_an_enclave_is_the_hole_around_it() -> None:
    inner = shapely.box(1, 1, 2, 2)
    outer = shapely.box(0, 0, 3, 3).difference(inner)
    found = held([outer, inner])
    assert len(found["arcs"]) == 2
    assert same(outlines(found), [outer, inner])


def test_a_unit_of_islands_keeps_them_all_and_columns_keep_their_words() -> None:
    islands = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)])
    content = page_arcs(gpd.GeoSeries([islands, shapely.box(8, 8, 9, 9)], crs=4326), NAMES)
    found = json.loads(content)
    assert [len(parts) for parts in found["shapes"]] == [2, 1]
    assert found["columns"] == ["u", "n"]
    assert found["properties"] == [["a", "b"], ["Ñ", "O'B"]]
    assert content == page_arcs(gpd.GeoSeries([islands, shapely.box(8, 8, 9, 9)], crs=4326), NAMES)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=5), st.integers(1, 4))
def test_any_grid_comes_back_and_holds_each_border_once(widths: list[int], rows: int) -> None:
    edges = np.cumsum([0, *widths]) / 10
    cells = [
        shapely.box(edges[k], row, edges[k + 1], row + 1)
        for row in range(rows)
        for k in range(len(widths))
    ]
    found = held(cells)
    assert same(outlines(found), cells)
    drawn = sum(np.abs(np.array(arc[2:])).sum() for arc in found["arcs"]) / found["steps"]
    assert drawn == pytest.approx(shapely.union_all([c.boundary for c in cells]).length)


@pytest.mark.peru
def test_the_districts_come_back_point_by_point_in_half_the_points(peru: Build) -> None:
    shapes = next(iter(peru.levels.values())).outlines
    found = held(list(shapes))
    assert same(outlines(found), list(shapes))
    points = sum(len(arc) // 2 for arc in found["arcs"])
    assert points < 0.6 * len(shapely.get_coordinates(shapes.to_numpy()))
