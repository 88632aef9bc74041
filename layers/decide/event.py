"""What an event asks for: people, needs, places and offices by unit and band."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.decide.displaced import check_rate
from layers.decide.footprint import Footprint
from layers.decide.shares import band_of_points, shares_by_band
from layers.errors import EventError
from layers.indicators.nearest import nearest_km
from layers.indicators.relief import DISPLACED, STRONG, fatality_rate, order_of_magnitude
from layers.spec import Office
from layers.table.units import UnitTable
from layers.terms import PlaceKind

NEAR_KM = 100.0
"""A warehouse so far from exposed people is listed: our choice, a day's way by road."""


@dataclass(frozen=True, kw_only=True)
class EventLayers:
    """The layers that an exposure is made of."""

    people: str
    migrants: str
    need: dict[str, str]
    """People in need, from the sector to its layer."""

    @property
    def all(self) -> dict[str, str]:
        """From the column of an exposure to its layer."""
        need = {f"pin_{sector}": layer for sector, layer in self.need.items()}
        return {"people": self.people, "migrants": self.migrants, **need}


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
    units: gpd.GeoDataFrame,
    table: UnitTable,
    places: gpd.GeoDataFrame,
    offices: tuple[Office, ...],
    layers: EventLayers,
    displaced: dict[str, tuple[float, float]] | None = None,
) -> Exposure:
    """Return who and what lies inside a footprint.

    Parameters
    ----------
    footprint : Footprint
        The event.
    units : GeoDataFrame
        Finest units of the build, by ubigeo: geometry, lon and lat of a point inside.
    table : UnitTable
        Their figures.
    places : GeoDataFrame
        Facilities, warehouses and settlements (``Build.places``).
    offices : tuple of Office
        The nearest one by great circle answers for a unit.
    layers : EventLayers
        The layers to expose.
    displaced : dict, optional
        Share of people displaced by band (low, high), over ``DISPLACED``.

    Returns
    -------
    Exposure
        Figures are share × figure of the unit; a missing one stays missing.

    Raises
    ------
    EventError
        Where the country has no offices, or a rate is not a rising range of shares.
    """
    rates = _rates(footprint, displaced or {})
    # Points are numbers here: shapes of ten thousand places need not go along.
    named = pd.DataFrame(places.drop(columns="geometry"))
    homes = named[named["kind"] == PlaceKind.SETTLEMENT.value].dropna(subset=["lon", "lat"])
    settlements = homes.dropna(subset=["people"])
    figures = pd.DataFrame(
        {column: _column(table, layer) for column, layer in layers.all.items()}, index=units.index
    )
    rows = shares_by_band(footprint, units, settlements, figures["people"])
    exposed = figures.loc[rows["ubigeo"]].reset_index(drop=True).mul(rows["share"], axis=0)
    low = rows["band"].map({band: rate[0] for band, rate in rates.items()}).astype(float)
    high = rows["band"].map({band: rate[1] for band, rate in rates.items()}).astype(float)
    exposed.insert(2, "host", (exposed["people"] - exposed["migrants"]).clip(lower=0.0))
    exposed = exposed.assign(
        displaced_low=exposed["people"] * low, displaced_high=exposed["people"] * high
    )
    near = nearest_offices(units[_touched(units.index, rows)], offices)
    answered = rows.join(exposed).join(near, on="ubigeo")
    sums = list(exposed.columns)
    missing = figures.loc[rows["ubigeo"].unique()].isna()
    facilities, without_point = _inside(footprint, named, PlaceKind.HEALTH_FACILITY, rows)
    return Exposure(
        footprint=footprint,
        units=answered,
        by_office=_by_office(answered, sums),
        by_band=_by_band(answered, sums, footprint),
        totals=answered[sums].sum(min_count=1),
        strong=_strong(answered, sums, footprint),
        facilities=facilities,
        warehouses=_warehouses(footprint, named, homes, units, rows),
        displaced=rates,
        unknown={c: list(missing.index[missing[c]]) for c in missing if missing[c].any()},
        facilities_without_point=without_point,
    )


def _touched(codes: "pd.Series[str] | pd.Index[str]", rows: pd.DataFrame) -> np.ndarray:
    """Return which codes are those of units with a share; ``isin`` of text is far slower."""
    return np.asarray(pd.Index(rows["ubigeo"].unique()).get_indexer(codes) >= 0)


