"""Zonal means of rasters made up for it, against reading them and rasterstats; and memory."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

import geopandas as gpd
import numpy as np
import rasterio
from rasterio.transform import from_origin
from rasterio.windows import Window
from rasterstats import zonal_stats

from bench.measure import Measure
from geoapp.store.builds import read_build
from layers.harmonise.grid import grid_of
from layers.harmonise.zonal import zonal
from layers.harmonise.zonal_terms import Statistic

TARGETS: Mapping[float, tuple[float | None, float | None]] = {
    1 / 120: (None, None),
    1 / 1200: (2.0, 1000.0),
}
"""Side of a cell in degrees, 1 km and 100 m -> times the reading and MB that should not be
passed."""
_ROWS_AT_ONCE = 512
_MANY = 50_000_000
"""Cells for which rasterstats takes minutes."""


def measure_zonal(
    store: Path, runs: int, targets: Mapping[float, tuple[float | None, float | None]] = TARGETS
) -> list[Measure]:
    """Measure the mean under every finest unit, in a new process each time.

    Parameters
    ----------
    store : Path
        Holds a build.
    runs : int
        How often.
    targets : Mapping
        Sides of cells in degrees, and their targets.

    Returns
    -------
    list of Measure
        Seconds, times the reading of the raster, peak memory, and how many times as long
        rasterstats takes, once, for a raster that it reads in seconds.
    """
    units = finest_units(store)
    found: list[Measure] = []
    for side, (to_reading, megabytes) in targets.items():
        with tempfile.TemporaryDirectory(prefix="geoapp-bench-") as name:
            path = Path(name) / "made_up.tif"
            cells = make_raster(path, units, side)
            answers = [_in_a_process(path, store) for _ in range(runs)]
            theirs = _in_a_process(path, store, "rasterstats") if cells < _MANY else None
        what = f"zonal mean, {len(units)} units, {cells / 1e6:.3g} Mpx"
        taken = tuple(answer["zonal"] for answer in answers)
        times = tuple(answer["zonal"] / answer["read"] for answer in answers)
        peaks = tuple(answer["peak"] for answer in answers)
        found += [
            Measure(name=what, unit="s", samples=taken),
            Measure(name=f"{what}: to reading it", unit="×", samples=times, target=to_reading),
            Measure(name=f"{what}: peak memory", unit="MB", samples=peaks, target=megabytes),
        ]
        if theirs:
            found += _beside(f"{what}: rasterstats", theirs, answers)
    return found


def _beside(
    name: str, theirs: Mapping[str, float], ours: Sequence[Mapping[str, float]]
) -> list[Measure]:
    seconds = median(one["zonal"] for one in ours)
    return [
        Measure(name=f"{name} takes, times ours", unit="×", samples=(theirs["zonal"] / seconds,)),
        Measure(name=f"{name}, peak memory", unit="MB", samples=(theirs["peak"],)),
    ]


def finest_units(store: Path) -> gpd.GeoDataFrame:
    """Return the units of the finest level of a stored build."""
    levels = read_build(store).build.levels
    return levels[next(iter(levels))].units


def make_raster(path: Path, units: gpd.GeoDataFrame, side: float) -> int:
    """Write a raster of whole numbers over the box of some units, and return its cells.

    Parameters
    ----------
    path : Path
        Of a GeoTIFF to be written: tiled, deflated, float32.
    units : GeoDataFrame
        In degrees.
    side : float
        Of a cell, in degrees.

    Returns
    -------
    int
        Rows times columns.
    """
    west, south, east, north = units.total_bounds
    width, height = int((east - west) / side) + 1, int((north - south) / side) + 1
    chance = np.random.default_rng(0)
    with rasterio.open(
        path, "w", driver="GTiff", width=width, height=height, count=1, dtype="float32",
        crs=units.crs, transform=from_origin(west, north, side, side), nodata=-1,
        tiled=True, blockxsize=256, blockysize=256, compress="deflate",
    ) as raster:  # fmt: skip
        for row in range(0, height, _ROWS_AT_ONCE):
            rows = min(_ROWS_AT_ONCE, height - row)
            values = chance.integers(0, 100, (rows, width)).astype("float32")
            raster.write(values, 1, window=Window(0, row, width, rows))
    return width * height


def _in_a_process(path: Path, store: Path, by: str = "geoapp") -> dict[str, float]:
    ran = subprocess.run(
        [sys.executable, "-m", "bench.zonal", str(path), str(store), by],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[1],
        env=os.environ,
    )
    answer: dict[str, float] = json.loads(ran.stdout)
    return answer


def _read_and_measure(path: Path, units: gpd.GeoDataFrame, by: str) -> dict[str, float]:
    with rasterio.open(path) as raster:
        started = time.perf_counter()
        for row in range(0, raster.height, _ROWS_AT_ONCE):
            rows = min(_ROWS_AT_ONCE, raster.height - row)
            raster.read(1, window=Window(0, row, raster.width, rows))
        read = time.perf_counter()
        if by == "geoapp":
            zonal(grid_of(raster), units.geometry, Statistic.MEAN)
        else:
            # Boundless reading needs the driver of VRT, which the product shuts off.
            zonal_stats(units.geometry, str(path), stats=["mean"], boundless=False)
        done = time.perf_counter()
    # Linux counts in KiB.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    return {"read": read - started, "zonal": done - read, "peak": peak}


if __name__ == "__main__":
    _PATH, _STORE, _BY = sys.argv[1:]
    _FOUND = _read_and_measure(Path(_PATH), finest_units(Path(_STORE)), _BY)
    sys.stdout.write(json.dumps(_FOUND))
