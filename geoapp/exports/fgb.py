"""FlatGeobuf, with dictionary and provenance beside it."""

import json
from pathlib import Path

import geopandas as gpd
import pyogrio

from geoapp.exports.csv import write_beside
from geoapp.exports.frame import ExportFrame, shapes_of


def write_fgb(frame: ExportFrame, path: Path) -> None:
    """Write the units with an index of their places; the head of the file says the provenance.

    Parameters
    ----------
    frame : ExportFrame
        What the file says.
    path : Path
        The file.

    Raises
    ------
    ExportError
        Where the shapes may not be passed on.
    OSError
        Where GDAL refuses.
    """
    shapes = shapes_of(frame)
    units = gpd.GeoDataFrame(frame.rows, geometry=shapes.to_numpy(), crs=shapes.crs)
    try:
        pyogrio.write_dataframe(
            units,
            path,
            layer=frame.level.value,
            driver="FlatGeobuf",
            promote_to_multi=True,
            layer_options={
                "TITLE": frame.title,
                "DESCRIPTION": json.dumps(frame.provenance, ensure_ascii=False),
            },
        )
    except RuntimeError as error:
        raise OSError(str(error)) from error
    write_beside(frame, path)
