"""Figures of units from places: how many stand there, and how far the nearest is."""

import pandas as pd

from layers.indicators.nearest import mean_by_unit, nearest_km
from layers.spec import LayerSpec


def count_places(layer: LayerSpec, places: pd.DataFrame, units: pd.Index) -> pd.Series:
    """Return how many places of a layer stand in each unit.

    Parameters
    ----------
    layer : LayerSpec
        Declares which places count (``where``).
    places : DataFrame
        Places of its source, with ubigeo (empty where unknown).
    units : Index of str
        Every unit of the level.

    Returns
    -------
    Series of float
        By ubigeo; 0 where none stands.
    """
    found = _counting(layer, places)["ubigeo"].value_counts()
    return found.reindex(units, fill_value=0).astype(float).rename(layer.id)


def distance_to_places(layer: LayerSpec, places: pd.DataFrame, homes: pd.DataFrame) -> pd.Series:
    """Return how far the people of each unit are from the nearest place of a layer.

    Parameters
    ----------
    layer : LayerSpec
        Declares which places count (``where``).
    places : DataFrame
        Places of its source: lon, lat (missing for those without a point).
    homes : DataFrame
        As `homes_of` returns them.

    Returns
    -------
    Series of float
        Kilometres by ubigeo: the mean over the people's homes; missing where no place counts.
    """
    targets = _counting(layer, places).dropna(subset=["lon", "lat"])
    found = mean_by_unit(nearest_km(homes, targets), homes["people"], homes["ubigeo"])
    return found.rename(layer.id)


def homes_of(settlements: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return where the people of each unit are taken to live.

    In the settlements whose people are known; where a unit has none of those, in its
    settlements alike; where it has none at all, at the point inside it.

    Parameters
    ----------
    settlements : DataFrame
        ubigeo, lon, lat, people (missing where unknown).
    units : DataFrame
        By ubigeo: lon and lat of a point inside.

    Returns
    -------
    DataFrame
        ubigeo, lon, lat and people (1 where unknown), at least one row a unit that has a point.
    """
    columns = ["ubigeo", "lon", "lat", "people"]
    inside = settlements.loc[settlements["ubigeo"].isin(units.index), columns]
    known = inside.dropna(subset="people")
    alike = inside[~inside["ubigeo"].isin(known["ubigeo"])]
    left = units.index.difference(pd.Index(inside["ubigeo"]))
    points = units.loc[left, ["lon", "lat"]].dropna().rename_axis("ubigeo").reset_index()
    frames = [frame for frame in (known, alike, points) if len(frame)]
    homes = pd.concat(frames, ignore_index=True).reindex(columns=columns)
    return homes.fillna({"people": 1.0})


def _counting(layer: LayerSpec, places: pd.DataFrame) -> pd.DataFrame:
    for column, accepted in layer.where:
        places = places[places[column].isin(accepted)]
    return places
