"""Settlements over units: how many people of each unit live where."""

import geopandas as gpd
import pandas as pd
import shapely


def people_of_settlements(settlements: pd.DataFrame, units: gpd.GeoSeries) -> pd.Series:
    """Add up the people of the settlements of each unit.

    Parameters
    ----------
    settlements : DataFrame
        longitude, latitude, population; a population of 0 is unknown and not counted.
    units : GeoSeries
        Units by ubigeo, EPSG:4326.

    Returns
    -------
    Series of float
        By unit; missing where no settlement has a known population.
    """
    numbers = settlements[["longitude", "latitude", "population"]].astype(float)
    known = numbers[numbers["population"] > 0]
    points = shapely.points(known["longitude"].to_numpy(), known["latitude"].to_numpy())
    point, unit = units.sindex.query(points, predicate="within")
    people = pd.Series(known["population"].to_numpy()[point]).groupby(units.index[unit]).sum()
    return people.reindex(units.index).astype(float)
