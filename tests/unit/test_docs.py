"""The pages under docs/ say what the code says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from geoapp.exports.formats import EXPORTS, RASTERS
from geoapp.settings.names import SETTINGS
from layers.catalogue import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
WRITERS = sorted(path.name for path in DOCS.glob("write_*.py") if "backtest" not in path.name)
"""The page of the test of 2017 needs a build of Peru and is tested beside it."""


@pytest.mark.parametrize("name", WRITERS)
def test_written_pages_are_up_to_date(name: str) -> None:
    check = subprocess.run(
        [sys.executable, str(DOCS / name), "--check"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert check.returncode == 0, f"{check.stdout}{check.stderr}; run make docs"


def test_a_stale_page_is_named_and_not_touched(tmp_path: Path) -> None:
    script = (
        "import generated, pathlib, sys;"
        f"generated.ROOT = pathlib.Path({str(tmp_path)!r});"
        "page = generated.ROOT / 'page.md';"
        "page.write_text('old');"
        "sys.exit(generated.write_or_check({page: 'new'}, None))"
    )
    check = subprocess.run(
        [sys.executable, "-c", script, "--check"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(DOCS)},
    )
    assert (check.returncode, check.stdout) == (1, "stale: page.md\n")
    assert (tmp_path / "page.md").read_text() == "old"


def test_every_layer_source_and_setting_has_its_place() -> None:
    layers = (DOCS / "capas.md").read_text("utf-8")
    sources = (DOCS / "fuentes.md").read_text("utf-8")
    settings = (DOCS / "settings.md").read_text("utf-8")
    assert [name for name in CATALOGUE.layers if f'<a id="{name}">' not in layers] == []
    assert [name for name in CATALOGUE.sources if f'<a id="{name}">' not in sources] == []
    assert [name for name, _, _ in SETTINGS if f"`{name}`" not in settings] == []
    exports = (DOCS / "exportar.md").read_text("utf-8")
    told = re.findall(r"^\| `(\w+)` \|", exports, re.MULTILINE)
    assert sorted(told) == sorted({**EXPORTS, **RASTERS})


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda path: path.stem)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        if anchor:
            assert f'<a id="{anchor}">' in target.read_text("utf-8"), link


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda path: path.stem)
def test_tests_that_a_page_names_exist(page: Path) -> None:
    for path, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page.read_text("utf-8")):
        assert (ROOT / path).is_file(), path
        assert not name or f"def {name}(" in (ROOT / path).read_text("utf-8"), name
