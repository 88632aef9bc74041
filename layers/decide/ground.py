"""The ground on which offices are placed: units, possible sites, demand and distances."""

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.codes import ancestor
from layers.decide.distances import estimate_km, matrix_of
from layers.errors import FocusError
from layers.spec import Office
from layers.terms import AdminLevel

SEAT = "01"
"""Last digits of the district of a provincial capital, and of the province of a regional one."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where demand is, where offices may be, and how far one is from the other."""

    level: AdminLevel
    demand: pd.Series
    """By ubigeo, from 0 up; not-a-number where unknown."""
    people: pd.Series
    """By ubigeo, those whom the answer counts."""
    candidates: tuple[str, ...]
    """Ubigeos of the possible sites."""
    points: pd.DataFrame
    """By ubigeo: lon, lat of each unit."""
    today: dict[str, str]
    """From the id of an office of today to the unit in which it stands."""
    distances: np.ndarray
    """One row per unit, one column per possible site."""
    is_known: np.ndarray
    """Same shape, False where the file of roads has no figure."""
    measure: str
    """km or hours."""
    is_estimate: bool

    @property
    def units(self) -> list[str]:
        """Codes of the rows."""
        return [str(code) for code in self.demand.index]

    def column(self, ubigeo: str) -> int:
        """Return the column of a possible site, or say that it is none."""
        if ubigeo not in self.candidates:
            raise FocusError(
                "{ubigeo!r} is not a possible site among {count}, as {examples}; give one of "
                "them or allow every unit",
                ubigeo=ubigeo,
                count=len(self.candidates),
                examples=", ".join(self.candidates[:3]),
            )
        return self.candidates.index(ubigeo)

    def with_roads(self, rows: pd.DataFrame, measure: str) -> "Ground":
        """Return the ground with figures of a file instead of the estimate.

        Parameters
        ----------
        rows : DataFrame
            origin, destination, figure.
        measure : str
            km or hours.

        Returns
        -------
        Ground
            The same units and sites.
        """
        matrix, known = matrix_of(rows, self.units, list(self.candidates))
        return replace(self, distances=matrix, is_known=known, measure=measure, is_estimate=False)


def place_points(
    level: AdminLevel, units: gpd.GeoDataFrame, finest: gpd.GeoDataFrame, capitals: pd.DataFrame
) -> pd.DataFrame:
    """Return where each unit is taken to be: in its capital, else at a point inside it.

    Parameters
    ----------
    level : AdminLevel
        Of the units.
    units, finest : GeoDataFrame
        Units of the level and of the finest one, with lon and lat inside them.
    capitals : DataFrame
        By district: lon and lat of its capital, where known.

    Returns
    -------
    DataFrame
        By ubigeo, sorted: lon, lat.
    """
    known = pd.DataFrame(finest[["lon", "lat"]])
    known.update(capitals[["lon", "lat"]])
    own = pd.DataFrame(units[["lon", "lat"]]).sort_index()
    seats = [_seat(str(code)) for code in own.index]
    found = known.reindex(seats).set_axis(own.index)
    return found.fillna(own)


def _seat(ubigeo: str) -> str:
    return ubigeo + SEAT * ((AdminLevel.DISTRICT.digits - len(ubigeo)) // 2)


def make_ground(
    level: AdminLevel,
    units: gpd.GeoDataFrame,
    points: pd.DataFrame,
    slopes: pd.DataFrame,
    *,
    demand: pd.Series,
    people: pd.Series,
    offices: tuple[Office, ...],
    required: tuple[str, ...] = (),
    every: bool = False,
) -> Ground:
    """Return the ground of a level with estimated distances.

    Possible sites of districts are the capitals of provinces, the districts of today's offices
    and those that are required; of provinces and regions, all.

    Parameters
    ----------
    level : AdminLevel
        Of the units.
    units : GeoDataFrame
        Borders by ubigeo, in which today's offices are found.
    points : DataFrame
        By ubigeo, as of ``place_points``.
    slopes : DataFrame
        lon, lat and slope (degrees) wherever the ground is known.
    demand, people : Series of float
        By ubigeo.
    offices : tuple of Office
        Today's.
    required : tuple of str
        Ubigeos that are possible sites in any case.
    every : bool
        Every district is a possible site.

    Returns
    -------
    Ground
        Units sorted by code.
    """
    codes = [str(code) for code in points.index]
    if unknown := sorted(set(required) - set(codes)):
        raise FocusError(
            "no {level} bears the UBIGEO {codes}; correct the site",
            level=level,
            codes=", ".join(unknown),
        )
    today = {office.id: _unit_of(office, units, points) for office in offices}
    always = {*today.values(), *required}
    if level is AdminLevel.DISTRICT and not every:
        seats = {_seat(ancestor(code, AdminLevel.PROVINCE)) for code in codes}
        candidates = tuple(code for code in codes if code in seats | always)
    else:
        candidates = tuple(codes)
    distances = estimate_km(
        points.to_numpy(),
        points.loc[list(candidates)].to_numpy(),
        slopes[["lon", "lat"]].to_numpy(),
        slopes["slope"].to_numpy(dtype=float),
    )
    return Ground(
        level=level,
        demand=demand.reindex(points.index),
        people=people.reindex(points.index),
        candidates=candidates,
        points=points,
        today=today,
        distances=distances,
        is_known=np.ones(distances.shape, dtype=bool),
        measure="km",
        is_estimate=True,
    )


def _unit_of(office: Office, units: gpd.GeoDataFrame, points: pd.DataFrame) -> str:
    """Return the unit in which an office stands, else the one whose point is nearest."""
    place = gpd.points_from_xy([office.lon], [office.lat], crs=units.crs)[0]
    inside = units.index[units.geometry.contains(place)]
    if len(inside):
        return str(inside[0])
    offset = (points["lon"] - office.lon) ** 2 + (points["lat"] - office.lat) ** 2
    return str(offset.idxmin())
