"""GeoPackage that QGIS opens already coloured, with dictionary and provenance inside."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio

from geoapp.exports.frame import ExportFrame
from geoapp.exports.qml import SCORE, qml_of, styles_of

# The table that QGIS itself makes when it saves a style in a GeoPackage.
_LAYER_STYLES = """
CREATE TABLE "layer_styles" (
 "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
 "f_table_catalog" TEXT(256), "f_table_schema" TEXT(256), "f_table_name" TEXT(256),
 "f_geometry_column" TEXT(256), "styleName" TEXT(30), "styleQML" TEXT, "styleSLD" TEXT,
 "useAsDefault" BOOLEAN, "description" TEXT, "owner" TEXT(30), "ui" TEXT(30),
 "update_time" DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))
"""
# QGIS 3.22 and older warn of a later version.
_DRIVER: dict[str, Any] = {"driver": "GPKG", "dataset_options": {"VERSION": "1.3"}}
_GEOMETRY = "geom"
_LONGEST_NAME = 30
"""Characters that QGIS keeps of the name of a style."""


def write_gpkg(frame: ExportFrame, path: Path) -> None:
    """Write a layer named by its level, ``diccionario``, ``procedencia`` and a style per column
    that can be drawn, the score by default.

    Parameters
    ----------
    frame : ExportFrame
        What the file says; without shapes the layer is a table of attributes.
    path : Path
        The file, absent before.

    Raises
    ------
    OSError
        Where GDAL or SQLite refuses.
    """
    provenance = pd.DataFrame(frame.provenance.items(), columns=["clave", "valor"])
    moment = f"{frame.date}T00:00:00.000Z"
    try:
        with _clock(moment):
            _write_units(frame, path)
            for name, table in (("diccionario", frame.dictionary), ("procedencia", provenance)):
                pyogrio.write_dataframe(table, path, layer=name, **_DRIVER)
        if frame.shapes is not None:
            with closing(sqlite3.connect(path)) as base, base:
                _write_styles(base, frame, moment)
    except (RuntimeError, sqlite3.Error) as error:
        raise OSError(str(error)) from error


def _write_units(frame: ExportFrame, path: Path) -> None:
    layer = frame.level.value
    if frame.shapes is None:
        pyogrio.write_dataframe(frame.rows, path, layer=layer, **_DRIVER)
        return
    units = gpd.GeoDataFrame(frame.rows, geometry=frame.shapes.to_numpy(), crs=frame.shapes.crs)
    pyogrio.write_dataframe(
        units,
        path,
        layer=layer,
        **_DRIVER,
        promote_to_multi=True,
        layer_options={"GEOMETRY_NAME": _GEOMETRY},
    )


def _write_styles(base: sqlite3.Connection, frame: ExportFrame, moment: str) -> None:
    base.execute(_LAYER_STYLES)
    base.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
        " VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
        (moment,),
    )
    base.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
        " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description,"
        " owner, update_time) VALUES ('', '', ?, ?, ?, ?, '', ?, ?, '', ?)",
        (
            (
                frame.level.value,
                _GEOMETRY,
                column[:_LONGEST_NAME],
                qml_of(renderer),
                int(column == SCORE),
                f"geoapp: {column}",
                moment,
            )
            for column, renderer in styles_of(frame).items()
        ),
    )


@contextmanager
def _clock(moment: str) -> Iterator[None]:
    """Make GDAL write one moment, so that the same frame gives the same bytes."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
