"""The page of an event: what is given, what is told, and what is never lost or shown."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from dash import Dash
from hypothesis import given
from hypothesis import strategies as st
from plotly.utils import PlotlyJSONEncoder

from bench.visitor import Visitor, written_id
from geoapp.app import ids
from geoapp.app.components.event_recent import recent_list
from geoapp.app.pages.emergency import rates_of
from geoapp.event.answer import event_answer, footprint_of_quake
from geoapp.event.ground import steps_of
from geoapp.event.told import masked
from geoapp.numbers import show_number
from layers.built import Build
from layers.decide.displaced import displaced_people
from layers.errors import EventError
from layers.sources.feeds import Kept
from layers.sources.network import DownloadError, Reason
from layers.sources.recent import FeedReport, RecentEvent
from layers.spec import Catalogue
from tests.unit.test_event import SHAKEN, grid_xml


@pytest.fixture
def visitor(toy_page: Dash) -> Visitor:
    visitor = Visitor(toy_page.server.test_client())
    visitor.open("/emergencia")
    return visitor


def ask(visitor: Visitor, **asked: Any) -> None:
    visitor.change(ids.EVENT_ASKED, "data", asked)


def told(visitor: Visitor, part: str) -> str:
    return json.dumps(visitor.values[part, "children"], ensure_ascii=False)


TWO = "codigo\n010101\n010102\n"


def test_an_empty_page_says_what_to_give_in_both_languages(visitor: Visitor) -> None:
    assert "Dé un archivo" in told(visitor, ids.EVENT_BRIEF)
    word = written_id(ids.event_word_id("go_list"))
    assert visitor.values[word, "children"] == "Ver a quién alcanza"
    visitor.change("language", "value", "en")
    assert visitor.values[word, "children"] == "See who is reached"
    assert "Give a file" in told(visitor, ids.EVENT_BRIEF)


def test_a_list_is_answered_and_bad_input_loses_nothing(visitor: Visitor) -> None:
    ask(visitor, way="list", text=TWO, scheme="inei")
    held = visitor.values[ids.EVENT_HELD, "data"]
    assert held["units"] == 2
    assert [band["id"] for band in held["bands"]] == ["inside"]
    overlay = visitor.values[written_id(ids.overlay_id("emergency")), "data"]
    assert overlay["fit"][0] < overlay["fit"][2]
    ask(visitor, way="list", text="Narnia", scheme="")
    assert visitor.values[ids.EVENT_HELD, "data"] == held
    assert "ningún distrito" in told(visitor, ids.EVENT_SAID)
    ask(visitor, way="list", text=TWO, scheme="inei")
    assert visitor.values[ids.EVENT_SAID, "children"] == []


@pytest.mark.parametrize(
    "asked",
    [
        {"way": "file", "name": "a.xml", "contents": "data:;base64,PHg+"},
        {"way": "file", "name": "a.json", "contents": "data:;base64,e30="},
        {"way": "file", "name": "a.bin", "contents": "data:;base64,%%%"},
        {"way": "file", "name": "vacío", "contents": "data:;base64,"},
        {"way": "large", "name": "enorme.xml"},
        {"way": "list", "text": ""},
        {"way": "quake", "lon": 1.0, "lat": None, "depth": 10, "magnitude": 7},
        {"way": "quake", "lon": 1.0, "lat": 1.0, "depth": 10, "magnitude": 70},
        {"way": "drawing", "ring": []},
        {"way": "drawing", "ring": [[0, 0], [1, 1], [0, 0]]},
        # As an address may tell it that was cut, or written by hand.
        {"nothing": 0},
        {"way": "sea"},
        {"way": ["list"]},
        {"way": "list"},
        {"way": "file", "name": ["a"], "contents": "data:;base64,e30="},
        {"way": "quake", "lon": 1.0, "lat": "1", "depth": 10, "magnitude": 7},
        {"way": "drawing", "ring": [[0, 0], [1, "x"], [0, 1], [0, 0]]},
        {"way": "list", "text": TWO, "scheme": "mixed"},
        {"way": "list", "text": TWO, "rates": {"inside": [0.9, 0.1]}},
        {"way": "list", "text": TWO, "rates": {"inside": 0.5}},
        {"way": "list", "text": TWO, "t": -1},
    ],
)
def test_bad_input_is_one_sentence_and_a_detail(visitor: Visitor, asked: dict[str, Any]) -> None:
    ask(visitor, **asked)
    sentence, detail = visitor.values[ids.EVENT_SAID, "children"]
    assert str(asked.get("name", "")) in sentence["props"]["children"]
    found = visitor.values[ids.EVENT_PROBLEM, "data"]["detail"]["es"]
    assert found
    assert detail["props"]["children"] == f"Qué se encontró: {found}"
    assert (ids.EVENT_HELD, "data") not in visitor.values


def test_the_detail_is_in_the_language_of_the_visitor(visitor: Visitor) -> None:
    ask(visitor, way="quake", lon=1.0, lat=1.0, depth=10, magnitude=70)
    _, detail = visitor.values[ids.EVENT_SAID, "children"]
    assert "una magnitud de 70 están fuera de rango" in detail["props"]["children"]
    assert "are out of range" in visitor.values[ids.EVENT_PROBLEM, "data"]["detail"]["en"]


def test_a_file_and_a_drawing_of_the_same_ground_agree(visitor: Visitor) -> None:
    ring = [[0, 0], [1.5, 0], [1.5, 2], [0, 2], [0, 0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    data = json.dumps({"type": "Feature", "properties": {}, "geometry": shape}).encode()
    ask(visitor, way="drawing", ring=ring)
    drawn = visitor.values[ids.EVENT_HELD, "data"]
    contents = "data:application/json;base64," + base64.b64encode(data).decode()
    ask(visitor, way="file", name="zona.geojson", contents=contents)
    given = visitor.values[ids.EVENT_HELD, "data"]
    assert given["people"] == drawn["people"] > 0
    assert "zona.geojson" in told(visitor, ids.EVENT_BRIEF)


def test_rates_are_edited_in_place_and_an_impossible_one_is_not_used(visitor: Visitor) -> None:
    ask(visitor, way="list", text=TWO, scheme="inei")
    people = visitor.values[ids.EVENT_HELD, "data"]["people"]
    low, high = (written_id(ids.rate_id("inside", end)) for end in ("low", "high"))
    visitor.change(high, "value", 50)
    assert visitor.values[ids.EVENT_RATES, "data"] == {"inside": [0.0, 0.5]}
    assert visitor.values[ids.EVENT_DISPLACED, "children"] == f"0–{show_number(people / 2, 0)}"
    visitor.change(low, "value", 60)
    assert "no se usó" in visitor.values[ids.EVENT_RATE_SAID, "children"]
    assert visitor.values[ids.EVENT_RATES, "data"] == {"inside": [0.0, 0.5]}
    # another language shows the rates that were given
    visitor.change("language", "value", "en")
    assert visitor.values[high, "value"] == 50


def test_edited_rates_give_what_a_new_exposure_would(
    toy: tuple[Catalogue, Any], toy_build: Build
) -> None:
    footprint = footprint_of_quake(toy_build, 1.0, 1.0, 20.0, 7.5)
    rates = {band.id: (0.1, 0.25) for band in footprint.bands}
    whole = event_answer(toy_build, toy[0], footprint, displaced=rates)
    people = {band["id"]: band["people"] for band in whole["bands"]}
    by_band, total = displaced_people(people, rates)
    assert total is not None
    assert total == pytest.approx(tuple(whole["totals"]["displaced"].values()))
    for band in whole["bands"]:
        assert by_band[band["id"]] == pytest.approx(tuple(band["displaced"].values()))


def test_unknown_people_are_not_zero_displaced() -> None:
    rates = {"6": (0.0, 0.01), "7": (0.01, 0.05)}
    assert displaced_people({"6": None, "7": 100.0}, rates) == (
        {"6": None, "7": (1.0, 5.0)},
        (1.0, 5.0),
    )
    assert displaced_people({"6": None}, rates) == ({"6": None}, None)
    with pytest.raises(EventError):
        rates_of(["7"], [None], [5])


@given(
    st.floats(0, 12) | st.floats(0, 1e6),
    st.sampled_from([(None, 5), ("shelter", 5), ("protection", 10), ("health", 10)]),
)
def test_a_small_count_never_leaves_the_server(count: float, rule: tuple[str | None, int]) -> None:
    sector, least = rule
    shown = masked(count, sector)
    assert (shown == count) if count == 0 or count >= least else (shown == f"1–{least - 1}")


def test_stronger_bands_are_darker_and_thresholds_are_no_intensities() -> None:
    shaken = steps_of(["4", "6", "8", "9", "10"], "shakemap")
    assert list(shaken.values()) == [1, 3, 5, 6, 6]
    assert steps_of(["inside"], "polygon") == {"inside": 3}
    # metres of water, which look like classes of Mercalli
    assert list(steps_of(["1", "2", "5"], "raster").values()) == [3, 4, 5]


def recent(**changes: Any) -> RecentEvent:
    given: dict[str, Any] = {
        "id": "us7000toy1",
        "feed": "usgs",
        "kind": "EQ",
        "time": "2026-11-18T11:06:40+00:00",
        "title": "10 km SW of Juguete",
        "magnitude": 6.1,
        "depth_km": 33.0,
        "lon": 1.0,
        "lat": 1.0,
        "alert": "yellow",
        "has_shakemap": True,
        "url": "https://earthquake.usgs.gov/x",
    }
    return RecentEvent(**given | changes)


def feed(name: str, asked: str | None = "2026-11-22T03:00:00+00:00") -> FeedReport:
    return FeedReport(id=name, asked=asked, age_hours=0.0, is_stale=False, problem=None)


@pytest.mark.parametrize("language", ["es", "en"])
def test_recent_events_fill_ask_or_lead_to_their_feed(language: str) -> None:
    flood = recent(id="FL11", kind="FL", magnitude=None, depth_km=None, alert="orange")
    strange = recent(id="TC1", magnitude=None, depth_km=None, url="javascript:alert(1)")
    rows = recent_list([recent(), flood, strange], [feed("usgs"), feed("gdacs")], language)
    told = json.dumps([row.to_plotly_json() for row in rows], cls=PlotlyJSONEncoder)
    assert "1.0,1.0,33.0,6.1" in told
    assert '"data-shakemap": "us7000toy1"' in told
    assert "https://earthquake.usgs.gov/x" in told
    assert "javascript" not in told
    silent = recent_list([], [feed("usgs", None), feed("gdacs", None)], language)
    assert len(silent) == 1
    assert "USGS, GDACS" in str(silent[0])
    assert len(recent_list([], [feed("usgs"), feed("gdacs", None)], language)) == 3


def test_the_shakemap_of_a_recent_earthquake_is_asked_for_by_its_id(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered(event_id: str, *_: Any, **__: Any) -> Kept:
        return Kept(body=grid_xml(SHAKEN), asked=datetime(2026, 11, 22, tzinfo=UTC))

    def silent(event_id: str, *_: Any, **__: Any) -> Kept:
        raise DownloadError("no network", Reason.UNREACHABLE)

    monkeypatch.setattr("geoapp.app.event_statement.shakemap_of", silent)
    ask(visitor, way="shakemap", id="us7000toy1", name="us7000toy1")
    assert "no se pudo descargar" in told(visitor, ids.EVENT_SAID)
    monkeypatch.setattr("geoapp.app.event_statement.shakemap_of", answered)
    ask(visitor, way="shakemap", id="us7000toy1", name="us7000toy1")
    assert visitor.values[ids.EVENT_HELD, "data"]["footprint"]["kind"] == "shakemap"
