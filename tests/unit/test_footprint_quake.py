"""An earthquake by equations: worked out where it may be felt, and nothing is lost by that."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from layers.decide.footprint_shaking import CELL_DEGREES, footprint_of_epicentre
from layers.indicators.seismic_history import hypocentral_km_to
from layers.indicators.shaking import intensity, reach_km
from layers.indicators.sphere import directions

WEAKEST = 3.5
"""Of the weakest class that is counted."""
BOXES = ((-78.0, -13.0, -76.0, -11.0), (178.6, -1.0, 179.0, 0.0), (10.0, 86.0, 11.0, 88.9))


@given(
    box=st.sampled_from(BOXES),
    lon=st.floats(-180, 180),
    away=st.floats(-20, 20),
    depth=st.floats(0, 700),
    magnitude=st.floats(4, 10),
)
def test_what_is_felt_is_the_same_as_if_every_cell_were_worked_out(
    box: tuple[float, ...], lon: float, away: float, depth: float, magnitude: float
) -> None:
    lat = float(np.clip((box[1] + box[3]) / 2 + away, -90, 90))
    grid = footprint_of_epicentre(lon, lat, depth, magnitude, box).grid
    assert grid is not None
    lons = grid.west + CELL_DEGREES * (np.arange(grid.columns) + 0.5)
    lats = grid.north - CELL_DEGREES * (np.arange(grid.rows) + 0.5)
    cells = np.meshgrid(lons, lats)
    sites = directions(pd.DataFrame({"lon": cells[0].ravel(), "lat": cells[1].ravel()}))
    event = pd.DataFrame({"lon": [lon], "lat": [lat], "depth_km": [depth]})
    km = hypocentral_km_to(event, sites)
    whole = intensity(np.array([[magnitude]]), np.array([[depth]]), km).reshape(cells[0].shape)
    found = np.ma.filled(grid.values, -np.inf)
    felt = whole >= WEAKEST + 1e-6
    assert np.allclose(found[felt], whole[felt], atol=1e-6)
    assert (found[~felt] <= WEAKEST + 2e-6).all()


def test_the_reach_is_where_the_intensity_falls_to_what_is_asked() -> None:
    magnitude, depth = np.array([6.0, 7.5, 8.0]), np.array([10.0, 40.0, 120.0])
    reach = reach_km(magnitude, depth, WEAKEST)
    assert (reach > 50).all()
    assert np.allclose(intensity(magnitude, depth, reach), WEAKEST, atol=1e-3)
    # That of a small event far down does not come up to the ground.
    assert reach_km(np.array([4.0]), np.array([600.0]), WEAKEST)[0] < 600
