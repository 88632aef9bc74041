"""What an event asks for: people, needs, places and offices by unit and band."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.decide.displaced import check_rate
from layers.decide.event_ground import TOLD, EventGround
from layers.decide.footprint import Footprint
from layers.decide.shares import Shares, shares_of
from layers.decide.shares_points import band_of_points
from layers.errors import EventError
from layers.indicators.nearest import nearest_km
from layers.indicators.relief import DISPLACED, STRONG, fatality_rate, order_of_magnitude

NEAR_KM = 100.0
"""A warehouse so far from exposed people is listed: our choice, a day's way by road."""


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """The answer to an event."""

    footprint: Footprint
    units: pd.DataFrame
    """ubigeo, band, share, basis, people, migrants, host, pin_<sector>, displaced_low,
    displaced_high, office, office_km; missing is NaN."""
    by_office: pd.DataFrame
    """By office: units and the sums of the same columns, NaN where nothing is known."""
    by_band: pd.DataFrame
    totals: pd.Series
    strong: pd.Series | None
    """The same of the bands from ``STRONG`` on; None for what is no earthquake."""
    facilities: pd.DataFrame
    """Health facilities inside: source, code, name, category, ubigeo, band, lon, lat."""
    warehouses: pd.DataFrame
    """Those within ``NEAR_KM`` of exposed people: the same and km, nearest first; the band is
    missing outside."""
    displaced: dict[str, tuple[float, float]]
    """Rates by band that were used."""
    unknown: dict[str, list[str]]
    """By column, exposed units without a figure: they are in no sum."""
    facilities_without_point: int
    """In the units touched; they are in no band."""

    @property
    def deaths_magnitude(self) -> int | None:
        """Power of ten below the deaths that PAGER's rates would give; −1 for fewer than one.

        None for what is no earthquake, or where the people of no unit are known.
        """
        people = self.by_band["people"].dropna()
        if not self.footprint.is_shaking or (people.empty and len(self.units)):
            return None
        deaths = sum(fatality_rate(int(band)) * count for band, count in people.items())
        return order_of_magnitude(deaths)


def expose(
    footprint: Footprint,
    ground: EventGround,
    displaced: dict[str, tuple[float, float]] | None = None,
) -> Exposure:
    """Return who and what lies inside a footprint.

    Parameters
    ----------
    footprint : Footprint
        The event.
    ground : EventGround
        What is asked of the build.
    displaced : dict, optional
        Share of people displaced by band (low, high), over ``DISPLACED``.

    Returns
    -------
    Exposure
        Figures are share × figure of the unit; a missing one stays missing.

    Raises
    ------
    EventError
        Where a rate is not a rising range of shares.
    """
    rates = _rates(footprint, displaced or {})
    shares = shares_of(footprint, ground.settled)
    exposed = _exposed(footprint, ground, shares, rates)
    touched = np.unique(shares.unit)
    missing = ground.figures.iloc[_in_order(shares.unit)].isna()
    facilities, without_point = _inside(footprint, ground, touched)
    sums = [name for name in exposed if name not in _NOT_SUMMED]
    return Exposure(
        footprint=footprint,
        units=exposed,
        by_office=_by_office(exposed, sums, ground.offices, ground.office[shares.unit]),
        by_band=_by_band(exposed, sums, footprint, shares.band),
        totals=exposed[sums].sum(min_count=1),
        strong=_strong(exposed, sums, footprint),
        facilities=facilities,
        warehouses=_warehouses(footprint, ground, touched),
        displaced=rates,
        unknown={c: list(missing.index[missing[c]]) for c in missing if missing[c].any()},
        facilities_without_point=without_point,
    )


_NOT_SUMMED = ("ubigeo", "band", "share", "basis", "office", "office_km")


