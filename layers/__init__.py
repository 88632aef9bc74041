"""The science of geoapp: from published files to priorities, without screens."""

import os

# GDAL opens far more than files: a VRT named .geojson returns the lines of any
# file of the machine, and network drivers answer to crafted names. They are off
# before pyogrio or rasterio is imported, so that notebooks are guarded too.
KEPT_VECTOR_DRIVERS = frozenset(
    {"GeoJSON", "TopoJSON", "GPKG", "ESRI Shapefile", "FlatGeobuf", "SQLite", "MEM"}
)
_SKIPPED_VECTOR = """
ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,CSV,CSW,Carto,DGN,DXF,EDIGEO,EEDA,ESRIJSON,Elasticsearch,
GDALG,GML,GPSBabel,GPX,GTFS,GeoJSONSeq,GeoRSS,HTTP,Idrisi,JML,JSONFG,KML,LIBKML,LVBAG,MBTiles,MVT,
MapInfo File,MapML,MiraMonVector,NGW,OAPIF,ODS,OGCAPI,OGR_GMT,OGR_PDS,OGR_VRT,OSM,OpenFileGDB,
PCIDSK,PDF,PDS4,PGDUMP,PLSCENES,PMTiles,S57,SXF,Selafin,VDV,VFK,VICAR,WAsP,WFS,XLSX
"""
_SKIPPED_RASTER = """
VRT,WMS,WCS,WMTS,EEDAI,PLMOSAIC,STACTA,STACIT,DAAS,GTI,DERIVED,MRF,KMLSUPEROVERLAY
"""


def _comma_list(names: str) -> str:
    return ",".join(name.strip() for name in names.replace("\n", "").split(",") if name.strip())


os.environ["OGR_SKIP"] = _comma_list(_SKIPPED_VECTOR)
os.environ["GDAL_SKIP"] = _comma_list(_SKIPPED_RASTER)
os.environ.setdefault("GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR")
# GDAL keeps up to a twentieth of the memory of the machine in blocks; 128 MB are enough.
os.environ.setdefault("GDAL_CACHEMAX", "128")
