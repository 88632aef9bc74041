"""Intensities against values that others published."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import SourceDamagedError
from layers.harmonise.earthquakes import events_of
from layers.indicators.seismic_history import (
    annual_rates,
    hypocentral_km_to,
    intensity_of_return,
    largest_intensity,
)
from layers.indicators.shaking import (
    crustal_intensity,
    intensity,
    intensity_of_acceleration,
    subduction_acceleration,
)
from layers.indicators.sphere import directions

# openquake, hazardlib/tests/gsim/data/a12ipe/AWW_IPE_RHYPO_MEAN.csv (from an independent Matlab
# code of the authors): magnitude, hypocentral km, intensity. Its tolerance is 0.1 %.
ALLEN = [
    (5.0, 1.0, 8.1928149),
    (5.0, 20.0, 5.0191197),
    (5.0, 50.0, 3.7394023),
    (5.0, 300.0, 1.3680280),
    (6.0, 10.0, 7.2488079),
    (6.0, 50.0, 5.1603881),
    (6.0, 100.0, 4.2486195),
    (7.0, 5.0, 8.2206291),
    (7.0, 10.0, 8.0343509),
    (7.0, 100.0, 5.6632662),
    (7.0, 300.0, 4.2223319),
]
# openquake, YOUNGS97/Y97SInter_MEAN.csv (since 2087206: older tables have a wrong constant of
# soil) and Y97SSlab_MEAN.csv, column pga: magnitude, depth, km to the rupture, rock, g. Rows
# whose depth is on the side of our limit between interface and slab.
INTERFACE = [
    (5.0, 0.0, 60.0, False, 0.0224210162843465),
    (5.0, 0.0, 60.0, True, 0.016132003441159636),
    (5.0, 10.0, 10.0, False, 0.19671222731715518),
    (8.2, 10.0, 150.0, False, 0.10364168887409654),
    (8.2, 10.0, 150.0, True, 0.06064691319285153),
    (8.2, 10.0, 200.0, False, 0.07410746859814418),
]
SLAB = [
    (7.0, 100.0, 90.0, False, 0.20508768413814232),
    (7.0, 100.0, 90.0, True, 0.12678432860729583),
    (7.0, 100.0, 200.0, False, 0.06497852017901327),
    (7.0, 150.0, 150.0, False, 0.14144303358559915),
    (7.0, 150.0, 150.0, True, 0.08126932641186146),
]
# ShakeMap, test of WGRW12: g, intensity.
WORDEN = [
    (0.01, 3.31708696),
    (0.03, 4.05662491),
    (0.1, 5.76917533),
    (0.2, 6.88298631),
    (0.3, 7.53452397),
    (0.5, 8.35536434),
]


@pytest.mark.parametrize(("magnitude", "distance", "expected"), ALLEN)
def test_crustal_intensity_is_that_of_allen(
    magnitude: float, distance: float, expected: float
) -> None:
    found = crustal_intensity(np.array(magnitude), np.array(distance))
    assert found == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(("magnitude", "depth", "distance", "rock", "expected"), INTERFACE + SLAB)
def test_acceleration_is_that_of_youngs(
    magnitude: float, depth: float, distance: float, rock: bool, expected: float
) -> None:
    found = subduction_acceleration(
        np.array(magnitude), np.array(distance), np.array(depth), rock=rock
    )
    assert found == pytest.approx(expected, rel=1e-6)


def test_intensity_of_acceleration_is_that_of_worden() -> None:
    given_g, expected = np.array(WORDEN).T
    assert intensity_of_acceleration(given_g) == pytest.approx(expected, abs=1e-6)
    # below log10 of 0.14, by hand: 1.71 + 2.08 * 0
    assert intensity_of_acceleration(np.array(1 / 981)) == pytest.approx(1.71)


def test_depth_chooses_the_formula() -> None:
    magnitude, distance = np.array(7.0), np.array(100.0)
    shallow, deep = (intensity(magnitude, np.array(depth), distance) for depth in (34.9, 100.0))
    assert shallow == pytest.approx(5.6632662, rel=1e-3)
    at_90 = intensity(magnitude, np.array(100.0), np.array(90.0))
    assert at_90 == pytest.approx(-1.6 + 3.7 * np.log10(0.20508768413814232 * 981))
    assert deep < at_90


@settings(max_examples=100, deadline=None)
@given(st.floats(4.5, 8.5), st.floats(0, 700), st.floats(0, 900), st.floats(0, 900))
def test_farther_is_never_stronger(magnitude: float, depth: float, one: float, two: float) -> None:
    near, far = sorted((one, two))
    felt = intensity(np.array(magnitude), np.array(depth), np.array([near, far]))
    assert 1 <= felt[1] <= felt[0] + 1e-12 <= 10 + 1e-12


def events(*rows: tuple[float, float, float, float, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["lon", "lat", "depth_km", "magnitude", "year"])


SITES = pd.DataFrame({"lon": [0.0, 1.0, 40.0], "lat": [0.0, 0.0, 0.0]}, index=["a", "b", "c"])


def test_distances_are_straight_through_the_earth() -> None:
    km = hypocentral_km_to(events((0, 0, 100, 6, 2000)), directions(SITES))
    assert km[0, 0] == pytest.approx(100)
    # a degree of the equator is 111.195 km; the chord to a point 100 km down, by the cosine rule
    assert km[0, 1] == pytest.approx(
        np.sqrt(6271**2 + 6371**2 - 2 * 6271 * 6371 * np.cos(np.radians(1)))
    )


def test_the_largest_intensity_by_hand() -> None:
    found = largest_intensity(events((0, 0, 20, 7, 1970), (1, 0, 20, 5, 1970)), SITES)
    assert found["a"] == pytest.approx(7.5721877, rel=1e-3)
    km = hypocentral_km_to(events((0, 0, 20, 7, 1970)), directions(SITES))[0, 1]
    assert found["b"] == pytest.approx(float(crustal_intensity(np.array(7.0), np.array(km))))
    assert found["c"] == 1.0


def test_rates_are_those_of_the_complete_years() -> None:
    made = events(
        (0, 0, 9, 6.0, 1960), (0, 0, 9, 5.9, 1964), (0, 0, 9, 5.0, 1965), (0, 0, 9, 4.9, 2009),
        (0, 0, 9, 4.5, 2010), (0, 0, 9, 4.4, 2023),
    )  # fmt: skip
    assert annual_rates(made).tolist() == pytest.approx([1 / 64, 0, 1 / 59, 0, 1 / 14, 0])


def test_the_intensity_of_return_by_hand() -> None:
    # 64 complete years: one event is rarer than 1 in 50 years, two are not, four make 1 in 16.
    made = events(*((0.0, 0.0, 20.0, magnitude, 2023) for magnitude in (7.0, 6.5, 6.2, 6.0)))
    made.loc[3, "year"] = 1960
    expected = {50: 6.5, 30: 6.2, 20: 6.0, 64: 7.0}
    for years, magnitude in expected.items():
        felt = float(crustal_intensity(np.array(magnitude), np.array(20.0)))
        found = intensity_of_return(made, SITES, years)
        assert found["a"] == pytest.approx(felt, abs=0.011)
        assert found["a"] <= felt
    assert intensity_of_return(made, SITES, 5)["a"] == 1.0


HEADER = ["FECHA_UTC", "HORA_UTC", "LATITUD", "LONGITUD", "PROFUNDIDAD", "MAGNITUD"]
ROW = ["2001/06/23", "20:33:14", "-16.2021", "-73.7555", "32", "8.4"]


def test_events_are_read_once_each() -> None:
    rows = pd.DataFrame([ROW, ["1970/05/31", *ROW[1:]], ROW], columns=HEADER)
    found = events_of(rows, "igp")
    assert found.to_dict("records")[0] == {
        "lon": -73.7555, "lat": -16.2021, "depth_km": 32.0, "magnitude": 8.4, "year": 2001,
    }  # fmt: skip
    assert found["year"].tolist() == [2001, 1970]


def test_a_broken_event_is_named_by_its_line() -> None:
    rows = pd.DataFrame([ROW, [*ROW[:5], "fuerte"]], columns=HEADER)
    with pytest.raises(SourceDamagedError, match=r"igp: 1 events without .* \(lines 3\)"):
        events_of(rows, "igp")
    with pytest.raises(SourceDamagedError, match="igp has no column MAGNITUD"):
        events_of(rows.drop(columns="MAGNITUD"), "igp")
