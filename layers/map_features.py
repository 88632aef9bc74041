"""Rivers, and the lines, points and polygons that planners loaded, for the map alone."""

from functools import partial

import geopandas as gpd
import pandas as pd
import shapely

from layers.reading import Reader
from layers.spec import CountryProfile

_BEYOND = 0.05
_TOLERANCE = 0.001
"""Degrees, about 110 m: less than a pixel where the map is read."""


def read_map_features(
    reader: Reader, country: CountryProfile, land: gpd.GeoSeries
) -> gpd.GeoDataFrame:
    """Read what is drawn over the units and is no place.

    Parameters
    ----------
    reader : Reader
        Knows the catalogue, what was loaded too; keeps what became of each source.
    country : CountryProfile
        Names the source of the rivers.
    land : GeoSeries
        The country: rivers are cut a little beyond its border, which some of them are.

    Returns
    -------
    GeoDataFrame
        source, name (empty where unknown) and geometry, simplified; only of sources at hand.
    """
    layers = reader.catalogue.layers.values()
    loaded = dict.fromkeys(
        str(layer.source)
        for layer in layers
        if layer.to_unit.is_overlaid and reader.catalogue.source(str(layer.source)).is_loaded
    )

    def rivers() -> gpd.GeoDataFrame | None:
        lines = reader.vector_or_none(str(country.rivers))
        return None if lines is None else _drawn(str(country.rivers), _near(lines, land))

    def brought(source: str) -> gpd.GeoDataFrame | None:
        features = reader.vector_or_none(source)
        return None if features is None else _drawn(source, features)

    drawn = [reader.step("features", [source], (), partial(brought, source)) for source in loaded]
    if country.rivers:
        drawn.insert(0, reader.step("features", [country.rivers], (reader.ground,), rivers))
    found = [features for features in drawn if features is not None]
    if not found:
        nothing = {"source": pd.Series(dtype=str), "name": pd.Series(dtype=str)}
        return gpd.GeoDataFrame(nothing, geometry=gpd.GeoSeries([], crs=4326))
    return gpd.GeoDataFrame(pd.concat(found, ignore_index=True), crs=4326)


def _near(rivers: gpd.GeoDataFrame, land: gpd.GeoSeries) -> gpd.GeoDataFrame:
    country = shapely.union_all(land.simplify(_BEYOND / 2).to_numpy()).buffer(_BEYOND)
    return rivers.set_geometry(rivers.to_crs(4326).intersection(country))


def _drawn(source: str, features: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    here = features.to_crs(4326)
    names = here.get("name", pd.Series("", index=here.index)).fillna("").astype(str)
    shapes = here.geometry.simplify(_TOLERANCE)
    made = gpd.GeoDataFrame({"source": source, "name": names}, geometry=shapes)
    return made[~(shapes.isna() | shapes.is_empty)]
