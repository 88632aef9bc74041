"""Chains of the toy country, by hand: from a cell to the numbers of its files."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from geoapp.answers.chain import evidence_of, why_answer
from geoapp.answers.chain_words import formula_of
from geoapp.cli.chain_lines import chain_lines
from geoapp.words import LANGUAGES, words
from layers.built import Build
from layers.errors import UnknownIdError, UnknownUbigeoError
from layers.loaded_catalogue import with_loaded
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue, LayerSpec
from layers.spec.source import PointsSpec
from layers.table import explain as explain_module
from layers.table.evidence import Evidence
from layers.table.step import Rule
from layers.table.why import explain
from layers.terms import Combine, Dimension, MissingPolicy, Model, PlaceKind, ToUnit, Unit
from tests.loaded import brought
from tests.toy import COUNTRY, source
from tests.toy_whole import WHOLE_COUNTRY, make_whole_toy

Toy = tuple[Catalogue, Places]


@pytest.fixture
def evidence(toy_build: Build, toy: Toy) -> Evidence:
    return evidence_of(toy_build, toy[0], COUNTRY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_model_rule_and_way_has_its_sentence(language: str) -> None:
    wanted = {f"why.{name}" for name in (*Rule, *Model)}
    wanted |= {f"why.combine.{name}" for name in Combine}
    wanted |= {f"why.to_unit.{name}" for name in ToUnit if name is not ToUnit.MODEL}
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
    assert (cell.rule, cell.record and cell.record.source) == (Rule.LOADED, "toy_census")


NEED = LayerSpec(
    id="pin_health",
    dimension=Dimension.NEEDS,
    unit=Unit.PEOPLE,
    to_unit=ToUnit.MODEL,
    model=Model.PEOPLE_IN_NEED,
    inputs=("venezuelan_people",),
    figure="in_need",
)


def loaded_chains(toy: Toy, folder: Path, text: str) -> tuple[Evidence, Build, Catalogue]:
    """Build the toy country with migrants of today from a file of a user."""
    (folder / "migrants.csv").write_text(text, encoding="utf-8")
    migrants = replace(toy[0].layer("toy_migrants"), id="venezuelan_people")
    catalogue = toy[0].with_layers(migrants, NEED)
    places = replace(toy[1], loaded=folder / "loaded")
    files = [brought("migrants", folder / "migrants.csv", places)]
    made = build(catalogue, COUNTRY, places, loaded=files)
    catalogue = with_loaded(catalogue, files)
    return evidence_of(made, catalogue, COUNTRY), made, catalogue


def test_a_free_unit_gets_what_loaded_ones_leave_of_its_group(toy: Toy, tmp_path: Path) -> None:
    evidence, made, catalogue = loaded_chains(
        toy, tmp_path, "ubigeo,venezuelan_people\n010201,60\n"
    )
    given = explain(evidence, "venezuelan_people", "010201")
    assert (given.rule, given.value) == (Rule.LOADED, 60)
    assert given.record is not None
    assert given.record.source == "loaded_migrants"
    free = explain(evidence, "venezuelan_people", "010102")
    before, control = free.inputs
    # 150 for region 01, by three quarters of the key and one of the residents
    by_model = {
        "010101": 150 * 0.25 * 1 / 5,
        "010102": 150 * (0.75 * 9 / 112 + 0.25 / 5),
        "010202": 150 * (0.75 * 4 / 112 + 0.25 / 5),
    }
    assert (before.rule, before.value) == (
        Rule.BEFORE_LOADED,
        pytest.approx(by_model["010102"]),
    )
    assert (control.value, control.recomputed) == (150, 150)
    by_hand = (150 - 60) * by_model["010102"] / sum(by_model.values())
    assert [free.value, free.recomputed] == pytest.approx([by_hand] * 2)
    # nothing is loaded in region 02
    assert explain(evidence, "venezuelan_people", "020101").rule == Model.MIGRANTS_NOW
    formula = why_answer(made, catalogue, "venezuelan_people", "010102", country=COUNTRY)["formula"]
    assert "reparte 90 entre las unidades sin cifra cargada: lo que cabe en ellas de 150" in formula


def test_needs_after_loading_migrants_are_computed_again(toy: Toy, tmp_path: Path) -> None:
    evidence, *_ = loaded_chains(toy, tmp_path, "ubigeo,venezuelan_people\n010201,60\n")
    for unit in ("010101", "010102", "010201", "020102", "0101", "01"):
        steps = list(explain(evidence, "pin_health", unit).walk())
        assert [step.recomputed for step in steps if step.inputs] == pytest.approx(
            [step.value for step in steps if step.inputs], rel=1e-6
        )
    told = explain(evidence, "pin_health", "010201")
    # 100 in need among the 200 people of the country: one in two, whoever counted them
    assert (told.value, told.terms["level"]) == (pytest.approx(30), pytest.approx(0.5))


def test_loaded_figures_above_their_total_are_said(toy: Toy, tmp_path: Path) -> None:
    evidence, *_ = loaded_chains(toy, tmp_path, "ubigeo,venezuelan_people\n010201,160\n")
    free = explain(evidence, "venezuelan_people", "010102")
    assert formula_of(free, evidence, "en") == (
        "no data: what was loaded, 160, passes the published total, 150"
    )


@pytest.fixture
def whole(tmp_path: Path) -> Evidence:
    catalogue, places = make_whole_toy(tmp_path / "whole")
    return evidence_of(build(catalogue, WHOLE_COUNTRY, places), catalogue, WHOLE_COUNTRY)


def test_an_index_tells_scores_limits_and_what_is_known(whole: Evidence) -> None:
    coping = explain(whole, "toy_coping_index", "010101")
    # 2 clinics for 1000 people are 20 per 10,000: the best there is
    assert (coping.terms["parts"], coping.value) == ((0,), 0)
    assert formula_of(coping, whole, "en").endswith(
        "toy_clinics_per_10000 20 (from 0 to 20, less is worse) → 0; known 1 of its 1 indicators"
    )
    risk = explain(whole, "toy_risk_index", "010101")
    heat = formula_of(explain(whole, "toy_heat_celsius", "010101"), whole, "en")
    assert heat == "mean of the cells under the polygon; the raster covers 1 of 1"
    assert formula_of(risk, whole, "en").startswith("∛(0.3 × 4 × 0), each dimension")


def test_an_index_of_too_few_indicators_says_so(toy: Toy) -> None:
    catalogue = toy[0].with_layers(
        replace(
            toy[0].layer("toy_hazard_index"),
            id="toy_more",
            model=Model.INDEX_GEOMETRIC,
            inputs=("toy_hazard_index",),
        )
    )
    made = build(catalogue, COUNTRY, toy[1])
    (level, district), *others = made.levels.items()
    bare = district.table.values.assign(toy_uninsured=math.nan, toy_alarms_per_10000=math.nan)
    bare = bare.assign(toy_hazard_index=math.nan, toy_more=math.nan)
    table = replace(district.table, values=bare)
    levels = {level: replace(district, table=table), **dict(others)}
    evidence = evidence_of(replace(made, levels=levels), catalogue, COUNTRY)
    told = explain(evidence, "toy_more", "010101")
    assert math.isnan(told.recomputed)
    assert formula_of(told, evidence, "es").startswith(
        "sin dato: conocidos 0 de sus 2 indicadores y hace falta la mitad"
    )


def clinics(**more: object) -> LayerSpec:
    fields: dict[str, object] = {
        "id": "clinics",
        "dimension": Dimension.COPING,
        "unit": Unit.COUNT,
        "source": "clinics",
        "to_unit": ToUnit.PLACES,
        **more,
    }
    return LayerSpec(**fields)  # type: ignore[arg-type]


def test_places_are_counted_by_point_or_district_and_ways_from_homes(toy: Toy) -> None:
    folder = toy[1].mirror
    assert folder is not None
    rows = "name,ubigeo,lon,lat\na,010101,0.2,1.5\nb,010101,0.9,1.5\nc,010101,,\nd,020101,2.5,1.5\n"
    points = PointsSpec(kind=PlaceKind.HEALTH_FACILITY, name="name", lon="lon", lat="lat")
    homes = "name,lon,lat,people\nOeste,0.2,1.5,300\nEste,0.9,1.4,100\n"
    catalogue = toy[0].with_sources(
        source(folder, "clinics.csv", rows.encode(), "csv", points=points),
        source(
            folder,
            "homes.csv",
            homes.encode(),
            "csv",
            code_column=None,
            points=replace(points, kind=PlaceKind.SETTLEMENT, people="people"),
        ),
    )
    way = clinics(id="way", unit=Unit.KM, to_unit=ToUnit.NEAREST_PLACE, homes="homes")
    catalogue = catalogue.with_layers(clinics(), way)
    evidence = evidence_of(build(catalogue, COUNTRY, toy[1]), catalogue, COUNTRY)
    counted = explain(evidence, "clinics", "010101")
    assert (counted.rule, counted.value, counted.recomputed) == ("places", 3, 3)
    assert counted.record is not None
    assert (counted.record.source, counted.record.row) == ("clinics", "")
    assert "2 con coordenadas y 1 sin ellas" in formula_of(counted, evidence, "es")
    far = explain(evidence, "way", "010101")
    # 300 people live at a clinic and 100 a tenth of a degree south of the other one
    assert far.value == pytest.approx(0.1 * math.radians(1) * 6371 / 4, rel=1e-3)
    assert far.recomputed == pytest.approx(far.value)
    (home,) = far.inputs
    assert (home.rule, home.words, home.value) == (Rule.HOMES, "homes_people", 2)
    assert explain(evidence, "way", "010202").inputs[0].words == "homes_point"


@pytest.mark.parametrize(
    ("layer", "unit", "words"),
    [
        ("none", "010101", "no_row_counts"),
        ("none", "020102", "absent_is_zero"),
        ("none", "010102", "absent_is_zero"),
        ("share", "010101", ""),
    ],
)
def test_zeros_and_columns_say_how(toy: Toy, layer: str, unit: str, words: str) -> None:
    folder = toy[1].mirror
    assert folder is not None
    rows = "ubigeo,kind,men,women\n010101,flood,1,3\n020101,fire,2,2\n"
    catalogue = toy[0].with_sources(source(folder, "events.csv", rows.encode(), "csv"))
    fires = clinics(
        id="none",
        source="events",
        to_unit=ToUnit.SUM_ROWS,
        columns=("men",),
        where=(("kind", ("fire",)),),
        missing=MissingPolicy.ZERO,
        units_of="toy_names",
    )
    share = clinics(
        id="share",
        source="events",
        unit=Unit.PERCENT,
        to_unit=ToUnit.AS_IS,
        columns=("men", "women"),
        combine=Combine.SHARE,
        factor=100.0,
    )
    catalogue = catalogue.with_layers(fires, share)
    evidence = evidence_of(build(catalogue, COUNTRY, toy[1]), catalogue, COUNTRY)
    cell = explain(evidence, layer, unit)
    assert cell.words == words
    said = formula_of(cell, evidence, "en")
    if layer == "share":
        assert said == "from 2 published columns: men ÷ sum of all (men, women) × 100"
    else:
        assert (cell.value, said[-4:]) == (0, "zero")


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
