"""The bench on the toy country: what it measures is there; how long it took is not asked."""

import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from bench.beside_folium import choropleth
from bench.chain import measure_ranking, measure_store
from bench.growth import exponent, page, put_into
from bench.measure import Measure
from bench.more_units import grow, split_units
from bench.page import measure_page
from bench.profile import ROOT, seconds_of_ours
from bench.report import report
from bench.robust import loop, made_up
from bench.zonal import measure_zonal
from geoapp.store.builds import Stored, read_build, write_build
from geoapp.words import words
from layers.built import Build
from layers.decide.draws import Rules, lay_out
from layers.decide.robust import rank_robustly
from layers.decide.score import rank_units
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel, Aggregation
from tests.toy import SCENARIO

PARTS = ("title", "short", "description")


@pytest.fixture
def stored(toy_build: Build, tmp_path: Path) -> Stored:
    write_build(toy_build, tmp_path / "bench")
    return read_build(tmp_path / "bench")


def test_store_and_ranking_are_measured_as_often_as_asked(
    stored: Stored, toy: tuple[Catalogue, Places]
) -> None:
    measures = [*measure_store(stored, 2), *measure_ranking(stored, toy[0], SCENARIO, 3)]
    assert [len(measure.samples) for measure in measures] == [2, 2, 3, 3]
    assert all(sample > 0 for measure in measures for sample in measure.samples)
    assert measures[-2].name == "ranking of 6 districts, new weights"


def test_zonal_means_are_measured_against_reading(stored: Stored, tmp_path: Path) -> None:
    measures = measure_zonal(tmp_path / "bench", 1, {0.05: (2.0, 1500.0)})
    # 3 by 2 degrees, and one cell more each way
    what = "zonal mean, 6 units, 0.0025 Mpx"
    assert [one.name for one in measures] == [
        what,
        f"{what}: to reading it",
        f"{what}: peak memory",
        f"{what}: rasterstats takes, times ours",
        f"{what}: rasterstats, peak memory",
    ]
    assert [one.target for one in measures] == [None, 2.0, 1500.0, None, None]
    assert all(one.samples[0] > 0 for one in measures)


def test_the_loop_that_robustness_is_measured_against_finds_the_same() -> None:
    inputs = made_up(60)
    for rules in (Rules(with_ranges=False), Rules()):
        field = lay_out(inputs, Aggregation.ARITHMETIC, rules.with_ranges)
        ours = rank_robustly(inputs, Aggregation.ARITHMETIC, rules, top=10).units["p_top"]
        slow = pd.Series(loop(field, rules, 3000, top=10), index=field.codes)
        assert (ours - slow).abs().max() < 0.05


def test_the_visitor_gets_the_answers_of_the_page(
    stored: Stored, toy: tuple[Catalogue, Places], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The page calls layers by their words, and those of the toy have none.
    own = {f"layer.{name}.{part}": name for name in toy[0].layers for part in PARTS}
    monkeypatch.setattr("geoapp.words.words", lambda language: {**words(language), **own})
    measures = {one.name: one for one in measure_page(stored, toy[0], SCENARIO, 1)}
    for act in ("layer change", "weight change"):
        assert measures[f"{act}: requests"].samples[0] >= 1
        assert measures[f"{act}: gzipped answer"].samples[0] > 0


def test_a_report_names_machine_and_verdict() -> None:
    measures = [
        Measure(name="quick", unit="ms", samples=(1.0, 9.0, 2.0), target=5.0),
        Measure(name="slow", unit="s", samples=(6.0, 7.0), target=5.0),
        Measure(name="free", unit="KB", samples=(1234.0,)),
    ]
    lines = report(measures, {"processor": "abacus"}, "2026-01-31", 3).splitlines()
    assert "- processor: abacus" in lines
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[-3:]]
    assert cells == [
        ["quick", "2.0 ms", "1.0 ms", "9.0 ms", "≤ 5.0 ms", "dentro"],
        ["slow", "6.50 s", "6.00 s", "7.00 s", "≤ 5.00 s", "fuera"],
        ["free", "1,234 KB", "1,234 KB", "1,234 KB", "", ""],
    ]


