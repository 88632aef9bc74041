from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine

from layers.errors import SourceDamagedError
from layers.harmonise.grid import grid_of
from layers.sources.raster import open_raster, read_raster_bytes
from tests.toy import source

MARS = "+proj=longlat +a=3396190 +b=3376200 +no_defs"


def write(path: Path, *, crs: str | None = "EPSG:4326", turn: float = 0.0) -> bytes:
    """A raster of 2 × 3 cells whose last one is no-data."""
    values = np.array([[1, 2, 3], [4, 5, -1]], dtype="int16")
    place = Affine(1, turn, 10, 0, -1, 20)
    with rasterio.open(
        path, "w", driver="GTiff", height=2, width=3, count=1, dtype="int16", nodata=-1,
        crs=crs, transform=place,
    ) as file:  # fmt: skip
        file.write(values, 1)
        file.scales, file.offsets = [0.5], [1.0]
    return path.read_bytes()


@pytest.mark.fault(79)
def test_a_raster_is_read_with_scale_and_nodata(tmp_path: Path) -> None:
    spec = source(tmp_path, "a.tif", write(tmp_path / "a.tif"), "geotiff")
    with open_raster(tmp_path / "a.tif", spec) as raster:
        grid = grid_of(raster)
        assert grid.values.filled(0).tolist() == [[1.5, 2, 2.5], [3, 3.5, 0]]
        assert (grid.latitudes.tolist(), grid.longitudes.tolist()) == (
            [19.5, 18.5],
            [10.5, 11.5, 12.5],
        )
        beyond = grid.window(-1, 2, 3, 2)
    assert beyond.filled(0).tolist() == [[0, 0], [2.5, 0], [0, 0]]
    assert raster.closed


def test_what_is_no_raster_is_refused(tmp_path: Path) -> None:
    png = source(tmp_path, "b.tif", b"\x89PNG\r\n\x1a\n0000", "geotiff")
    with (
        pytest.raises(SourceDamagedError, match="is not a geotiff file"),
        open_raster(tmp_path / "b.tif", png),
    ):
        pass
    cut = source(tmp_path, "c.tif", b"II*\x00\x08\x00\x00\x00", "geotiff")
    with (
        pytest.raises(SourceDamagedError, match="cannot be read as geotiff"),
        open_raster(tmp_path / "c.tif", cut),
    ):
        pass
    table = source(tmp_path, "d.csv", b"a,b", "csv")
    with (
        pytest.raises(SourceDamagedError, match="is no raster; use geotiff"),
        open_raster(tmp_path / "d.csv", table),
    ):
        pass


@pytest.mark.fault(5)
def test_a_vrt_named_tif_is_refused(tmp_path: Path) -> None:
    spec = source(tmp_path, "e.tif", b"<VRTDataset></VRTDataset>", "geotiff")
    with (
        pytest.raises(SourceDamagedError, match="is not a geotiff file"),
        open_raster(tmp_path / "e.tif", spec),
    ):
        pass


def test_a_raster_without_a_place_is_refused(tmp_path: Path) -> None:
    nowhere = source(tmp_path, "f.tif", write(tmp_path / "f.tif", crs=None), "geotiff")
    with (
        pytest.raises(SourceDamagedError, match="states no reference system"),
        open_raster(tmp_path / "f.tif", nowhere),
    ):
        pass
    mars = source(tmp_path, "h.tif", write(tmp_path / "h.tif", crs=MARS), "geotiff")
    with (
        pytest.raises(SourceDamagedError, match=r"h\.tif: its reference system .* no place on"),
        open_raster(tmp_path / "h.tif", mars),
    ):
        pass
    with pytest.raises(SourceDamagedError, match=r"^event\.tif: its reference system"):
        read_raster_bytes((tmp_path / "h.tif").read_bytes(), "event.tif")
    turned = source(tmp_path, "g.tif", write(tmp_path / "g.tif", turn=0.1), "geotiff")
    with (
        pytest.raises(SourceDamagedError, match="rotated or not north up"),
        open_raster(tmp_path / "g.tif", turned),
    ):
        pass


LOWEST = float(np.finfo("float32").min)
INSIDE = [
    ("int16", -1, [-1, 0, 1, 300]),
    ("uint8", 255, [255, 0, 1, 254]),
    ("uint8", None, [255, 0, 1, 254]),
    ("float32", -99999.0, [-99999.0, -99998.0, np.nan, np.inf]),
    # A hand's breadth beside it, as text makes of it, and further.
    (
        "float32",
        -0.1,
        [np.float32(-0.1), np.nextafter(np.float32(-0.1), np.float32(0)), -0.1001, 1],
    ),
    ("float32", LOWEST, [LOWEST, -1e30, 0.0, 5.0]),
    ("float64", 0.0, [0.0, 1e-300, -1e-300, 1.0]),
    ("float32", np.nan, [np.nan, 0.0, -1.0, 1.0]),
]


@pytest.mark.parametrize(("dtype", "no_data", "cells"), INSIDE)
def test_what_is_no_data_is_what_gdal_calls_so(
    tmp_path: Path, dtype: str, no_data: float | None, cells: list[float]
) -> None:
    path = tmp_path / "a.tif"
    with rasterio.open(
        path, "w", driver="GTiff", height=2, width=2, count=1, dtype=dtype, nodata=no_data,
        crs="EPSG:4326", transform=Affine(1, 0, 10, 0, -1, 20),
    ) as file:  # fmt: skip
        file.write(np.array(cells, dtype=dtype).reshape(2, 2), 1)
    with rasterio.open(path) as file:
        theirs = np.ma.masked_invalid(file.read(1, masked=True))
        ours = grid_of(file).values
    assert ours.dtype == theirs.dtype
    assert np.ma.getmaskarray(ours).tolist() == np.ma.getmaskarray(theirs).tolist()
    assert ours.filled(0).tolist() == theirs.filled(0).tolist()


def test_a_mask_of_its_own_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    with rasterio.open(
        path, "w", driver="GTiff", height=1, width=3, count=1, dtype="float32",
        crs="EPSG:4326", transform=Affine(1, 0, 10, 0, -1, 20),
    ) as file:  # fmt: skip
        file.write(np.array([[1, np.nan, 3]], dtype="float32"), 1)
        file.write_mask(np.array([[0, 255, 255]], dtype="uint8"))
    with rasterio.open(path) as file:
        assert grid_of(file).values.mask.tolist() == [[True, True, False]]
