"""Which share of the people of each unit lives in each band of a footprint."""

from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.decide.footprint import Footprint
from layers.decide.shares_area import area_at_least
from layers.decide.shares_points import band_of_points

MAX_OF_SETTLEMENTS = 1.5
"""Where the settlements of a unit hold more than so many times its people, they are those of a
city beyond it, and the share is that of area: our choice."""
_WHOLE = 1.0 - 1e-9


class Basis(StrEnum):
    """How a share was found."""

    DECLARED = "declared"
    WHOLE = "whole"
    PEOPLE = "people"
    PEOPLE_AND_AREA = "people_and_area"
    AREA = "area"


@dataclass(frozen=True, eq=False)
class Settled:
    """Where the people of some units live, looked up once for all events."""

    units: gpd.GeoDataFrame
    """By ubigeo, EPSG:4326."""
    order: npt.NDArray[np.intp]
    """Place of each unit among the codes in their order."""
    home: npt.NDArray[np.intp]
    """Unit of each settlement, by its place."""
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    people: npt.NDArray[np.float64]
    total: npt.NDArray[np.float64]
    """People of the settlements of each unit, missing where it has none."""
    weight: npt.NDArray[np.float64]
    """Share of the people of each unit whose settlement is known."""


def settled_in(units: gpd.GeoDataFrame, settlements: pd.DataFrame, people: pd.Series) -> Settled:
    """Look up where the people of some units live.

    Parameters
    ----------
    units : GeoDataFrame
        By ubigeo, EPSG:4326.
    settlements : DataFrame
        ubigeo, lon, lat and people, none missing.
    people : Series of float
        By ubigeo; missing where unknown.

    Returns
    -------
    Settled
        Without the settlements of other units.
    """
    home = units.index.get_indexer(settlements["ubigeo"])
    near = settlements[home >= 0]
    home = home[home >= 0]
    counts = near["people"].to_numpy(dtype=float)
    total = np.bincount(home, counts, len(units)).astype(float)
    total[np.bincount(home, minlength=len(units)) == 0] = np.nan
    return Settled(
        units=units,
        order=np.argsort(np.argsort(units.index.to_numpy(dtype=object), kind="stable")),
        home=home,
        lon=near["lon"].to_numpy(dtype=float),
        lat=near["lat"].to_numpy(dtype=float),
        people=counts,
        total=total,
        weight=_weight_of_settlements(total, people.reindex(units.index).to_numpy(dtype=float)),
    )


@dataclass(frozen=True, eq=False)
class Shares:
    """Which share of the people of which unit is in which band; by ubigeo, then from the weakest."""

    unit: npt.NDArray[np.intp]
    """Its place among the units."""
    band: npt.NDArray[np.intp]
    """Its place among the bands of the footprint."""
    share: npt.NDArray[np.float64]
    basis: npt.NDArray[np.object_]


def shares_of(footprint: Footprint, settled: Settled) -> Shares:
    """Return the share of the people of each unit in each band.

    Of a unit with P people and settlements of p: Σ p / P of them (1 at most) are placed in
    the settlements and follow these; the others follow the area. Inside or outside as a
    whole, a unit has 1 or 0. Shares are differences of shares at or above each band, so
    that they add up and a larger footprint never lowers them.

    Parameters
    ----------
    footprint : Footprint
        The event.
    settled : Settled
        The units, and where their people live.

    Returns
    -------
    Shares
        Those above 0.
    """
    units = settled.units
    if footprint.districts is not None:
        known = units.index.get_indexer(sorted(footprint.districts & set(units.index)))
        one = np.ones(len(known))
        return Shares(known, np.zeros(len(known), int), one, _named(Basis.DECLARED, len(known)))
    found = area_at_least(footprint, units)
    touched = units.index.get_indexer(found.index)
    # By code, whatever the order of the units.
    rows = np.argsort(settled.order[touched])
    touched, area = touched[rows], found.to_numpy(dtype=float)[rows]
    placed = _placed(footprint, settled, touched)
    weight, total = settled.weight[touched, None], settled.total[touched, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        lived = np.nan_to_num(placed / total, nan=0.0)
    is_mixed = (area > 0.0) & (area < _WHOLE)
    above = np.where(is_mixed, weight * lived + (1.0 - weight) * area, np.round(area))
    return _parts(above, touched, settled.weight)


def _placed(footprint: Footprint, settled: Settled, touched: np.ndarray) -> np.ndarray:
    """Return the people of the settlements of some units at or above each band."""
    place = np.full(len(settled.units), -1)
    place[touched] = np.arange(len(touched))
    home = place[settled.home]
    near = home >= 0
    home, people = home[near], settled.people[near]
    rank = band_of_points(footprint, settled.lon[near], settled.lat[near])
    sums = [
        np.bincount(home, np.where(rank >= index, people, 0.0), len(touched))
        for index in range(len(footprint.bands))
    ]
    return np.column_stack(sums).astype(float)


def _parts(above: np.ndarray, touched: np.ndarray, weight: np.ndarray) -> Shares:
    """Return what lies in each band alone, from what lies at or above it."""
    parts = above - np.column_stack([above[:, 1:], np.zeros(len(above))])
    row, band = np.nonzero(parts > 1.0 - _WHOLE)
    share, unit = parts[row, band], touched[row]
    of = weight[unit]
    basis = np.select(
        [share >= _WHOLE, of == 0.0, of == 1.0],
        [Basis.WHOLE.value, Basis.AREA.value, Basis.PEOPLE.value],
        Basis.PEOPLE_AND_AREA.value,
    )
    return Shares(unit, band, share, basis.astype(object))


def _named(basis: Basis, count: int) -> np.ndarray:
    return np.full(count, basis.value, dtype=object)


def _weight_of_settlements(total: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Return the share of the people of each unit whose settlement is known."""
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = total / np.where(people > 0, people, np.nan)
    # Where the people are unknown, settlements alone say where they live.
    ratio = np.where(np.isnan(people), 1.0, ratio)
    ratio = np.where(np.isnan(total) | ~(ratio <= MAX_OF_SETTLEMENTS), 0.0, ratio)
    return np.clip(ratio, 0.0, 1.0)
