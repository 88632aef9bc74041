"""Input by chance: no reader of files and no address ever ends in anything but its own error.

``make fuzz FUZZ=20000`` runs this file on as many addresses, and a share of them of each reader.
"""

import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoapp.app.address import decode, encode
from geoapp.app.state import ViewState
from layers.catalogue import CATALOGUE
from layers.catalogue.awaited import AWAITED
from layers.decide.scenarios import DEFAULT
from layers.errors import LayersError
from layers.event_files import read_footprint
from layers.own.asked import Asked
from layers.own.ground import Ground
from layers.own.look import look_at
from layers.own.take import take
from layers.sources.feeds import check_answer
from layers.sources.network import DownloadError
from layers.sources.recent import RecentEvent, read_gdacs, read_usgs
from layers.terms import Unit
from tests.faults import cases
from tests.unit.test_event import SHAKEN, geotiff, grid_xml
from tests.unit.test_event_feeds import GDACS, USGS
from tests.unit.test_own_file import collection, feature, ground

__all__ = ["ground"]

ASKED = int(os.environ.get("FUZZ", "0"))
CODEC, READER = ASKED or cases.CODEC, ASKED // cases.SHARE or cases.READER
LAYERS = frozenset(CATALOGUE.layers)


def by_chance(most: int) -> Callable[..., Any]:
    """Run a test on so many cases, the same ones each time unless more are asked for."""
    unbothered = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=most, derandomize=not ASKED, suppress_health_check=unbothered)


KEYS = [
    "level",
    "layer",
    "u",
    "u2",
    "w",
    "objective",
    "k",
    "region",
    "office",
    "people",
    "area",
    "vs",
    "sector",
    "quadrant",
    "o",
    "lang",
    "part",
    "order",
    "find",
    "b",
    "s",
    "over",
    "op",
    "m",
    "sw",
    "p",
    "opacity",
    "swipe",
    "second",
    "?",
]
VALUES = st.one_of(
    st.sampled_from([*sorted(LAYERS)[:9], "score", "change", "base", "district", "es", "en", ""]),
    st.from_regex(r"[0-9]{1,7}(,[0-9]{2,6}){0,3}", fullmatch=True),
    st.from_regex(
        r"[a-z_]{1,12}:-?[0-9.e]{1,6}(,[a-z_]{1,9}:[0-9.infa]{1,5}){0,3}", fullmatch=True
    ),
    st.from_regex(r"(move|add|close|level|sites|most|reach):[0-9.,-]{0,20}", fullmatch=True),
    st.sampled_from(
        ["nan", "inf", "-inf", "1e308", "1e999", "-0", "٣", "%", "%zz", "\x00", "\ud800"]
    ),
    st.text(max_size=12),
)
ADDRESSES = st.builds(
    lambda path, pairs: f"{path}?" + "&".join(f"{key}={value}" for key, value in pairs),
    st.sampled_from(
        ["", "/", "/territorio", "/oficinas", "/datos", "/emergencia", "/nowhere", "//"]
    ),
    st.lists(st.tuples(st.sampled_from(KEYS) | st.text(max_size=4), VALUES), max_size=6),
)


def opened(address: str) -> ViewState:
    return decode(address, LAYERS, DEFAULT)


@pytest.mark.fault(46)
@by_chance(CODEC)
@given(ADDRESSES | st.text(max_size=80))
def test_any_address_is_a_view_and_a_view_is_one_address(address: str) -> None:
    view = opened(address)
    written = encode(view)
    assert opened(written) == view
    assert encode(opened(written)) == written
    assert opened(written).unread == ()


TOKENS = st.sampled_from(
    [b"NaN", b"1e999", b"-1", b"\x00", b"\xff\xfe", b"[[[[", b"}", b"null", b'"', b";", b",", b"\n"]
)
EDITS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from(["flip", "cut", "put", "again", "end"]),
        TOKENS | st.binary(max_size=6),
    ),
    min_size=1,
    max_size=5,
)


def spoilt(data: bytes, edits: list[tuple[float, str, bytes]]) -> bytes:
    """Return a file after edits, each at a part of its length."""
    for place, how, token in edits:
        at = int(place * len(data))
        if how == "flip" and data:
            at = min(at, len(data) - 1)
            data = data[:at] + bytes([data[at] ^ (token[0] if token else 1)]) + data[at + 1 :]
        elif how == "cut":
            data = data[:at] + data[at + 1 + len(token) * 3 :]
        elif how == "put":
            data = data[:at] + token + data[at:]
        elif how == "again":
            data = data[:at] + data[at : at + 40] + data[at:]
        else:
            data = data[: max(at, 1)]
    return data


