"""Rasters and earthquakes on the toy country, from files to the table."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine

from layers.built import Build
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue, LayerSpec
from layers.terms import (
    AdminLevel,
    Combine,
    Dimension,
    MissingPolicy,
    Model,
    ToUnit,
    Unit,
)
from tests.toy import COUNTRY, source

# Cells of half a degree over the six squares; the north-west square is half unknown and the
# south-east one wholly.
HEIGHTS = np.array(
    [
        [-9, -9, 10, 20, 0, 0],
        [-9, 8, 30, 40, 0, 0],
        [0, 100, 5, 5, -9, -9],
        [0, 300, 5, 5, -9, -9],
    ],
    dtype="int16",
)
EVENTS = """FECHA_UTC,HORA_UTC,LATITUD,LONGITUD,PROFUNDIDAD,MAGNITUD
2020/01/01,00:00:00,0.5,0.5,20,7.0
2020/01/01,00:00:00,0.5,0.5,20,7.0
"""


def layer(layer_id: str, to_unit: ToUnit, unit: Unit, source_id: str) -> LayerSpec:
    return LayerSpec(
        id=layer_id,
        dimension=Dimension.HAZARD,
        unit=unit,
        source=source_id,
        to_unit=to_unit,
        valid_range=(0.0, 1000.0),
    )


@pytest.fixture
def measured(toy: tuple[Catalogue, Places], tmp_path: Path) -> Build:
    catalogue, places = toy
    assert places.mirror
    path = places.mirror / "toy_heights.tif"
    with rasterio.open(
        path, "w", driver="GTiff", height=4, width=6, count=1, dtype="int16", nodata=-9,
        crs="EPSG:4326", transform=Affine(0.5, 0, 0, 0, -0.5, 2),
    ) as file:  # fmt: skip
        file.write(HEIGHTS, 1)
    more = Catalogue.of(
        sources=(
            *catalogue.sources.values(),
            source(places.mirror, "toy_heights.tif", path.read_bytes(), "geotiff"),
            source(places.mirror, "toy_quakes.csv", EVENTS.encode(), "csv"),
        ),
        layers=(
            *catalogue.layers.values(),
            layer("toy_height", ToUnit.ZONAL_MEAN, Unit.METRES, "toy_heights"),
            layer("toy_slope", ToUnit.ZONAL_SLOPE, Unit.DEGREES, "toy_heights"),
            layer("toy_coast", ToUnit.ZONAL_LOW_COAST, Unit.PERCENT, "toy_heights"),
            layer("toy_largest", ToUnit.LARGEST_INTENSITY, Unit.MMI, "toy_quakes"),
            layer("toy_50y", ToUnit.INTENSITY_OF_50_YEARS, Unit.MMI, "toy_quakes"),
            LayerSpec(
                id="toy_slides",
                dimension=Dimension.HAZARD,
                unit=Unit.INDEX_0_10,
                to_unit=ToUnit.MODEL,
                model=Model.LANDSLIDES,
                inputs=("toy_slope", "toy_height"),
            ),
        ),
    )
    return build(more, COUNTRY, places)


def test_cells_become_figures_of_units(measured: Build) -> None:
    table = measured.levels[AdminLevel.DISTRICT].table
    assert table.values.at["010102", "toy_height"] == pytest.approx(25, abs=0.01)
    assert table.methods.at["010102", "toy_height"] == "zonal"
    assert table.values.at["010202", "toy_slope"] < table.values.at["010201", "toy_slope"]


@pytest.mark.fault(79)
def test_a_unit_that_the_raster_covers_too_little_is_missing(measured: Build) -> None:
    table = measured.levels[AdminLevel.DISTRICT].table
    assert np.isnan(table.values.at["010101", "toy_height"])
    assert np.isnan(table.values.at["020102", "toy_height"])
    assert table.methods.at["020102", "toy_height"] == "missing"


def test_the_shore_is_sea_and_low_cells_that_touch_it(measured: Build) -> None:
    coast = measured.levels[AdminLevel.DISTRICT].table
    # the two western cells are sea; half a degree further nothing is within 15 km
    assert coast.values.at["010201", "toy_coast"] == pytest.approx(0.5, abs=1e-3)
    assert coast.values.at["010202", "toy_coast"] == 0
    assert coast.methods.at["010201", "toy_coast"] == "modelled"


def test_events_become_intensities(measured: Build) -> None:
    table = measured.levels[AdminLevel.DISTRICT].table
    # magnitude 7 at 20 km, published as 7.5721877
    assert table.values.at["010201", "toy_largest"] == pytest.approx(7.5721877, rel=1e-3)
    # The file has it twice, and it is one event in 61 years: rarer than one in 50.
    assert table.values.at["010201", "toy_50y"] == 1.0
    assert table.methods.at["010201", "toy_largest"] == "modelled"
    assert table.sources["toy_largest"] == ("toy_quakes",)


def test_landslides_follow_from_slope_and_the_second_input(measured: Build) -> None:
    values = measured.levels[AdminLevel.DISTRICT].table.values
    slope, wet = values.loc["010201", ["toy_slope", "toy_height"]]
    by_hand = 10 * np.sqrt(slope / 8 * wet / 1500)
    assert values.at["010201", "toy_slides"] == pytest.approx(by_hand)


def test_without_the_files_the_layers_are_missing(
    measured: Build, toy: tuple[Catalogue, Places]
) -> None:
    catalogue, places = toy
    assert places.mirror
    (places.mirror / "toy_borders.geojson").unlink()
    more = Catalogue.of(
        sources=(
            *catalogue.sources.values(),
            source(places.mirror, "toy_quakes.csv", EVENTS.encode(), "csv"),
            source(places.mirror, "toy_heights.tif", b"II*\x00", "geotiff"),
        ),
        layers=(
            *catalogue.layers.values(),
            layer("toy_height", ToUnit.ZONAL_MEAN, Unit.METRES, "toy_heights"),
            layer("toy_largest", ToUnit.LARGEST_INTENSITY, Unit.MMI, "toy_quakes"),
        ),
    )
    coarse = build(more, COUNTRY, places)
    assert "cannot be read as geotiff" in str(coarse.statuses["toy_heights"].problem)
    # one point says nothing of the shaking of a whole region
    assert coarse.levels[AdminLevel.REGION].table.values["toy_largest"].isna().all()


@pytest.fixture
def monthly(toy: tuple[Catalogue, Places]) -> tuple[Catalogue, Places]:
    """Three bands over the toy country: 1, 2 and 5 everywhere."""
    catalogue, places = toy
    assert places.mirror
    path = places.mirror / "toy_rain.tif"
    with rasterio.open(
        path, "w", driver="GTiff", height=2, width=3, count=3, dtype="int16",
        crs="EPSG:4326", transform=Affine(1, 0, 0, 0, -1, 2),
    ) as file:  # fmt: skip
        for band, value in enumerate((1, 2, 5), 1):
            file.write(np.full((2, 3), value, dtype="int16"), band)
    spec = source(places.mirror, "toy_rain.tif", path.read_bytes(), "geotiff")
    return catalogue.with_sources(spec), places


@pytest.mark.parametrize(
    ("bands", "combine", "value"),
    [
        ((2,), Combine.MEAN, 2),
        ((1, 3), Combine.SUM, 6),
        ((1, 2, 3), Combine.LARGEST_SHARE, 5 / 8),
    ],
)
def test_bands_are_measured_one_by_one_and_combined(
    monthly: tuple[Catalogue, Places], bands: tuple[int, ...], combine: Combine, value: float
) -> None:
    catalogue, places = monthly
    rain = replace(
        layer("toy_rain_bands", ToUnit.ZONAL_MEAN, Unit.MM_YEAR, "toy_rain"),
        bands=bands,
        combine=combine,
    )
    made = build(catalogue.with_layers(rain), COUNTRY, places)
    values = made.levels[AdminLevel.DISTRICT].table.values["toy_rain_bands"]
    assert values.tolist() == pytest.approx([value] * 6)


def test_a_band_that_the_raster_does_not_have_is_named(monthly: tuple[Catalogue, Places]) -> None:
    catalogue, places = monthly
    rain = replace(
        layer("toy_rain_bands", ToUnit.ZONAL_MEAN, Unit.MM_YEAR, "toy_rain"), bands=(1, 4)
    )
    made = build(catalogue.with_layers(rain), COUNTRY, places)
    assert "has 3 bands and no band 4" in str(made.statuses["toy_rain"].problem)
    assert made.levels[AdminLevel.DISTRICT].table.values["toy_rain_bands"].isna().all()


def test_zeros_of_a_partial_list_reach_only_its_whole_regions(
    toy: tuple[Catalogue, Places],
) -> None:
    catalogue, places = toy
    assert places.mirror
    text = "ubigeo,whole,match\n010101,yes,exact\n010201,yes,fuzzy\n020101,no,exact\n"
    spec = source(places.mirror, "toy_decrees.csv", text.encode(), "csv", units="2017")
    declared = LayerSpec(
        id="toy_declared",
        dimension=Dimension.HAZARD,
        unit=Unit.PERCENT,
        source="toy_decrees",
        to_unit=ToUnit.IS_LISTED,
        factor=100.0,
        doubtful=(("match", ("fuzzy",)),),
        missing=MissingPolicy.ZERO_WHERE_COMPLETE,
        complete=(("whole", ("yes",)),),
        units_of="toy_census",
    )
    made = build(catalogue.with_sources(spec).with_layers(declared), COUNTRY, places)
    values = made.levels[AdminLevel.DISTRICT].table.values["toy_declared"]
    # 020102 was cut from 020101, which is named; nothing is known of the rest of its region
    assert values.dropna().to_dict() == {
        "010101": 100, "010102": 0, "010202": 0, "020101": 100, "020102": 100
    }  # fmt: skip
    assert values.isna()["010201"]


def test_what_a_raster_leaves_out_lowers_the_confidence(measured: Build) -> None:
    district = measured.levels[AdminLevel.DISTRICT].table
    province = measured.levels[AdminLevel.PROVINCE].table
    assert district.coverage_of("010102", "toy_height") == 1
    # of 0101 half of the residents live in 010101, of which the raster covers too little
    assert province.coverage_of("0101", "toy_height") == pytest.approx(0.5)
    whole, half = (
        table.confidence.at[unit, "toy_height"]
        for table, unit in ((district, "010102"), (province, "0101"))
    )
    assert half == pytest.approx(whole / 2)
