"""Units in vector tiles: each at each zoom, no gap between them, and nothing but their codes."""

import gzip
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pmtiles.reader import MemorySource, Reader, all_tiles

from geoapp.app import create_app
from geoapp.outlines.unit_tiles import ZOOMS, unit_tiles
from geoapp.outlines.vector_tile import encode_tile
from geoapp.settings import read_settings
from geoapp.store.builds import Stored, read_build, write_build
from geoapp.store.contents import TILED_FROM
from geoapp.store.parts import take_apart
from layers.built import Build
from layers.errors import LayersError
from layers.pipeline import build
from layers.terms import AdminLevel
from tests.editions import known
from tests.toy import COUNTRY, SCENARIO, make_toy

EARTH = 2 * np.pi * 6_378_137
"""Metres around the world of web maps."""
MILLIMETRE = 0.001
NOWHERE = np.full((1, 2), np.nan)
# GDAL reads tiles that it did not write; in the product its driver is off, so a process of its own.
READ = """
import sys, geopandas
for zoom in map(int, sys.argv[2:]):
    found = geopandas.read_file(sys.argv[1], ZOOM_LEVEL=str(zoom), CLIP="YES")
    print(found.set_crs(None, allow_override=True).to_json())
"""


def read_by_gdal(path: Path, *zooms: int) -> list[gpd.GeoDataFrame]:
    command = [sys.executable, "-c", READ, str(path), *map(str, zooms)]
    free = {name: value for name, value in os.environ.items() if name != "OGR_SKIP"}
    told = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=60, env=free
    ).stdout
    return [
        gpd.GeoDataFrame.from_features(json.loads(line), crs=3857) for line in told.splitlines()
    ]


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, Path]:
    folder = tmp_path_factory.mktemp("toy")
    catalogue, places = make_toy(folder / "mirror")
    return build(catalogue, COUNTRY, places), folder


@pytest.fixture(scope="module")
def tiled(toy: tuple[Build, Path]) -> Stored:
    """The toy country, whose six districts are in tiles and whose two regions are not."""
    built, folder = toy
    write_build(built, folder / "tiled", tiled_from=6)
    return read_build(folder / "tiled")


def test_a_square_by_hand() -> None:
    square = np.array([shapely.Polygon([(1, 2), (4, 2), (4, 5), (1, 5)])])
    told = encode_tile("l", "k", ["a"], square, NOWHERE, 16)
    # To (1, 2); then three steps right, down and left, which turns as a clock does; and back.
    ring = bytes([9, 2, 4, 26, 6, 0, 0, 6, 5, 0, 15])
    feature = bytes([18, 2, 0, 0, 24, 3, 34, len(ring)]) + ring
    value = bytes([10, 1]) + b"a"
    layer = bytes([120, 2, 10, 1]) + b"l" + bytes([18, len(feature)]) + feature
    layer += bytes([26, 1]) + b"k" + bytes([34, len(value)]) + value + bytes([40, 16])
    assert told == bytes([26, len(layer)]) + layer
    turned = encode_tile("l", "k", ["a"], shapely.reverse(square), NOWHERE, 16)
    assert bytes([9, 2, 4, 26]) in turned
    assert bytes([6, 0, 0, 6, 5, 0]) in turned


def test_what_is_smaller_than_the_grid_is_a_square_of_it_or_nothing() -> None:
    dust = np.array([shapely.box(3.1, 3.1, 3.2, 3.2)])
    square = np.array([shapely.Polygon([(3, 3), (4, 3), (4, 4), (3, 4)])])
    seen = encode_tile("l", "k", ["a"], dust, np.array([[3.15, 3.15]]), 16)
    assert seen == encode_tile("l", "k", ["a"], square, NOWHERE, 16)
    assert encode_tile("l", "k", ["a"], dust, NOWHERE, 16) == b""
    both = np.array([square[0], dust[0]])
    alone = encode_tile("l", "k", ["a", "b"], both, np.repeat(NOWHERE, 2, axis=0), 16)
    assert alone == encode_tile("l", "k", ["a"], square, NOWHERE, 16)


def test_a_lake_and_its_isle_stay_what_they_are(tmp_path: Path) -> None:
    lake = shapely.box(0.3, 0.3, 0.6, 0.6)
    isle = shapely.box(0.4, 0.4, 0.5, 0.5)
    shore = shapely.box(0, 0, 0.9, 0.9).difference(lake)
    places = gpd.GeoSeries({"shore": shore, "isle": isle}, crs=4326)
    path = tmp_path / "lake.pmtiles"
    path.write_bytes(unit_tiles(places))
    for zoom, found in zip((6, 10), read_by_gdal(path, 6, 10), strict=True):
        areas = found.dissolve("u", grid_size=MILLIMETRE).area
        expected = places.to_crs(3857).area
        assert areas["shore"] == pytest.approx(expected["shore"], rel=0.02), zoom
        assert areas["isle"] == pytest.approx(expected["isle"], rel=0.1), zoom


