"""The two risks of the real country."""

import numpy as np
import pandas as pd
import pytest

from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.catalogue.needs import _LIMITS
from layers.catalogue.risk import RISK
from layers.indicators.inform import frozen_limits
from layers.terms import AdminLevel

pytestmark = pytest.mark.peru


def values_at(peru: Build, level: AdminLevel) -> pd.DataFrame:
    return peru.levels[level].table.values


@pytest.mark.parametrize("level", list(AdminLevel))
def test_every_unit_has_both_risks_from_0_to_10(peru: Build, level: AdminLevel) -> None:
    indices = values_at(peru, level)[[layer.id for layer in RISK]]
    assert indices.notna().all().all()
    assert indices.stack().between(0, 10 + 1e-9).all()


def test_risks_of_the_regions_of_the_offices(peru: Build) -> None:
    region = values_at(peru, AdminLevel.REGION)
    offices = ["15", "20", "21", "23", "24"]
    assert region.loc[offices, "risk_index"].tolist() == [3.0, 3.7, 4.2, 2.7, 3.1]
    assert region.loc[offices, "risk_migrants_index"].tolist() == [3.1, 3.5, 3.5, 2.6, 3.3]


def test_a_district_differs_between_populations_by_its_groups_only(peru: Build) -> None:
    district = values_at(peru, AdminLevel.DISTRICT)
    for name in ("hazard_exposure", "lack_of_coping"):
        same = np.isclose(district[f"{name}_index"], district[f"{name}_migrants_index"])
        assert same.all()
    # Tumbes, 240101: many migrants for its residents raise the risk of migrants above the other
    assert district.at["240101", "risk_migrants_index"] > district.at["240101", "risk_index"]


def test_the_limits_typed_in_are_those_of_the_script(peru: Build) -> None:
    district = values_at(peru, AdminLevel.DISTRICT)
    typed = {
        **_LIMITS,
        **{
            name: CATALOGUE.layer(name).limits_at(AdminLevel.DISTRICT)
            for name in (
                "emergencies_by_nature_per_100000_year",
                "emergencies_by_people_per_100000_year",
            )
        },
    }
    for name, limits in typed.items():
        assert frozen_limits(district[name], is_capped=True) == pytest.approx(limits, abs=0.06)


def test_only_the_risk_of_migrants_has_a_range_while_every_indicator_is_known(peru: Build) -> None:
    ranges = peru.levels[AdminLevel.DISTRICT].table.ranges
    counts = ranges.groupby("layer").size()
    assert "risk_index" not in counts
    assert counts["vulnerability_migrants_index"] == 1891