TABLE = (
    b"Ubigeo;Distrito;Provincia;Casos;salud\n10101;Alfa;Uno;10;1\n010102;Beta;Uno;5,5;2\n"
    b";Gama;Dos;7;\n019999;Nada;Uno;3;3\n020102;Zeta;Tres;<5;4\n"
)
MAP = collection(
    feature([[[0, 1], [0.5, 1], [0.5, 2], [0, 2], [0, 1]]], "Polygon", ubigeo="010101", casos=4),
    feature([[[1, 0], [2, 1], [2, 0], [1, 1], [1, 0]]], "Polygon", ubigeo="010202", casos="x"),
)


def workbook() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            for row, line in enumerate(TABLE.decode().splitlines()):
                sheet.write_row(row, 0, line.split(";"))
        return path.read_bytes()


def package() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.gpkg"
        points = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(0.5, 0.5)], crs=4326)
        points.to_file(path, driver="GPKG")
        return path.read_bytes()


GIVEN = {
    "t.csv": TABLE,
    "m.geojson": MAP,
    "w.xlsx": workbook(),
    "g.gpkg": package(),
    "r.tif": geotiff(np.full((4, 6), 7.0)),
}
KINDS = [spec.id for spec in AWAITED]


@pytest.mark.fault(2, 10, 35)
@pytest.mark.parametrize("name", GIVEN)
@by_chance(READER)
@given(EDITS, st.sampled_from(["own", *KINDS]), st.sampled_from(["", "Casos", "casos", "salud"]))
def test_a_spoilt_file_of_a_visitor_is_read_or_refused(
    name: str,
    ground: Ground,
    tmp_path: Path,
    edits: list[tuple[float, str, bytes]],
    kind: str,
    value: str,
) -> None:
    path = tmp_path / name
    path.write_bytes(spoilt(GIVEN[name], edits))
    for act in (
        lambda: look_at(path, name, ground),
        lambda: take(path, name, Asked(kind=kind, value=value, unit=Unit.PEOPLE), ground),
    ):
        # What goes from the process of the reader to the server is JSON.
        with suppress(LayersError):
            json.dumps(act())


EQUIVALENCE = pd.DataFrame(
    {
        "ubigeo": ["010101", "010102"],
        "reniec": ["910101", "910102"],
        "name": ["Alfa", "Beta"],
        "province": "Uno",
        "region": "Norte",
    }
)
FOOTPRINTS = {
    "grid.xml": grid_xml(SHAKEN),
    "f.geojson": MAP,
    "f.tif": GIVEN["r.tif"],
    "l.csv": b"ubigeo,distrito\n010101,Alfa\n010102,Beta\n",
    "l.txt": b"Alfa, Uno, Norte\nBeta; Uno; Norte\n010101\n",
}


@pytest.mark.fault(2, 34)
@pytest.mark.parametrize("name", FOOTPRINTS)
@by_chance(READER)
@given(EDITS, st.sampled_from([0.0, 5.0]), st.sampled_from([(), (0.5, 3.0)]))
def test_a_spoilt_footprint_is_read_or_refused(
    name: str, edits: list[tuple[float, str, bytes]], buffer: float, thresholds: tuple[float, ...]
) -> None:
    data = spoilt(FOOTPRINTS[name], edits)
    with suppress(LayersError):
        read_footprint(data, name, EQUIVALENCE, buffer_km=buffer, thresholds=thresholds)


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
BOX = (-81.5, -18.5, -68.5, 0.1)
FEEDS: dict[str, tuple[dict[str, Any], Callable[[bytes], list[RecentEvent]]]] = {
    "usgs": (USGS, read_usgs),
    "gdacs": (GDACS, lambda body: read_gdacs(body, BOX, "PER")),
}


@pytest.mark.fault(64, 65)
@pytest.mark.parametrize("feed", FEEDS)
@by_chance(READER)
@given(EDITS, st.sampled_from(["properties", "geometry"]), st.integers(0, 20), ODD)
def test_a_strange_answer_of_a_feed_is_never_kept(
    feed: str, edits: list[tuple[float, str, bytes]], part: str, place: int, odd: Any
) -> None:
    document, read = FEEDS[feed]
    whole = json.loads(json.dumps(document))
    held = whole["features"][0][part]
    held[sorted(held)[place % len(held)]] = odd
    for body in (json.dumps(whole).encode(), spoilt(json.dumps(document).encode(), edits)):
        with suppress(DownloadError):
            check_answer(body, "https://feed.example/", read)
            assert all(isinstance(event.time, str) for event in read(body))
