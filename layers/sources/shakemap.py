"""Read the two files of a ShakeMap that tell intensities: grid.xml and cont_mmi.json."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.errors import EventError

_MAX_CELLS = 20_000_000
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


@dataclass(frozen=True)
class ShakeGrid:
    """Intensities on nodes of a regular grid."""

    lon: np.ndarray
    """Of the columns, from west to east, degrees."""
    lat: np.ndarray
    """Of the rows, from north to south, degrees."""
    mmi: np.ndarray
    """Rows by columns; not-a-number where the file has none."""
    event: dict[str, str]
    """As the header states: id, time, place, magnitude, depth, lon, lat, originator, version."""


def read_shake_grid(data: bytes, name: str) -> ShakeGrid:
    """Read a ``grid.xml`` of any agency, whatever its namespace.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What errors call it.

    Returns
    -------
    ShakeGrid
        The field MMI.

    Raises
    ------
    EventError
        Where it is no ShakeMap grid, or its rows are not those that its header states.
    """
    root = _root(data, name)
    spec = _one(root, "grid_specification", name).attrib
    fields = {field.get("name", "").upper(): field for field in _all(root, "grid_field")}
    if absent := {"LON", "LAT", "MMI"} - set(fields):
        raise EventError(
            "{name} has no grid field {absent}; give the grid.xml of intensities",
            name=name,
            absent=", ".join(sorted(absent)),
        )
    text = _one(root, "grid_data", name).text or ""
    try:
        columns, rows = int(spec["nlon"]), int(spec["nlat"])
        table = np.array(text.split(), dtype=float).reshape(-1, len(fields))
        at = {key: int(fields[key].get("index", "0")) - 1 for key in ("LON", "LAT", "MMI")}
    except (KeyError, ValueError) as error:
        raise EventError(
            "{name} is a damaged ShakeMap grid ({error}); download it again", name=name, error=error
        ) from error
    if len(table) != rows * columns or not 4 <= len(table) <= _MAX_CELLS:
        raise EventError(
            "{name} holds {count} nodes and states {columns} by {rows}; download it again",
            name=name,
            count=len(table),
            columns=columns,
            rows=rows,
        )
    return _ordered(table, at, (rows, columns), name, _event(root))


def _root(data: bytes, name: str) -> ET.Element:
    if any(mark in data[:4096].upper() for mark in _FORBIDDEN):
        raise EventError(
            "{name} declares XML entities, which no ShakeMap does; it is not read", name=name
        )
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        raise EventError(
            "{name} is no whole XML ({error}); download it again", name=name, error=error
        ) from error
    if _local(root) != "shakemap_grid":
        raise EventError(
            "{name} is XML, and no ShakeMap grid; give grid.xml or cont_mmi.json", name=name
        )
    return root


def _ordered(
    table: np.ndarray, at: dict[str, int], shape: tuple[int, int], name: str, event: dict[str, str]
) -> ShakeGrid:
    """Return the nodes from north to south and west to east, in whatever order they came."""
    order = np.lexsort((table[:, at["LON"]], -table[:, at["LAT"]].round(6)))
    lon, lat, mmi = (table[order, at[key]].reshape(shape) for key in ("LON", "LAT", "MMI"))
    columns, rows = lon.mean(axis=0), lat.mean(axis=1)
    if not (_is_even(columns) and _is_even(-rows)):
        raise EventError(
            "{name} has nodes that are on no regular grid; give cont_mmi.json", name=name
        )
    return ShakeGrid(columns, rows, mmi, event)


def _is_even(places: np.ndarray) -> bool:
    # Places are written with four decimals, so that steps differ by their rounding.
    steps = np.diff(places)
    return len(steps) > 0 and bool(np.all(steps > 0) and np.ptp(steps) < 0.3 * steps.mean())


def _event(root: ET.Element) -> dict[str, str]:
    found = next(iter(_all(root, "event")), None)
    event = dict(found.attrib) if found is not None else {}
    return {
        "id": root.get("event_id") or event.get("event_id", ""),
        "time": event.get("event_timestamp", ""),
        "place": event.get("event_description", "").strip(),
        "magnitude": event.get("magnitude", ""),
        "depth_km": event.get("depth", ""),
        "lon": event.get("lon", ""),
        "lat": event.get("lat", ""),
        "originator": root.get("shakemap_originator", ""),
        "version": root.get("shakemap_version", ""),
        "processed": root.get("process_timestamp", ""),
    }


def _all(root: ET.Element, name: str) -> list[ET.Element]:
    return [item for item in root.iter() if _local(item) == name]


def _one(root: ET.Element, name: str, file: str) -> ET.Element:
    found = _all(root, name)
    if not found:
        raise EventError(
            "{file} has no {name}; it is no whole ShakeMap grid: download it again",
            file=file,
            name=name,
        )
    return found[0]


def _local(item: ET.Element) -> str:
    return item.tag.rpartition("}")[2]


def contour_lines(
    features: Sequence[tuple[dict[str, Any], BaseGeometry]],
) -> dict[float, BaseGeometry]:
    """Return the contours of a ``cont_mmi.json`` by intensity.

    Parameters
    ----------
    features : list
        Properties and geometry of each feature; ``value`` is the intensity.

    Returns
    -------
    dict
        Lines by level, weakest first.
    """
    found: dict[float, list[BaseGeometry]] = {}
    for properties, shape in features:
        value = properties.get("value")
        if isinstance(value, int | float) and shape.geom_type.endswith("LineString"):
            found.setdefault(float(value), []).append(shape)
    return {level: shapely.union_all(found[level]) for level in sorted(found)}
