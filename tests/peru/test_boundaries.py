"""The three vintages of the mirror: what is wrong with each, and what repair makes of it.

The figures are measured on the files that the catalogue declares by sha256.
"""

import os
from collections import Counter
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from layers.catalogue import CATALOGUE
from layers.countries import COUNTRIES
from layers.harmonise.boundary_report import BoundaryReport, GapKind, report_boundaries
from layers.harmonise.geometry import areas_km2, dissolve
from layers.harmonise.official_areas import check_areas
from layers.harmonise.repair import repair_boundaries
from layers.harmonise.repairs import Action, Fault, Reason
from layers.sources.read import read_vector

pytestmark = pytest.mark.peru

AREA_CRS = COUNTRIES["per"].area_crs
TRUJILLO = ("130101", "130102", "130103", "130104", "130105", "130106", "130112")
BROKEN_2016 = {
    *("010204", "010523", "020602", "070105"),
    *("150137", "190203", "200602", "210103"),
}


@pytest.fixture(scope="module")
def mirror() -> Path:
    beside = Path(__file__).parents[3] / "shared" / "mirror"
    folder = Path(os.environ.get("GEOAPP_MIRROR") or beside)
    if not folder.is_dir():
        pytest.skip(f"no mirror at {folder}; set GEOAPP_MIRROR")
    return folder


def read(mirror: Path, source_id: str) -> gpd.GeoDataFrame:
    spec = CATALOGUE.source(source_id)
    assert spec.mirror is not None
    frame = read_vector(mirror / spec.mirror, spec)
    if spec.code_column is None:
        return frame
    return frame.set_index(spec.code_column).rename_axis("ubigeo").sort_index()


@pytest.fixture(scope="module")
def of_2025(mirror: Path) -> gpd.GeoDataFrame:
    return read(mirror, "inei_limites_2025")


@pytest.fixture(scope="module")
def of_2022(mirror: Path) -> gpd.GeoDataFrame:
    return read(mirror, "latam_atlas_2022")


@pytest.fixture(scope="module")
def of_2016(mirror: Path) -> gpd.GeoDataFrame:
    return read(mirror, "peru_geojson_2016")


@pytest.fixture(scope="module")
def lakes(mirror: Path) -> gpd.GeoDataFrame:
    return read(mirror, "ne_lakes")


@pytest.fixture(scope="module")
def areas_2025(of_2025: gpd.GeoDataFrame) -> pd.Series:
    return pd.Series(areas_km2(of_2025, AREA_CRS), index=of_2025.index)


@pytest.fixture(scope="module")
def official(mirror: Path) -> pd.Series:
    path = mirror / "codes" / "ubigeo_distrito.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table = table[table["inei"].str.fullmatch(r"\d{6}")].set_index("inei")
    return pd.to_numeric(table["superficie"], errors="coerce")


@pytest.fixture(scope="module")
def report_2025(
    of_2025: gpd.GeoDataFrame, official: pd.Series, lakes: gpd.GeoDataFrame
) -> BoundaryReport:
    return report_boundaries(of_2025, AREA_CRS, official, of_2025.index, lakes)


def test_2025_is_whole_but_for_trujillo(report_2025: BoundaryReport) -> None:
    assert report_2025.units == 1891
    assert (report_2025.absent, report_2025.empty, report_2025.invalid) == ((), (), ())
    assert report_2025.unmatched == TRUJILLO
    assert report_2025.unmatched_degrees == pytest.approx(0.2296, abs=1e-4)
    assert {code for o in report_2025.overlaps for code in (o.first, o.second)} == set(TRUJILLO)
    assert len(report_2025.overlaps) == 9
    assert sum(overlap.km2 for overlap in report_2025.overlaps) == pytest.approx(0.0402, abs=1e-4)


