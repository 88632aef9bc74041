"""From what a planner has of an event (a file, a drawing, a list) to its footprint."""

import math
import tempfile
from pathlib import Path

import pandas as pd

from layers.decide.footprint import (
    MOST_BUFFER_KM,
    Footprint,
    FootprintKind,
    footprint_of_districts,
    footprint_of_raster,
)
from layers.decide.footprint_shaking import footprint_of_contours, footprint_of_grid
from layers.decide.footprint_shapes import footprint_of_shapes
from layers.errors import EventError, EventOptionError, LayersError, Sentence
from layers.harmonise.assign import Assignment, assign_units
from layers.harmonise.grid import grid_of_values
from layers.sources.geojson import read_features
from layers.sources.raster import read_raster_bytes
from layers.sources.shakemap import contour_lines, read_shake_grid
from layers.sources.user_columns import guess_columns
from layers.sources.user_table import read_user_table
from layers.terms import CodeScheme

_TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


def kind_of(data: bytes, name: str) -> FootprintKind:
    """Tell what a file is from its first bytes.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What errors call it.

    Returns
    -------
    FootprintKind
        ``POLYGON`` for any GeoJSON, contours too; ``DISTRICTS`` for a table or plain text.

    Raises
    ------
    EventError
        Where it is empty.
    """
    head = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise EventError("{name} is empty; download or export it again", name=name)
    if head.startswith(b"<"):
        return FootprintKind.SHAKEMAP
    if head.startswith(b"{"):
        return FootprintKind.POLYGON
    return FootprintKind.RASTER if data.startswith(_TIFF) else FootprintKind.DISTRICTS


def read_footprint(
    data: bytes,
    name: str,
    equivalence: pd.DataFrame,
    *,
    kind: FootprintKind | None = None,
    buffer_km: float = 0.0,
    thresholds: tuple[float, ...] = (),
    scheme: CodeScheme | None = None,
) -> Footprint:
    """Read the footprint of an event.

    Parameters
    ----------
    data : bytes
        grid.xml or cont_mmi.json of a ShakeMap, GeoJSON, GeoTIFF, or a list of districts as
        CSV, XLSX or lines of text.
    name : str
        Name of the file, for errors and provenance.
    equivalence : DataFrame
        Districts: ubigeo, reniec, name, province, region.
    kind : FootprintKind, optional
        What the planner says that it is; recognised otherwise.
    buffer_km : float
        Ground around shapes that counts too, from 0.
    thresholds : tuple of float
        Lower limits of the bands of a raster.
    scheme : CodeScheme, optional
        Of the codes of a list, where the planner states it.

    Returns
    -------
    Footprint
        Ready to be exposed.

    Raises
    ------
    LayersError
        One sentence, where it cannot be read or is not what was said.
    """
    if not (math.isfinite(buffer_km) and 0.0 <= buffer_km <= MOST_BUFFER_KM):
        raise EventOptionError(
            "a buffer of {buffer_km:g} km is no distance; give 0 to {most}",
            buffer_km=buffer_km,
            most=MOST_BUFFER_KM,
        )
    found = kind_of(data, name)
    stated = kind or found
    source = {"file": name}
    if stated is FootprintKind.SHAKEMAP:
        return _shakemap(data, name, found)
    if stated is not found:
        raise EventError(
            "{name} is a {found} by its content, not a {stated}; correct --kind",
            name=name,
            found=found,
            stated=stated,
        )
    if stated is FootprintKind.POLYGON:
        features = read_features(data, name)
        contours = contour_lines(features)
        if contours and not buffer_km:
            return footprint_of_contours(contours, source)
        return footprint_of_shapes(features, source, buffer_km)
    if stated is FootprintKind.RASTER:
        grid = grid_of_values(*read_raster_bytes(data, name))
        return footprint_of_raster(grid, thresholds, source)
    return footprint_of_list(data, name, equivalence, scheme)


