"""What a command does not use it does not wait for: heavy libraries are imported late."""

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.toy_whole import WHOLE_COUNTRY, make_whole_toy

ROOT = Path(__file__).resolve().parents[2]
SCREENS = {"dash", "dash_leaflet", "flask", "plotly", "folium", "branca"}
FILES = {"xlsxwriter", "pptx", "typst", "rasterio", "requests"}
SCIENCE = {"scipy.stats", "scipy.sparse", "highspy", "matplotlib", "esda", "libpysal"}
TABLES = {"numpy", "pandas", "geopandas", "shapely", "pyproj", "pyarrow"}
MAIN = """
import sys
sys.argv = ["geoapp", *sys.argv[1:]]
from geoapp.cli import main
try:
    main()
finally:
    print("loaded:", *sys.modules)
"""

BUILD = """
import pickle, sys
from pathlib import Path
import geoapp.cli.build
from geoapp.store.builds import write_build
from layers.pipeline import build
from layers.spec import Catalogue
from layers.steps import Steps
toy, store = map(Path, sys.argv[1:])
declared, places, profile = pickle.loads(toy.read_bytes())
steps = Steps(store / "steps")
built = build(Catalogue.of(**declared), profile, places, steps=steps)
write_build(built, store)
steps.keep()
print(built.hash)
print("loaded:", *sys.modules)
"""


def loaded(program: str, *words: str) -> tuple[str, set[str]]:
    """Run a program in a process of its own: what it printed, and the modules that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=ROOT, capture_output=True, text=True
    )
    printed, _, names = done.stdout.rpartition("loaded:")
    assert names, done.stderr
    return printed, set(names.split())


@pytest.mark.parametrize(("word", "said"), [("--help", "decide-need"), ("--version", "0.")])
def test_the_list_of_commands_waits_for_no_library(word: str, said: str) -> None:
    printed, names = loaded(MAIN, word)
    assert said in printed
    assert names & (SCREENS | FILES | SCIENCE | TABLES) == set()


def test_codes_waits_for_the_tables_alone(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("ubigeo\n150101\n", encoding="utf-8")
    printed, names = loaded(MAIN, "codes", str(table), "--scheme", "inei")
    assert "1 filas con unidad" in printed
    assert "pandas" in names
    assert names & (SCREENS | FILES | SCIENCE) == set()


def test_a_build_of_which_nothing_changed_waits_for_the_tables_alone(tmp_path: Path) -> None:
    catalogue, places = make_whole_toy(tmp_path / "mirror")
    kinds = ("sources", "layers", "sectors", "hazards", "series")
    declared: dict[str, Any] = {k: tuple(getattr(catalogue, k).values()) for k in kinds}
    declared["frame"] = catalogue.frame
    toy, store = tmp_path / "toy", tmp_path / "store"
    toy.write_bytes(pickle.dumps((declared, places, WHOLE_COUNTRY)))
    first, names = loaded(BUILD, str(toy), str(store))
    assert "rasterio" in names
    again, names = loaded(BUILD, str(toy), str(store))
    assert again == first
    assert names & (SCREENS | FILES | SCIENCE) == set()


def test_it_is_known_without_a_table_that_nothing_changed() -> None:
    program = 'import sys, geoapp.cli.build; print("loaded:", *sys.modules)'
    _, names = loaded(program)
    assert "geoapp.unchanged" in names
    assert names & (SCREENS | FILES | SCIENCE | TABLES) == {"numpy", "shapely"}