def test_each_unit_is_in_each_zoom_and_the_country_has_no_gap(
    tiled: Stored, tmp_path: Path
) -> None:
    path = tmp_path / "units.pmtiles"
    path.write_bytes(tiled.tiles[AdminLevel.DISTRICT])
    outlines = tiled.build.levels[AdminLevel.DISTRICT].outlines.to_crs(3857)
    zooms = range(ZOOMS[0], ZOOMS[1] + 1)
    for zoom, found in zip(zooms, read_by_gdal(path, *zooms), strict=True):
        assert set(found.columns) - {"mvt_id"} == {"u", "geometry"}
        pieces = found.dissolve("u", grid_size=MILLIMETRE).geometry
        assert set(pieces.index) == set(outlines.index), zoom
        step = EARTH / (1 << zoom) / (4096 if zoom == ZOOMS[1] else 1024)
        for code, shape in pieces.items():
            assert shape.hausdorff_distance(outlines[code]) < 2 * step, (zoom, code)
        # Borders are one border: what lies between two units is not there at all.
        whole = shapely.union_all(pieces.to_numpy(), grid_size=MILLIMETRE)
        assert shapely.area(pieces.to_numpy()).sum() == pytest.approx(whole.area, rel=1e-8)
        assert len(shapely.get_parts(whole)) == 1
        assert not len(shapely.get_parts(whole)[0].interiors)


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 9), st.integers(2, 9), st.floats(-70, 70), st.floats(1e-4, 0.5))
def test_every_cell_of_any_grid_is_in_every_zoom(
    wide: int, tall: int, south: float, size: float
) -> None:
    cells = {
        f"{x}-{y}": shapely.box(x * size, south + y * size, (x + 1) * size, south + (y + 1) * size)
        for x in range(wide)
        for y in range(tall)
    }
    made = unit_tiles(gpd.GeoSeries(cells, crs=4326))
    found: dict[int, set[str]] = {}
    for (zoom, _, _), content in all_tiles(MemorySource(made)):
        tile = gzip.decompress(content)
        found.setdefault(zoom, set()).update(code for code in cells if code.encode() in tile)
    assert found == {zoom: set(cells) for zoom in range(ZOOMS[0], ZOOMS[1] + 1)}


def test_tiles_carry_no_figure_and_are_the_same_twice(tiled: Stored) -> None:
    outlines = tiled.build.levels[AdminLevel.DISTRICT].outlines
    made = tiled.tiles[AdminLevel.DISTRICT]
    assert unit_tiles(outlines) == made
    told = Reader(MemorySource(made)).metadata()
    assert [layer["fields"] for layer in told["vector_layers"]] == [{"u": "String"}]
    # A figure that changes changes no tile.
    table = tiled.build.levels[AdminLevel.DISTRICT].table
    other = replace(table, values=table.values * 7 + 1)
    level = replace(tiled.build.levels[AdminLevel.DISTRICT], table=other)
    again = take_apart(replace(tiled.build, levels={AdminLevel.DISTRICT: level}), 1)
    assert again.tiles == {AdminLevel.DISTRICT: made}


def test_below_the_limit_a_build_is_what_it_was(toy: tuple[Build, Path], tiled: Stored) -> None:
    built, folder = toy
    write_build(built, folder / "plain")
    write_build(built, folder / "exact", tiled_from=7)
    plain, exact, cut = (
        {path.name: path.read_bytes() for path in (folder / name).glob("builds/*/*")}
        for name in ("plain", "exact", "tiled")
    )
    assert plain == exact
    assert set(cut) - set(plain) == {"units_district.pmtiles"}
    assert b"tiles" not in plain["manifest.json"]
    assert {name for name in plain if plain[name] != cut[name]} == {"manifest.json", "SHA256SUMS"}
    assert read_build(folder / "plain").tiles == {}


def test_a_tile_that_the_disk_changed_is_noticed(toy: tuple[Build, Path]) -> None:
    built, folder = toy
    write_build(built, folder / "changed", tiled_from=6)
    path = next((folder / "changed").glob("builds/*/units_district.pmtiles"))
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(LayersError, match=r"units_district\.pmtiles is not as it was written"):
        read_build(folder / "changed")


def test_the_page_is_told_where_tiles_are_and_they_are_kept_for_ever(
    tiled: Stored, toy: tuple[Build, Path], tmp_path: Path
) -> None:
    catalogue, _ = make_toy(tmp_path / "mirror")
    with known(catalogue):
        app = create_app(tiled, catalogue, SCENARIO)
    client = app.server.test_client()
    named = client.get("/").text.partition('rel="preload" href="')[2].partition('"')[0]
    units = json.loads(gzip.decompress(client.get(named).data))
    assert set(units) == {"tiles", "columns", "properties"}
    assert units["columns"] == ["u", "i", "n", "x", "y"]
    assert units["tiles"]["zooms"] == list(ZOOMS)
    assert units["tiles"]["corners"] == [[0, 0], [2, 3]]
    address = units["tiles"]["address"]
    tiles = dict(all_tiles(MemorySource(tiled.tiles[AdminLevel.DISTRICT])))
    for (zoom, column, row), content in tiles.items():
        answer = client.get(f"{address}/{zoom}/{column}/{row}")
        assert (answer.status_code, answer.data) == (200, content)
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    empty = client.get(f"{address}/10/0/0")
    assert (empty.status_code, empty.data) == (204, b"")
    assert "immutable" in empty.headers["Cache-Control"]
    for wrong in ("/3/0/0", "/11/0/0", "/4/16/0", "/4/0/16", "/4/-1/0", "/4/a/0"):
        assert client.get(address + wrong).status_code == 404, wrong
    assert client.get("/units/0123456789abcdef/4/8/7").status_code == 404
    # A whole file, asked for in parts or not, is never given: a tile is what is asked for.
    assert client.get(address).status_code == 404


def test_the_limit_is_a_setting() -> None:
    assert read_settings({}).tiled_from == TILED_FROM
    assert read_settings({"GEOAPP_TILED_FROM": "300"}).tiled_from == 300
    for wrong in ("0", "-1", "many"):
        with pytest.raises(LayersError, match=r"GEOAPP_TILED_FROM is .* whole number"):
            read_settings({"GEOAPP_TILED_FROM": wrong})
