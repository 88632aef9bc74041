"""Maps in one file: what they show, that names are inert, and that nobody else is asked."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from geoapp.exports.files import write_export
from geoapp.exports.formats import EXPORTS
from geoapp.exports.frame import ExportFrame, make_frame
from geoapp.maps.page import page_of, policy_of, unit_map
from geoapp.style import NO_DATA
from layers.errors import ExportError
from layers.pipeline import build
from layers.spec import DisclosureRules
from layers.terms import AdminLevel, Sensitivity
from tests.toy import COUNTRY, COUNTRY_WITHOUT_PARENTS, SCENARIO, make_toy

Shown = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> ExportFrame:
    """A frame in which 020102 has no figures."""
    catalogue, places = make_toy(tmp_path_factory.mktemp("toy"))
    built = build(catalogue, COUNTRY_WITHOUT_PARENTS, places)
    return make_frame(built, AdminLevel.DISTRICT, SCENARIO, catalogue, COUNTRY, date="2026-01-31")


def features(made: object) -> list[Shown]:
    """Return what each layer of a folium map tells of each unit, by its code."""
    return [
        {one["properties"]["UBIGEO"]: one["properties"] for one in child.data["features"]}
        for child in made._children.values()  # type: ignore[attr-defined]
        if hasattr(child, "data")
    ]


def test_areas_have_the_colour_of_their_class_and_say_their_figure(frame: ExportFrame) -> None:
    (shown,) = features(unit_map(frame, "toy_uninsured"))
    # Limits 15, 25 and 35: 10 is under the first, 20 above it, 40 above the last.
    assert [shown[code]["toy_uninsured"] for code in ("010101", "010202", "020102")] == [
        "10.0",
        "40.0",
        "sin dato",
    ]
    assert [shown[code]["d"] for code in ("010101", "010102", "010202", "020102")] == [
        "#FBF3DF",
        "#EDB065",
        "#7A1F14",
        NO_DATA,
    ]
    assert shown["010202"]["En"] == "Provincia 0102, Región 01"


def test_counts_are_circles_of_that_area(frame: ExportFrame) -> None:
    ground, circles = features(unit_map(frame, "toy_people"))
    assert circles["010201"]["d"] == 26
    assert circles["010102"]["d"] == pytest.approx(26 * (9 / 99) ** 0.5, abs=0.05)
    assert circles["010101"]["d"] == 0
    assert (ground["020102"]["d"], ground["010101"]["d"]) == (NO_DATA, "#FFFFFF")
    assert '"fill": true' in page_of(unit_map(frame, "toy_people"), "Mapa", "es")


class Reader(HTMLParser):
    """Collects tags, and what they would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        named = dict(attrs)
        if tag in ("script", "img", "iframe") and named.get("src"):
            self.fetched.append(str(named["src"]))
        if tag == "link":
            self.fetched.append(str(named.get("href")))


def written(frame: ExportFrame, folder: Path) -> str:
    return write_export(frame, EXPORTS["html"], folder / "mapa.html")[0].read_text("utf-8")


def test_a_page_has_map_ranking_sources_and_origin_and_fetches_nothing(
    frame: ExportFrame, tmp_path: Path
) -> None:
    text = written(frame, tmp_path)
    read = Reader(text)
    assert read.fetched == []
    assert "Leaflet 1.9.4" in text
    assert text.startswith('<!DOCTYPE html>\n<html lang="es">')
    rows = re.findall(r"<tr><td>(\d+)</td><td>(\w+)</td>", text)
    ranked = frame.rows.dropna(subset=["rank"]).sort_values("rank")
    assert rows == [
        (str(rank), name) for rank, name in zip(ranked["rank"], ranked["name"], strict=True)
    ]
    for key in ("construccion", "escenario_hash", "fecha", "pesos"):
        assert frame.provenance[key] in text
    assert "Instituto de Juguete" in text
    assert "CC0-1.0" in text


def test_a_name_cannot_run(frame: ExportFrame, tmp_path: Path) -> None:
    evil = "</script><img src=x onerror=alert(1)>"
    rows = frame.rows.assign(name=evil)
    text = written(replace(frame, rows=rows), tmp_path)
    assert evil not in text
    assert "onerror=alert(1)>" not in text
    read = Reader(text)
    assert "img" not in read.tags
    (shown,) = features(unit_map(replace(frame, rows=rows)))
    assert shown["010101"]["Nombre"] == "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"


def test_the_same_map_is_the_same_bytes_and_its_policy_knows_its_scripts(
    frame: ExportFrame,
) -> None:
    one, two = (page_of(unit_map(frame), "Mapa", "es") for _ in range(2))
    assert one == two
    policy = policy_of(one)
    assert policy in one
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-inline" not in policy.partition("style-src")[0]
    assert one.count("<script") == len(re.findall(r"<script>", one))
    changed = one.replace("L.map(", "L.other(")
    assert policy_of(changed) != policy


def test_what_may_not_be_passed_on_is_on_no_map(frame: ExportFrame) -> None:
    closed = replace(frame, left_out=("toy_people",), closed_sources=("toy_census",))
    with pytest.raises(ExportError, match="layer toy_people rests on a source that no stated"):
        unit_map(closed, "toy_people")
    with pytest.raises(ExportError, match=r"outlines may not be passed on .toy_borders., so"):
        unit_map(replace(frame, outlines=None, closed_sources=("toy_borders",)))
    with pytest.raises(ExportError, match="there is no layer 'toy_peeple' to map: did you mean"):
        unit_map(frame, "toy_peeple")


def test_a_small_count_is_told_as_its_range(tmp_path: Path) -> None:
    catalogue, places = make_toy(tmp_path)
    hidden = replace(catalogue.layer("toy_people"), sensitivity=Sensitivity.RESTRICTED)
    restricted = replace(catalogue, layers={**catalogue.layers, hidden.id: hidden})
    built = build(restricted, COUNTRY, places, disclosure=DisclosureRules())
    frame = make_frame(built, AdminLevel.DISTRICT, SCENARIO, restricted, COUNTRY, date="2026-01-31")
    ground, circles = features(unit_map(frame, "toy_people"))
    assert ground["010202"]["toy_people"] == "1–4"
    # Its middle is no figure: no circle may tell it.
    assert circles["010202"]["d"] == 0
    assert ground["010202"]["d"] == "#FFFFFF"
