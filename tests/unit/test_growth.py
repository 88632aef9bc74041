import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.errors import DeclarationError
from layers.indicators.growth import yearly_growth
from layers.spec import LayerSpec
from layers.terms import Dimension, Method, Model, ToUnit, Unit


def one(value: float) -> pd.Series:
    return pd.Series([value])


def test_growth_by_hand() -> None:
    assert yearly_growth(one(121.0), one(100.0), 2.0)[0] == pytest.approx(10.0)
    assert yearly_growth(one(25.0), one(100.0), 2.0)[0] == pytest.approx(-50.0)
    assert yearly_growth(one(0.0), one(100.0), 4.0)[0] == -100.0


def test_growth_from_nobody_or_the_unknown_is_missing() -> None:
    now = pd.Series([5.0, 5.0, float("nan")])
    before = pd.Series([0.0, float("nan"), 5.0])
    assert yearly_growth(now, before, 4.0).isna().all()


@given(
    before=st.floats(1.0, 1e7),
    rate=st.floats(-50.0, 50.0),
    years=st.integers(min_value=1, max_value=9),
)
def test_a_constant_rate_comes_back(before: float, rate: float, years: int) -> None:
    now = before * (1 + rate / 100) ** years
    assert yearly_growth(one(now), one(before), years)[0] == pytest.approx(rate, abs=1e-6)


def growth(years: float | None, model: Model = Model.GROWTH) -> LayerSpec:
    return LayerSpec(
        id="g",
        dimension=Dimension.POPULATION,
        unit=Unit.PERCENT_YEAR,
        to_unit=ToUnit.MODEL,
        model=model,
        inputs=("now", "before"),
        years=years,
    )


def test_a_growth_declares_its_years_and_nothing_else_does() -> None:
    assert growth(4.0).method is Method.OBSERVED
    for years, model in ((None, Model.GROWTH), (0.0, Model.GROWTH), (4.0, Model.RATIO)):
        with pytest.raises(DeclarationError, match="a growth needs the years"):
            growth(years, model)
