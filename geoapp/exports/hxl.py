"""CSV whose second row says in the Humanitarian Exchange Language what each column is."""

from pathlib import Path

from geoapp.exports.csv import csv_text, write_beside
from geoapp.exports.frame import ExportFrame


def write_hxl(frame: ExportFrame, path: Path) -> None:
    """Write the rows under their names and tags, with dictionary and provenance beside them.

    Parameters
    ----------
    frame : ExportFrame
        What the file says.
    path : Path
        The file.
    """
    tags = frame.dictionary.set_index("columna")["hxl"]
    path.write_bytes(csv_text(frame.rows, [str(tags[name]) for name in frame.rows.columns]))
    write_beside(frame, path)
