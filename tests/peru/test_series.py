"""Series and ages of Peru against the layers that are made from the same figures."""

import pytest

from geoapp.answers.ages import ages_of
from geoapp.answers.seasons import seasons_of
from geoapp.answers.series import series_of
from layers.built import Build
from layers.countries import COUNTRIES
from layers.indicators.season import quarter_of
from layers.terms import AdminLevel

PERU = COUNTRIES["per"]


@pytest.mark.parametrize(
    ("series", "layer"),
    [("rain_by_year", "rain_mm_year"), ("temperature_by_year", "surface_temperature_celsius")],
)
@pytest.mark.parametrize("level", list(AdminLevel))
def test_the_mean_of_the_years_is_the_layer_at_every_level(
    peru: Build, series: str, layer: str, level: AdminLevel
) -> None:
    made = peru.levels[level]
    years = peru.series[series].reindex(made.units.index)
    assert years.notna().all(axis=None)
    assert years.mean(axis=1).to_numpy() == pytest.approx(made.table.values[layer].to_numpy())


def test_the_emergencies_of_the_years_add_up_to_those_of_the_region(peru: Build) -> None:
    regions = peru.levels[AdminLevel.REGION].table.values["emergencies_count"]
    years = peru.series["emergencies_by_year"]
    assert years.sum(axis=1).to_dict() == regions.to_dict()


def test_the_wettest_month_of_the_series_is_that_of_the_layer(peru: Build) -> None:
    months = peru.series["rain_by_month"].loc["240101"]
    share = peru.levels[AdminLevel.DISTRICT].table.values.at["240101", "rain_wettest_month_pct"]
    assert 100 * months.max() / months.sum() == pytest.approx(share)
    found = quarter_of(months.tolist())
    assert found is not None
    assert found.months == (2, 3, 4)


def test_a_district_shows_the_emergencies_of_its_region_and_says_so(peru: Build) -> None:
    series = {one["id"]: one for one in series_of(peru, PERU.catalogue, "240101", "es")}
    told = series["emergencies_by_year"]
    assert "de la región Tumbes" in told["whose"]
    assert dict(told["points"])[2001] is None
    assert told["gaps"] == "Sin dato: 2001–2011, 2023–2024."
    assert told["step"]["record"]["row"] == "24"
    assert series["rain_by_year"]["whose"] == ""


def test_a_desert_has_no_season_of_rain(peru: Build) -> None:
    def lines(ubigeo: str) -> dict[str, str]:
        told = seasons_of(peru, PERU.catalogue, ubigeo, "es")
        assert told is not None
        return {line["season"]: line["when"] for line in told["lines"]}

    assert lines("240101")["wet"].startswith("de febrero a abril: cae el 68 %")
    assert lines("150101")["wet"].startswith("no se sabe: caen 15 mm")
    assert lines("150101")["unknown"].startswith("no se sabe")


def test_the_ages_are_every_resident_once(peru: Build) -> None:
    values = peru.levels[AdminLevel.DISTRICT].table.values
    shares = values[[layer for layer, *_ in PERU.ages]]
    assert shares.sum(axis=1, skipna=False).dropna().to_numpy() == pytest.approx(100)
    table = peru.levels[AdminLevel.DISTRICT].table
    told = ages_of(table, PERU.catalogue, PERU, "240101", "es")
    assert told is not None
    # The area of a bar is its share: length and years multiply to it.
    areas = [group["length"] * group["years"] for group in told["groups"]]
    ages = [values.at["240101", group["layer"]] for group in told["groups"]]
    assert [area / sum(areas) * 100 for area in areas] == pytest.approx(ages)
