"""The READMEs of the starter pack say what the catalogue says."""

import csv
import subprocess
import sys
from pathlib import Path

from layers.catalogue import CATALOGUE
from layers.catalogue.awaited import EDITABLE_FILES
from layers.sources.verify import verify

ROOT = Path(__file__).resolve().parents[2]


def test_readmes_are_up_to_date() -> None:
    check = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "write_data_readmes.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert check.returncode == 0, check.stdout + check.stderr


def test_every_starter_file_is_declared_and_the_one_declared() -> None:
    found = {str(path.relative_to(ROOT / "data")) for path in (ROOT / "data").glob("*/per/*")}
    declared = {spec.starter: spec for spec in CATALOGUE.sources.values() if spec.starter}
    assert found == {*declared, *EDITABLE_FILES}
    for path, spec in declared.items():
        verify(ROOT / "data" / str(path), spec)


def test_national_figures_are_those_of_the_strategy() -> None:
    with (ROOT / "data/needs/per/national_figures.csv").open(encoding="utf-8") as file:
        rows = {row["key"]: row for row in csv.DictReader(file)}
    needs = {key: int(row["value"]) for key, row in rows.items() if key.startswith("pin_")}
    assert needs == {
        "pin_shelter": 1_000_000,
        "pin_wash": 762_000,
        "pin_food": 1_490_000,
        "pin_transport": 443_000,
        "pin_health": 1_340_000,
        "pin_education": 763_000,
        "pin_protection": 907_000,
        "pin_nutrition": 383_000,
        "pin_integration": 1_370_000,
    }
    assert rows["venezuelan_people"]["value"] == "1497746"
    assert rows["venezuelan_people"]["date"] == "2022-09-13"
    assert all(row[column] for row in rows.values() for column in row)
