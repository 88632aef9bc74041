"""What events ask of a build: figures, places and offices, looked up once for all of them."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.decide.shares import Settled, settled_in
from layers.errors import EventError
from layers.indicators.nearest import nearest_km
from layers.spec import Office
from layers.table.units import UnitTable
from layers.terms import PlaceKind

TOLD = ("source", "code", "name", "category", "ubigeo", "lon", "lat")


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


@dataclass(frozen=True, eq=False, kw_only=True)
class EventGround:
    """What events ask of a build, looked up once for all of them; places stand by their unit."""

    settled: Settled
    figures: pd.DataFrame
    """One float column by column of an exposure, by ubigeo."""
    offices: tuple[str, ...]
    """Ids in their order."""
    office: npt.NDArray[np.intp]
    """The nearest office of each unit, by its place among the ids."""
    office_km: npt.NDArray[np.float64]
    inside: npt.NDArray[np.float64]
    """Lon and lat of a point inside each unit."""
    homes: npt.NDArray[np.float64]
    """Unit, lon and lat of the settlements with a point."""
    facilities: pd.DataFrame
    """Health facilities: unit (−1 outside the build) and what is told of a place."""
    warehouses: pd.DataFrame
    """Those with a point: the same."""

    @property
    def units(self) -> gpd.GeoDataFrame:
        """The finest units of the build."""
        return self.settled.units


def ground_of_event(
    units: gpd.GeoDataFrame,
    table: UnitTable,
    places: gpd.GeoDataFrame,
    offices: tuple[Office, ...],
    layers: EventLayers,
) -> EventGround:
    """Look up what events ask of a build.

    Parameters
    ----------
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

    Returns
    -------
    EventGround
        For `expose`.

    Raises
    ------
    EventError
        Where the country has no offices.
    """
    figures = pd.DataFrame(
        {column: _column(table, layer) for column, layer in layers.all.items()}, index=units.index
    ).astype(float)
    homes = _of_kind(places, PlaceKind.SETTLEMENT, units.index).dropna(subset=["lon", "lat"])
    near = nearest_offices(units, offices)
    ids = tuple(sorted({office.id for office in offices}))
    stores = _of_kind(places, PlaceKind.WAREHOUSE, units.index).dropna(subset=["lon", "lat"])
    return EventGround(
        settled=settled_in(units, homes.dropna(subset=["people"]), figures["people"]),
        figures=figures,
        offices=ids,
        office=pd.Index(ids).get_indexer(near["office"]),
        office_km=near["office_km"].to_numpy(dtype=float),
        inside=units[["lon", "lat"]].to_numpy(dtype=float),
        homes=homes[["unit", "lon", "lat"]].to_numpy(dtype=float),
        facilities=_of_kind(places, PlaceKind.HEALTH_FACILITY, units.index)[["unit", *TOLD]],
        warehouses=stores[["unit", *TOLD]],
    )


def _of_kind(places: gpd.GeoDataFrame, kind: PlaceKind, units: pd.Index) -> pd.DataFrame:
    """Return the places of a kind without their shapes; points are numbers, and texts plain."""
    own = places.loc[places["kind"] == kind.value, [*TOLD, "people"]]
    texts = {name: own[name].astype(object) for name in own if own[name].dtype == "str"}
    return pd.DataFrame(own).assign(**texts, unit=units.get_indexer(own["ubigeo"]))


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


def _column(table: UnitTable, layer: str) -> pd.Series:
    """Return the figures of a layer; a build without it has none."""
    if layer not in table.values.columns:
        return pd.Series(np.nan, index=table.values.index)
    return table.values[layer]
