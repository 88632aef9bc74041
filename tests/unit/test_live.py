"""What the browser scores by, against the server's own ranking."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient

from geoapp.answers.robust import choice_sentences, told_firmness
from geoapp.app.live import STEPS, pack_points
from geoapp.settings import is_loopback
from layers.decide.draws import Rules
from layers.decide.firmness import firmness_of
from layers.decide.inputs import Inputs, weigh_inputs
from layers.decide.robust import rank_robustly
from layers.decide.scenario import MAX_MISSING_WEIGHT, Scenario
from layers.decide.score import rank_units
from layers.spec import Catalogue
from layers.table.units import UnitTable
from layers.terms import Aggregation
from tests.unit.test_robust import catalogue_of, table_of

NAN = float("nan")
ROWS = [
    [0.9, 0.2, NAN, NAN],
    [0.1, NAN, 0.7, NAN],
    [NAN, NAN, 0.4, NAN],
    [0.5, 0.5, 0.5, NAN],
    [0.5, 0.5, 0.5, NAN],
]
TABLE, CATALOGUE = table_of(ROWS, "abcd"), catalogue_of("abcd")


def alone(table: UnitTable, catalogue: Catalogue, base: Scenario) -> dict[str, Inputs]:
    nothing = {layer: 0.0 for layer, _ in base.weights}
    return {
        layer: weigh_inputs(table, base.with_weights({**nothing, layer: 1.0}), catalogue)
        for layer in nothing
    }


def browser_scores(base: Scenario, weights: list[float]) -> np.ndarray:
    """Score as assets/table.js does, from the bytes alone."""
    points = pack_points(alone(TABLE, CATALOGUE, base), base.aggregation)
    table = np.frombuffer(points.content, dtype="<u2").reshape(len(weights) + 1, len(ROWS))
    shares = np.array(weights) / sum(weights)
    lacks = sum(share * ((table[-1] >> bit) & 1) for bit, share in enumerate(shares))
    weighed = shares * points.has_any
    total = weighed @ table[:-1] / STEPS / weighed.sum() * 100
    if base.aggregation is Aggregation.GEOMETRIC:
        total = 100 * np.expm1(total / 100 * np.log(10)) / 9
    return np.where((lacks <= MAX_MISSING_WEIGHT) & (table[-1] >> 15 == 0), total, NAN)


@pytest.mark.parametrize("aggregation", list(Aggregation))
@pytest.mark.parametrize("weights", [[8, 7, 5, 0], [1, 1, 1, 1], [0, 3, 9, 2], [10, 0, 1, 0]])
def test_the_browser_scores_as_the_server_does(
    weights: list[float], aggregation: Aggregation
) -> None:
    pairs = tuple(zip("abcd", map(float, weights), strict=True))
    base = Scenario("b", pairs, aggregation=aggregation, places=("0101", "02"))
    ours = rank_units(TABLE, base, CATALOGUE).units["score"].reindex(TABLE.values.index)
    np.testing.assert_allclose(browser_scores(base, weights), ours, atol=0.005)


def test_a_unit_that_the_filters_leave_out_is_marked() -> None:
    pairs = tuple((name, 1.0) for name in "abcd")
    base = Scenario("b", pairs, places=("010101", "010104"))
    points = pack_points(alone(TABLE, CATALOGUE, base), base.aggregation)
    mask = np.frombuffer(points.content, dtype="<u2")[-len(ROWS) :]
    assert (mask >> 15).tolist() == [0, 1, 1, 0, 1]
    assert points.has_any == (True, True, True, False)
    assert (mask & 0b1111).tolist() == [0b1100, 0b1010, 0b1011, 0b1000, 0b1000]


def firmness_of_table(
    table: UnitTable, scenario: Scenario, catalogue: Catalogue, rules: Rules, tops: tuple[int, ...]
) -> dict[str, Any]:
    """Return what the page tells, counted here."""
    inputs = weigh_inputs(table, scenario, catalogue)
    return told_firmness(firmness_of(inputs, scenario.aggregation, rules, tops), rules)


def test_firmness_is_told_of_every_unit_in_the_order_of_the_table() -> None:
    base = Scenario("b", (("a", 2.0), ("b", 1.0), ("c", 2.0)))
    rules = Rules(draws=500)
    told = firmness_of_table(TABLE, base, CATALOGUE, rules, (1, 2))
    ranked = rank_units(TABLE, base, CATALOGUE).units["rank"].reindex(TABLE.values.index)
    assert [low is None for low in told["lows"]] == ranked.isna().tolist()
    inputs = weigh_inputs(TABLE, base, CATALOGUE)
    units = rank_robustly(inputs, base.aggregation, rules, 2).units.reindex(TABLE.values.index)
    for name, column in (("lows", "rank_low"), ("highs", "rank_high")):
        assert pd.Series(told[name], dtype=float).tolist() == pytest.approx(
            units[column].tolist(), nan_ok=True
        )
    assert [n for n in told["among"][2] if n is not None] == [
        round(p * 500) for p in units["p_top"].dropna()
    ]
    firsts = [n for n in told["among"][1] if n is not None]
    assert firsts == [round(p * 500) for p in units["p_first"].dropna()]


def test_where_nobody_ranks_nothing_is_told() -> None:
    empty = table_of([[NAN], [NAN]], "a")
    told = firmness_of_table(empty, Scenario("b", (("a", 1.0),)), CATALOGUE, Rules(draws=10), (2,))
    assert told["lows"] == told["highs"] == told["among"][2] == [None, None]
    assert choice_sentences(empty, Scenario("b", (("a", 1.0),)), CATALOGUE, 2) == {}


@pytest.mark.parametrize(
    "path",
    [
        "/points/district-0000.bin",
        "/points/galaxy-0000.bin",
        "/firmness/other/district.json",
        "/firmness/other/galaxy.json?w=a:1",
        "/firmness/other/district.json?k=7",
    ],
)
def test_answers_that_are_not_of_this_build_are_refused(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("host", "is_own"),
    [
        ("127.0.0.1", True),
        ("127.3.2.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.168.1.4", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_only_a_loopback_address_is_this_machine_alone(host: str, is_own: bool) -> None:
    assert is_loopback(host) is is_own