def test_2025_has_six_large_holes_and_the_slivers_of_trujillo(report_2025: BoundaryReport) -> None:
    kinds = Counter(gap.kind for gap in report_2025.gaps)
    # The only lake of the mirror's Natural Earth file is Titicaca, which borders Bolivia
    # and is no hole: nothing there tells that the six are lakes, so nothing says so here.
    assert kinds == {GapKind.UNCLASSIFIED: 6, GapKind.MISMATCH: 60}
    large, slivers = report_2025.gaps[:6], report_2025.gaps[6:]
    assert sum(gap.km2 for gap in large) == pytest.approx(614.9, abs=0.1)
    assert min(gap.km2 for gap in large) == pytest.approx(29.6, abs=0.1)
    assert sum(gap.km2 for gap in slivers) < 0.1
    assert {code for gap in slivers for code in gap.neighbours} <= set(TRUJILLO)


def test_a_lake_layer_that_knows_them_turns_the_six_holes_into_lakes(
    of_2025: gpd.GeoDataFrame, report_2025: BoundaryReport
) -> None:
    points = [shapely.Point(gap.lon, gap.lat).buffer(0.5) for gap in report_2025.gaps[:6]]
    known = gpd.GeoDataFrame(geometry=points, crs=4326)
    found = report_boundaries(of_2025, AREA_CRS, lakes=known)
    assert Counter(gap.kind for gap in found.gaps) == {GapKind.LAKE: 6, GapKind.MISMATCH: 60}


def test_official_areas_contradict_every_vintage(report_2025: BoundaryReport) -> None:
    areas = report_2025.areas
    assert areas is not None
    assert (areas.compared, areas.without_official) == (1870, 21)
    assert (areas.over_5_pct, areas.over_20_pct) == (624, 176)
    assert areas.worst[0].ubigeo == "211302"
    assert areas.worst[0].error == pytest.approx(11.6, abs=0.1)


def test_three_levels_agree(of_2025: gpd.GeoDataFrame) -> None:
    provinces = dissolve(of_2025, 4)
    regions = dissolve(provinces, 2)
    assert (len(provinces), len(regions)) == (196, 25)
    assert provinces.attrs["closed_slivers"] == {"1301": 60}
    assert regions.attrs["closed_slivers"] == {}
    assert shapely.coverage_is_valid(provinces.to_numpy())
    assert shapely.coverage_is_valid(regions.to_numpy())
    whole, parts = areas_km2(regions, AREA_CRS), areas_km2(provinces, AREA_CRS)
    by_region = pd.Series(parts, index=provinces.index).groupby(provinces.index.str[:2]).sum()
    np.testing.assert_allclose(whole, by_region, rtol=1e-9)
    assert areas_km2(of_2025, AREA_CRS).sum() == pytest.approx(whole.sum(), abs=0.1)


def test_2022_is_defective(of_2022: gpd.GeoDataFrame, areas_2025: pd.Series) -> None:
    found = report_boundaries(of_2022, AREA_CRS, areas_2025, areas_2025.index)
    assert found.units == 1890
    assert found.absent == ("210103",)
    assert found.empty == ("070105", "070107", "200602")
    assert [code for code, _ in found.invalid] == ["150704", "210607"]
    # "55 off by more than 20 %": the 52 drawn ones here, and the three empty ones.
    assert found.areas is not None
    assert found.areas.over_20_pct == 52


def test_2022_against_official_areas(of_2022: gpd.GeoDataFrame, official: pd.Series) -> None:
    assert check_areas(of_2022[~of_2022.is_empty], AREA_CRS, official).over_20_pct == 227


