"""Work on all units is done in another process where that is worth it, and comes out the same."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geoapp.store.parts import take_apart
from geoapp.store.picture_bytes import pack_pictures
from geoapp.work import beside
from geoapp.work.beside import Beside
from layers.built import Build
from layers.errors import SourceDamagedError
from layers.pipeline import build
from layers.terms import AdminLevel
from layers.workers import Units
from tests.toy_whole import WHOLE_COUNTRY, make_whole_toy

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[Beside]:
    monkeypatch.setattr(beside, "_WORTH", 1)
    with Beside() as found:
        yield found


def process_of(units: Units) -> tuple[int, int]:
    return os.getpid(), len(units[AdminLevel.REGION])


def refuse(units: Units) -> None:
    raise SourceDamagedError("{path} is empty; copy or download it again", path="a.tif")


def regions(count: int) -> Units:
    codes = pd.Index([f"{one:02d}" for one in range(count)], name="ubigeo")
    shapes = [shapely.box(one, 0, one + 1, 1) for one in range(count)]
    return {AdminLevel.REGION: gpd.GeoDataFrame(index=codes, geometry=shapes, crs=4326)}


def files_of(built: Build, folder: Path) -> dict[str, bytes]:
    parts = take_apart(built)
    found = {"pictures": pack_pictures(parts.pictures)}
    for name, frame in parts.frames.items():
        frame.to_parquet(folder / "frame.parquet")
        found[name] = (folder / "frame.parquet").read_bytes()
    return found


def test_a_build_with_another_process_is_the_same_to_the_byte(
    other: Beside, tmp_path: Path
) -> None:
    catalogue, places = make_whole_toy(tmp_path / "mirror")
    (tmp_path / "mirror" / "toy_clinics.csv").unlink()
    alone = build(catalogue, WHOLE_COUNTRY, places)
    helped = build(catalogue, WHOLE_COUNTRY, places, workers=other)
    assert files_of(helped, tmp_path) == files_of(alone, tmp_path)
    assert helped.statuses == alone.statuses
    assert list(helped.statuses) == list(alone.statuses)


def test_the_other_process_does_it_and_a_dead_one_costs_nothing(other: Beside) -> None:
    three, five = regions(3), regions(5)
    process, count = other.whole(process_of, three)
    assert (process != os.getpid(), count) == (True, 3)
    assert other.whole(process_of, five) == (process, 5)
    with pytest.raises(SourceDamagedError, match=r"a\.tif is empty"):
        other.whole(refuse, five)
    os.kill(process, signal.SIGKILL)
    assert other.whole(process_of, five) == (os.getpid(), 5)


def test_few_units_wait_for_no_process() -> None:
    with Beside() as found:
        found.expect(3)
        assert found.whole(process_of, regions(3)) == (os.getpid(), 3)


def test_a_script_that_is_read_again_by_its_helper_asks_nothing_twice(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        "from geoapp.cli import main\n"
        "from geoapp.work import beside\n"
        "from tests.unit.test_beside import process_of, regions\n"
        "beside._WORTH = 1\n"
        "sys.argv = ['geoapp', '--version']\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        "    with beside.Beside() as found:\n"
        "        print(found.whole(process_of, regions(3)))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        timeout=120,
    )  # fmt: skip
    version, told = done.stdout.splitlines()
    assert (version[0].isdigit(), told.endswith(", 3)")) == (True, True)
