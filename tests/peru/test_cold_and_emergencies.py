"""Cold, climate and emergencies of the real country: totals, and units looked at one by one."""

import numpy as np
import pandas as pd
import pytest

from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.catalogue.emergencies import EMERGENCY_HAZARDS, OTHER_EMERGENCIES
from layers.sources.locate import Places, locate, starter_folder
from layers.sources.read import read_table
from layers.terms import AdminLevel

pytestmark = pytest.mark.peru
DISTRICT, REGION = AdminLevel.DISTRICT, AdminLevel.REGION


@pytest.fixture(scope="module")
def districts(peru: Build) -> pd.DataFrame:
    return peru.levels[DISTRICT].table.values


@pytest.fixture(scope="module")
def regions(peru: Build) -> pd.DataFrame:
    return peru.levels[REGION].table.values


def rows_of(source: str, mirror: object) -> pd.DataFrame:
    spec = CATALOGUE.source(source)
    places = Places(store=starter_folder(), starter=starter_folder(), mirror=mirror)  # type: ignore[arg-type]
    return read_table(locate(spec, places)[1], spec)


@pytest.mark.parametrize(
    ("hazard", "source"),
    [("frost", "cenepred_heladas_2017"), ("cold_surge", "cenepred_friaje_2017")],
)
def test_the_mean_risk_is_that_of_its_sectors_and_no_person_is_lost(
    hazard: str, source: str, districts: pd.DataFrame, mirror: object
) -> None:
    sectors = [f"{hazard}_{sector}_risk_index" for sector in ("health", "housing", "education")]
    means = districts[sectors].mean(axis=1)
    assert means.to_numpy() == pytest.approx(districts[f"{hazard}_risk_index"].to_numpy())
    published = rows_of(source, mirror)["pop_2016"].astype(float).sum()
    assert districts[f"{hazard}_exposed_people"].sum() == pytest.approx(published)
    # Outside the scenario: no risk, nobody exposed, and no temperature.
    outside = districts[f"{hazard}_exposed_people"] == 0
    assert (districts.loc[outside, sectors] == 0).all(axis=None)
    assert districts[f"{hazard}_coldest_celsius"].isna().equals(outside.rename(None))


def test_one_row_of_two_districts_is_copied_or_divided(
    districts: pd.DataFrame, mirror: object
) -> None:
    rows = rows_of("cenepred_friaje_2017", mirror).set_index("ubigeo")
    two = districts.loc[["120604", "120606"]]
    assert two["cold_surge_health_risk_index"].nunique() == 1
    # A part of one of them is a district of its own today.
    parts = districts.loc[districts.index.str.startswith("1206"), "cold_surge_exposed_people"]
    assert 0 < two["cold_surge_exposed_people"].sum() <= float(rows.at["120699", "pop_2016"])
    assert (two["cold_surge_exposed_people"] > 0).all()
    assert parts.notna().all()


def test_every_name_of_the_register_is_declared(mirror: object) -> None:
    named = set(rows_of("indeci_emergencies", mirror)["tipo_fenomeno"])
    declared = [name for names in EMERGENCY_HAZARDS.values() for name in names]
    assert len(declared) == len(set(declared))
    assert named == set(declared) | set(OTHER_EMERGENCIES)


def test_eruptions_are_miscoded_in_the_register(mirror: object) -> None:
    rows = rows_of("indeci_emergencies", mirror)
    rows = rows[rows["tipo_fenomeno"] == "ERUPCIONES VOLCANICAS"]
    by_region = rows["emergencies"].astype(int).groupby(rows["departamento"]).sum()
    assert by_region.idxmax() == "LORETO"


def test_emergencies_by_hazard_and_the_rest_are_all_of_them(
    regions: pd.DataFrame, mirror: object
) -> None:
    rows = rows_of("indeci_emergencies", mirror)
    rows = rows[rows["anio"].astype(int) < 2023]
    others = rows[rows["tipo_fenomeno"].isin(OTHER_EMERGENCIES)]["emergencies"].astype(int).sum()
    by_hazard = sum(regions[f"emergencies_{hazard}_count"].sum() for hazard in EMERGENCY_HAZARDS)
    assert by_hazard + others == regions["emergencies_count"].sum()
    people = rows[["affected", "damnificados"]].astype(int).to_numpy().sum()
    assert regions["emergencies_people"].sum() == people
    rates = [f"emergencies_{hazard}_per_100000_year" for hazard in EMERGENCY_HAZARDS]
    assert regions[rates].notna().all(axis=None)


def test_hazards_are_where_they_are_known_to_be(
    regions: pd.DataFrame, districts: pd.DataFrame
) -> None:
    assert regions.at["16", "emergencies_cold_count"] < 50
    assert regions["emergencies_cold_per_100000_year"].idxmax() == "09"
    # Rain of the two coastal El Niño: Piura and Tumbes
    assert set(regions["rain_2023_ratio"].nlargest(3).index) >= {"20", "24"}
    assert districts["rain_2017_ratio"].idxmax()[:2] in {"14", "20", "24"}
    # Puno freezes on the most days, and Iquitos never
    assert districts["frost_days_month"].groupby(districts.index.str[:2]).mean().idxmax() == "21"
    assert districts.at["160101", "frost_days_month"] == 0


def test_the_trend_of_rain_is_the_median_of_all_pairs_of_years(
    districts: pd.DataFrame, mirror: object
) -> None:
    rows = rows_of("climate_pp", mirror).set_index("ubigeo")
    rain = rows.loc["150101"].filter(like="precipitation").astype(float).tolist()
    slopes = [(rain[j] - rain[i]) / (j - i) for j in range(24) for i in range(j)]
    by_hand = float(np.median(slopes)) * 73.05 * 10
    assert districts.at["150101", "rain_trend_mm_year_decade"] == pytest.approx(by_hand)
    least = min(rain) / (sum(rain) / 24)
    assert districts.at["150101", "drought_driest_year_ratio"] == pytest.approx(least)


def test_declared_districts_zero_in_whole_regions_and_unknown_elsewhere(
    districts: pd.DataFrame, regions: pd.DataFrame
) -> None:
    rain, drought = districts["declared_rain_pct"], districts["declared_drought_pct"]
    region = districts.index.str[:2]
    assert (rain[region == "20"] == 100).all()
    assert regions.at["20", "declared_rain_pct"] == pytest.approx(100)
    # Áncash is listed whole but for the name that was doubtful
    assert rain[region == "02"].isna().sum() == 1
    assert np.isnan(rain["021009"])
    # La Libertad is cut off for rain and whole for drought; Cajamarca the other way round
    assert set(rain[region == "13"].dropna()) == {100}
    assert set(drought[region == "13"].dropna()) == {0, 100}
    assert set(rain[region == "06"].dropna()) == {0, 100}
    assert set(drought[region == "06"].dropna()) == {100}
    assert np.isnan(regions.at["13", "declared_rain_pct"])
    assert rain[region == "08"].isna().all()
