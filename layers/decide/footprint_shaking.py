"""The footprint of an earthquake: a grid or contours of shaking, or equations before any map."""

from functools import lru_cache

import numpy as np
import pandas as pd
import rasterio
import shapely
from rasterio.crs import CRS
from shapely.geometry.base import BaseGeometry

from layers.decide.footprint import Band, Footprint, FootprintKind
from layers.errors import EventError
from layers.harmonise.contours import at_least
from layers.harmonise.grid import grid_of_values
from layers.indicators.relief import mmi_bands
from layers.indicators.seismic_history import hypocentral_km_to
from layers.indicators.shaking import QUAKE_LIMITS, intensity, reach_km
from layers.indicators.sphere import EARTH_KM, chord_of, directions

CELL_DEGREES = 0.02
"""Side of the cells in which equations are evaluated, 2.2 km."""
_BEYOND = 1.0
_POLE = 89.0
_EMPTY = shapely.Polygon()


def _shaking_bands() -> tuple[Band, ...]:
    return tuple(Band(*band) for band in mmi_bands())


def footprint_of_grid(
    lon: np.ndarray, lat: np.ndarray, mmi: np.ndarray, kind: FootprintKind, source: dict[str, str]
) -> Footprint:
    """Return the footprint of intensities on nodes, each standing for the cell around it.

    Parameters
    ----------
    lon, lat : ndarray
        Of the columns, eastward, and of the rows, southward; evenly spaced degrees.
    mmi : ndarray, shape (rows, columns)
        Not-a-number where unknown.
    kind : FootprintKind
        A map of shaking, or equations.
    source : dict
        Where it comes from.

    Returns
    -------
    Footprint
        In PAGER's classes, from 4 on.
    """
    width, height = float(np.diff(lon).mean()), float(-np.diff(lat).mean())
    corner = rasterio.Affine(
        width, 0.0, float(lon[0]) - width / 2, 0.0, -height, float(lat[0]) + height / 2
    )
    grid = grid_of_values(np.ma.MaskedArray(mmi, ~np.isfinite(mmi)), corner, CRS.from_epsg(4326))
    return Footprint(kind=kind, bands=_shaking_bands(), source=source, grid=grid)


def footprint_of_contours(contours: dict[float, BaseGeometry], source: dict[str, str]) -> Footprint:
    """Return the footprint of contours of intensity.

    Parameters
    ----------
    contours : dict
        Lines by intensity.
    source : dict
        Where they come from.

    Returns
    -------
    Footprint
        In PAGER's classes, whose lower limits must be among the contours.

    Raises
    ------
    EventError
        Where contours of the limits 4.5, 5.5 … are absent.
    """
    ground = at_least(contours)
    strongest = max(contours)
    bands = _shaking_bands()
    absent = [
        f"{band.low:g}"
        for band in bands
        if min(contours) < (band.low or 0.0) < strongest and band.low not in contours
    ]
    if absent:
        raise EventError(
            "{file} has no contour at {absent}; give the grid.xml of the event",
            file=source["file"],
            absent=", ".join(absent),
        )
    regions = [_ground_of(band, ground) for band in bands]
    return Footprint(
        kind=FootprintKind.SHAKEMAP, bands=bands, source=source, regions=tuple(regions)
    )


def _ground_of(band: Band, ground: dict[float, BaseGeometry]) -> BaseGeometry:
    """Return the ground at or above a band: that of its contour, or the weakest one's."""
    # Where the weakest contour is stronger than the band, what lies between is unknown.
    reached = [level for level in ground if level >= (band.low or 0.0)]
    return ground[min(reached)] if reached else _EMPTY


