"""Migrants of today by several weights, on four units of one region and one of another."""

from pathlib import Path

import pandas as pd
import pytest

from geoapp.answers.build import unit_answer
from geoapp.store.builds import read_build, write_build
from layers.built import Build
from layers.errors import ConservationError
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.table.migrants import capped_units, place_by_alternatives, place_migrants, range_of
from layers.terms import AdminLevel

KEY = pd.Series({"010101": 6.0, "010102": 2.0, "010103": 0.0, "020101": 2.0})
OTHER = pd.Series({"010101": 1.0, "010102": 1.0, "010103": 2.0, "020101": 1.0})
PEOPLE = pd.Series({"010101": 1000.0, "010102": 1000.0, "010103": 2000.0, "020101": 1000.0})
CONTROLS = [(100.0, {"01", "02"})]


def test_placed_by_hand() -> None:
    placed = place_migrants(KEY, PEOPLE, CONTROLS)
    # region 01 has 80 of 100 by key; 3/4 of them by key, 1/4 by people
    assert placed.to_dict() == pytest.approx(
        {"010101": 60 * 0.75 + 20 * 0.25, "010102": 20, "010103": 10, "020101": 20}
    )


def test_the_range_is_that_of_the_alternatives() -> None:
    made = place_by_alternatives({"key": KEY, "other": OTHER}, PEOPLE, CONTROLS)
    assert list(made.columns) == [
        *(f"{key}, {share}" for key in ("key", "other") for share in ("0", "0.25", "0.5")),
        "population",
    ]
    assert made.sum().tolist() == pytest.approx([100] * 7)
    found = range_of(made, AdminLevel.DISTRICT)
    # 010103: nothing by the key alone, 80 * 1/2 by other people or by population alone
    assert found.loc["010103"].to_dict() == pytest.approx({"low": 0, "high": 40})
    assert found.loc["010101"].to_dict() == pytest.approx({"low": 20, "high": 60})
    regions = range_of(made, AdminLevel.REGION)
    # each alternative is summed first: region 01 has 80 by either key
    assert regions.loc["01"].to_dict() == pytest.approx({"low": 80, "high": 80})


def test_units_at_their_ceiling_are_listed() -> None:
    placed = place_migrants(KEY, PEOPLE, [(500.0, {"01", "02"})])
    # 400 for weights of 0.625, 0.25 and 0.125: two units are full, the third takes the rest
    assert placed.tolist() == pytest.approx([150, 150, 100, 100])
    assert capped_units(placed, PEOPLE).tolist() == ["010101", "010102"]


def test_an_alternative_that_does_not_fit_is_missing_and_the_estimate_refuses() -> None:
    everyone_in_one = pd.Series({"010101": 6.0, "010102": 0.0, "010103": 0.0, "020101": 0.0})
    controls = [(300.0, {"01"})]
    with pytest.raises(ConservationError, match="larger than the 150"):
        place_migrants(everyone_in_one, PEOPLE, controls, share=0.0)
    made = place_by_alternatives({"key": everyone_in_one}, PEOPLE, controls)
    assert made["key, 0"].isna().all()
    assert range_of(made, AdminLevel.REGION).loc["01"].tolist() == pytest.approx([300, 300])


def test_parents_and_ranges_come_back_from_the_store(
    toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    write_build(toy_build, tmp_path)
    read = read_build(tmp_path).build
    for level, made in toy_build.levels.items():
        pd.testing.assert_frame_equal(read.levels[level].table.parents, made.table.parents)
        pd.testing.assert_frame_equal(read.levels[level].table.ranges, made.table.ranges)
    cell = unit_answer(read, toy[0], "010101")["layers"]["toy_migrants"]
    # 150 migrants of region 01: key 0 gives none, people alone a fifth
    assert cell["range"] == pytest.approx([0, 30])
    assert cell["at_ceiling"] is False
    assert "range" not in unit_answer(read, toy[0], "010101")["layers"]["toy_people"]
