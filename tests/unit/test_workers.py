"""Regions measured apart give the same bits as all at once, here and on other processes."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from affine import Affine
from distributed import Client, LocalCluster
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS
from typer.testing import CliRunner

from geoapp.cli import app
from geoapp.store.parts import take_apart
from geoapp.work import cluster
from geoapp.work.beside import Beside
from geoapp.work.cluster import Cluster, workers_of
from layers.built import Build
from layers.errors import LayersError
from layers.harmonise.grid import grid_of_values
from layers.harmonise.inside import area_inside, length_inside
from layers.harmonise.zonal import zonal
from layers.harmonise.zonal_terms import Statistic
from layers.indicators.seismic_history import intensity_of_return, largest_intensity
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.workers import HERE, parts_by_region
from tests.toy import COUNTRY
from tests.toy_whole import make_whole_toy

SEEDS = st.integers(0, 2**32 - 1)


def units_of(chance: np.random.Generator, count: int = 12) -> gpd.GeoDataFrame:
    """Hulls in four regions, some beyond the edge of what is measured."""
    shapes = [
        shapely.convex_hull(shapely.MultiPoint(chance.uniform((-2, -2), (10, 10), (5, 2))))
        for _ in range(count)
    ]
    codes = [f"{1 + place * 4 // count:02d}01{place:02d}" for place in range(count)]
    frame = gpd.GeoDataFrame(index=pd.Index(codes, name="ubigeo"), geometry=shapes, crs=4326)
    return frame.assign(
        area_km2=1.0, lon=chance.uniform(-2, 10, count), lat=chance.uniform(-2, 10, count)
    )


def assert_same_apart(
    units: gpd.GeoDataFrame, measure: Callable[[gpd.GeoDataFrame], pd.DataFrame | pd.Series]
) -> None:
    whole = measure(units).to_numpy(dtype=float)
    apart = pd.concat([measure(part) for part in parts_by_region(units, 4)]).to_numpy(dtype=float)
    assert apart.tobytes() == whole.tobytes()


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.sampled_from(Statistic))
def test_a_zonal_figure_hangs_on_its_own_unit_alone(seed: int, statistic: Statistic) -> None:
    chance = np.random.default_rng(seed)
    held = np.ma.masked_less(chance.lognormal(0, 4, (30, 40)), 0.01)
    raster = grid_of_values(held, Affine(0.2, 0, 0, 0, -0.2, 8), CRS.from_epsg(4326))
    within = (0.5, 20.0) if statistic is Statistic.SHARE else (-np.inf, np.inf)
    assert_same_apart(
        units_of(chance), lambda part: zonal(raster, part.geometry, statistic, within=within)
    )


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_what_of_a_map_lies_in_a_unit_hangs_on_it_alone(seed: int) -> None:
    chance = np.random.default_rng(seed)
    units = units_of(chance)
    places = chance.uniform(-2, 10, (15, 2))
    areas = gpd.GeoSeries(shapely.buffer(shapely.points(places), 1.3), crs=4326)
    lines = gpd.GeoSeries(shapely.linestrings(chance.uniform(-2, 10, (15, 4, 2))), crs=4326)
    assert_same_apart(units, lambda part: area_inside(areas, part))
    assert_same_apart(units, lambda part: length_inside(lines, part))


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_the_shaking_of_a_unit_hangs_on_it_alone(seed: int) -> None:
    chance = np.random.default_rng(seed)
    events = pd.DataFrame(
        {
            "lon": chance.uniform(-2, 10, 80),
            "lat": chance.uniform(-2, 10, 80),
            "depth_km": chance.uniform(5, 200, 80),
            "magnitude": chance.uniform(4, 8.5, 80),
            "year": chance.integers(1960, 2020, 80),
        }
    )
    units = units_of(chance, count=37)
    assert_same_apart(units, lambda part: largest_intensity(events, part[["lon", "lat"]]))
    assert_same_apart(units, lambda part: intensity_of_return(events, part[["lon", "lat"]]))


@pytest.mark.parametrize(
    ("regions", "count", "sizes"),
    [
        ("AAABBC", 1, [6]),
        ("AAABBC", 2, [3, 3]),
        ("AAABBC", 3, [3, 3]),
        ("AAAAAB", 3, [5, 1]),
        ("AB", 7, [1, 1]),
        ("", 3, [0]),
    ],
)
def test_parts_are_runs_of_whole_regions(regions: str, count: int, sizes: list[int]) -> None:
    codes = [f"{ord(region):02d}{place:04d}" for place, region in enumerate(regions)]
    units = gpd.GeoDataFrame({"at": range(len(codes))}, index=pd.Index(codes, dtype=str))
    parts = parts_by_region(units, count)
    assert [len(part) for part in parts] == sizes
    assert list(pd.concat(parts)["at"]) == list(range(len(codes)))


class Seen(Cluster):
    """A cluster that remembers in how many parts it was asked, and where they were done."""

    def __init__(self, client: Client) -> None:
        super().__init__(client)
        self.parts: list[int] = []
        self.processes: set[int] = set()

    def map(self, do: Callable[[Any], Any], parts: Sequence[Any]) -> list[Any]:
        self.parts.append(len(parts))
        self.processes |= set(super().map(lambda part: os.getpid(), parts))
        return super().map(do, parts)


def bytes_of(built: Build, folder: Path) -> dict[str, bytes]:
    found = {}
    for name, frame in take_apart(built).frames.items():
        frame.to_parquet(folder / "frame.parquet")
        found[name] = (folder / "frame.parquet").read_bytes()
    return found


def test_a_build_has_the_same_bytes_on_one_on_two_and_on_four_workers(tmp_path: Path) -> None:
    catalogue, places = make_whole_toy(tmp_path / "mirror")
    alone = build(catalogue, COUNTRY, places, workers=HERE)
    expected = bytes_of(alone, tmp_path)
    with LocalCluster(2, threads_per_worker=1, dashboard_address=None) as local, Client(local) as c:
        for count in (2, 4):
            local.scale(count)
            c.wait_for_workers(count)
            several = Seen(c)
            assert several.count == count
            made = build(catalogue, COUNTRY, places, workers=several)
            assert made.hash == alone.hash
            assert bytes_of(made, tmp_path) == expected
            # The toy country has two regions.
            assert several.parts == [2]
            assert len(several.processes) == 2
            assert os.getpid() not in several.processes
        with pytest.raises(LayersError, match="the file is not there") as told:
            Cluster(c).map(_fail, [1, 2])
        assert told.value.sentence.template == "{part} is not there"


def _fail(part: object) -> None:
    raise LayersError("{part} is not there", part="the file")


def test_one_worker_is_this_process() -> None:
    with workers_of("1") as workers:
        assert workers is HERE
    with workers_of("") as workers:
        assert isinstance(workers, Beside)


def test_what_is_no_worker_is_told(
    toy: tuple[Catalogue, Places], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_SECONDS", 1)
    for named in ("0", "-2", "many", "http://localhost:1"):
        result = CliRunner().invoke(app, ["build", "--workers", named])
        assert "is neither a number of processes nor tcp://host:port" in str(result.exception)
    with (
        pytest.raises(LayersError, match=r"no dask scheduler answers at tcp://127.0.0.1:9"),
        workers_of("tcp://127.0.0.1:9"),
    ):
        pytest.fail("nothing listens there")
