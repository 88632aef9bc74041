"""GeoParquet 1.1, with the box of each shape so that a reader can skip what is elsewhere."""

import io
import json
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq

from geoapp.exports.frame import ExportFrame


def write_parquet(frame: ExportFrame, path: Path) -> None:
    """Write the rows with their shapes; dictionary and provenance are in the key ``geoapp``.

    Parameters
    ----------
    frame : ExportFrame
        What the file says; without shapes the file is a plain table.
    path : Path
        The file.
    """
    told = {
        "procedencia": frame.provenance,
        "diccionario": frame.dictionary.to_dict("records"),
        "dejado_fuera": list(frame.left_out),
    }
    table = _table(frame)
    metadata = {**(table.schema.metadata or {}), b"geoapp": json.dumps(told, ensure_ascii=False)}
    pq.write_table(table.replace_schema_metadata(metadata), path, compression="zstd")


def _table(frame: ExportFrame) -> pa.Table:
    if frame.shapes is None:
        return pa.Table.from_pandas(frame.rows, preserve_index=False)
    units = gpd.GeoDataFrame(frame.rows, geometry=frame.shapes.to_numpy(), crs=frame.shapes.crs)
    written = io.BytesIO()
    units.to_parquet(written, index=False, write_covering_bbox=True, schema_version="1.1.0")
    return pq.read_table(written)
