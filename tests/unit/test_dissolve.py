"""Coarser levels are the sum of their members, on squares."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box

from layers.harmonise.geometry import areas_km2, dissolve
from layers.harmonise.polygons import polygonal, sound_polygons, trim

AREA_CRS = "EPSG:6933"


def series(shapes: dict[str, Polygon | None]) -> gpd.GeoSeries:
    return gpd.GeoSeries(shapes, crs=4326).rename_axis("ubigeo")


@given(st.lists(st.sampled_from(["0101", "0102", "0201"]), min_size=12, max_size=12))
def test_areas_add_up_and_borders_match_at_every_level(provinces: list[str]) -> None:
    grid = [box(x, y, x + 1, y + 1) for x in range(4) for y in range(3)]
    districts = series(
        {f"{p}{at:02d}": cell for at, (p, cell) in enumerate(zip(provinces, grid, strict=True))}
    )
    drawn = pd.Series(areas_km2(districts, AREA_CRS), index=districts.index)
    by_province = dissolve(districts, 4)
    by_region = dissolve(by_province, 2)
    for level, digits in ((by_province, 4), (by_region, 2)):
        total = drawn.groupby(drawn.index.str[:digits]).sum()
        assert list(level.index) == list(total.index)
        np.testing.assert_allclose(areas_km2(level, AREA_CRS), total)
        assert shapely.coverage_is_valid(level.to_numpy())
    assert shapely.equals(by_region.to_numpy(), dissolve(districts, 2).to_numpy()).all()


def test_slivers_of_a_mismatch_are_closed_and_counted() -> None:
    zigzag = Polygon([(0, 0), (1, 0), (1.0001, 0.5), (0.9999, 0.75), (1, 1), (0, 1)])
    united = dissolve(series({"010101": zigzag, "010102": box(1, 0, 2, 1)}), 4)
    assert united["0101"].equals(box(0, 0, 2, 1))
    assert united.attrs["closed_slivers"] == {"0101": 1}


def test_lakes_and_enclaves_stay_open() -> None:
    frame = Polygon([(0, 0), (3, 0), (3, 3), (0, 3)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    united = dissolve(series({"010101": frame, "020101": box(1, 1, 2, 2)}), 2)
    assert united["01"].equals(frame)
    assert united.attrs["closed_slivers"] == {}


def test_a_group_that_overlaps_is_still_united() -> None:
    held = series({"010101": box(0, 0, 3, 3), "010102": box(1, 1, 2, 2), "010103": None})
    assert dissolve(held, 4)["0101"].equals(box(0, 0, 3, 3))


def test_a_group_without_a_geometry_keeps_its_row() -> None:
    united = dissolve(series({"010101": box(0, 0, 1, 1), "020101": None}), 2)
    assert list(united.is_empty) == [False, True]


def test_sound_polygons_rebuild_and_leave_lines_out() -> None:
    bowtie = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    mixed = shapely.GeometryCollection([box(0, 0, 1, 1), shapely.LineString([(0, 0), (5, 5)])])
    rebuilt, none, kept = sound_polygons(np.array([bowtie, None, mixed], dtype=object))
    assert rebuilt.is_valid
    assert rebuilt.area == pytest.approx(2.0)
    assert none.is_empty
    assert kept.equals(box(0, 0, 1, 1))
    assert polygonal(shapely.LineString([(0, 0), (5, 5)])).is_empty


def test_trimming_leaves_crumbs_out() -> None:
    left = trim(box(0, 0, 10, 1), np.array([box(2, -1, 9.99, 2)]))
    assert left.equals(box(0, 0, 2, 1))
