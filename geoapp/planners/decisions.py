"""Decision records: who chose a ranking, why and when, with all that it rested on."""

from datetime import datetime
from typing import Any

from geoapp.planners.scenarios import Saved, plain
from geoapp.store.kept import Kept
from geoapp.store.records import hash_of, write_record
from layers.built import Build
from layers.errors import RecordError


def write_decision(
    saved: Saved, built: Build, store: Kept, *, name: str, reason: str, who: str, when: datetime
) -> Kept:
    """Write a decision; nothing that was decided is ever replaced.

    Parameters
    ----------
    saved : Saved
        Scenario, inputs and ranking, frozen.
    built : Build
        What it was ranked from.
    store : Path or Row
        The store.
    name, reason, who : str
        What is decided, why and by whom.
    when : datetime
        With its zone.

    Returns
    -------
    Path or Row
        The record.

    Raises
    ------
    RecordError
        Where name, reason or who is empty, or the disk refuses.
    """
    if not name.strip():
        raise RecordError("a decision without its name binds nobody; give one")
    if not reason.strip():
        raise RecordError("a decision without its reason binds nobody; give one")
    if not who.strip():
        raise RecordError("a decision without its who binds nobody; give one")
    content: dict[str, Any] = {
        "name": name,
        "reason": reason,
        "who": who,
        "when": when.isoformat(timespec="seconds"),
        "build": {"hash": built.hash, "version": built.version, "catalogue": built.catalogue},
        "frozen": plain(saved),
    }
    path = store / "decisions" / f"{when:%Y%m%dT%H%M%S}-{hash_of(content)[:8]}.json"
    write_record(content, path)
    return path
