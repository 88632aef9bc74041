"""What services gave, kept in the store: the file and a record of where it came from."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from layers.sources.locate import Places
from layers.sources.verify import sha256_of
from layers.spec import ServiceSpec
from layers.whole_file import whole_file

if TYPE_CHECKING:
    # What was fetched is read where nothing is asked of the network.
    from layers.sources.clients import Found

SERVICES = "services"
_RECORD = "record.json"


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A file that a service gave, and where it came from."""

    id: str
    """The service."""
    argument: str
    publisher: str
    landing: str
    url: str
    name: str
    format: str
    vintage: str
    licence: str
    """As the service states it; empty where it does not."""
    feeds: str
    """Kind of file that it is loaded as; empty where a person has to say."""
    version: str
    retrieved: str
    """When it was had: ISO, UTC."""
    sha256: str
    bytes: int
    rows: int | None
    types: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def folder_of(places: Places, service_id: str, argument: str) -> Path:
    """Return the folder of one answer; what was named is part of its name."""
    named = argument.replace("#", "_")
    return places.store / SERVICES / (f"{service_id}.{named}" if named else service_id)


def path_of(places: Places, record: Fetched) -> Path:
    """Return where the file of a record lies."""
    return folder_of(places, record.id, record.argument) / record.sha256


def read_fetched(places: Places, service_id: str, argument: str = "") -> Fetched | None:
    """Return the record of what a service gave.

    Parameters
    ----------
    places : Places
        The folders of this machine.
    service_id : str
        The service.
    argument : str
        What was named beside it.

    Returns
    -------
    Fetched or None
        None where there is none, or its file is not the one that was kept.
    """
    try:
        text = (folder_of(places, service_id, argument) / _RECORD).read_text("utf-8")
        plain = json.loads(text)
        record = Fetched(**{**plain, "notes": tuple(plain["notes"])})
        is_whole = sha256_of(path_of(places, record)) == record.sha256
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return record if is_whole else None


def keep(
    places: Places, spec: ServiceSpec, argument: str, found: "Found", now: datetime
) -> tuple[Fetched, bool]:
    """Keep what a service gave, whole or not at all.

    The file is written under its hash, then the record that names it takes the place of the older
    one in one step, then what no record names goes: whoever reads meanwhile has one or the other.

    Parameters
    ----------
    places : Places
        The folders of this machine.
    spec : ServiceSpec
        The service.
    argument : str
        What was named beside it.
    found : Found
        What it gave.
    now : datetime
        When.

    Returns
    -------
    tuple
        The record that stands now, and whether it is new: the same bytes leave the older record.
    """
    before = read_fetched(places, spec.id, argument)
    sha256 = hashlib.sha256(found.body).hexdigest()
    record = Fetched(
        id=spec.id,
        argument=argument,
        publisher=spec.publisher,
        landing=spec.landing,
        url=found.url,
        name=found.name,
        format=found.format,
        vintage=found.vintage,
        licence=found.licence,
        feeds=spec.fed_by(argument),
        version=found.version,
        retrieved=now.astimezone(UTC).isoformat(timespec="seconds"),
        sha256=sha256,
        bytes=len(found.body),
        rows=found.rows,
        types=dict(found.types),
        notes=tuple(map(str, found.notes)),
    )
    is_new = before is None or before.sha256 != sha256
    if not is_new and before is not None and before.version == found.version:
        return before, False
    folder = folder_of(places, spec.id, argument)
    folder.mkdir(parents=True, exist_ok=True)
    if is_new:
        _write(folder / sha256, found.body)
    _write(folder / _RECORD, json.dumps(asdict(record), ensure_ascii=False, indent=1).encode())
    for path in folder.iterdir():
        if path.name not in (_RECORD, sha256):
            path.unlink()
    return record, is_new


def _write(target: Path, data: bytes) -> None:
    with whole_file(target) as file:
        file.write(data)
