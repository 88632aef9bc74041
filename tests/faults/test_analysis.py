"""Figures at their limits: nothing to weigh, nothing to tell apart, nobody to divide by."""

import hashlib
import math
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geoapp.exports.files import write_export
from geoapp.exports.formats import EXPORTS
from geoapp.exports.frame import make_frame
from layers.decide.scenario import Scenario
from layers.decide.score import rank_units
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.toy import COUNTRY, SCENARIO, make_toy
from tests.unit.test_score import layer, table_of

CODES = ["010101", "010102", "010103"]


def ranked(**columns: list[float]) -> pd.DataFrame:
    values = pd.DataFrame(columns, index=CODES)
    catalogue = Catalogue(layers={name: layer(name) for name in columns})
    weights = tuple((name, 1.0) for name in columns)
    return rank_units(table_of(values), Scenario("s", weights), catalogue).units


@pytest.mark.fault(74)
def test_a_criterion_that_is_the_same_everywhere_leaves_the_order_to_the_others() -> None:
    units = ranked(a=[5.0, 5.0, 5.0], b=[10.0, 30.0, 20.0])
    assert units["rank"].to_dict() == {"010102": 1, "010103": 2, "010101": 3}
    assert np.isfinite(units["score"]).all()


@pytest.mark.fault(74)
def test_where_nothing_is_known_nobody_has_a_rank() -> None:
    nothing = [math.nan] * 3
    units = ranked(a=nothing, b=nothing)
    assert units["rank"].isna().all()
    assert units["score"].isna().all()
    assert not units[["low", "high"]].isin([math.inf, -math.inf]).any().any()


@pytest.mark.fault(75)
def test_ties_are_in_the_order_of_the_codes_whatever_that_of_the_rows() -> None:
    rows = list(zip(CODES, [7.0, 9.0, 7.0], strict=True))
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        values = pd.DataFrame({"a": dict(rows)}).loc[[code for code, _ in rows]]
        catalogue = Catalogue(layers={"a": layer("a")})
        units = rank_units(table_of(values), Scenario("s", (("a", 1.0),)), catalogue).units
        assert list(units.index) == ["010102", "010101", "010103"]
        assert units["rank"].tolist() == [1, 2, 2]


@pytest.mark.fault(76)
def test_a_missing_figure_is_not_a_need_of_zero() -> None:
    known = ranked(a=[50.0, 40.0, 60.0], b=[0.0, 50.0, 50.0])
    missing = ranked(a=[50.0, 40.0, 60.0], b=[math.nan, 50.0, 50.0])
    zero, open_ = known.loc["010101"], missing.loc["010101"]
    assert zero["low"] == pytest.approx(zero["high"])
    assert open_["high"] > zero["score"]
    assert open_["missing_weight"] == pytest.approx(0.5)


@pytest.mark.fault(77)
def test_no_figure_of_a_built_table_is_infinite(toy: tuple[Catalogue, Places]) -> None:
    catalogue, places = toy
    built = build(catalogue, COUNTRY, places)
    for made in built.levels.values():
        assert not np.isinf(made.table.values.to_numpy(dtype=float)).any()


def table_of_toy(folder: Path, is_turned: bool) -> bytes:
    """Return the CSV of the toy country, the rows of its sources turned upside down or not."""
    catalogue, places = make_toy(folder)
    sources = []
    for source in catalogue.sources.values():
        path = folder / (source.mirror or "")
        if is_turned and source.format == "csv":
            head, *rows = path.read_text("utf-8").splitlines(keepends=True)
            path.write_text("".join([head, *reversed(rows)]), "utf-8")
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        sources.append(replace(source, sha256=sha256))
    turned = Catalogue.of(sources=tuple(sources), layers=tuple(catalogue.layers.values()))
    built = build(turned, COUNTRY, places)
    frame = make_frame(built, AdminLevel.DISTRICT, SCENARIO, turned, COUNTRY, date="2026-11-22")
    return write_export(frame, EXPORTS["csv"], folder / "t.csv")[0].read_bytes()


@pytest.mark.fault(80)
def test_sources_made_twice_or_turned_upside_down_give_the_same_bytes(tmp_path: Path) -> None:
    first = table_of_toy(tmp_path / "a", is_turned=False)
    assert table_of_toy(tmp_path / "b", is_turned=False) == first
    assert table_of_toy(tmp_path / "c", is_turned=True) == first
