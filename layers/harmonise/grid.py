"""A grid of cells that is read window by window, from an open raster or from memory."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import rasterio
from rasterio.crs import CRS
from rasterio.enums import MaskFlags
from rasterio.windows import Window

Read = Callable[[int, int, int, int], np.ma.MaskedArray]
"""(first row, first column, rows, columns) inside the grid → values, no-data masked."""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """North-up cells of one size, in degrees or in metres."""

    rows: int
    columns: int
    west: float
    north: float
    width: float
    """Of a cell, in units of the reference system."""
    height: float
    crs: CRS
    dtype: np.dtype
    read: Read

    @property
    def latitudes(self) -> np.ndarray:
        """Middle of each row, from north to south, in units of the reference system."""
        return self.north - (np.arange(self.rows) + 0.5) * self.height

    @property
    def longitudes(self) -> np.ndarray:
        """Middle of each column, from west to east, in units of the reference system."""
        return self.west + (np.arange(self.columns) + 0.5) * self.width

    @property
    def values(self) -> np.ma.MaskedArray:
        """The whole grid; for small ones only."""
        return self.read(0, 0, self.rows, self.columns)

    def window(self, row: int, column: int, rows: int, columns: int) -> np.ma.MaskedArray:
        """Return a window that may reach beyond the grid, where it is masked.

        Parameters
        ----------
        row, column : int
            First row and column; negative north and west of the grid.
        rows, columns : int
            Size of the window.

        Returns
        -------
        MaskedArray, shape (rows, columns)
            No-data, not-a-number and the outside are masked.
        """
        top, left = max(row, 0), max(column, 0)
        bottom, right = min(row + rows, self.rows), min(column + columns, self.columns)
        if top >= bottom or left >= right:
            return self._nothing(rows, columns)
        inside = self.read(top, left, bottom - top, right - left)
        if inside.shape == (rows, columns):
            return inside
        found = self._nothing(rows, columns)
        found[top - row : bottom - row, left - column : right - column] = inside
        return found

    def cut(self, parts: int) -> "Grid":
        """Return a grid whose cells are parts of these, still without values of its own.

        Parameters
        ----------
        parts : int
            Into how many parts the side of a cell is cut, from 1.

        Returns
        -------
        Grid
            Same place; to be filled by `with_values`.
        """
        return replace(
            self,
            rows=self.rows * parts,
            columns=self.columns * parts,
            width=self.width / parts,
            height=self.height / parts,
        )

    def _nothing(self, rows: int, columns: int) -> np.ma.MaskedArray:
        return np.ma.MaskedArray(np.zeros((rows, columns), dtype=self.dtype), mask=True)

    def with_values(self, values: np.ndarray) -> "Grid":
        """Return a grid of the same cells with other values, held in memory.

        Parameters
        ----------
        values : ndarray, shape (rows, columns)
            Not-a-number and masked cells are no-data.

        Returns
        -------
        Grid
            Same place and size.
        """
        held: np.ma.MaskedArray = np.ma.masked_invalid(np.ma.asarray(values, dtype=float))

        def read(row: int, column: int, rows: int, columns: int) -> np.ma.MaskedArray:
            return held[row : row + rows, column : column + columns]

        return replace(self, dtype=held.dtype, read=read)


def grid_of(raster: rasterio.DatasetReader, band: int = 1) -> Grid:
    """Return one band of an open raster as a grid; nothing is read yet.

    Parameters
    ----------
    raster : rasterio.DatasetReader
        North up, open as long as the grid is used.
    band : int
        From 1.

    Returns
    -------
    Grid
        Its values are those of the file times its scale plus its offset.
    """
    scale, offset = raster.scales[band - 1], raster.offsets[band - 1]
    is_scaled = scale != 1 or offset != 0
    dtype = np.dtype(float if is_scaled else raster.dtypes[band - 1])

    def read(row: int, column: int, rows: int, columns: int) -> np.ma.MaskedArray:
        found = _masked(raster, band, Window(column, row, columns, rows))
        return found.astype(float) * scale + offset if is_scaled else found

    return Grid(
        rows=raster.height,
        columns=raster.width,
        west=raster.transform.c,
        north=raster.transform.f,
        width=raster.transform.a,
        height=-raster.transform.e,
        crs=raster.crs,
        dtype=dtype,
        read=read,
    )


def _masked(raster: rasterio.DatasetReader, band: int, window: Window) -> np.ma.MaskedArray:
    """Read a window with what is no data masked, as GDAL would say it, and what is no number.

    GDAL goes through the cells once more for a mask that a value alone tells, and NumPy three
    times for what is no number: together as long as the reading itself. Of the lowest float GDAL
    takes half of it for no data too, for its sum overflows; here it is a number.
    """
    flags = raster.mask_flag_enums[band - 1]
    if flags == [MaskFlags.nodata]:
        values = raster.read(band, window=window)
        mask = _is_no_data(values, raster.nodatavals[band - 1])
    elif flags == [MaskFlags.all_valid]:
        values = raster.read(band, window=window)
        mask = np.zeros(values.shape, dtype=bool)
    else:
        found = raster.read(band, window=window, masked=True)
        values, mask = found.data, np.ma.getmaskarray(found)
    if values.dtype.kind == "f":
        mask |= ~np.isfinite(values)
    return np.ma.MaskedArray(values, mask)


def _is_no_data(values: np.ndarray, no_data: float) -> np.ndarray:
    if values.dtype.kind != "f":
        return np.asarray(values == no_data)
    # A value that was written as text comes back a little beside itself: GDAL allows for it too.
    beside = 4.0 * float(np.finfo(values.dtype).eps) * abs(no_data)
    with np.errstate(over="ignore"):
        low, high = (values.dtype.type(no_data + sign * beside) for sign in (-1, 1))
    return np.asarray((values >= low) & (values <= high))


def grid_of_values(values: np.ma.MaskedArray, transform: rasterio.Affine, crs: CRS) -> Grid:
    """Return values that are held in memory as a grid.

    Parameters
    ----------
    values : MaskedArray, shape (rows, columns)
        No-data masked.
    transform : Affine
        North up.
    crs : CRS
        Reference system.

    Returns
    -------
    Grid
        Nothing is copied.
    """

    def read(row: int, column: int, rows: int, columns: int) -> np.ma.MaskedArray:
        return values[row : row + rows, column : column + columns]

    return Grid(
        rows=values.shape[0],
        columns=values.shape[1],
        west=transform.c,
        north=transform.f,
        width=transform.a,
        height=-transform.e,
        crs=crs,
        dtype=values.dtype,
        read=read,
    )
