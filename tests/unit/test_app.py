"""The page without a browser: address, paint, routes and refusals."""

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import brotli
import flask_compress
import numpy as np
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from bench.visitor import Visitor
from geoapp.app.address import decode, encode
from geoapp.app.forever import FOREVER
from geoapp.app.index import carried
from geoapp.app.office_choices import MOST_CAPACITY, MOST_SITES, PARTS, REACH, Choices
from geoapp.app.security import MAX_BODY
from geoapp.app.shown import class_marks
from geoapp.app.state import SCORE, DataPart, Page, SourceOrder, ViewState, changed_weights
from geoapp.numbers import show_number, show_value, show_values
from geoapp.words import LANGUAGES, words
from layers.catalogue import CATALOGUE
from layers.decide.narrow import Settling
from layers.decide.pattern import Quadrant
from layers.decide.scenarios import DEFAULT
from layers.terms import AdminLevel, Method, Unit

LAYERS = frozenset(CATALOGUE.layers)
PLACE = st.from_regex(r"[0-9]{6}", fullmatch=True)
REGION = st.from_regex(r"[0-9]{2}", fullmatch=True)


@given(
    st.builds(
        ViewState,
        page=st.sampled_from(list(Page)),
        level=st.sampled_from(list(AdminLevel)),
        layer=st.sampled_from([SCORE, *LAYERS]),
        unit=st.none() | st.from_regex(r"[0-9]{6}", fullmatch=True),
        weights=st.fixed_dictionaries(
            {}, optional={name: st.integers(1, 10).map(float) for name, _ in DEFAULT.weights}
        ).map(lambda given: changed_weights(DEFAULT.with_weights(given), DEFAULT)),
        top=st.none() | st.integers(1, 200),
        regions=st.lists(st.sampled_from(["01", "15", "24"]), unique=True).map(tuple),
        office=st.sampled_from([None, "lima", "tacna"]),
        least_people=st.sampled_from([0.0, 5_000.0, 123_456.0]),
        settling=st.none() | st.sampled_from(list(Settling)),
        against=st.sampled_from([None, "base", "Plan 2026"]),
        sector=st.sampled_from([None, "joint", "health"]),
        quadrant=st.none() | st.sampled_from(list(Quadrant)),
        offices=st.builds(
            Choices,
            part=st.sampled_from(PARTS),
            level=st.sampled_from(list(AdminLevel)),
            demand=st.sampled_from([None, "pin_joint", SCORE]),
            sites=st.none() | st.integers(1, MOST_SITES),
            is_fixed=st.booleans(),
            within=st.integers(*REACH).map(float),
            capacity=st.none() | st.integers(1, MOST_CAPACITY).map(float),
            moved=st.lists(st.tuples(PLACE, PLACE), max_size=3).map(tuple),
            added=st.lists(PLACE, max_size=3).map(tuple),
            closed=st.lists(PLACE, max_size=3).map(tuple),
            regions_added=st.lists(REGION, max_size=3).map(tuple),
            regions_closed=st.lists(REGION, max_size=3).map(tuple),
        ),
        language=st.sampled_from(LANGUAGES),
        part=st.sampled_from(list(DataPart)),
        order=st.sampled_from(list(SourceOrder)),
        find=st.text(max_size=20),
    )
)
def test_an_address_restores_the_view(view: ViewState) -> None:
    assert decode(encode(view), LAYERS, DEFAULT) == view


@given(st.text(max_size=60))
def test_any_address_gives_a_view(query: str) -> None:
    view = decode(query, LAYERS, DEFAULT)
    assert decode(encode(view), LAYERS, DEFAULT) == view


def test_the_default_view_has_no_query_and_bad_parts_are_named() -> None:
    assert encode(ViewState()) == "/"
    view = decode("?level=galaxy&u=1501&lang=xx", LAYERS, DEFAULT)
    assert (view.level, view.unit) == (AdminLevel.DISTRICT, "1501")
    assert view.unread == ("level=galaxy", "lang=xx")
    assert encode(ViewState(page=Page.TERRITORY, unit="240101")) == "/territorio?u=240101"
    lost = decode("/nowhere?u=1501", LAYERS, DEFAULT)
    assert (lost.page, lost.unit, lost.unread) == (Page.PRIORITIES, "1501", ("/nowhere",))


