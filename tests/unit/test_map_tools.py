"""What a visitor puts on the map: its address, its second layer, and what lies over the units."""

import io
import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from bench.visitor import Visitor
from geoapp.app import create_app
from geoapp.app.map_state import MapTools, Way, encode_tools, plain_tools, read_tool, tools_of
from geoapp.app.overlays import png_of
from geoapp.app.tiles import open_tiles
from geoapp.store.builds import read_build, write_build
from geoapp.style import PAIR, PICTURE
from layers.built import Build
from layers.errors import LayersError
from layers.indicators.thirds import thirds_of
from layers.table.picture import NOTHING, Picture

LAYERS = frozenset({"score", "toy_uninsured"})
NAMES = st.lists(st.sampled_from(("labels", "rivers", "settlement")), unique=True)
TILE = b"\x89PNG\r\n\x1a\n toy"


@given(
    st.sampled_from((None, "score", "toy_uninsured")),
    st.sampled_from(Way),
    st.integers(0, 100),
    NAMES,
    st.sampled_from((None, "toy_heat")),
    st.integers(0, 100),
)
def test_an_address_keeps_what_is_on_the_map(
    second: str | None, way: Way, split: int, over: list[str], picture: str | None, opacity: int
) -> None:
    tools = MapTools(
        second,
        way if second else Way.PAIR,
        split if second else 50,
        tuple(sorted(over)),
        picture,
        opacity if picture else 70,
    )
    read = MapTools()
    for key, text in encode_tools(tools):
        read = read_tool(read, key, text, LAYERS)
    assert read == tools
    assert tools_of(plain_tools(tools), MapTools(), LAYERS) == tools


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("with", "nobody"),
        ("way", "sideways"),
        ("split", "101"),
        ("split", "x"),
        ("over", "<b>"),
        ("raster", "toy:-1"),
    ],
)
def test_a_part_that_means_nothing_is_refused(key: str, text: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        read_tool(MapTools(), key, text, LAYERS)


def test_thirds_by_hand() -> None:
    even = thirds_of(pd.Series([1.0, 2, 3, 4, 5, 6, 7, np.nan]))
    assert even.are_terciles
    assert even.breaks == (3.0, 5.0)
    # Four of six share the lowest: they are a class, and the median parts the other two.
    tied = thirds_of(pd.Series([0.0, 0, 0, 0, 2, 8]))
    assert (tied.breaks, tied.are_terciles) == ((2.0, 5.0), False)
    assert thirds_of(pd.Series([7.0, 7.0])).breaks == ()
    assert thirds_of(pd.Series([np.nan])).breaks == ()


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_thirds_rise_above_the_lowest(values: list[float]) -> None:
    breaks = thirds_of(pd.Series(values)).breaks
    assert list(breaks) == sorted(set(breaks))
    assert all(limit > min(values) for limit in breaks)


# Machado, Oliveira & Fernandes (2009), severity 1.
SIGHTS = {
    "all": np.eye(3),
    "protan": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deutan": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritan": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
TO_XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
) / np.array([[0.9505], [1.0], [1.089]])


def lab(colour: str, sight: np.ndarray) -> np.ndarray:
    part = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    light = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(np.maximum(TO_XYZ @ np.clip(sight @ light, 0, 1), 0.008856))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("sight", SIGHTS)
def test_nine_colours_differ_for_every_kind_of_sight(sight: str) -> None:
    seen = [lab(colour, np.asarray(SIGHTS[sight])) for colour in PAIR]
    least = min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2))
    assert least > 20


def test_a_second_layer_gives_nine_colours_or_two_sides(toy_page: Dash) -> None:
    visitor = Visitor(toy_page.server.test_client())
    visitor.open("/?layer=toy_uninsured&with=score")
    paint = visitor.values["paint", "data"]
    assert (paint["way"], tuple(paint["colours"])) == ("pair", PAIR)
    assert set(paint["classes"]) <= set("012345678-")
    assert paint["second"]["labels"] != paint["labels"]
    # A count is never a filled area.
    visitor.open("/?layer=toy_uninsured&with=toy_people")
    paint = visitor.values["paint", "data"]
    assert (paint["way"], paint["second"]["kind"]) == ("swipe", "circle")
    assert visitor.values["view", "data"] == "/?layer=toy_uninsured&with=toy_people"
    visitor.open("/?layer=toy_uninsured&with=toy_uninsured&over=labels,rivers")
    assert visitor.values["view", "data"] == "/?layer=toy_uninsured&over=labels"
    assert "over=rivers" in str(visitor.values["notice", "children"])


def test_what_the_script_tells_is_in_the_address(toy_page: Dash) -> None:
    visitor = Visitor(toy_page.server.test_client())
    visitor.open("/?layer=toy_uninsured")
    told = plain_tools(MapTools(second="score", way=Way.SWIPE, split=30, over=("labels",)))
    visitor.change("tools-state", "data", told)
    wanted = "/?layer=toy_uninsured&with=score&way=swipe&split=30&over=labels"
    assert visitor.values["view", "data"] == wanted


def test_the_menu_offers_only_what_there_is(client: FlaskClient) -> None:
    for language in ("es", "en"):
        menu = client.get(f"/map/menu-{language}.json").json
        assert menu["tiles"] is None
        assert menu["drawn"] == []
        assert menu["pictures"] == []
        assert {"name": "score", "levels": None}.items() <= menu["layers"][0].items()
    names = client.get(menu["labels"])
    assert names.headers["Cache-Control"].endswith("immutable")
    for lost in ("/map/menu-fr.json", "/overlay/0000.png", "/overlay/", "/tiles/1/0/0", "/map/x"):
        assert client.get(lost).status_code == 404


