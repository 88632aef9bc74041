"""Files for others: one module per format, one line each."""

from geoapp.exports.csv import write_csv
from geoapp.exports.files import Export
from geoapp.exports.geojson import write_geojson
from geoapp.exports.gpkg import write_gpkg

EXPORTS: dict[str, Export] = {
    "geojson": Export((".geojson", ".json"), write_geojson),
    "csv": Export((".csv",), write_csv),
    "gpkg": Export((".gpkg",), write_gpkg),
}
