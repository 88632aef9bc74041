"""Each row of 'One obvious place to add', done to a copy of the product and then used.

The copy is a folder with ``layers``, ``geoapp`` and ``data``; every row writes its files and
lines there, and the test compares which files changed with what the house says. One process
then builds, ranks, shows, exports and serves the second country from that copy.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.atlantis import write_atlantis

ROOT = Path(__file__).resolve().parents[2]

READER = '''"""Tables parted by tabs."""

from pathlib import Path

import pandas as pd

from layers.spec import SourceSpec


def read_tsv(path: Path, spec: SourceSpec) -> pd.DataFrame:
    """Read a table parted by tabs, as text."""
    return pd.read_csv(path, sep="\\t", dtype=str, keep_default_na=False)
'''
EXPORT = '''"""A list of names."""

from pathlib import Path

from geoapp.exports.frame import ExportFrame


def write_txt(frame: ExportFrame, path: Path) -> None:
    """Write one name a line."""
    path.write_text("\\n".join(frame.rows["name"]), encoding="utf-8")
'''
REPORT = '''"""A list of names."""

from geoapp.reports.report import Asked


def make_names(asked: Asked) -> bytes:
    """Return one name a line."""
    return "\\n".join(asked.made(asked.level).table.names["name"]).encode()
'''
LAYER = """    LayerSpec(
        id="new_layer_people",
        dimension=Dimension.POPULATION,
        unit=Unit.PEOPLE,
        source="new_source",
        columns=("n",),
    ),
"""
SOURCE = """    SourceSpec(
        id="new_source",
        publisher="P",
        landing="https://example.org",
        licence=Licence.CC0,
        vintage="2020",
        format="csv",
        sha256="0" * 64,
        bytes=1,
        redistributable=True,
        citation="P",
        mirror="new.csv",
    ),
"""


def insert(root: Path, name: str, before: str, text: str) -> None:
    """Add lines to a file; nothing that stands there is changed."""
    path = root / name
    old = path.read_text("utf-8")
    assert before in old, f"{name} has no {before!r}"
    path.write_text(old.replace(before, before + text, 1), encoding="utf-8")


def add_country(root: Path) -> None:
    write_atlantis(root)
    place = "layers/countries/__init__.py"
    insert(root, place, "    PERU.id: PERU,\n", "    ATLANTIS.id: ATLANTIS,\n")
    insert(root, place, "import Country\n", "from layers.countries.atl import ATLANTIS\n")


def add_format(root: Path) -> None:
    (root / "layers/sources/read_tsv.py").write_text(READER, encoding="utf-8")
    place = "layers/sources/read.py"
    insert(root, place, '    "xlsx": _read_xlsx,\n', '    "tsv": read_tsv,\n')
    insert(
        root,
        place,
        "from layers.errors import SourceDamagedError\n",
        "from layers.sources.read_tsv import read_tsv\n",
    )


def add_export(root: Path) -> None:
    (root / "geoapp/exports/txt.py").write_text(EXPORT, encoding="utf-8")
    place = "geoapp/exports/formats.py"
    insert(
        root,
        place,
        '    "csv": Export((".csv",), write_csv),\n',
        '    "txt": Export((".txt",), write_txt),\n',
    )
    insert(root, place, "import write_csv\n", "from geoapp.exports.txt import write_txt\n")


def add_report(root: Path) -> None:
    (root / "geoapp/reports/names.py").write_text(REPORT, encoding="utf-8")
    place = "geoapp/reports/__init__.py"
    line = '    "names": Report(".txt", Subject.COUNTRY, make_names),\n'
    insert(root, place, "REPORTS: dict[str, Report] = {\n", line)
    insert(root, place, "import make_memo\n", "from geoapp.reports.names import make_names\n")


def add_language(root: Path) -> None:
    words = (root / "geoapp/text/es.toml").read_text("utf-8")
    changed = words.replace('frame = "Marco de resultados"', 'frame = "FRAME-ZZ"', 1)
    (root / "geoapp/text/zz.toml").write_text(changed, encoding="utf-8")


def add_layer(root: Path) -> None:
    start = "POPULATION: tuple[LayerSpec, ...] = (\n"
    insert(root, "layers/catalogue/population.py", start, LAYER)
    insert(root, "layers/catalogue/sources.py", "SOURCES: tuple[SourceSpec, ...] = (\n", SOURCE)


def add_sector(root: Path) -> None:
    start = "SECTORS: tuple[SectorSpec, ...] = (\n"
    spec = '    SectorSpec(id="pets", deficit="crowding_pct", objectives=("3.1",)),\n'
    insert(root, "layers/catalogue/sectors.py", start, spec)


def add_hazard(root: Path) -> None:
    start = "HAZARD_KINDS: tuple[HazardSpec, ...] = (\n"
    spec = '    HazardSpec(id="kraken", objectives=("1.1",)),\n'
    insert(root, "layers/catalogue/hazard_kinds.py", start, spec)


ROWS: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "a layer": (add_layer, {"layers/catalogue/population.py", "layers/catalogue/sources.py"}),
    "a sector": (add_sector, {"layers/catalogue/sectors.py"}),
    "a hazard": (add_hazard, {"layers/catalogue/hazard_kinds.py"}),
    "a file format": (add_format, {"layers/sources/read_tsv.py", "layers/sources/read.py"}),
    "an export": (add_export, {"geoapp/exports/txt.py", "geoapp/exports/formats.py"}),
    "a report": (add_report, {"geoapp/reports/names.py", "geoapp/reports/__init__.py"}),
    "a country": (
        add_country,
        {"layers/countries/atl.py", "layers/countries/__init__.py"}
        | {f"data/boundaries/atl/{name}.geojson" for name in ("districts", "regions", "neighbours")}
        | {"data/boundaries/atl/names.csv", "data/population/atl/census.tsv"},
    ),
    "a language": (add_language, {"geoapp/text/zz.toml"}),
}

USE = """
import json, sys
from typer.testing import CliRunner
from bench.visitor import Visitor
from geoapp.app import create_app
from geoapp.cli import app
from geoapp.settings import read_settings
from geoapp.store.builds import read_build
from geoapp.words import LANGUAGES
from layers.countries import COUNTRIES

