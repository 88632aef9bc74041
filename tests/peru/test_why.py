"""Every layer of Peru tells how its figures came to be, and each is computed again from its parts."""

import math
import random

import pytest

from geoapp.answers.chain import evidence_of
from geoapp.answers.chain_words import formula_of
from geoapp.words import words
from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.countries import COUNTRIES
from layers.table.evidence import Evidence
from layers.table.step import Rule, Step
from layers.table.why import explain
from layers.terms import AdminLevel, ToUnit

pytestmark = pytest.mark.peru

FOLLOWS = {Rule.CARRIED, Rule.SUM, Rule.MEAN, Rule.INHERITED, Rule.REGION_SHARE, Rule.CONTROL}
COUNTED = {ToUnit.PLACES, ToUnit.NEAREST_PLACE}
LEAVES = ({*Rule, *ToUnit} - FOLLOWS) - COUNTED
NEWER = ("130112", "221006")
"""Two of the districts whose figures are carried from several parents."""


@pytest.fixture(scope="module")
def evidence(peru: Build) -> Evidence:
    return evidence_of(peru, CATALOGUE, COUNTRIES["per"])


def some_units(peru: Build) -> list[str]:
    chosen = random.Random(7)
    found = [*NEWER, "240101", "150132", "24"]
    for level, count in ((AdminLevel.DISTRICT, 4), (AdminLevel.PROVINCE, 1)):
        found += chosen.sample(sorted(peru.levels[level].units.index), count)
    return found


@pytest.fixture(scope="module")
def chains(peru: Build, evidence: Evidence) -> dict[str, list[Step]]:
    """Every step of every layer of some units, each cell of a unit told once."""
    found: dict[str, list[Step]] = {}
    for unit in some_units(peru):
        steps: list[Step] = []
        told: set[str] = set()
        # The last layers rest on the first ones, whose cells their chains tell too.
        for layer in reversed(CATALOGUE.layers):
            if layer in told:
                continue
            steps += explain(evidence, layer, unit).walk()
            own = [step for step in steps if step.unit == unit and step.rule != Rule.REGION_SHARE]
            told |= {step.layer for step in own}
        assert set(CATALOGUE.layers) <= told
        found[unit] = steps
    return found


def check(step: Step) -> None:
    if step.rule in LEAVES:
        assert math.isnan(step.recomputed)
        return
    same = math.isnan(step.value) and math.isnan(step.recomputed)
    assert same or step.recomputed == pytest.approx(step.value, rel=1e-6, abs=1e-9), step


def test_every_step_of_every_layer_is_computed_again(chains: dict[str, list[Step]]) -> None:
    for steps in chains.values():
        for step in steps:
            check(step)


def test_every_chain_ends_in_published_numbers_of_declared_sources(
    chains: dict[str, list[Step]],
) -> None:
    told_elsewhere = {Rule.PART, Rule.ABOVE, Rule.NOT_DIVIDED}
    for step in chains["240101"]:
        if not step.inputs and step.rule not in told_elsewhere:
            assert step.record is not None, step
            assert CATALOGUE.source(step.record.source).sha256


def test_the_sources_of_a_chain_are_those_of_the_cell(peru: Build, evidence: Evidence) -> None:
    table = peru.levels[AdminLevel.DISTRICT].table
    for layer in (
        "pin_wash",
        "risk_index",
        "needs_per_person",
        "nbi_any_pct",
        "hospital_distance_km",
        "hospitals_per_10000",
    ):
        chain = explain(evidence, layer, "240101")
        named = {step.record.source for step in chain.walk() if step.record}
        assert named == set(table.sources[layer])


def test_tumbes_by_hand(evidence: Evidence) -> None:
    need = explain(evidence, "pin_wash", "240101")
    people, deficit, total = need.inputs
    assert (total.layer, total.value, total.record and total.record.row) == (
        "pin_wash",
        762_000,
        "pin_wash",
    )
    assert need.value == pytest.approx(
        min(people.value, float(need.terms["level"]) * people.value * deficit.value)
    )
    key, residents, region = people.inputs
    assert (key.value, residents.value) == (183, 116_717)
    assert region.value == pytest.approx((1_497_746 - 1_000_000) * 210 / 6_839)
    weight = 0.75 * 183 / 210 + 0.25 * 116_717 / float(people.terms["people_of_region"])
    assert people.value == pytest.approx(min(0.15 * 116_717, region.value * weight))


def test_every_sentence_has_its_numbers_and_only_cells_are_published_figures(
    chains: dict[str, list[Step]], evidence: Evidence
) -> None:
    published = words("es")["why.to_unit.as_is"].partition("{")[0]
    for unit in ("240101", NEWER[0], "24"):
        for step in chains[unit]:
            # A place of a sentence that nothing fills is an error.
            said = formula_of(step, evidence, "es")
            formula_of(step, evidence, "en")
            if said.startswith(published) and step.rule != Rule.NATIONAL:
                own = CATALOGUE.layer(step.layer)
                assert own.to_unit is ToUnit.AS_IS
                assert len(own.columns) == 1 or own.published


def test_a_list_of_places_is_told_by_its_file(evidence: Evidence) -> None:
    cell = explain(evidence, "hospitals_count", "240101")
    assert cell.record is not None
    assert (cell.record.source, cell.record.row) == ("minsa_facilities_2022", "")
    assert (cell.value, cell.recomputed) == (2, 2)


def test_the_levels_of_a_placement_place_its_whole_total(peru: Build, evidence: Evidence) -> None:
    values = peru.levels[AdminLevel.DISTRICT].table.values
    level = float(explain(evidence, "pin_food", "150132").terms["level"])
    people = values["venezuelan_people"]
    placed = (level * people * values["food_vulnerability_index"]).clip(upper=people)
    assert placed.sum() == pytest.approx(1_490_000)
