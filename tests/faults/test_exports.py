"""Names that mean harm, in every file and page that carries them."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pypdf
import pytest

from geoapp.app import create_app
from geoapp.exports.files import write_export
from geoapp.exports.formats import EXPORTS
from geoapp.exports.frame import make_frame
from geoapp.reports import REPORTS
from geoapp.reports.report import Asked
from geoapp.settings import read_settings
from geoapp.store.builds import read_build, write_build
from geoapp.words import LANGUAGES, say, words
from layers.built import Build
from layers.countries import COUNTRIES
from layers.errors import ExportError
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.toy import COUNTRY, SCENARIO, as_country, make_toy
from tests.unit.test_exports import INJECTED

DISTRICT = AdminLevel.DISTRICT
SCRIPTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><svg/onload=alert(1)>",
)
TYPESETTING = '#read("/etc/passwd") *a* $x$ @b <c>'


Toy = tuple[Catalogue, Places]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    return make_toy(tmp_path_factory.mktemp("toy") / "mirror")


@pytest.fixture(scope="module")
def toy_build(made: Toy) -> Build:
    return build(made[0], COUNTRY, made[1])


@pytest.fixture(autouse=True)
def toy(made: Toy, toy_is_known: None, monkeypatch: pytest.MonkeyPatch) -> Toy:
    monkeypatch.setitem(COUNTRIES, COUNTRY.id, as_country(made[0]))
    return made


def named(built: Build, *names: str) -> Build:
    """Return the build with its first districts called otherwise."""
    level = built.levels[DISTRICT]
    called = level.table.names.copy()
    called.iloc[: len(names), called.columns.get_loc("name")] = list(names)
    table = replace(level.table, names=called)
    return replace(built, levels={**built.levels, DISTRICT: replace(level, table=table)})


def asked(built: Build, **more: str) -> Asked:
    settings = read_settings({"GEOAPP_COUNTRY": COUNTRY.id})
    return Asked(built, settings, "es", SCENARIO, **more)  # type: ignore[arg-type]


def exported(built: Build, catalogue: Catalogue, name: str, folder: Path) -> Path:
    frame = make_frame(built, DISTRICT, SCENARIO, catalogue, COUNTRY, date="2026-11-22")
    return write_export(frame, EXPORTS[name], folder / f"t.{name}")[0]


@pytest.mark.fault(38)
def test_no_name_is_a_formula_in_csv_nor_in_a_workbook(
    toy_build: Build, toy: Toy, tmp_path: Path
) -> None:
    for start in range(0, len(INJECTED), 6):
        harmful = INJECTED[start : start + 6]
        built = named(toy_build, *harmful)
        with exported(built, toy[0], "csv", tmp_path).open(
            encoding="utf-8-sig", newline=""
        ) as file:
            told = [row["name"] for row in csv.DictReader(file)]
        assert told[: len(harmful)] == [f"'{name}" for name in harmful]
        book = REPORTS["workbook"].make(asked(built))
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            sheets = [name for name in archive.namelist() if "worksheets/sheet" in name]
            assert sheets
            assert not [name for name in sheets if b"<f" in archive.read(name)]


@pytest.mark.fault(36)
def test_control_characters_are_left_out_of_a_workbook(toy_build: Build) -> None:
    built = named(toy_build, "Al\x00fa\x0b\x1f\ufffe", "B\teta\nde dos líneas")
    book = io.BytesIO(REPORTS["workbook"].make(asked(built)))
    names = pd.read_excel(book, sheet_name="Datos", engine="calamine")["name"]
    assert list(names[:2]) == ["Alfa", "B\teta\nde dos líneas"]


@pytest.mark.fault(42)
def test_a_text_that_no_cell_holds_is_an_error_and_not_an_empty_cell(toy_build: Build) -> None:
    longest = "a" * 32_767
    book = io.BytesIO(REPORTS["workbook"].make(asked(named(toy_build, longest))))
    assert pd.read_excel(book, sheet_name="Datos", engine="calamine")["name"][0] == longest
    with pytest.raises(ExportError, match="XLSX holds 32767"):
        REPORTS["workbook"].make(asked(named(toy_build, longest + "a")))


@pytest.mark.fault(41)
@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_of_sheets_are_titles_that_excel_takes(language: str) -> None:
    titles = [text for key, text in words(language).items() if key.startswith("report.workbook.")]
    assert titles
    assert not [title for title in titles if len(title) > 31 or re.search(r"[\[\]:*?/\\]", title)]


@pytest.mark.fault(39)
def test_markup_in_a_name_is_text_in_the_page_and_its_answers(
    toy_build: Build, tmp_path: Path
) -> None:
    write_build(named(toy_build, *SCRIPTS), tmp_path)
    client = create_app(read_build(tmp_path)).server.test_client()
    home = client.get("/?u=010101")
    layout, wired = client.get("/_dash-layout"), client.get("/_dash-dependencies")
    addresses = re.findall(r"/geometry/\w+\.json", home.text)
    assert addresses
    for answer in (home, layout, wired, *map(client.get, set(addresses))):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if answer.mimetype == "text/html":
            assert not [name for name in SCRIPTS if name in answer.text]
        else:
            assert answer.mimetype == "application/json"


@pytest.mark.fault(38, 39)
def test_nothing_of_the_page_writes_markup_or_files_of_its_own() -> None:
    # What React draws is text; these would be the ways around it.
    ways = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|bindPopup|bindTooltip"
        r"|dangerously|\beval\(|new Function|exportDataAsCsv|DangerouslySetInnerHTML"
    )
    files = [*Path("geoapp/app").rglob("*.js"), *Path("geoapp/app").rglob("*.py")]
    assert len(files) > 50
    assert not {
        str(path): ways.findall(text)
        for path in files
        if ways.search(text := path.read_text("utf-8"))
    }


@pytest.mark.fault(39)
@pytest.mark.parametrize("name", [TYPESETTING, *SCRIPTS])
def test_markup_in_a_name_is_text_on_paper(name: str, toy_build: Build) -> None:
    built = named(toy_build, name)
    pdf = REPORTS["sheet"].make(asked(built, subject="010101"))
    printed = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "".join(name.split()) in "".join(printed.split())
    assert "root:" not in printed


@pytest.mark.fault(39)
def test_markup_in_a_name_stays_as_it_is_in_files_of_maps(
    toy_build: Build, toy: Toy, tmp_path: Path
) -> None:
    built = named(toy_build, *SCRIPTS)
    told = json.loads(exported(built, toy[0], "geojson", tmp_path).read_text("utf-8"))
    assert [one["properties"]["name"] for one in told["features"]][:3] == list(SCRIPTS)


@pytest.mark.fault(40)
def test_names_of_files_hold_no_name_of_a_place(toy_build: Build, toy: Toy, tmp_path: Path) -> None:
    built = named(toy_build, "../../a/b", "a\nb: c", "x" * 300)
    write_build(built, tmp_path / "store")
    client = create_app(read_build(tmp_path / "store")).server.test_client()
    answer = client.get("/offices/asignacion.csv?o=level:district,move:020102-020101")
    told = answer.headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="[\w.-]+"', told, re.ASCII)
    for language in LANGUAGES:
        assert re.fullmatch(r"[\w-]+", say("flash.file", language), re.ASCII)
