"""Every format of a file for others, one line each."""

from geoapp.exports.cog import write_cog
from geoapp.exports.csv import write_csv
from geoapp.exports.datapackage import write_datapackage
from geoapp.exports.fgb import write_fgb
from geoapp.exports.files import Export
from geoapp.exports.frame import ExportFrame
from geoapp.exports.geojson import write_geojson
from geoapp.exports.gpkg import write_gpkg
from geoapp.exports.html import write_html
from geoapp.exports.hxl import write_hxl
from geoapp.exports.parquet import write_parquet
from geoapp.exports.qgz import write_qgz
from geoapp.exports.rasters import RasterFrame
from geoapp.exports.xlsx import write_xlsx

EXPORTS: dict[str, Export[ExportFrame]] = {
    "geojson": Export((".geojson", ".json"), write_geojson),
    "csv": Export((".csv",), write_csv),
    "gpkg": Export((".gpkg",), write_gpkg),
    "qgz": Export((".qgz",), write_qgz),
    "html": Export((".html",), write_html),
    "xlsx": Export((".xlsx",), write_xlsx),
    "hxl": Export((".csv",), write_hxl),
    "datapackage": Export((".json",), write_datapackage),
    "parquet": Export((".parquet",), write_parquet),
    "fgb": Export((".fgb",), write_fgb),
}

RASTERS: dict[str, Export[RasterFrame]] = {"cog": Export((".tif", ".tiff"), write_cog)}
"""Of the raster that one layer is measured on."""