def test_a_picture_has_its_classes_and_is_clear_elsewhere() -> None:
    classes = np.array([[0, 5], [NOTHING, 2]], dtype=np.uint8)
    drawn = Image.open(io.BytesIO(png_of(Picture("toy", classes, (1.0, 2.0, 3.0, 4.0, 5.0)))))
    pixels = np.asarray(drawn.convert("RGBA"))
    assert pixels[..., 3].tolist() == [[255, 255], [0, 255]]
    low, high = (
        tuple(int(c[at : at + 2], 16) for at in (1, 3, 5)) for c in (PICTURE[0], PICTURE[5])
    )
    assert tuple(pixels[0, 0, :3]) == low
    assert tuple(pixels[0, 1, :3]) == high


def test_a_picture_is_kept_with_the_build_and_served(toy_build: Build, tmp_path: Path) -> None:
    picture = Picture("toy_uninsured", np.array([[0, NOTHING]], dtype=np.uint8), (15.0,))
    write_build(replace(toy_build, pictures=(picture,)), tmp_path)
    stored = read_build(tmp_path)
    (read,) = stored.build.pictures
    assert (read.layer, read.breaks) == ("toy_uninsured", (15.0,))
    assert (read.classes == picture.classes).all()
    client = create_app(stored).server.test_client()
    (offered,) = client.get("/map/menu-es.json").json["pictures"]
    assert [one["label"] for one in offered["classes"]] == ["< 15 %", "≥ 15"]
    answer = client.get(offered["address"])
    assert answer.mimetype == "image/png"
    assert answer.headers["Cache-Control"].endswith("immutable")
    assert len(answer.data) < 600_000


def folder_of_tiles(folder: Path, ending: str = "png") -> Path:
    tile = folder / "1" / "0" / f"1.{ending}"
    tile.parent.mkdir(parents=True)
    tile.write_bytes(TILE)
    (folder / "metadata.json").write_text('{"attribution": "© <a href=\\"x\\">Toy</a> maps"}')
    return folder


def packed_tiles(path: Path, kind: TileType = TileType.PNG) -> Path:
    with path.open("wb") as file:
        writer = Writer(file)
        writer.write_tile(zxy_to_tileid(1, 0, 1), TILE)
        header = {
            "tile_type": kind,
            "tile_compression": Compression.NONE,
            "min_zoom": 1,
            "max_zoom": 1,
            **dict.fromkeys(("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7"), 0),
            **dict.fromkeys(("center_zoom", "center_lon_e7", "center_lat_e7"), 0),
        }
        writer.finalize(header, {"attribution": "© <a href='x'>Toy</a> maps"})
    return path


@pytest.mark.fault(49, 50)
@pytest.mark.parametrize("way", ["folder", "file"])
def test_tiles_are_served_where_they_are_and_nowhere_else(
    way: str, toy_build: Build, tmp_path: Path
) -> None:
    made = folder_of_tiles(tmp_path / "t") if way == "folder" else packed_tiles(tmp_path / "t")
    write_build(toy_build, tmp_path / "store")
    app = create_app(read_build(tmp_path / "store"), tiles=open_tiles(made))
    client = app.server.test_client()
    assert client.get("/map/menu-es.json").json["tiles"] == {
        "zooms": [1, 1],
        "attribution": "© Toy maps",
    }
    answer = client.get("/tiles/1/0/1")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, TILE, "image/png")
    bad = ("1/1/1", "1/0/2", "0/0/0", "2/0/0", "1/-1/0", "-1/0/0", "1/0/..%2f1", "99/0/0", "1/0")
    for place in bad:
        assert client.get(f"/tiles/{place}").status_code == 404, place
    visitor = Visitor(client)
    visitor.open("/?over=tiles")
    assert visitor.values["view", "data"] == "/?over=tiles"


def test_tiles_that_cannot_be_are_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text").write_text("no tiles")
    vectors = packed_tiles(tmp_path / "vectors", TileType.MVT)
    for path, said in (
        (tmp_path / "absent", "does not exist"),
        (tmp_path / "empty", "no tile z/x/y.png"),
        (tmp_path / "text", "is no PMTiles file"),
        (vectors, "are no pictures"),
    ):
        with pytest.raises(LayersError, match=said) as refused:
            open_tiles(path)
        assert str(path) in str(refused.value)


def test_a_look_tells_of_a_layer_what_its_choice_is_answered_with(toy_page: Dash) -> None:
    client = toy_page.server.test_client()
    visitor = Visitor(client)
    visitor.open("/?w=toy_uninsured:5&region=13")
    for layer in ("toy_uninsured", "toy_people", "score"):
        before = visitor.values["paint", "data"]
        look = client.get(f"{before['looks']}&layer={layer}").json
        visitor.change("layer", "value", layer)
        paint = visitor.values["paint", "data"]
        assert look == {key: paint[key] for key in paint["ofLayer"] if key in paint}
        # All else stays, so that the look can take the place of what was told of another layer.
        assert {key: paint[key] for key in paint.keys() - set(paint["ofLayer"])} == {
            key: before[key] for key in before.keys() - set(before["ofLayer"])
        }


def test_no_look_is_told_that_its_address_does_not_settle(toy_page: Dash) -> None:
    client = toy_page.server.test_client()
    visitor = Visitor(client)
    visitor.open("/?layer=toy_uninsured&with=score")
    assert visitor.values["paint", "data"]["looks"] == ""
    assert client.get("/look.json?&layer=toy_uninsured&with=score").status_code == 204
    assert client.get("/look.json?vs=base&layer=change").status_code == 204
    for lost in ("nothing", "change"):
        assert client.get(f"/look.json?&layer={lost}").status_code == 404
    assert client.get("/look.json?&layer=score").headers["Cache-Control"] == "no-store"
