"""The vintages of Peru: 1,834 districts in the oldest set, 1,874 at the census, 1,891 now."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.codes import ancestor
from layers.countries import COUNTRIES
from layers.harmonise.carrying import carry_counts
from layers.harmonise.crosswalk import Crosswalk
from layers.harmonise.vintages import declared_origins, make_crosswalk
from layers.terms import AdminLevel
from tests.vintages import origins_by_overlay, overlay_shares, sizes_before, turned

pytestmark = pytest.mark.peru

PERU = COUNTRIES["per"]
OLDEST, CENSUS = PERU.vintages
NOBODY = pd.Series(dtype=float)


@pytest.fixture(scope="module")
def old(mirror: Path) -> gpd.GeoSeries:
    frame = gpd.read_file(mirror / "boundaries" / "peru_districts_2016.geojson")
    return frame.set_index("IDDIST").geometry


@pytest.fixture(scope="module")
def published(mirror: Path) -> pd.DataFrame:
    path = mirror / "boundaries" / "crosswalk_2025.csv"
    frame = pd.read_csv(path, dtype={"ubigeo": str, "parent_ubigeo": str})
    return frame.rename(columns={"ubigeo": "child", "parent_ubigeo": "parent"})


@pytest.fixture(scope="module")
def now(peru: Build) -> gpd.GeoDataFrame:
    return peru.levels[AdminLevel.DISTRICT].units


@pytest.fixture(scope="module")
def from_oldest(old: gpd.GeoSeries, now: gpd.GeoDataFrame) -> Crosswalk:
    """1,834 to 1,874 by overlay, then to 1,891 by the declared parents."""
    newer = declared_origins(CENSUS.created)
    census_area = sizes_before(now["area_km2"], newer)
    origins = origins_by_overlay(
        old, now.geometry[census_area.index], PERU.area_crs, OLDEST.renumbered
    )
    first = make_crosswalk(origins, census_area, NOBODY, OLDEST.renumbered)
    return first.then(make_crosswalk(newer, now["area_km2"], NOBODY))


def test_codes_that_are_gone_are_all_declared_as_renumbered(
    old: gpd.GeoSeries, now: gpd.GeoDataFrame
) -> None:
    assert len(old) == 1834
    assert sorted(old.index.difference(now.index)) == [code for code, _ in OLDEST.renumbered]
    # Amantaní bears 210103 in both sets: it is no renumbering; only its shape was damaged
    assert "210103" in old.index
    assert "210103" in now.index
    assert len(now.index.difference(old.index)) == 59
    assert len(sizes_before(now["area_km2"], declared_origins(CENSUS.created))) == 1874


def test_overlay_agrees_with_the_published_crosswalk_of_2016(
    old: gpd.GeoSeries, now: gpd.GeoDataFrame, published: pd.DataFrame
) -> None:
    theirs = published[published["base"] == "juaneladio_2016_1834"]
    children = now.index.difference(old.index)
    ours = overlay_shares(old, now.geometry, children, PERU.area_crs)
    both = theirs.merge(ours, on=["child", "parent"])
    assert (both["ground"] - both["share_of_new_area"]).abs().max() < 0.001
    # what they list and we do not look at: ground of another province, where lines were redrawn
    only = theirs.merge(ours, on=["child", "parent"], how="left")
    only = only[only["ground"].isna()]
    assert all(
        ancestor(row.child, AdminLevel.PROVINCE) != ancestor(row.parent, AdminLevel.PROVINCE)
        for row in only.itertuples()
    )
    assert len(both) + len(only) == len(theirs)

    # their main parent is ours, everywhere
    def main(frame: pd.DataFrame, size: str) -> dict[str, str]:
        return frame.sort_values(size).groupby("child")["parent"].last().to_dict()

    assert main(theirs, "share_of_new_area") == main(ours, "ground")


def test_declared_parents_are_those_of_the_published_crosswalk(published: pd.DataFrame) -> None:
    theirs = published[published["base"] == "census2017_1874"]
    ours = declared_origins(CENSUS.created)
    both = theirs.merge(ours, on=["child", "parent"], how="outer")
    assert len(both) == len(theirs) == len(ours) == 20
    # ours sum to 1 after slivers are dropped, theirs to 0.964-1.004
    assert (both["ground"] - both["share_of_new_area"]).abs().max() < 0.04


def test_all_levels_keep_their_totals_but_for_putumayo(
    from_oldest: Crosswalk, old: gpd.GeoSeries, now: gpd.GeoDataFrame
) -> None:
    counts = pd.Series(range(1, len(old) + 1), index=old.index, dtype=float)
    there = carry_counts(counts, from_oldest)
    assert sorted(there.values.index) == sorted(now.index)
    changed = {}
    for digits in (2, 4):
        before = counts.groupby(counts.index.str[:digits]).sum()
        after = there.values.groupby(there.values.index.str[:digits]).sum()
        moved = (after.sub(before, fill_value=0.0)).abs()
        changed[digits] = set(moved[moved > 1e-6].index)
    assert changed == {2: set(), 4: {"1601", "1608"}}
    back = carry_counts(there.values, turned(from_oldest, counts)).values
    assert back[counts.index].to_dict() == pytest.approx(counts.to_dict())


def test_the_17_newer_districts_take_their_figures_from_their_parents(
    peru: Build, mirror: Path
) -> None:
    table = peru.levels[AdminLevel.DISTRICT].table
    raw = pd.read_csv(
        mirror / "migrants" / "census2017_residence_abroad_5y.csv", dtype={"ubigeo": str}
    ).set_index("ubigeo")["abroad_5y_total"]
    for level, made in peru.levels.items():
        published = raw.groupby(raw.index.str[: level.digits]).sum()
        values = made.table.values["abroad_5y_people"]
        if level is not AdminLevel.DISTRICT:
            assert values.to_dict() == pytest.approx(published.to_dict(), rel=1e-12)
            assert set(made.table.methods["abroad_5y_people"]) == {"observed"}
    assert table.values["abroad_5y_people"].sum() == pytest.approx(raw.sum(), rel=1e-12)
    # El Porvenir of the census in two: half of its ground is Alto Trujillo today
    (own,) = table.parents_of("130102", "abroad_5y_people")
    assert (own["ubigeo"], own["basis"]) == ("130102", "area")
    assert own["share"] == pytest.approx(0.511, abs=0.001)
    assert {p["ubigeo"] for p in table.parents_of("130112", "abroad_5y_people")} == {
        "130102",
        "130104",
    }


def test_cold_surges_reach_new_districts_and_joint_codes(peru: Build) -> None:
    table = peru.levels[AdminLevel.DISTRICT].table
    values, methods = table.values["cold_surge_risk_index"], table.methods["cold_surge_risk_index"]
    assert values.notna().all()
    # ALTO, MEDIO, MEDIO of Mazamari-Pangoa
    assert values[["120604", "120606"]].tolist() == pytest.approx([17.5 / 3] * 2)
    assert [p["ubigeo"] for p in table.parents_of("120604", "cold_surge_risk_index")] == ["120699"]
    assert methods["250307"] == "inherited"
    assert values["250307"] == values["250301"] > 0
    assert peru.statuses["cenepred_friaje_2017"].unmatched == ()


def test_every_source_of_districts_declares_its_vintage() -> None:
    known = {vintage.id for vintage in PERU.vintages} | {PERU.units_now}
    for source in CATALOGUE.sources.values():
        if source.code_column and source.code_level is AdminLevel.DISTRICT:
            assert source.units in known, source.id


def test_migrants_of_today_have_a_range_and_a_list_of_capped_units(peru: Build) -> None:
    table = peru.levels[AdminLevel.DISTRICT].table
    ranges = table.ranges[table.ranges["layer"] == "venezuelan_people"].set_index("ubigeo")
    values = table.values["venezuelan_people"]
    assert len(ranges) == 1891
    assert ((ranges["low"] <= values + 1e-6) & (values <= ranges["high"] + 1e-6)).all()
    assert ranges["is_capped"].sum() == 19
    assert ranges.loc["150132", ["low", "high"]].tolist() == pytest.approx([60911, 100282], abs=1)
