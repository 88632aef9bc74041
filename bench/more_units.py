"""A country of more units, made by splitting the real ones."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.built import LevelBuild
from layers.harmonise.polygons import sound_polygons
from layers.spec import Catalogue
from layers.table.units import UnitTable


def split_units(shapes: gpd.GeoSeries, wanted: int) -> gpd.GeoSeries:
    """Cut polygons by a grid of their own each, into about as many pieces as are wanted.

    Parameters
    ----------
    shapes : GeoSeries
        Polygons by code.
    wanted : int
        Pieces in all; as many as there are shapes leaves them whole.

    Returns
    -------
    GeoSeries
        By the code of the polygon that each was cut from, in its order; together they are
        the polygons. The same for the same arguments.
    """
    if wanted <= len(shapes):
        return shapes
    bounds = shapes.bounds.to_numpy()
    boxes = (bounds[:, 2] - bounds[:, 0]) * (bounds[:, 3] - bounds[:, 1])
    # Of the cells of a box those outside the polygon are lost, and those on its border are more.
    filled = shapely.area(shapes.to_numpy()) / boxes
    side = np.maximum(1, np.rint(np.sqrt(wanted / len(shapes) / filled) - 1.0)).astype(int)
    pieces: list[shapely.Geometry] = []
    codes: list[str] = []
    for code, shape, box, parts in zip(shapes.index, shapes, bounds, side, strict=True):
        x = np.linspace(box[0], box[2], parts + 1)
        y = np.linspace(box[1], box[3], parts + 1)
        west, south = (edge.ravel() for edge in np.meshgrid(x[:-1], y[:-1]))
        east, north = (edge.ravel() for edge in np.meshgrid(x[1:], y[1:]))
        shapely.prepare(shape)
        cut = shapely.intersection(shape, shapely.box(west, south, east, north))
        kept = sound_polygons(cut[shapely.area(cut) > 0])
        pieces += list(kept)
        codes += [code] * len(kept)
    return gpd.GeoSeries(pieces, index=codes, crs=shapes.crs)


def grow(made: LevelBuild, catalogue: Catalogue, layers: Sequence[str], wanted: int) -> LevelBuild:
    """Return a level of more units: counts spread by area, all else inherited.

    Parameters
    ----------
    made : LevelBuild
        Real units.
    catalogue : Catalogue
        Tells counts from rates.
    layers : sequence of str
        Layers that are kept.
    wanted : int
        About how many units.

    Returns
    -------
    LevelBuild
        Its codes are numbers of six digits, of no real unit.
    """
    pieces = split_units(made.outlines, wanted)
    origin = made.units.index.get_indexer(pieces.index)
    area = shapely.area(pieces.to_numpy())
    share = area / np.bincount(origin, area)[origin]
    codes = pd.Index([f"{number:06d}" for number in range(len(pieces))], name="ubigeo")
    values = made.table.values[list(layers)].iloc[origin].set_axis(codes)
    for name in layers:
        if catalogue.layer(name).unit.is_extensive:
            values[name] *= share
    inside = shapely.get_coordinates(shapely.point_on_surface(pieces.to_numpy()))
    outlines = gpd.GeoSeries(pieces.to_numpy(), index=codes, crs=pieces.crs)
    units = gpd.GeoDataFrame(
        {
            "area_km2": made.units["area_km2"].to_numpy()[origin] * share,
            "lon": inside[:, 0],
            "lat": inside[:, 1],
        },
        index=codes,
        geometry=outlines,
    )
    table = UnitTable(
        level=made.table.level,
        names=made.table.names.iloc[origin].set_axis(codes),
        values=values,
        methods=made.table.methods[list(layers)].iloc[origin].set_axis(codes),
        sources={name: made.table.sources[name] for name in layers},
        confidence=made.table.confidence[list(layers)].iloc[origin].set_axis(codes),
    )
    return LevelBuild(units=units, outlines=outlines, table=table)
