"""The flash brief: the figures of the page on paper and slides, each with its source mark."""

import base64
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from dash import Dash
from PIL import ImageFont
from pptx import Presentation
from typer.testing import CliRunner

from bench.visitor import Visitor
from geoapp import vendor_folder
from geoapp.app import ids
from geoapp.cli import app
from geoapp.event.answer import footprint_of_quake, footprint_of_upload, page_answer
from geoapp.event.told import displaced_of, first_rates, masked, told_event
from geoapp.event.words import band_names, relief_lines, shown_count, shown_range
from geoapp.reports.flash import Flash, flash_data, make_flash
from geoapp.reports.flash_slides import make_slides
from layers.built import Build
from layers.decide.footprint import Footprint
from layers.errors import EventError
from layers.indicators.relief import relief_for
from layers.spec import Catalogue
from tests.toy import COUNTRY

MADE = datetime(2026, 11, 22, 5, 44, tzinfo=UTC)
TWO = "codigo\n010101\n010102\n"
LISTED = {"way": "list", "text": TWO, "scheme": "inei", "t": 0}
POINTS_AN_INCH = 72
EMU_AN_INCH = 914400


def flash_of(
    built: Build, catalogue: Catalogue, footprint: Footprint, language: str = "es", **changes: Any
) -> Flash:
    answer = page_answer(built, catalogue, footprint, country=COUNTRY)
    told = told_event(catalogue, COUNTRY, answer["brief"], "file")
    given: dict[str, Any] = {
        "built": built,
        "country": COUNTRY,
        "told": told,
        "ground": answer["footprint"],
        "rates": first_rates(told),
        "language": language,
        "made": MADE,
    }
    return Flash(**given | changes)


@pytest.fixture
def quake(toy_build: Build, toy: tuple[Catalogue, Any]) -> Flash:
    return flash_of(toy_build, toy[0], footprint_of_quake(toy_build, 1.0, 1.0, 20.0, 7.5))


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return plain(" ".join(page.extract_text() for page in pages))


def slides_of(content: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(content)).slides)


def text_of_slides(content: bytes) -> str:
    parts = []
    for slide in slides_of(content):
        for shape in slide.shapes:
            if shape.has_text_frame:
                parts.append(shape.text_frame.text)
            elif shape.has_table:
                parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return plain(" ".join(parts))


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["es", "en"])
def test_two_tagged_pages_and_four_slides_the_same_bytes_twice(
    toy_build: Build, toy: tuple[Catalogue, Any], language: str
) -> None:
    footprint = footprint_of_quake(toy_build, 1.0, 1.0, 20.0, 7.5)
    flash = flash_of(toy_build, toy[0], footprint, language)
    pdf, pptx = make_flash(flash), make_slides(flash)
    again = flash_of(toy_build, toy[0], footprint, language)
    assert (make_flash(again), make_slides(again)) == (pdf, pptx)
    read = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(read.pages) == 2
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert b"pdfuaid:part" in pdf or "pdfuaid" in str(read.xmp_metadata)
    assert len(slides_of(pptx)) == 4
    moments = {item.date_time for item in zipfile.ZipFile(io.BytesIO(pptx)).infolist()}
    assert moments == {(1980, 1, 1, 0, 0, 0)}


def test_paper_and_slides_print_every_figure_of_the_page(quake: Flash) -> None:
    told, (by_band, total) = quake.told, displaced_of(quake.told, quake.rates)
    wanted = [shown_range(total), *relief_lines(total, "es")]
    for row in [*told["bands"], *told["offices"], *told["largest"]]:
        wanted += [shown_count(row["people"]), shown_count(row["migrants"])]
    wanted += [shown_range(pair) for pair in by_band.values()]
    wanted += [shown_count(count) for count in told["pin"].values()]
    assert len(wanted) > 12
    for text in (text_of(make_flash(quake)), text_of_slides(make_slides(quake))):
        for figure in wanted:
            assert plain(figure) in text, figure


def test_every_table_and_lead_figure_bears_a_mark_that_the_sources_explain(quake: Flash) -> None:
    data = flash_data(quake)
    explained = {line["number"] for line in data["sources"]}
    marks = [mark for _, _, mark in data["figures"]]
    marks += [
        head for table in ("bands", "offices", "largest") for head in data[table]["heads"][1:3]
    ]
    marks += [data["needs"]["title"], data["map_source"]]
    for told in marks:
        numbers = re.findall(r"\[([\d,–]+)\]", told)
        assert numbers, told
        assert {f"[{one}]" for one in re.findall(r"\d+", numbers[0])} <= explained


