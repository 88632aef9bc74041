"""Rasters as pictures of a web map, and lines over the units."""

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from rasterio.crs import CRS

from layers.drawing import picture_of
from layers.harmonise.grid import grid_of_values
from layers.harmonise.mercator import to_mercator
from layers.map_features import read_map_features
from layers.pictures import read_pictures
from layers.reading import Reader
from layers.spec import LayerSpec
from layers.table.picture import NOTHING
from layers.terms import AdminLevel, Dimension, ToUnit, Unit
from tests.toy import COUNTRY, source
from tests.toy_whole import make_whole_toy

BOX = (0.0, 0.0, 3.0, 60.0)
LAND = shapely.box(*BOX)


def halves(south: float, north: float) -> object:
    """Two cells, the border at 30° north."""
    place = rasterio.transform.from_origin(0, 60, 3, 30)
    return grid_of_values(np.ma.MaskedArray([[north], [south]]), place, CRS.from_epsg(4326))


def test_rows_are_equally_far_apart_on_the_web_map() -> None:
    found = to_mercator(halves(1.0, 2.0), BOX, LAND, 30, smooth=False)
    # y of 30° and 60° in Mercator: ln tan(45° + φ/2) is 0.5493 and 1.3170.
    rows = found.shape[0]
    assert rows == pytest.approx(30 * np.degrees(1.3170) / 3, abs=1)
    assert (found[:, 15] == 2.0).sum() / rows == pytest.approx(1 - 0.5493 / 1.3170, abs=0.01)


def test_nothing_is_drawn_outside_the_land() -> None:
    found = to_mercator(halves(1.0, 2.0), BOX, shapely.box(0, 0, 1.5, 60), 30, smooth=False)
    assert np.isnan(found[:, 17:]).all()
    assert not np.isnan(found[:, :14]).any()


def layer(to_unit: ToUnit, **more: object) -> LayerSpec:
    fields = {"id": "toy_grid", "dimension": Dimension.HAZARD, "unit": Unit.PERCENT}
    return LayerSpec(**fields, source="toy_heat", to_unit=to_unit, **more)  # type: ignore[arg-type]


def test_classes_are_those_of_the_layer() -> None:
    mean = picture_of(layer(ToUnit.ZONAL_MEAN, breaks=(2.0, 9.0)), halves(1.0, 2.0), BOX, LAND)
    assert set(np.unique(mean.classes)) == {0, 1}
    # A part that is there or not is drawn only where it is.
    coast = picture_of(layer(ToUnit.ZONAL_LOW_COAST, breaks=(2.0,)), halves(0.0, 1.0), BOX, LAND)
    assert coast.breaks == ()
    assert set(np.unique(coast.classes)) == {0, NOTHING}


def test_every_published_raster_has_a_picture_and_an_absent_one_none(tmp_path: Path) -> None:
    catalogue, places = make_whole_toy(tmp_path)
    more = catalogue.with_layers(layer(ToUnit.ZONAL_MEAN, breaks=(3.0, 12.0)))
    land = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 3, 2)], crs=4326)
    units = {AdminLevel.REGION: land}
    found = read_pictures(Reader(more, places, lambda line: None), (0, 0, 3, 2), units)
    (picture,) = (one for one in found if one.layer == "toy_grid")
    assert set(np.unique(picture.classes)) == {0, 1, 2}
    (tmp_path / "toy_heat.tif").unlink()
    assert read_pictures(Reader(more, places, lambda line: None), (0, 0, 3, 2), units) == ()


def test_rivers_end_near_the_border(tmp_path: Path) -> None:
    catalogue, places = make_whole_toy(tmp_path)
    line = shapely.LineString([(-5, 1), (9, 1)])
    river = gpd.GeoDataFrame({"name": ["Uno"]}, geometry=[line], crs=4326)
    spec = source(tmp_path, "toy_rivers.geojson", river.to_json().encode(), "geojson")
    reader = Reader(catalogue.with_sources(spec), places, lambda line: None)
    land = gpd.GeoSeries([shapely.box(0, 0, 3, 2)], crs=4326)
    country = replace(COUNTRY, rivers="toy_rivers")
    found = read_map_features(reader, country, land)
    assert list(found["name"]) == ["Uno"]
    west, _, east, _ = found.total_bounds
    assert (west, east) == pytest.approx((-0.05, 3.05), abs=0.01)
    assert read_map_features(reader, COUNTRY, land).empty