def _shakemap(data: bytes, name: str, found: FootprintKind) -> Footprint:
    if found is FootprintKind.POLYGON:
        contours = contour_lines(read_features(data, name))
        if not contours:
            raise EventError("{name} has no contours of intensity; give cont_mmi.json", name=name)
        return footprint_of_contours(contours, {"file": name})
    read = read_shake_grid(data, name)
    source = {"file": name, **read.event}
    return footprint_of_grid(read.lon, read.lat, read.mmi, FootprintKind.SHAKEMAP, source)


def footprint_of_list(
    data: bytes, name: str, equivalence: pd.DataFrame, scheme: CodeScheme | None = None
) -> Footprint:
    """Read a list of districts, provinces or regions by code or name.

    Parameters
    ----------
    data : bytes
        A table with a header, or lines of ``code`` or ``district, province, region``.
    name : str
        Name of the file.
    equivalence : DataFrame
        Districts: ubigeo, reniec, name, province, region.
    scheme : CodeScheme, optional
        Of the codes, where the planner states it.

    Returns
    -------
    Footprint
        Every district of a province or region that is listed; rows without a unit are kept
        in ``unmatched``.

    Raises
    ------
    EventError
        Where the scheme of the codes is not certain, or no row names a unit.
    LayersError
        Where the table cannot be read.
    """
    assigned = assign_units(_listed(data, name), equivalence, scheme)
    unmatched = tuple(
        f"{item.row}: {item.code or item.name} ({item.reason.value})"
        + (f"; {', '.join(item.nearest)}" if item.nearest else "")
        for item in assigned.unmatched
    )
    if assigned.refused or assigned.ubigeos.empty:
        raise EventError(_refusal(assigned, name))
    listed = tuple(set(assigned.ubigeos))
    codes = equivalence["ubigeo"]
    inside = frozenset(codes[codes.str.startswith(listed)])
    return footprint_of_districts(inside, unmatched, {"file": name})


def _refusal(assigned: Assignment, name: str) -> Sentence:
    if assigned.refused and assigned.detection is not None:
        return Sentence(
            "{path}: the codes are {scheme} ({ground}); state inei or reniec, or add the names",
            path=name,
            scheme=assigned.detection.scheme,
            ground=assigned.detection.ground,
        )
    return Sentence(
        "{name} names no district that is known; run geoapp codes on it to see why", name=name
    )


def _listed(data: bytes, name: str) -> pd.DataFrame:
    """Return code, name, province and region by row: of a table, or else of plain lines."""
    is_workbook = data.startswith(b"PK")
    if not is_workbook:
        first = data[:4096].decode("utf-8", "replace").lstrip("\ufeff").splitlines()[0]
        header = [cell.strip(' "') for cell in first.replace(";", ",").split(",")]
        if not guess_columns(header):
            return _lines(data, name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "list")
        path.write_bytes(data)
        try:
            table = read_user_table(path)
        except LayersError as error:
            raise EventError(error.sentence.about(name)) from error
    columns = guess_columns([str(column) for column in table.frame.columns], table.tags)
    return pd.DataFrame({part: table.frame[column] for part, column in columns.items()})


def _lines(data: bytes, name: str) -> pd.DataFrame:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EventError("{name} is no list in UTF-8; save it as CSV or XLSX", name=name) from error
    rows = {}
    for number, line in enumerate(text.splitlines(), 1):
        cells = [
            cell.strip(' "\t') for cell in line.replace(";", ",").replace("\t", ",").split(",")
        ]
        if not any(cells):
            continue
        is_code = any(character.isdigit() for character in cells[0])
        names = cells[1:] if is_code else cells
        names = [*names, "", "", ""][:3]
        rows[number] = [cells[0] if is_code else "", *names]
    columns = ["code", "name", "province", "region"]
    found = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return found if found["code"].any() else found.drop(columns="code")
