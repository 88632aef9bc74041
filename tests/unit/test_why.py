"""Chains of the toy country, by hand: from a cell to the numbers of its files."""

from dataclasses import replace

import pytest

from geoapp.chain import evidence_of, why_answer
from geoapp.cli.chain_lines import chain_lines
from geoapp.words import LANGUAGES, words
from layers.errors import UnknownIdError, UnknownUbigeoError
from layers.pipeline import Build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.table import explain as explain_module
from layers.table.step import Rule
from layers.table.why import Evidence, explain
from layers.terms import Model
from tests.toy import COUNTRY

Toy = tuple[Catalogue, Places]


@pytest.fixture
def evidence(toy_build: Build, toy: Toy) -> Evidence:
    return evidence_of(toy_build, toy[0], COUNTRY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_model_and_rule_has_its_sentence(language: str) -> None:
    wanted = {f"why.{name}" for name in (*Rule, *Model)}
    assert wanted - set(words(language)) == set()


def test_a_published_cell_names_row_column_and_file(evidence: Evidence) -> None:
    cell = explain(evidence, "toy_uninsured", "010201")
    assert (cell.rule, cell.value) == (Rule.PUBLISHED, 30)
    assert cell.record is not None
    # the file lost the leading zero of the code
    assert (cell.record.source, cell.record.row, cell.record.columns) == (
        "toy_census",
        "10201",
        ("uninsured",),
    )


def test_a_newer_district_is_told_by_its_parent(evidence: Evidence) -> None:
    cell = explain(evidence, "toy_residents", "020102")
    (parent,) = cell.inputs
    # the two squares share the 1000 residents of 020101 by area
    assert (cell.rule, parent.unit, parent.value) == (Rule.CARRIED, "020101", 1000)
    assert [cell.value, cell.recomputed] == pytest.approx([500] * 2, rel=1e-3)


def test_migrants_are_told_by_key_residents_and_totals(evidence: Evidence) -> None:
    cell = explain(evidence, "toy_migrants", "010201")
    key, residents, region = cell.inputs
    assert (key.value, residents.value, region.value) == (99, 2000, pytest.approx(150))
    # region 01: 112 of the key and 5000 residents; no unit is at its ceiling of 15 %
    by_hand = 150 * (0.75 * 99 / 112 + 0.25 * 2000 / 5000)
    assert [cell.value, cell.recomputed] == pytest.approx([by_hand] * 2)
    rest = explain(evidence, "toy_migrants", "020101").inputs[2]
    assert [(total.layer, total.value) for total in rest.inputs] == [
        ("migrants", 200),
        ("migrants_01", 150),
    ]
    assert [rest.value, rest.recomputed] == pytest.approx([50] * 2)


def test_coarser_figures_list_their_parts_and_finer_ones_their_whole(evidence: Evidence) -> None:
    people = explain(evidence, "toy_residents", "0101")
    assert (people.rule, [part.value for part in people.inputs]) == (Rule.SUM, [1000, 1000])
    rate = explain(evidence, "toy_uninsured", "01")
    # provinces: 15 % of 2000 and 100/3 % of 3000 residents
    assert (rate.rule, rate.recomputed) == (Rule.MEAN, pytest.approx((15 * 2 + 100) / 5))
    alarms = explain(evidence, "toy_alarms_per_10000", "010101")
    assert (alarms.rule, alarms.value) == (Rule.INHERITED, alarms.recomputed)
    assert alarms.inputs[0].recomputed == pytest.approx(11 / 5000 * 10_000)


@pytest.mark.parametrize("unit", ["010101", "020102", "0102", "02"])
def test_every_layer_is_computed_again(evidence: Evidence, toy: Toy, unit: str) -> None:
    for layer in toy[0].layers:
        for step in explain(evidence, layer, unit).walk():
            if step.inputs:
                assert step.recomputed == pytest.approx(step.value, rel=1e-9, nan_ok=True)


def test_a_cell_that_comes_twice_is_told_once(evidence: Evidence) -> None:
    rules = [step.rule for step in explain(evidence, "toy_in_need", "010101").walk()]
    assert rules.count(Model.MIGRANTS_NOW) == 1
    hazard = explain(evidence, "toy_hazard_index", "010101")
    assert [step.layer for step in hazard.inputs] == ["toy_uninsured", "toy_alarms_per_10000"]


def test_a_model_without_an_explanation_is_told_by_its_inputs(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explain_module, "_EXPLAINED", {})
    index = explain(evidence, "toy_hazard_index", "010101")
    assert (len(index.inputs), index.terms) == (2, {})
    assert index.recomputed == pytest.approx(index.value)


def test_loaded_figures_are_their_own_source(toy_build: Build, toy: Toy) -> None:
    (level, made), *others = toy_build.levels.items()
    methods = made.table.methods.copy()
    methods.loc["010101", "toy_in_need"] = "observed"
    sources = {**made.table.sources, "toy_in_need": ("toy_census",)}
    table = replace(made.table, methods=methods, sources=sources)
    loaded = replace(toy_build, levels={level: replace(made, table=table), **dict(others)})
    cell = explain(evidence_of(loaded, toy[0], COUNTRY), "toy_in_need", "010101")
    assert (cell.rule, cell.record and cell.record.source) == (Rule.PUBLISHED, "toy_census")


def test_what_is_not_there_is_said(evidence: Evidence) -> None:
    with pytest.raises(UnknownUbigeoError, match="no district with the UBIGEO '010109'"):
        explain(evidence, "toy_residents", "010109")
    with pytest.raises(UnknownIdError, match="did you mean toy_people"):
        explain(evidence, "toy_peopl", "010101")


def test_the_chain_as_text_and_in_both_languages(toy_build: Build, toy: Toy) -> None:
    chain = why_answer(toy_build, toy[0], "toy_in_need", "010201", country=COUNTRY)
    text = "\n".join(chain_lines(chain))
    assert "└─ Total nacional: in_need: 100 personas" in text
    assert "fila 10201 · columna venezuela" in text
    english = why_answer(toy_build, toy[0], "toy_in_need", "010201", "en", COUNTRY)
    assert english["formula"].startswith("the lesser of")
