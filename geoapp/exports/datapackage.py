"""A data package (Frictionless): the table, what each column is, its sources and licences."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd

from geoapp.exports.csv import csv_text
from geoapp.exports.frame import ExportFrame, licences_of

_MARK = len(b"\xef\xbb\xbf")
_HOMES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "MIT": "https://opensource.org/license/mit",
    "MPL-2.0": "https://www.mozilla.org/MPL/2.0/",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
}


def write_datapackage(frame: ExportFrame, path: Path) -> None:
    """Write the description, and beside it the CSV that it describes.

    Parameters
    ----------
    frame : ExportFrame
        What the package says; shapes are not part of it.
    path : Path
        For instance ``datapackage.json``; the table is ``datapackage_district.csv``. It has no
        byte order mark: readers of packages expect plain UTF-8.
    """
    table = path.with_name(f"{path.stem}_{frame.level}.csv")
    content = csv_text(frame.rows)[_MARK:]
    table.write_bytes(content)
    text = json.dumps(_package(frame, table.name, content), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _package(frame: ExportFrame, name: str, content: bytes) -> dict[str, Any]:
    level = frame.level.value
    return {
        "profile": "tabular-data-package",
        "name": f"geoapp-{frame.provenance['pais']}-{level}",
        "title": frame.title,
        "version": frame.provenance["construccion"],
        "created": f"{frame.date}T00:00:00Z",
        "licenses": [_licence(name) for name in licences_of(frame.dictionary)],
        "sources": _sources(frame),
        "geoapp": frame.provenance,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": level,
                "path": name,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "schema": {
                    "fields": _fields(frame),
                    "primaryKey": "ubigeo",
                    "missingValues": [""],
                },
            }
        ],
    }


def _fields(frame: ExportFrame) -> list[dict[str, str]]:
    described = frame.dictionary.set_index("columna")
    return [
        {
            "name": str(name),
            "type": _type(frame.rows[name]),
            "title": described.at[name, "titulo"],
            "unit": described.at[name, "unidad"],
            "description": described.at[name, "nota"],
            "hxl": described.at[name, "hxl"],
            "licence": described.at[name, "licencia"],
            "source": described.at[name, "fuente"],
        }
        for name in frame.rows.columns
    ]


def _type(column: pd.Series) -> str:
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    return "number" if pd.api.types.is_float_dtype(column) else "string"


def _licence(name: str) -> dict[str, str]:
    home = _HOMES.get(name)
    return {"name": name, "title": name, **({"path": home} if home else {})}


def _sources(frame: ExportFrame) -> list[dict[str, str]]:
    """Return the sources of the columns that are in the table, in the order of the build."""
    included = frame.dictionary.loc[frame.dictionary["incluida"] == "sí", "fuente"]
    used = {name for text in included for name in text.split("; ")}
    return [
        {"title": f"{row['publicador']} ({row['id']}, {row['fecha']})", "path": row["enlace"]}
        for row in frame.sources.to_dict("records")
        if row["id"] in used
    ]
