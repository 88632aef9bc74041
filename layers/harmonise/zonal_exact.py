"""Zonal totals by exactextract, an independent check of our own engine."""

import math

import geopandas as gpd
import numpy as np
import shapely
from exactextract import exact_extract
from exactextract.raster import RasterSource

from layers.harmonise.grid import Grid
from layers.harmonise.zonal_terms import Statistic, Totals, Zones

_CELLS_IN_MEMORY = 8_000_000
_OPERATIONS = {
    Statistic.MEAN: "mean(coverage_weight={weight})",
    # A share is the mean of cells that are 1 inside the class and 0 outside.
    Statistic.SHARE: "mean(coverage_weight={weight})",
    Statistic.SUM: "sum(coverage_weight=fraction)",
    Statistic.MAX: "max(coverage_weight=fraction)",
}


class _Source(RasterSource):  # type: ignore[misc]
    """A grid as exactextract reads it, stretched with no-data to hold every unit."""

    def __init__(self, grid: Grid, zones: Zones) -> None:
        super().__init__()
        self.grid = grid
        self.zones = zones
        west, south, east, north = shapely.total_bounds(zones.shapes)
        self.top = min(0, math.floor((grid.north - north) / grid.height))
        self.left = min(0, math.floor((west - grid.west) / grid.width))
        self.bottom = max(grid.rows, math.ceil((grid.north - south) / grid.height))
        self.right = max(grid.columns, math.ceil((east - grid.west) / grid.width))

    def res(self) -> tuple[float, float]:
        return self.grid.width, self.grid.height

    def extent(self) -> tuple[float, float, float, float]:
        grid = self.grid
        return (
            grid.west + self.left * grid.width,
            grid.north - self.bottom * grid.height,
            grid.west + self.right * grid.width,
            grid.north - self.top * grid.height,
        )

    def srs_wkt(self) -> str:
        return str(self.grid.crs.to_wkt())

    def nodata_value(self) -> None:
        return None

    def read_window(self, x: int, y: int, width: int, height: int) -> np.ndarray:
        found = self.grid.window(y + self.top, x + self.left, height, width)
        values = found.data.astype(np.float32 if found.dtype == np.float32 else float)
        if self.zones.statistic is Statistic.SHARE:
            low, high = self.zones.within
            values = ((values >= low) & (values < high)).astype(np.float32)
        # Not-a-number is no-data to exactextract; it overlooks some masks (0.3.0).
        values[np.ma.getmaskarray(found)] = np.nan
        return values


def totals_by_exactextract(raster: Grid, zones: Zones) -> Totals:
    """Return the totals of each unit.

    Parameters
    ----------
    raster : Grid
        Read in windows of at most ``_CELLS_IN_MEMORY`` cells.
    zones : Zones
        Units and statistic.

    Returns
    -------
    Totals
        In the order of the units.
    """
    weight = "area_spherical_km2" if zones.is_geographic else "fraction"
    frame = gpd.GeoDataFrame(geometry=zones.shapes, crs=raster.crs)
    found = exact_extract(
        _Source(raster, zones),
        frame,
        [
            f"value={_OPERATIONS[zones.statistic].format(weight=weight)}",
            f"known=count(coverage_weight={weight})",
            f"all=count(coverage_weight={weight},default_value=0)",
        ],
        output="pandas",
        max_cells_in_memory=_CELLS_IN_MEMORY,
    )
    return Totals(*(found[key].to_numpy(dtype=float) for key in ("value", "known", "all")))