def nearest_offices(units: pd.DataFrame, offices: tuple[Office, ...]) -> pd.DataFrame:
    """Return the nearest office of each unit by great circle.

    Parameters
    ----------
    units : DataFrame
        By ubigeo: lon and lat of a point inside.
    offices : tuple of Office
        At least one; of two as near, the first.

    Returns
    -------
    DataFrame
        By ubigeo: office (id) and office_km.

    Raises
    ------
    EventError
        Where there is no office.
    """
    if not offices:
        raise EventError("this country declares no offices; add them to its profile")
    away = pd.DataFrame(
        {
            office.id: nearest_km(units, pd.DataFrame({"lon": [office.lon], "lat": [office.lat]}))
            for office in offices
        },
        index=units.index,
        dtype=float,
    )
    if away.empty:
        return pd.DataFrame({"office": "", "office_km": 0.0}, index=units.index)
    return pd.DataFrame({"office": away.idxmin(axis=1), "office_km": away.min(axis=1)})


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


def _column(table: UnitTable, layer: str) -> pd.Series:
    """Return the figures of a layer; a build without it has none."""
    if layer not in table.values.columns:
        return pd.Series(np.nan, index=table.values.index)
    return table.values[layer]


def _by_band(answered: pd.DataFrame, sums: list[str], footprint: Footprint) -> pd.DataFrame:
    """Return the sums of each band: of nobody where no unit is in it, not unknown."""
    groups = answered.groupby("band")
    found = groups[sums].sum(min_count=1).assign(units=groups["ubigeo"].nunique())
    names = [band.id for band in footprint.bands]
    return found.reindex(names).where(pd.Series(names, index=names).isin(found.index), 0.0)


def _strong(answered: pd.DataFrame, sums: list[str], footprint: Footprint) -> pd.Series | None:
    if not footprint.is_shaking:
        return None
    felt = answered[answered["band"].astype(int) >= STRONG]
    found = felt[sums].sum(min_count=1) if len(felt) else pd.Series(0.0, index=sums)
    return pd.concat([found, pd.Series({"units": felt["ubigeo"].nunique()})])


def _by_office(answered: pd.DataFrame, sums: list[str]) -> pd.DataFrame:
    groups = answered.groupby("office")
    return groups[sums].sum(min_count=1).assign(units=groups["ubigeo"].nunique())


def _inside(
    footprint: Footprint, places: pd.DataFrame, kind: PlaceKind, rows: pd.DataFrame
) -> tuple[pd.DataFrame, int]:
    """Return the places of a kind inside, and how many of the units touched have no point."""
    own = places.loc[
        places["kind"] == kind.value, ["source", "code", "name", "category", "ubigeo", "lon", "lat"]
    ]
    if footprint.districts is None:
        lost = own["lon"].isna() & _touched(own["ubigeo"], rows)
        own, without_point = own.dropna(subset=["lon", "lat"]), int(lost.sum())
    else:
        without_point = 0
    band = _bands_of(footprint, own)
    return own.assign(band=band)[band.notna()], without_point


def _bands_of(footprint: Footprint, places: pd.DataFrame) -> pd.Series:
    """Return the band of each place, missing outside; a list of districts asks no point."""
    names = [band.id for band in footprint.bands]
    if footprint.districts is not None:
        inside = places["ubigeo"].isin(footprint.districts)
        return pd.Series(names[0], index=places.index, dtype=object).where(inside)
    rank = band_of_points(footprint, places["lon"].to_numpy(), places["lat"].to_numpy())
    return pd.Series([names[i] if i >= 0 else None for i in rank], index=places.index, dtype=object)


def _warehouses(
    footprint: Footprint,
    places: pd.DataFrame,
    homes: pd.DataFrame,
    units: gpd.GeoDataFrame,
    rows: pd.DataFrame,
) -> pd.DataFrame:
    """Return the warehouses near exposed people: their settlements, or points of their units."""
    own = places[places["kind"] == PlaceKind.WAREHOUSE.value].dropna(subset=["lon", "lat"])
    own = own[["source", "code", "name", "category", "ubigeo", "lon", "lat"]]
    touched = homes[_touched(homes["ubigeo"], rows)]
    if footprint.districts is None and len(touched):
        rank = band_of_points(footprint, touched["lon"].to_numpy(), touched["lat"].to_numpy())
        touched = touched[rank >= 0]
    left = units.loc[sorted(set(rows["ubigeo"]) - set(touched["ubigeo"])), ["lon", "lat"]]
    lived = pd.concat([touched[["lon", "lat"]], pd.DataFrame(left)], ignore_index=True)
    away = own.assign(km=nearest_km(own, lived), band=_bands_of(footprint, own))
    return away[away["km"] <= NEAR_KM].sort_values(["km", "code"])