def footprint_of_epicentre(
    lon: float, lat: float, depth_km: float, magnitude: float, box: tuple[float, ...]
) -> Footprint:
    """Return the rough footprint of an earthquake that has no map of shaking yet.

    Parameters
    ----------
    lon, lat : float
        Degrees.
    depth_km : float
        0–700.
    magnitude : float
        4–10.
    box : tuple of float
        West, south, east and north of the country.

    Returns
    -------
    Footprint
        Intensities of a point source (layers/indicators/shaking.py), without the rupture's
        extent and the ground's amplification; nothing where it is too weak for any class.

    Raises
    ------
    EventError
        Where a number is impossible.
    """
    given = {"lon": lon, "lat": lat, "depth": depth_km, "magnitude": magnitude}
    wrong = {part for part, (low, high) in QUAKE_LIMITS.items() if not low <= given[part] <= high}
    if wrong & {"lon", "lat"}:
        raise EventError(
            "the epicentre {lon:g}, {lat:g} is no place; give longitude,latitude", lon=lon, lat=lat
        )
    if wrong:
        raise EventError(
            "a depth of {depth_km:g} km and a magnitude of {magnitude:g} are out of range; give "
            "0 to 700 km and 4 to 10",
            depth_km=depth_km,
            magnitude=magnitude,
        )
    lons, lats, nodes = _nodes(box)
    rows, columns = _felt_in(lon, lat, _angle(depth_km, magnitude), lats, lons)
    mmi = np.full((len(lats), len(lons)), np.nan)
    event = pd.DataFrame({"lon": [lon], "lat": [lat], "depth_km": [depth_km]})
    away = hypocentral_km_to(event, nodes[:, rows, columns].reshape(3, -1).T)
    felt = intensity(np.array([[magnitude]]), np.array([[depth_km]]), away)
    mmi[rows, columns] = felt.reshape(mmi[rows, columns].shape)
    source = {
        "file": "",
        "lon": f"{lon:g}",
        "lat": f"{lat:g}",
        "depth_km": f"{depth_km:g}",
        "magnitude": f"{magnitude:g}",
    }
    return footprint_of_grid(lons, lats, mmi, FootprintKind.EPICENTRE, source)


def _angle(depth_km: float, magnitude: float) -> float:
    """Return how far around the Earth the weakest class is felt, in degrees."""
    faintest = _shaking_bands()[0].low or 0.0
    reach = reach_km(np.array([magnitude]), np.array([depth_km]), faintest)
    chord = chord_of(np.array([EARTH_KM - depth_km]), reach)
    return float(np.degrees(2 * np.arcsin(chord[0] / 2)))


def _felt_in(
    lon: float, lat: float, angle: float, lats: np.ndarray, lons: np.ndarray
) -> tuple[slice, slice]:
    """Return the rows and columns in which an earthquake may be felt, one to spare on each side."""
    rows = np.flatnonzero(np.abs(lats - lat) <= angle + CELL_DEGREES)
    # Meridians draw together toward the poles; round a pole the circle touches all of them.
    wide = 180.0
    if abs(lat) + angle < _POLE:
        wide = float(np.degrees(np.arcsin(np.sin(np.radians(angle)) / np.cos(np.radians(lat)))))
    around = np.abs((lons - lon + 180.0) % 360.0 - 180.0)
    columns = np.flatnonzero(around <= wide + CELL_DEGREES)
    return _span(rows), _span(columns)


def _span(found: np.ndarray) -> slice:
    return slice(found[0], found[-1] + 1) if len(found) else slice(0, 0)


@lru_cache(maxsize=2)
def _nodes(box: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return longitudes, latitudes and directions of the cells in which equations are evaluated.

    The directions stand axis by axis, each in rows and columns.
    """
    west, south, east, north = box
    lons = np.arange(west - _BEYOND, east + _BEYOND, CELL_DEGREES)
    lats = np.arange(north + _BEYOND, south - _BEYOND, -CELL_DEGREES)
    lon, lat = np.meshgrid(lons, lats)
    nodes = directions(pd.DataFrame({"lon": lon.ravel(), "lat": lat.ravel()}))
    return lons, lats, np.ascontiguousarray(nodes.T).reshape(3, *lon.shape)
