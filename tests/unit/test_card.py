"""The card of a unit, by what it says."""

import math

from geoapp.app.components.card import contributions


def test_points_of_what_nobody_has_are_missing_and_not_zero() -> None:
    points = {"venezuelan_people": 46.7, "hazard_exposure_index": math.nan}
    told = str(contributions({"rank": 1, "contributions": points}, "es"))
    assert "46.7" in told
    assert "sin dato" in told
    assert "no cuenta en el puntaje" in told
    assert "'0.0'" not in told


def test_points_that_are_zero_are_told_as_such() -> None:
    points = {"venezuelan_people": 46.7, "hazard_exposure_index": 0.0}
    told = str(contributions({"rank": 1, "contributions": points}, "es"))
    assert "'0.0'" in told
    assert "sin dato" not in told
    assert "no cuenta" not in told