def test_a_rate_that_the_planner_edits_moves_paper_and_slides(quake: Flash) -> None:
    rates = dict.fromkeys(quake.rates, (0.5, 0.5))
    _, total = displaced_of(quake.told, rates)
    edited = Flash(**{**quake.__dict__, "rates": rates})
    assert plain(shown_range(total)) in text_of(make_flash(edited))
    assert plain(shown_range(total)) in text_of_slides(make_slides(edited))
    with pytest.raises(EventError, match="not those of the bands"):
        Flash(**{**quake.__dict__, "rates": {"other": (0.0, 1.0)}})


def test_a_small_count_is_a_range_on_page_paper_and_slides(
    toy_build: Build, toy: tuple[Catalogue, Any]
) -> None:
    tiny = {
        "type": "Polygon",
        "coordinates": [[[0.1, 0.1], [0.11, 0.1], [0.11, 0.105], [0.1, 0.1]]],
    }
    footprint = footprint_of_upload(toy_build, json.dumps(tiny).encode(), "x.geojson")
    flash = flash_of(toy_build, toy[0], footprint)
    raw = page_answer(toy_build, toy[0], footprint, country=COUNTRY)["brief"]["totals"]["migrants"]
    assert 0 < raw < 5
    held = json.dumps(flash.told)
    assert str(raw) not in held
    assert flash.told["migrants"] == flash.told["bands"][0]["migrants"] == masked(raw) == "1–4"
    for text in (text_of(make_flash(flash)), text_of_slides(make_slides(flash))):
        assert "1–4" in text


def test_a_footprint_at_sea_makes_no_brief(toy_build: Build, toy: tuple[Catalogue, Any]) -> None:
    square = {"type": "Polygon", "coordinates": [[[60, 60], [61, 60], [61, 61], [60, 60]]]}
    footprint = footprint_of_upload(toy_build, json.dumps(square).encode(), "mar.geojson")
    with pytest.raises(EventError, match="touches no unit"):
        flash_of(toy_build, toy[0], footprint)


def test_the_bands_of_a_raster_are_named_by_their_limits() -> None:
    bands = [{"id": "2", "low": 2.0, "high": None}, {"id": "0.5", "low": 0.5, "high": 2.0}]
    told = {"footprint": {"kind": "raster"}, "bands": bands}
    assert band_names(told, "es") == {"2": "≥ 2", "0.5": "0.5–2"}


def test_relief_by_hand() -> None:
    need = relief_for(41)
    assert (need.water_litres, need.kcal, need.toilets, need.living_space_m2) == (
        615.0,
        86_100.0,
        3,
        143.5,
    )


@pytest.mark.parametrize("language", ["es", "en"])
def test_pictures_have_a_text_and_texts_stay_in_their_boxes(
    toy_build: Build, toy: tuple[Catalogue, Any], language: str
) -> None:
    footprint = footprint_of_quake(toy_build, 1.0, 1.0, 20.0, 7.5)
    slides = slides_of(make_slides(flash_of(toy_build, toy[0], footprint, language)))
    for slide in slides:
        assert slide.shapes.title.text
        for shape in slide.shapes:
            if hasattr(shape, "image"):
                assert len(shape._element.nvPicPr.cNvPr.get("descr")) > 20
            elif shape.has_text_frame:
                high = height_of(shape.text_frame, shape.width / EMU_AN_INCH)
                assert high <= shape.height / EMU_AN_INCH + 0.02, shape.text_frame.text
                assert shape.top + shape.height <= 7.5 * EMU_AN_INCH


def height_of(frame: Any, inches: float) -> float:
    """Inches that a text takes, set in Inter, which is as wide as Arial or wider."""
    high = 0.0
    for paragraph in frame.paragraphs:
        size = max((run.font.size.pt for run in paragraph.runs), default=10.0)
        font = ImageFont.truetype(str(vendor_folder() / "inter" / "Inter_400Regular.ttf"), 100)
        room, lines, used = inches * POINTS_AN_INCH * 100 / size, 1, 0.0
        for word in paragraph.text.split(" "):
            wide = font.getlength(word + " ")
            if used and used + wide > room:
                lines, used = lines + 1, 0.0
            used += wide
        space = paragraph.space_after.pt if paragraph.space_after else 0.0
        high += lines * size * 1.2 + space
    return (high - space) / POINTS_AN_INCH


def statement(visitor: Visitor, asked: dict[str, Any], language: str = "es") -> dict[str, Any]:
    rates = visitor.values[ids.EVENT_RATES, "data"]
    return {"asked": asked | {"rates": rates}, "language": language}


@pytest.fixture
def visitor(toy_page: Dash) -> Visitor:
    visitor = Visitor(toy_page.server.test_client())
    visitor.open("/emergencia")
    return visitor