def test_units_are_split_without_losing_ground() -> None:
    whole = gpd.GeoSeries(
        [shapely.box(0, 0, 2, 1), shapely.Point(5, 5).buffer(1)], index=["010101", "010102"]
    )
    pieces = split_units(whole, 200)
    assert 100 <= len(pieces) <= 300
    for code, shape in whole.items():
        own = pieces[pieces.index == code]
        assert own.area.sum() == pytest.approx(shape.area)
        assert own.union_all().symmetric_difference(shape).area == pytest.approx(0, abs=1e-9)
    assert split_units(whole, 2) is whole
    assert split_units(whole, 200).equals(pieces)


def test_a_grown_country_has_the_same_people(stored: Stored, toy: tuple[Catalogue, Places]) -> None:
    made = stored.build.levels[AdminLevel.DISTRICT]
    layers = ["toy_residents", *(name for name, _ in SCENARIO.weights)]
    grown = grow(made, toy[0], layers, 300)
    assert len(grown.units) > 100
    assert list(grown.units.index[:2]) == ["000000", "000001"]
    people = "toy_residents"
    assert grown.table.values[people].sum() == pytest.approx(made.table.values[people].sum())
    assert grown.units["area_km2"].sum() == pytest.approx(made.units["area_km2"].sum())
    assert rank_units(grown.table, SCENARIO, toy[0]).units["rank"].notna().any()


def test_growth_is_told_by_its_exponent(tmp_path: Path) -> None:
    sizes = (100, 1_000, 10_000)
    assert exponent(sizes, [3.0 * size for size in sizes]) == pytest.approx(1)
    assert exponent(sizes, [1e-3 * size**2 for size in sizes]) == pytest.approx(2)
    costs = [{"seconds": size / 50, "megabytes": size**2 / 100} for size in sizes]
    measured = [
        {"units": size, "steps": {"orden": cost}} for size, cost in zip(sizes, costs, strict=True)
    ]
    told = page(measured, {"processor": "one"})
    assert "| orden | 2.00 s, 100 MB |" in told
    assert "| 1.00, lineal | 2.00, más que lineal |" in told
    target = tmp_path / "page.md"
    target.write_text("before\n<!-- bench.growth -->\nold\n<!-- /bench.growth -->\nafter\n")
    put_into(target, told)
    put_into(target, told)
    assert target.read_text("utf-8") == (
        f"before\n<!-- bench.growth -->\n{told}<!-- /bench.growth -->\nafter\n"
    )


def test_the_map_of_folium_holds_every_unit_and_what_it_needs(stored: Stored) -> None:
    page = choropleth(stored, "toy_people")
    made = stored.build.levels[AdminLevel.DISTRICT]
    assert all(f'"id": "{code}"' in page for code in made.units.index)
    assert not re.findall(r"<script src|<link", page)


def test_a_library_is_counted_where_it_was_called() -> None:
    def place(name: str, function: str) -> tuple[str, int, str]:
        return (str(ROOT / name), 1, function)

    ours, other = place("layers/decide/score.py", "rank_units"), place("layers/codes.py", "read")
    theirs = ("~", 0, "<sort>")
    stats = {
        ours: (1, 1, 2.0, 9.0, {}),
        other: (1, 1, 1.0, 1.0, {ours: (1, 1, 1.0, 1.0)}),
        theirs: (3, 3, 4.0, 6.0, {ours: (2, 2, 3.0, 5.0), theirs: (1, 1, 1.0, 1.0)}),
    }
    assert seconds_of_ours(stats) == {
        "layers.decide.score.rank_units": 2.0 + 5.0,
        "layers.codes.read": 1.0,
    }