def test_2022_is_repaired_from_2025(
    of_2022: gpd.GeoDataFrame, of_2025: gpd.GeoDataFrame, areas_2025: pd.Series
) -> None:
    result = repair_boundaries(
        of_2022, of_2025, of_2025.index, AREA_CRS, donor_vintage="inei_limites_2025"
    )
    records = {record.ubigeo: record for record in result.repairs}
    assert {code: (one.fault, one.action) for code, one in records.items()} == {
        "070105": (Fault.EMPTY, Action.TRIMMED),
        "070107": (Fault.EMPTY, Action.OVERLAPPING),
        "150704": (Fault.INVALID, Action.REBUILT),
        "200602": (Fault.EMPTY, Action.OVERLAPPING),
        "210103": (Fault.ABSENT, Action.TRIMMED),
        "210607": (Fault.INVALID, Action.REBUILT),
    }
    for code in ("070105", "070107", "200602", "210103"):
        assert records[code].after_km2 == pytest.approx(areas_2025[code], rel=0.001)
    # The lines of 2022 gave the ground of these two to their neighbours, to the last metre.
    for code in ("070107", "200602"):
        assert records[code].overlap_km2 == pytest.approx(records[code].after_km2)
    assert result.unrepaired == ()
    after = report_boundaries(result.units, AREA_CRS, expected=of_2025.index)
    assert (after.absent, after.empty, after.invalid) == ((), (), ())


def test_2022_areas_are_repaired_where_there_is_room(
    of_2022: gpd.GeoDataFrame, of_2025: gpd.GeoDataFrame, areas_2025: pd.Series
) -> None:
    result = repair_boundaries(
        of_2022, of_2025, of_2025.index, AREA_CRS, official_km2=areas_2025, donor_vintage="2025"
    )
    of_area = [record for record in result.repairs if record.fault is Fault.AREA]
    assert Counter(record.action for record in of_area) == {
        Action.TRIMMED: 17,
        Action.UNREPAIRED: 35,
    }
    assert {record.reason for record in of_area} == {None, Reason.NO_ROOM}
    assert check_areas(result.units, AREA_CRS, areas_2025).over_20_pct == 35
    assert max(record.overlap_km2 for record in of_area) == pytest.approx(0.0, abs=1e-6)


def test_2022_is_not_bent_to_official_areas_that_2025_contradicts(
    of_2022: gpd.GeoDataFrame, of_2025: gpd.GeoDataFrame, official: pd.Series
) -> None:
    result = repair_boundaries(
        of_2022, of_2025, of_2025.index, AREA_CRS, official_km2=official, donor_vintage="2025"
    )
    reasons = Counter(record.reason for record in result.repairs)
    assert reasons == {Reason.DONOR_ALSO_OFF: 165, Reason.NO_ROOM: 38, None: 30}
    assert "211302" in result.unrepaired
    assert result.without_geometry == ()


def test_2016_is_repaired_from_2022_and_2025(
    of_2016: gpd.GeoDataFrame, of_2022: gpd.GeoDataFrame, of_2025: gpd.GeoDataFrame
) -> None:
    found = report_boundaries(of_2016, AREA_CRS, expected=of_2025.index)
    assert (found.units, len(found.absent)) == (1834, 59)
    assert set(found.empty) == BROKEN_2016
    assert found.unexpected == ("160109", "160114")

    first = repair_boundaries(
        of_2016, of_2022, of_2016.index, AREA_CRS, donor_vintage="latam_atlas_2022"
    )
    assert {record.ubigeo for record in first.repairs} == BROKEN_2016
    # Where 2022 has nothing either, the unit stays, without a geometry and named.
    assert first.unrepaired == first.without_geometry == ("070105", "200602", "210103")
    assert {record.reason for record in first.repairs} == {None, Reason.NO_DONOR}

    second = repair_boundaries(
        first.units, of_2025, of_2016.index, AREA_CRS, donor_vintage="inei_limites_2025"
    )
    assert tuple(record.ubigeo for record in second.repairs) == first.unrepaired
    assert second.without_geometry == ()
    assert len(second.units) == 1834
    after = report_boundaries(second.units, AREA_CRS)
    assert (after.empty, after.invalid) == ((), ())
    # Six of the eight were given to their neighbours by the lines of 2016.
    swallowed = BROKEN_2016 - {"070105", "210103"}
    assert swallowed <= {code for o in after.overlaps for code in (o.first, o.second)}
