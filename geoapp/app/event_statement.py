"""What a visitor states of an event becomes its footprint, worked out anew each time."""

import base64
import binascii
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geoapp.app.view import Views
from geoapp.event.answer import equivalence_of, footprint_of_quake, footprint_of_upload
from geoapp.work.apart import check_footprint_apart
from layers.decide.footprint import Footprint
from layers.errors import EventError, EventOptionError
from layers.indicators.shaking import QUAKE_LIMITS
from layers.sources.network import FetchRules
from layers.sources.recent import shakemap_of

_SMALL = 256 << 10
"""Bytes of plain text that no reader takes long for; a process of its own takes seconds to begin."""
_PACKED = (b"PK", b"II", b"MM")
"""Workbooks and rasters may unpack to much more than they weigh."""
BRISK = FetchRules(timeout=2.0, connect_timeout=1.5, patience=2.0, retries=1)
"""Feeds that are silent for longer are passed over: the page promises an answer in 5 s."""


def feeds_folder(views: Views) -> Path:
    """Return where answers of feeds are kept, as ``geoapp event --recent`` does: by the builds."""
    return views.stored.folder / "feeds"


def footprint_asked(views: Views, asked: dict[str, Any], name: str) -> Footprint:
    """Return the footprint of what was stated.

    Parameters
    ----------
    views : Views
        Answers of the build.
    asked : dict
        Of ``read_statement``.
    name : str
        What a list or drawing is called in provenance.

    Returns
    -------
    Footprint
        Ready to be exposed.

    Raises
    ------
    LayersError
        One sentence.
    """
    built = views.stored.build
    if asked["way"] == "quake":
        return footprint_of_quake(built, *(float(asked[part]) for part in QUAKE_LIMITS))
    if asked["way"] == "list":
        data = asked["text"].encode()
        scheme = asked.get("scheme") or ""
        return footprint_of_upload(built, data, name, kind="districts", scheme=scheme)
    if asked["way"] == "shakemap":
        kept = shakemap_of(asked["id"], feeds_folder(views), datetime.now(UTC), rules=BRISK)
        return footprint_of_upload(built, kept.body, f"{asked['id']}.xml", kind="shakemap")
    options: dict[str, Any] = {
        "buffer_km": float(asked.get("buffer_km") or 0),
        "thresholds": tuple(
            _number(part) for part in (asked.get("thresholds") or "").split(",") if part
        ),
    }
    if asked["way"] == "drawing":
        return footprint_of_upload(built, _drawing(asked["ring"]), name, **options)
    data = _bytes_of(asked)
    if len(data) > _SMALL or data.startswith(_PACKED):
        check_footprint_apart(data, asked["name"], equivalence_of(built), options)
    return footprint_of_upload(built, data, asked["name"], **options)


def _number(part: str) -> float:
    try:
        return float(part)
    except ValueError:
        raise EventOptionError("{text!r} is no number; write 0.5, 1, 2", text=part) from None


def _drawing(ring: list[list[float]]) -> bytes:
    shape = {"type": "Polygon", "coordinates": [ring]}
    return json.dumps({"type": "Feature", "properties": {}, "geometry": shape}).encode()


def _bytes_of(asked: dict[str, Any]) -> bytes:
    """Return the bytes of a file; a browser writes them as base64 after a comma."""
    if asked["way"] == "large":
        raise EventError("{name} is larger than a request may be; cut it", name=asked["name"])
    try:
        return base64.b64decode(asked["contents"].partition(",")[2], validate=True)
    except binascii.Error as error:
        raise EventError("{name} came damaged; give it again", name=asked["name"]) from error
