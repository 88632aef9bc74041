"""Rasters of layers as cloud-optimised GeoTIFF: cells, tiles, coarser copies, and who may have them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio

from geoapp.exports.files import write_export
from geoapp.exports.formats import RASTERS
from geoapp.exports.rasters import RasterFrame, make_raster
from layers.built import Build
from layers.errors import ExportError
from layers.harmonise.grid import grid_of_values
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue, DisclosureRules
from layers.terms import Sensitivity
from tests.toy import COUNTRY
from tests.toy_whole import heat, make_whole_toy

LAYER = "toy_heat_celsius"
Toy = tuple[Build, Catalogue, Places]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    catalogue, places = make_whole_toy(tmp_path_factory.mktemp("toy"))
    return build(catalogue, COUNTRY, places), catalogue, places


def raster_of(whole: Toy, catalogue: Catalogue | None = None, **more: bool) -> RasterFrame:
    built, declared, places = whole
    return make_raster(built, LAYER, catalogue or declared, places, date="2026-01-31", **more)


def write(frame: RasterFrame, folder: Path) -> Path:
    return write_export(frame, RASTERS["cog"], folder / "heat.tif")[0]


def test_the_cells_come_back_with_place_unit_and_provenance(whole: Toy, tmp_path: Path) -> None:
    with rasterio.open(write(raster_of(whole), tmp_path)) as file:
        assert file.read(1).tolist() == heat().tolist()
        assert tuple(file.bounds) == (0, 0, 3, 2)
        assert (file.crs.to_epsg(), file.units, file.dtypes) == (4326, ("°C",), ("float32",))
        assert file.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        told = file.tags()
    assert told["construccion"] == whole[0].hash
    assert (told["capa"], told["fuente"], told["licencia"]) == (LAYER, "toy_heat", "CC0-1.0")
    assert told["fecha"] == "2026-01-31"


def test_a_large_raster_has_tiles_and_coarser_copies(whole: Toy, tmp_path: Path) -> None:
    values = np.ma.masked_less(np.arange(300 * 400, dtype="float32").reshape(300, 400), 400)
    grid = grid_of_values(values, rasterio.transform.from_origin(-80, 0, 0.01, 0.01), "EPSG:4326")
    path = write(replace(raster_of(whole), grid=grid), tmp_path)
    with rasterio.open(path) as file:
        assert file.block_shapes == [(128, 128)]
        assert file.overviews(1) == [2, 4]
        read = file.read(1, masked=True)
    assert read.mask[0].all()
    assert not read.mask[1:].any()
    assert read[299, 399] == 300 * 400 - 1
    before = path.read_bytes()
    assert write(replace(raster_of(whole), grid=grid), tmp_path).read_bytes() == before


def test_a_closed_source_is_refused_unless_everything_is_asked(whole: Toy) -> None:
    catalogue = whole[1]
    heat_source = replace(catalogue.source("toy_heat"), redistributable=False)
    closed = replace(catalogue, sources={**catalogue.sources, "toy_heat": heat_source})
    with pytest.raises(ExportError, match="rests on toy_heat, which no stated licence lets pass"):
        raster_of(whole, closed)
    assert raster_of(whole, closed, everything=True).grid.values.tolist() == heat().tolist()


def test_the_public_edition_tells_no_cell_of_a_restricted_layer(whole: Toy) -> None:
    built, catalogue, places = whole
    layer = replace(catalogue.layer(LAYER), sensitivity=Sensitivity.RESTRICTED)
    restricted = replace(catalogue, layers={**catalogue.layers, LAYER: layer})
    assert raster_of(whole, restricted).layer is layer
    public = (replace(built, disclosure=DisclosureRules()), restricted, places)
    with pytest.raises(ExportError, match="the public edition tells no single cell of it"):
        raster_of(public)


def test_a_layer_without_a_raster_names_those_that_have_one(whole: Toy) -> None:
    built, catalogue, places = whole
    with pytest.raises(ExportError, match=f"toy_people is measured on no raster; use {LAYER}"):
        make_raster(built, "toy_people", catalogue, places, date="2026-01-31")