def _in_order(found: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return what is found, each once, in the order in which it is found first."""
    _, first = np.unique(found, return_index=True)
    return found[np.sort(first)]


def _exposed(
    footprint: Footprint,
    ground: EventGround,
    shares: Shares,
    rates: dict[str, tuple[float, float]],
) -> pd.DataFrame:
    """Return a row by unit and band: share × figure of the unit."""
    codes = ground.units.index.to_numpy(dtype=object)
    bands = np.array([band.id for band in footprint.bands], dtype=object)
    offices = np.array(ground.offices, dtype=object)
    held = {
        name: column.to_numpy()[shares.unit] * shares.share
        for name, column in ground.figures.items()
    }
    people, migrants = held.pop("people"), held.pop("migrants")
    low, high = np.array([rates[band.id] for band in footprint.bands], dtype=float).T
    return pd.DataFrame(
        {
            "ubigeo": pd.Series(codes[shares.unit], dtype=object),
            "band": pd.Series(bands[shares.band], dtype=object),
            "share": shares.share,
            "basis": pd.Series(shares.basis, dtype=object),
            "people": people,
            "migrants": migrants,
            "host": np.maximum(people - migrants, 0.0),
            **held,
            "displaced_low": people * low[shares.band],
            "displaced_high": people * high[shares.band],
            "office": pd.Series(offices[ground.office[shares.unit]], dtype=object),
            "office_km": ground.office_km[shares.unit],
        }
    )


def _rates(
    footprint: Footprint, edited: dict[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    known = {band.id for band in footprint.bands}
    if strange := sorted(set(edited) - known - {""}):
        raise EventError(
            "no band {unknown} in this event; it has {known}",
            unknown=", ".join(strange),
            known=", ".join(sorted(known)),
        )
    for rate in edited.values():
        check_rate(rate)
    everywhere = edited.get("")
    return {
        band.id: edited.get(band.id) or everywhere or _default_rate(footprint, band.id)
        for band in footprint.bands
    }


def _default_rate(footprint: Footprint, band: str) -> tuple[float, float]:
    if footprint.is_shaking:
        return DISPLACED.get(band, (0.0, 0.0))
    return DISPLACED["declared" if footprint.districts is not None else "inside"]


def _by_band(
    exposed: pd.DataFrame, sums: list[str], footprint: Footprint, band: npt.NDArray[np.intp]
) -> pd.DataFrame:
    """Return the sums of each band: of nobody where no unit is in it, not unknown."""
    every = range(len(footprint.bands))
    found = exposed[sums].groupby(band).sum(min_count=1).reindex(every)
    # A unit is in a band but once.
    count = np.bincount(band, minlength=len(footprint.bands))
    found.loc[count == 0] = 0.0
    return found.assign(units=count.astype(float)).set_axis([one.id for one in footprint.bands])


def _strong(exposed: pd.DataFrame, sums: list[str], footprint: Footprint) -> pd.Series | None:
    if not footprint.is_shaking:
        return None
    strong = [band.id for band in footprint.bands if int(band.id) >= STRONG]
    felt = exposed[exposed["band"].isin(strong)]
    found = felt[sums].sum(min_count=1) if len(felt) else pd.Series(0.0, index=sums)
    return pd.concat([found, pd.Series({"units": felt["ubigeo"].nunique()})])


def _by_office(
    exposed: pd.DataFrame, sums: list[str], offices: tuple[str, ...], office: npt.NDArray[np.intp]
) -> pd.DataFrame:
    found = exposed[sums].groupby(office).sum(min_count=1)
    count = exposed["ubigeo"].groupby(office).nunique()
    names = pd.Index([offices[one] for one in found.index], name="office")
    return found.assign(units=count).set_axis(names)


def _inside(
    footprint: Footprint, ground: EventGround, touched: npt.NDArray[np.intp]
) -> tuple[pd.DataFrame, int]:
    """Return the facilities inside, and how many of the units touched have no point."""
    own, without_point = ground.facilities, 0
    if footprint.districts is None:
        is_lost = own["lon"].isna().to_numpy()
        without_point = int(np.isin(own["unit"].to_numpy()[is_lost], touched).sum())
    band = _bands_of(footprint, own)
    inside = np.flatnonzero(band >= 0)
    return _with_band(own.iloc[inside], footprint, band[inside]), without_point


def _with_band(
    places: pd.DataFrame, footprint: Footprint, band: npt.NDArray[np.intp]
) -> pd.DataFrame:
    """Return what is told of places, with the band of each, missing outside."""
    names = np.array([*(one.id for one in footprint.bands), None], dtype=object)
    return places[list(TOLD)].assign(band=pd.Series(names[band], places.index, dtype=object))


def _bands_of(footprint: Footprint, places: pd.DataFrame) -> npt.NDArray[np.intp]:
    """Return the band of each place, −1 outside; a list of districts asks no point."""
    if footprint.districts is not None:
        return np.where(places["ubigeo"].isin(footprint.districts), 0, -1)
    return band_of_points(footprint, places["lon"].to_numpy(), places["lat"].to_numpy())


def _warehouses(
    footprint: Footprint, ground: EventGround, touched: npt.NDArray[np.intp]
) -> pd.DataFrame:
    """Return the warehouses near exposed people: their settlements, or points of their units."""
    own, homes = ground.warehouses, ground.homes
    homes = homes[np.isin(homes[:, 0], touched)]
    if footprint.districts is None and len(homes):
        homes = homes[band_of_points(footprint, homes[:, 1], homes[:, 2]) >= 0]
    left = np.setdiff1d(touched, homes[:, 0])
    points = ground.inside[left.astype(int)]
    lived = pd.DataFrame(np.vstack([homes[:, 1:], points]), columns=["lon", "lat"])
    away = nearest_km(own, lived)
    near = np.flatnonzero((away <= NEAR_KM).to_numpy())
    found = own.iloc[near]
    told = _with_band(found, footprint, _bands_of(footprint, found))
    told.insert(len(TOLD), "km", away.iloc[near])
    return told.sort_values(["km", "code"])
