"""Reports: the figures of the screen, each with its source, the same bytes twice."""

import io
import re
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pypdf
import pytest
import shapely
from typer.testing import CliRunner

from geoapp.answers.build import unit_answer
from geoapp.answers.cells import figure_answer
from geoapp.cli import app
from geoapp.numbers import show_number, show_value
from geoapp.reports import REPORTS
from geoapp.reports.batch import make_sheets
from geoapp.reports.figures import Citations
from geoapp.reports.maps import area_map, frame_of, paths_of, scale_bar
from geoapp.reports.report import Asked
from geoapp.reports.sheet import SheetMaker
from geoapp.reports.standing import standing_of
from geoapp.settings import read_settings
from geoapp.style import NO_DATA
from layers.built import Build
from layers.errors import ExportError, UnknownUbigeoError
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel, Unit
from tests.toy import COUNTRY, SCENARIO

A4 = (595, 842)


@pytest.fixture
def asked(
    toy_build: Build,
    toy_store: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Asked:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return Asked(toy_build, read_settings(), "es", SCENARIO)


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def plain(text: str) -> str:
    """Blanks of all kinds become one, as a reader of the page sees them."""
    return " ".join(text.split())


def test_a_sheet_prints_the_figures_of_the_unit(
    asked: Asked, toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    unit = unit_answer(toy_build, toy[0], "010201")
    text = text_of(SheetMaker(asked).make("010201"))
    for layer in ("toy_residents", "toy_people", "toy_uninsured", "toy_hazard_index"):
        cell = unit["layers"][layer]
        assert plain(show_value(cell["value"], Unit(cell["unit"]))) in text, layer
    assert "Gama" in text
    assert "INEI 010201" in text


def test_every_figure_of_a_sheet_bears_a_mark_and_how_it_came_to_be(asked: Asked) -> None:
    data = SheetMaker(asked).data("010201")
    figures = [*data["heads"], *data["context"]]
    figures += [one["figure"] for one in data["standing"]["parts"]]
    figures += [cell for row in data["sectors"] for cell in row["cells"] if cell]
    figures += [cell for row in data["risk"]["rows"] for cell in row["cells"]]
    assert len(figures) >= 4
    numbers = {line["number"] for line in data["sources"]}
    for one in figures:
        assert re.fullmatch(r"\[\d+([–,]\d+)*\]", one["mark"]), one
        assert {f"[{number}]" for number in re.findall(r"\d+", one["mark"])} <= numbers
        assert one["value"] == "sin dato" or one["how"].count(", ") == 1
    estimates = [one for one in figures if one["title"] == "toy_migrants"]
    assert all(one["how"].startswith("estimación") for one in estimates)
    assert estimates


def test_a_missing_figure_is_called_so_and_is_never_zero(asked: Asked) -> None:
    missing = {
        one["title"]: one
        for code in ("010101", "020102")
        for one in SheetMaker(asked).data(code)["context"]
        if one["value"] == "sin dato"
    }
    catalogue, table = asked.catalogue, asked.made(AdminLevel.DISTRICT).table
    assert missing
    for title, one in missing.items():
        known = [
            figure_answer(table, catalogue, catalogue.layer(title), code)["value"]
            for code in ("010101", "020102")
        ]
        assert None in known
        assert (one["unit"], one["how"]) == ("", "")


def test_the_score_of_a_sheet_is_that_of_the_ranking(asked: Asked) -> None:
    standing = SheetMaker(asked).data("010201")["standing"]
    row = asked.ranking(AdminLevel.DISTRICT).units.loc["010201"]
    assert standing["score"] == show_number(row["score"], 1)
    assert standing["rank"] == show_number(row["rank"], 0)
    parts = asked.ranking(AdminLevel.DISTRICT).contributions.loc["010201"]
    assert [one["points"] for one in standing["parts"]] == [show_number(p, 1) for p in parts]


@pytest.mark.parametrize("code", ["01", "0101", "010101", "020102"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_sheet_of_any_level_is_one_tagged_page_of_a4(
    asked: Asked, code: str, language: str
) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(SheetMaker(replace(asked, language=language)).make(code)))
    (page,) = pdf.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode().replace("<", "").replace(
        "&lt;", ""
    )


@pytest.mark.fault(80)
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_made_twice_is_the_same_to_the_byte(asked: Asked, name: str) -> None:
    subject = {"sheet": "010201"}.get(name, "")
    one = REPORTS[name].make(replace(asked, subject=subject))
    assert one == REPORTS[name].make(replace(asked, subject=subject))


def test_a_report_bears_the_day_of_its_build_or_the_one_that_is_set(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked.date == asked.built.on.isoformat()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert replace(asked).date == "1970-01-01"


def test_an_unknown_unit_is_one_sentence_and_writes_nothing(asked: Asked, tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    result = CliRunner().invoke(app, ["report", "sheet", "019999", "-o", str(target)])
    assert isinstance(result.exception, UnknownUbigeoError)
    assert "no district bears the UBIGEO '019999'" in str(result.exception)
    assert not target.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["sheet"], "needs the code"),
        (["atlas", "01"], "takes no '01'"),
        (["carta"], "use sheet, memo, atlas, workbook, sheets"),
        (["sheet", "01", "--lang", "qu"], "use es, en"),
    ],
)
def test_a_wrong_request_is_a_usage_error(words: list[str], told: str) -> None:
    result = CliRunner().invoke(app, ["report", *words])
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.replace("│", " ").split())


def test_a_batch_resumes_where_it_was_stopped(asked: Asked, tmp_path: Path) -> None:
    folder = tmp_path / "hojas"
    batch = make_sheets(asked, folder, 1, False)
    assert [next(batch) for _ in range(3)] == [(0, 6), (1, 6), (2, 6)]
    batch.close()
    first = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.pdf")}
    assert set(first) == {"010101.pdf", "010102.pdf"}
    steps = list(make_sheets(asked, folder, 1, True))
    assert (steps[0], steps[-1]) == ((2, 6), (6, 6))
    assert all((folder / name).stat().st_mtime_ns == when for name, when in first.items())
    assert (folder / "020101.pdf").read_bytes() == SheetMaker(asked).make("020101")


def test_a_batch_never_mixes_two_makings(asked: Asked, tmp_path: Path) -> None:
    list(make_sheets(asked, tmp_path / "hojas", 1, False))
    english = replace(asked, language="en")
    with pytest.raises(ExportError, match="another build, scenario or language"):
        list(make_sheets(english, tmp_path / "hojas", 1, True))


def test_a_memo_tells_ranking_weights_and_hashes(asked: Asked, tmp_path: Path) -> None:
    words = ["decide", "Apertura", "--reason", "Acta 12", "--who", "Comité"]
    decided = Path(CliRunner().invoke(app, words).stdout.strip())
    target = tmp_path / "memo.pdf"
    result = CliRunner().invoke(app, ["report", "memo", decided.stem, "-o", str(target)])
    assert result.exit_code == 0, result.exception
    text = text_of(target.read_bytes())
    for told in ("Memorando: Apertura", "Acta 12", "Comité", "Es idéntico", asked.built.hash):
        assert told in text
    ranking = asked.ranking(AdminLevel.DISTRICT).units
    for code, row in ranking[ranking["rank"].notna()].iterrows():
        name = asked.made(AdminLevel.DISTRICT).table.names_of(str(code))["name"]
        assert f"{row['rank']:.0f} {name}" in text
        assert show_number(row["score"], 1) in text


def test_an_atlas_has_a_page_per_region(asked: Asked) -> None:
    pages = pypdf.PdfReader(io.BytesIO(REPORTS["atlas"].make(asked))).pages
    texts = [page.extract_text() for page in pages]
    assert len(texts) == 1 + 2 + 1
    assert "Región 01" in texts[1]
    assert "Región 02" in texts[2]


def test_a_workbook_has_data_dictionary_sources_and_method(asked: Asked) -> None:
    content = io.BytesIO(REPORTS["workbook"].make(asked))
    book = pd.read_excel(content, sheet_name=None, engine="calamine", dtype={"ubigeo": str})
    assert list(book) == ["Datos", "Diccionario", "Fuentes", "Método"]
    found = book["Datos"].set_index("ubigeo")
    assert found.index[0] == "010101"
    values = asked.made(AdminLevel.DISTRICT).table.values["toy_uninsured"]
    for code, value in values.dropna().items():
        assert found.at[code, "toy_uninsured"] == value
    assert found["toy_uninsured"].isna().sum() == values.isna().sum()
    assert set(book["Diccionario"]["columna"]) >= set(found.columns)


def test_marks_are_numbers_in_the_order_of_the_catalogue(toy: tuple[Catalogue, Places]) -> None:
    names = list(toy[0].sources)
    citations = Citations(toy[0], set(names), "es")
    assert citations.mark((names[0],)) == "[1]"
    assert citations.mark(tuple(names[:3])) == "[1–3]"
    assert citations.mark((names[4], names[0], names[1])) == "[1,2,5]"
    assert citations.lines()[0]["number"] == "[1]"


def test_a_map_keeps_neighbours_together_and_says_each_class() -> None:
    squares = gpd.GeoSeries({"a": shapely.box(0, 0, 1, 1), "b": shapely.box(1, 0, 2, 1)}, crs=4326)
    frame = frame_of(tuple(squares.total_bounds), 500, 250)
    paths = paths_of(squares, frame)
    east_of_a = max(frame.place(shapely.get_coordinates(squares["a"]))[:, 0])
    west_of_b = min(frame.place(shapely.get_coordinates(squares["b"]))[:, 0])
    assert east_of_a == west_of_b
    points = pd.DataFrame({"lon": [0.5, 1.5], "lat": [0.5, 0.5]}, index=["a", "b"])
    svg = area_map(frame, paths, {"a": 0, "b": None}, ("#111111", "#222222"), points=points)
    assert svg.count("<text") == 1
    assert ">1</text>" in svg
    assert NO_DATA in svg
    assert "#222222" not in svg


def test_a_scale_bar_is_round_and_true() -> None:
    frame = frame_of((-78.0, -13.0, -76.0, -11.0), 700, 500)
    km, length = scale_bar(frame)
    # 2° fit into 460 tenths, 230 to the degree: 30 % of 700 tenths is 101 km.
    assert km == 100
    # 111.19493 km to the degree of latitude, in tenths of a millimetre.
    assert length == pytest.approx(100 / 111.19493 * frame.scale / 10)


def test_what_nobody_has_takes_no_part_of_a_score_on_paper(
    asked: Asked, toy: tuple[Catalogue, Places]
) -> None:
    catalogue, places = toy
    # Regions alone: three quarters of the weight are known, which is all of the score then.
    (places.mirror / "toy_borders.geojson").unlink()
    alone = replace(asked, built=build(catalogue, COUNTRY, places))
    cited = Citations(catalogue, set(catalogue.sources), "es")
    parts = standing_of(alone, AdminLevel.REGION, "01", cited)["parts"]
    told = [(one["points"], one["most"], one["of"]) for one in parts]
    assert told == [("–", "–", 0.0), ("54.0", "100", 1.0)]