def test_classes_mark_missing_and_breaks() -> None:
    values = np.array([9.9, 10.0, 25.0, np.nan, 90.0])
    assert class_marks(values, (10.0, 20.0)) == "012-2"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1891, 0, "1\u202f891"),
        (73.46, 1, "73.5"),
        (None, 1, "–"),
        (float("nan"), 0, "–"),
        (-0.2, 0, "0"),
    ],
)
def test_numbers_are_written_as_people_read_them(
    value: float | None, decimals: int, text: str
) -> None:
    assert show_number(value, decimals) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_catalogue_exists(language: str) -> None:
    known = words(language)
    wanted = {
        f"layer.{name}.{part}"
        for name in CATALOGUE.layers
        for part in ("title", "short", "description")
    }
    wanted |= {f"unit.{unit}" for unit in Unit} | {f"method.{method}" for method in Method}
    assert not wanted - set(known)
    assert set(known) == set(words("es"))


@pytest.mark.fault(49)
def test_health_and_refusals(client: Any) -> None:
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").json["status"] == "ready"
    assert client.get("/nowhere").status_code == 404
    assert client.get("/territorio/").status_code == 404
    assert client.get("/assets/../pyproject.toml").status_code == 404
    assert client.get("/_dash-component-suites/os/path.py").status_code == 404
    assert client.get("/geometry/0000.json").status_code == 404
    assert client.get("/vendor/../__init__.py").status_code == 404


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{}",
        '{"output":"nowhere.data","outputs":{"id":"nowhere","property":"data"},"inputs":[]}',
        '{"output": 3}',
        "null",
        "[" * 20000 + "]" * 20000,
        "{not json",
    ],
)
def test_a_malformed_callback_is_400_without_traceback(client: Any, body: str) -> None:
    answer = client.post("/_dash-update-component", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


@pytest.mark.fault(45, 47)
def test_bodies_and_foreign_posts_are_refused(client: Any) -> None:
    large = client.post(
        "/_dash-update-component",
        data="[" + "1," * (MAX_BODY // 2) + "1]",
        content_type="application/json",
    )
    assert large.status_code == 413
    foreign = client.post(
        "/_dash-update-component",
        data="{}",
        content_type="application/json",
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert foreign.status_code == 403


def test_the_page_has_a_policy_and_leaves_the_table_for_later(client: Any) -> None:
    page = client.get("/")
    policy = page.headers["Content-Security-Policy"]
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in script
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert 'name="late-script" content="/_dash-component-suites/dash_ag_grid' in page.text
    assert '<script src="/_dash-component-suites/dash_ag_grid' not in page.text
    assert "http://" not in page.text
    assert "https://" not in page.text


def test_only_what_draws_the_map_runs_before_its_polygons(client: Any) -> None:
    page = client.get("/").text
    at_once, _, later = page.partition('<template id="rest">')
    later, _, last = later.partition("</template>")
    assert "<script src=" not in at_once
    first = [Path(address).name.partition(".")[0] for address in re.findall('src="([^"]*)"', last)]
    assert first[:-1] == ["react@18", "react-dom@18", "prop-types@15", "dash_leaflet"]
    names = re.findall('"/bundle/([^"]*)"', page)
    style, rest, drawing = (client.get(f"/bundle/{name}") for name in names)
    assert "geoapp.readArcs" in drawing.text
    assert "createRoot" in drawing.text
    assert "geoapp.readArcs" not in rest.text
    assert "dashAgGridComponentFunctions" in rest.text
    assert ".bar {" in style.text
    assert {one.headers["Cache-Control"] for one in (style, rest, drawing)} == {FOREVER}
    assert "late_" not in " ".join(re.findall('src="([^"]*)"', page))
    assert client.get("/bundle/0000.js").status_code == 404
    assert "/dash_renderer." in later
    assert 'id="_dash-renderer"' in later


@pytest.mark.parametrize("address", ["/", "/territorio?level=region&layer=toy_people&lang=en"])
def test_the_page_carries_the_paint_that_its_first_answer_gives(client: Any, address: str) -> None:
    page = client.get(address).text
    visitor = Visitor(client)
    visitor.open(address)
    answered = visitor.values["paint", "data"]
    paint = carried_by(page, "first-paint")
    assert paint == {key: answered[key] for key in paint}
    assert {"addresses", "labels", "kind"} <= set(paint)
    assert carried_by(page, "first-map")["type"] == "MapContainer"


@given(st.lists(st.floats(-1e9, 1e9) | st.just(float("nan"))), st.sampled_from(list(Unit)))
def test_figures_of_a_layer_are_written_as_each_of_them(values: list[float], unit: Unit) -> None:
    assert show_values(values, unit) == [show_value(value, unit) for value in values]


@pytest.mark.parametrize(
    ("part", "prop", "value"),
    [
        ("picked", "data", {"u": "010101", "t": 1}),
        ("page", "data", "priorities"),
        ("asked", "data", {"address": "/?level=district&u=010101", "t": 1}),
    ],
)
def test_what_is_chosen_already_is_not_answered_again(
    client: Any, part: str, prop: str, value: Any
) -> None:
    visitor = Visitor(client)
    visitor.open("/?level=district&u=010101")
    held = dict(visitor.values)
    cost = visitor.change(part, prop, value)
    assert (cost.requests, cost.bytes) == (1, 0)
    assert visitor.values == held | {(part, prop): value}
    assert visitor.change("picked", "data", {"u": "010201", "t": 2}).bytes > 0
    assert visitor.values["card", "children"] != held["card", "children"]


def test_an_address_is_answered_where_a_weight_moves_still(client: Any) -> None:
    visitor = Visitor(client)
    visitor.open("/")
    slider = visitor.parts_like(type="weight")[0]
    before = visitor.values[slider, "value"]
    visitor.values[slider, "value"] = before + 1
    visitor.change("asked", "data", {"address": "/", "t": 1})
    assert visitor.values[slider, "value"] == before


def test_a_name_cannot_end_the_element_that_carries_it() -> None:
    told = carried("first-paint", {"title": "</script><script>alert(1)</script>"})
    assert told.count("<") == 2
    assert carried_by(told, "first-paint")["title"] == "</script><script>alert(1)</script>"


def carried_by(page: str, name: str) -> Any:
    """What the page carries for its scripts under a name."""
    [told] = re.findall(f'<script id="{name}" type="application/json">([^<]*)</script>', page)
    return json.loads(told)


def test_geometry_travels_once_and_carries_its_units(
    client: Any, toy_addresses: dict[str, str]
) -> None:
    answer = client.get(toy_addresses["units"])
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    held = json.loads(gzip.decompress(answer.data))
    assert held["columns"][0] == "u"
    assert held["properties"][0][0] == "010101"
    assert len(held["shapes"]) == 6
    smaller = client.get(toy_addresses["units"], headers={"Accept-Encoding": "gzip, br"})
    assert smaller.headers["Content-Encoding"] == "br"
    assert json.loads(brotli.decompress(smaller.data)) == held


def test_words_of_what_comes_late_are_told_by_language(client: Any) -> None:
    told = {language: client.get(f"/words/{language}.json").json for language in ("es", "en")}
    assert told["es"]["tour.skip"] == "Saltar"
    assert set(told["es"]) == set(told["en"])
    assert not [key for key in told["es"] if key.startswith("layer.")]
    assert client.get("/words/xx.json").status_code == 404


def test_the_vendor_folder_states_what_it_holds() -> None:
    folder = Path("geoapp/vendor")
    readme = (folder / "README.md").read_text()
    held = [path for path in folder.rglob("*.*") if path.name != "README.md"]
    assert {path.suffix for path in held} == {".woff2", ".ttf", ".js", ".css"}
    for path in held:
        assert hashlib.sha256(path.read_bytes()).hexdigest() in readme, path


def test_what_never_changes_is_compressed_once_and_answers_are_not_mixed(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[bytes] = []
    pack = flask_compress.flask_compress._compress_data

    def count(app: object, data: bytes, how: str) -> bytes:
        packed.append(data)
        return pack(app, data, how)

    monkeypatch.setattr(flask_compress.flask_compress, "_compress_data", count)
    script = re.findall(r"/bundle/\w+\.js", client.get("/").get_data(as_text=True))[0]
    as_br = {"Accept-Encoding": "br"}
    plain = client.get(script).data
    packed.clear()
    assert [brotli.decompress(client.get(script, headers=as_br).data) for _ in "12"] == [plain] * 2
    assert packed == [plain]
    for address in ("/_dash-layout", "/_dash-dependencies"):
        answer = client.get(address, headers=as_br)
        assert brotli.decompress(answer.data) == client.get(address).data
