"""Hazards of the real country: facts that were looked at one by one."""

import numpy as np
import pandas as pd
import pytest
import shapely
from affine import Affine
from rasterio.features import rasterize

from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.harmonise.earthquakes import events_of
from layers.harmonise.grid import Grid, grid_of
from layers.harmonise.zonal import zonal
from layers.harmonise.zonal_terms import Statistic
from layers.indicators.seismic_history import hypocentral_km_to
from layers.indicators.shaking import intensity
from layers.indicators.sphere import directions
from layers.sources.locate import Places, locate, starter_folder
from layers.sources.raster import open_raster
from layers.sources.read import read_table
from layers.terms import AdminLevel

pytestmark = pytest.mark.peru

COAST = {"02", "04", "07", "11", "13", "14", "15", "18", "20", "23", "24"}


@pytest.fixture(scope="module")
def values(peru: Build) -> pd.DataFrame:
    return peru.levels[AdminLevel.DISTRICT].table.values


@pytest.fixture(scope="module")
def events(mirror: object) -> pd.DataFrame:
    spec = CATALOGUE.source("igp_catalogue")
    places = Places(store=starter_folder(), starter=starter_folder(), mirror=mirror)  # type: ignore[arg-type]
    return events_of(read_table(locate(spec, places)[1], spec), spec.id)


def test_the_catalogue_has_8_duplicates(events: pd.DataFrame) -> None:
    assert len(events) == 23_680 - 8
    assert (events["year"].min(), events["year"].max()) == (1960, 2023)


def test_atico_had_the_strongest_shaking_in_2001(
    values: pd.DataFrame, events: pd.DataFrame, peru: Build
) -> None:
    largest = values["earthquake_largest_mmi"]
    assert largest.notna().all()
    assert largest.idxmax() == "040303"
    assert largest["040303"] == pytest.approx(8.05, abs=0.01)
    site = peru.levels[AdminLevel.DISTRICT].units.loc[["040303"], ["lon", "lat"]]
    felt = intensity(
        events["magnitude"].to_numpy(),
        events["depth_km"].to_numpy(),
        hypocentral_km_to(events, directions(site))[:, 0],
    )
    assert events.loc[felt.argmax(), ["year", "magnitude"]].tolist() == [2001, 8.4]


def test_shaking_is_strong_in_lima_and_faint_in_the_far_amazon(values: pd.DataFrame) -> None:
    largest = values["earthquake_largest_mmi"]
    assert largest["150101"] == pytest.approx(7.2, abs=0.05)
    assert largest[["160804", "160401", "160803"]].max() < 4.5
    often = values["earthquake_50y_mmi"]
    assert (often <= largest + 1e-9).all()
    assert 3.5 < often.min() < often.max() < 7.5


def test_low_coast_is_on_the_coast(values: pd.DataFrame) -> None:
    low = values["tsunami_low_coast_pct"]
    assert set(low.index[low > 0].str[:2]) <= COAST
    assert (low > 0).sum() == 112
    # Santa Rosa (Lambayeque) and La Punta, wholly low; Callao in part
    assert low[["140114", "070105"]].tolist() == pytest.approx([100, 100])
    assert 10 < low["070101"] < 30
    # What a grid of 9 km cannot see: the low bay of Chimbote.
    assert low["021801"] < 0.1


def test_heights_and_landslides(values: pd.DataFrame) -> None:
    assert values.at["080605", "elevation_m"] == pytest.approx(4802.5, abs=0.5)  # Pitumarca
    slides = values["landslide_susceptibility_index"]
    assert slides.idxmax() == "050513"  # Río Magdalena, valley of the Apurímac
    assert slides["160101"] < 1.5  # Iquitos: rain without slope
    assert slides["110101"] < 2  # Ica: no rain


def mean_by_parts(grid: Grid, shape: shapely.Geometry) -> float:
    """Cut cells in parts, each in or out by its middle: another way, and a coarser one."""
    west, south, east, north = shape.bounds
    row, column = int((grid.north - north) / grid.height), int((west - grid.west) / grid.width)
    rows = int((grid.north - south) / grid.height) + 1 - row
    columns = int((east - grid.west) / grid.width) + 1 - column
    parts = 16 if rows * columns > 100 else 128
    place = Affine.translation(grid.west + column * grid.width, grid.north - row * grid.height)
    inside = rasterize(
        [shape],
        out_shape=(rows * parts, columns * parts),
        transform=place @ Affine.scale(grid.width / parts, -grid.height / parts),
    )
    down = (np.arange(rows * parts) + 0.5) * grid.height / parts
    weights = inside * np.cos(np.radians(grid.north - row * grid.height - down))[:, None]
    cells = grid.window(row, column, rows, columns)
    heights = np.kron(cells.filled(0), np.ones((parts, parts)))
    known = np.kron(~np.ma.getmaskarray(cells), np.ones((parts, parts)))
    return float((weights * heights).sum() / (weights * known).sum())


def test_a_fallback_by_rasterio_agrees_on_peru(peru: Build) -> None:
    spec = CATALOGUE.source("itu_topography")
    districts = peru.levels[AdminLevel.DISTRICT].units.sort_values("area_km2").geometry
    regions = peru.levels[AdminLevel.REGION].units.geometry
    shapes = pd.concat([regions, districts.iloc[-20:]])
    with open_raster(starter_folder() / str(spec.starter), spec) as raster:
        grid = grid_of(raster)
        ours = zonal(grid, shapes, Statistic.MEAN)["value"]
        other = {code: mean_by_parts(grid, shape) for code, shape in shapes.items()}
    assert ours.to_dict() == pytest.approx(other, rel=0.005)


def test_what_lies_under_districts_adds_up_to_what_lies_under_regions(peru: Build) -> None:
    spec = CATALOGUE.source("itu_topography")
    levels = peru.levels
    with open_raster(starter_folder() / str(spec.starter), spec) as raster:
        sums = {
            level: zonal(grid_of(raster), levels[level].units.geometry, Statistic.SUM)["value"]
            for level in (AdminLevel.DISTRICT, AdminLevel.REGION)
        }
    parts = sums[AdminLevel.DISTRICT].groupby(levels[AdminLevel.DISTRICT].units.index.str[:2]).sum()
    assert parts.to_numpy() == pytest.approx(sums[AdminLevel.REGION].to_numpy(), rel=1e-3)
