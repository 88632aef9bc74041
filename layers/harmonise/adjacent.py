"""Which units lie beside each other."""

import geopandas as gpd

_TOUCH = 1e-4
"""Degrees, some ten metres: simplified borders may part by less."""


def adjacent_units(outlines: gpd.GeoSeries, unit: str) -> list[str]:
    """Return the units that share a border with a unit.

    Parameters
    ----------
    outlines : GeoSeries
        Outlines by ubigeo, EPSG:4326.
    unit : str
        One of them.

    Returns
    -------
    list of str
        In the order of the outlines, without the unit itself.
    """
    reach = outlines[unit].buffer(_TOUCH)
    near = sorted(outlines.sindex.query(reach, predicate="intersects"))
    return [str(code) for code in outlines.index[near] if code != unit]