def test_the_route_makes_the_files_of_what_the_page_shows_and_keeps_nothing(
    visitor: Visitor,
) -> None:
    asked = {"way": "list", "text": TWO, "scheme": "inei", "t": 1_795_000_000_000}
    visitor.change(ids.EVENT_ASKED, "data", asked)
    visitor.change('{"band":"inside","end":"high","type":"rate"}', "value", 50)
    shown = visitor.values[ids.EVENT_DISPLACED, "children"]
    for kind, read in (("pdf", text_of), ("pptx", text_of_slides)):
        answer = visitor.client.post(f"/event/brief.{kind}", json=statement(visitor, asked))
        assert answer.status_code == 200
        assert f"informe-rapido-20261118-1106.{kind}" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert plain(shown) in read(answer.data)


@pytest.mark.parametrize(
    ("kind", "changes", "status"),
    [
        ("pdf", {"asked": {"way": "list", "text": "Narnia", "t": 0}}, 422),
        ("pdf", {"asked": LISTED | {"rates": {}}}, 422),
        ("pdf", {"asked": LISTED | {"rates": {"inside": [0.9, 0.1]}}}, 422),
        ("doc", {}, 404),
        ("pdf", {"language": "qu"}, 404),
        ("pptx", {"asked": {"way": "list"}}, 422),
        ("pptx", {"asked": None}, 422),
        ("pptx", {"asked": LISTED | {"rates": {"inside": "x"}}}, 422),
    ],
)
def test_a_bad_statement_is_refused_in_one_sentence(
    visitor: Visitor, kind: str, changes: dict[str, Any], status: int
) -> None:
    visitor.change(ids.EVENT_ASKED, "data", LISTED)
    answer = visitor.client.post(f"/event/brief.{kind}", json=statement(visitor, LISTED) | changes)
    assert answer.status_code == status
    if status == 422:
        assert answer.json["sentence"].endswith(".")
        assert isinstance(answer.json["detail"], str)


def test_the_distance_around_lines_is_asked_for_where_it_lacks_and_edited_in_place(
    visitor: Visitor,
) -> None:
    line = {"type": "LineString", "coordinates": [[0.2, 0.5], [0.8, 0.5]]}
    contents = "data:;base64," + base64.b64encode(json.dumps(line).encode()).decode()
    asked = {"way": "file", "name": "río.geojson", "contents": contents, "t": 0}
    visitor.change(ids.EVENT_ASKED, "data", asked)
    told = json.dumps(visitor.values[ids.EVENT_SAID, "children"], ensure_ascii=False)
    assert "diga aquí a qué distancia" in told
    assert '"place": "said"' in told
    visitor.change(ids.EVENT_ASKED, "data", asked | {"buffer_km": 5})
    few = visitor.values[ids.EVENT_HELD, "data"]
    assert few["options"]["buffer_km"] == 5
    rates = {"inside": [0.2, 0.4], "gone": [0.0, 1.0]}
    visitor.change(ids.EVENT_ASKED, "data", asked | {"buffer_km": 20, "rates": rates})
    assert visitor.values[ids.EVENT_HELD, "data"]["people"] > few["people"]
    # the planner's rate stays with its band
    assert visitor.values[ids.EVENT_RATES, "data"] == {"inside": [0.2, 0.4]}
    before = visitor.values[ids.EVENT_HELD, "data"]
    visitor.change(ids.EVENT_ASKED, "data", asked | {"buffer_km": 5000})
    assert "no se usó" in json.dumps(visitor.values[ids.EVENT_SAID, "children"], ensure_ascii=False)
    assert visitor.values[ids.EVENT_HELD, "data"] == before


def test_a_question_that_was_cancelled_changes_nothing(visitor: Visitor) -> None:
    visitor.change(ids.EVENT_ASKED, "data", LISTED)
    held = visitor.values[ids.EVENT_HELD, "data"]
    visitor.change(ids.EVENT_ASKED, "data", None)
    assert visitor.values[ids.EVENT_HELD, "data"] == held


def test_the_command_writes_both_files_and_refuses_others(toy_store: Path, tmp_path: Path) -> None:
    listed = tmp_path / "lista.csv"
    listed.write_text(TWO)
    given = ["event", str(listed), "--scheme", "inei", "--displaced", "10-20"]
    for name in ("a.pdf", "a.pptx"):
        run = CliRunner().invoke(app, [*given, "-o", str(tmp_path / name), "--lang", "en"])
        assert run.exit_code == 0, run.output
        assert run.stdout.strip() == str(tmp_path / name)
    assert "Districts declared" in text_of((tmp_path / "a.pdf").read_bytes())
    assert "10–20" in text_of_slides((tmp_path / "a.pptx").read_bytes())
    run = CliRunner().invoke(app, [*given, "-o", str(tmp_path / "a.doc")])
    assert run.exit_code == 2
