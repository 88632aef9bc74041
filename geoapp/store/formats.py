"""Which version wrote a build, and what this one may do with it."""

import json
from pathlib import Path
from typing import Any

from layers.errors import NewerStoreError, StoreError

FORMAT = 13
"""Of the builds that this version writes and reads."""


def check_format(found: int, where: object) -> None:
    """Refuse a build that another version wrote.

    Parameters
    ----------
    found : int
        Its format.
    where : object
        What a sentence calls the build.

    Raises
    ------
    NewerStoreError
        Where a newer version wrote it: nothing may be put in its place.
    StoreError
        Where an older one did.
    """
    if found > FORMAT:
        raise NewerStoreError(
            "{folder} was written by a newer version (format {found}; this one reads {known}); "
            "install that version, or set GEOAPP_STORE to another folder",
            folder=where,
            found=found,
            known=FORMAT,
        )
    if found < FORMAT:
        raise StoreError(
            "{folder} was written by an older version (format {found}; this one reads {known}); "
            "run geoapp upgrade, which keeps what was loaded and decided",
            folder=where,
            found=found,
            known=FORMAT,
        )


def manifest_of(folder: Path) -> dict[str, Any]:
    """Return what a build of any version says of itself; nothing where it cannot be read.

    Parameters
    ----------
    folder : Path
        Of the build.

    Returns
    -------
    dict
        As JSON.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def is_foreign(folder: Path) -> bool:
    """Return whether another version wrote a build: this one could not make it again."""
    return bool(manifest_of(folder).get("format", FORMAT) != FORMAT)
