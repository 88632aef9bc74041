"""GeoJSON as RFC 7946 has it, with what the columns mean in a foreign member."""

import json
from pathlib import Path

import numpy as np
import shapely

from geoapp.exports.frame import ExportFrame

_DECIMALS = 6
"""Eleven centimetres."""


def write_geojson(frame: ExportFrame, path: Path) -> None:
    """Write one feature a line, shells anticlockwise, six decimals, missing as null.

    Parameters
    ----------
    frame : ExportFrame
        What the file says; without shapes every geometry is null.
    path : Path
        The file.
    """
    shapes = _shapes(frame)
    head: dict[str, object] = {
        "type": "FeatureCollection",
        "geoapp": {
            "procedencia": frame.provenance,
            "diccionario": frame.dictionary.to_dict("records"),
            "dejado_fuera": list(frame.left_out),
        },
    }
    if frame.shapes is not None:
        head["bbox"] = [round(float(edge), _DECIMALS) for edge in shapely.total_bounds(shapes)]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_text(head)[:-1] + ',"features":[\n')
        file.write(",\n".join(features_of(frame)))
        file.write("\n]}\n")


def features_of(frame: ExportFrame) -> list[str]:
    """Return each row as the text of a feature.

    Parameters
    ----------
    frame : ExportFrame
        Without shapes every geometry is null.

    Returns
    -------
    list of str
        In the order of the rows.
    """
    records = frame.rows.astype(object).where(frame.rows.notna(), None).to_dict("records")
    return [
        f'{{"type":"Feature","id":{_text(record["ubigeo"])},'
        f'"properties":{_text(record)},"geometry":{shapely.to_geojson(shape) or "null"}}}'
        for record, shape in zip(records, _shapes(frame), strict=True)
    ]


def _shapes(frame: ExportFrame) -> np.ndarray:
    if frame.shapes is None:
        return np.full(len(frame.rows), None)
    rounded = shapely.transform(frame.shapes.to_numpy(), lambda xy: xy.round(_DECIMALS))
    shapes = np.array(shapely.orient_polygons(rounded), dtype=object)
    # Readers name the kind of a layer by its first features: all are of one, as in other formats.
    single = shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON
    shapes[single] = shapely.multipolygons(shapes[single], indices=np.arange(single.sum()))
    return shapes


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