def told(*words):
    result = CliRunner().invoke(app, list(words))
    if result.exit_code:
        raise SystemExit(f"{words}: {result.output} {result.exception!r}")
    return result.stdout

answers = {
    name: json.loads(told(*words, "--json"))
    for name, words in {
        "build": ["build"],
        "rank": ["rank"],
        "show": ["show", "120101"],
        "frame": ["show", "120101", "--frame"],
        "layers": ["layers", "--objective", "B.1"],
        "check": ["check"],
        "sources": ["sources"],
    }.items()
}
told("export", "--format", "txt", "-o", sys.argv[1])
answers["export"] = open(sys.argv[1], encoding="utf-8").read().split()
told("report", "names", "-o", sys.argv[1])
answers["report"] = open(sys.argv[1], encoding="utf-8").read().split()
folder = sys.argv[1] + "-sheets"
answers["sheets"] = json.loads(told("report", "sheets", "-o", folder, "--jobs", "2", "--json"))
answers["one"] = told("report", "sheet", "120101", "-o", sys.argv[1] + ".pdf")
answers["alone"] = open(sys.argv[1] + ".pdf", "rb").read() == open(folder + "/120101.pdf", "rb").read()
page = create_app(read_build(read_settings().store))
visitor = Visitor(page.server.test_client())
answers["title"] = page.title
answers["index"] = page.server.test_client().get("/").get_data(as_text=True)
answers["layout"] = json.dumps(page.server.test_client().get("/_dash-layout").json)
visitor.open("/?lang=zz&objective=A.1&u=120101")
answers["options"] = visitor.values["layer", "options"]
answers["head"] = visitor.values["objective-head", "children"]
answers["card"] = json.dumps(visitor.values["card", "children"])
answers["languages"] = LANGUAGES
peru = COUNTRIES["per"].catalogue
answers["peru"] = {name: peru.objectives_of(name) for name in peru.layers}
answers["hazards"] = list(peru.hazards)
print(json.dumps(answers))
"""


def fingerprints(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("house")
    for part in ("layers", "geoapp", "data"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    return root


@pytest.fixture(scope="module")
def touched(house: Path) -> dict[str, set[str]]:
    """Which files each row touched, all rows done to one copy."""
    found = {}
    for row, (add, _) in ROWS.items():
        before = fingerprints(house)
        add(house)
        after = fingerprints(house)
        assert not before.keys() - after.keys()
        found[row] = {name for name in after if after[name] != before.get(name)}
    return found


@pytest.fixture(scope="module")
def used(house: Path, touched: dict[str, set[str]], tmp_path_factory: Any) -> dict[str, Any]:
    """What the copy answers about the second country, in a process of its own."""
    store = tmp_path_factory.mktemp("store")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GEOAPP_")}
    done = subprocess.run(
        [sys.executable, "-c", USE, str(store / "names.txt")],
        capture_output=True,
        text=True,
        check=False,
        cwd=store,
        env={
            **kept,
            "PYTHONPATH": f"{house}{os.pathsep}{ROOT}",
            "GEOAPP_STORE": str(store / "built"),
            "GEOAPP_COUNTRY": "atl",
        },
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


@pytest.mark.parametrize("row", ROWS)
def test_a_thing_is_added_in_the_places_that_the_house_names(
    row: str, touched: dict[str, set[str]]
) -> None:
    assert touched[row] == ROWS[row][1]


def test_a_country_is_built_and_ranked_by_its_own_scenario(used: dict[str, Any]) -> None:
    assert used["build"]["units"] == {"district": 3, "province": 2, "region": 2}
    assert used["build"]["missing"] == []
    assert used["check"]["ok"]
    # half of 90, 20 and 40 of 100 people and half of 10, 50 and 20 of 100 per cent
    ranked = [(unit["name"], round(unit["score"])) for unit in used["rank"]["units"]]
    assert ranked == [("Coral", 50), ("Duna", 35), ("Espuma", 30)]
    assert used["rank"]["scenario"]["id"] == "atl"


def test_a_country_has_its_own_codes_sources_and_frame(used: dict[str, Any]) -> None:
    assert used["show"]["pcode"] == "AT120101"
    assert used["show"]["layers"]["reefs_count"]["value"] == 7
    assert {line["id"].partition("_")[0] for line in used["sources"]} == {"atl"}
    assert [layer["id"] for layer in used["layers"]["layers"]] == ["reefs_count"]
    assert used["layers"]["layers"][0]["sdgs"] == [13]
    frame = used["frame"]["objectives"]
    assert list(frame["A.1"]["layers"]) == ["no_insurance_pct"]


def test_a_country_is_served_under_its_own_name(used: dict[str, Any]) -> None:
    assert used["title"] == "geoapp Atlántida"
    for own in ("Atl\\u00e1ntida", "Las islas"):
        assert own in used["layout"], own
    # The index carries the map with its offices.
    assert "Espuma" in used["index"]
    for text in (used["layout"], used["index"]):
        assert "Per\\u00fa" not in text
        assert "Perú" not in text
    assert "AT120101" in used["card"]


def test_the_page_of_a_country_narrows_its_layers_by_its_own_frame(used: dict[str, Any]) -> None:
    shown = [one["value"] for one in used["options"] if not one.get("disabled")]
    assert shown == ["score", "no_insurance_pct"]


def test_a_format_is_read_and_an_export_is_written(used: dict[str, Any]) -> None:
    assert used["show"]["layers"]["population_people"]["value"] == 500
    assert used["export"] == ["Coral", "Duna", "Espuma"]


def test_a_report_is_made_and_sheets_by_workers_are_those_made_alone(used: dict[str, Any]) -> None:
    assert used["report"] == ["Coral", "Duna", "Espuma"]
    assert used["sheets"]["files"] == 3
    assert used["alone"]


def test_a_language_is_there_because_its_file_is(used: dict[str, Any]) -> None:
    assert used["languages"] == ["es", "en", "zz"]
    assert used["head"] == "FRAME-ZZ"
    assert '"zz"' in used["layout"]


def test_a_layer_a_sector_and_a_hazard_are_in_the_catalogue(used: dict[str, Any]) -> None:
    assert used["peru"]["new_layer_people"] == ["3.2"]
    assert used["hazards"][0] == "kraken"
    # A sector brings its own people in need and its severity, and tags the deficit that places it.
    assert used["peru"]["pin_pets"] == used["peru"]["severity_pets"] == ["1.1", "3.1"]
    assert "3.1" in used["peru"]["crowding_pct"]
