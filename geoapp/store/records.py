"""Small JSON files that are written once, whole, and never changed: scenarios and decisions."""

import hashlib
import json
from typing import Any

from geoapp.store.kept import Kept, swap
from layers.errors import LayersError, RecordError, said_by_system

_HASH = "sha256"


def canonical(content: object) -> bytes:
    """Return the one way in which some content is written: the same content, the same bytes.

    Parameters
    ----------
    content : object
        Dicts, lists, texts and numbers; no NaN.

    Returns
    -------
    bytes
        JSON in UTF-8, keys sorted.
    """
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def hash_of(content: object) -> str:
    """Return the SHA-256 of some content as it is written."""
    return hashlib.sha256(canonical(content)).hexdigest()


def write_record(content: dict[str, Any], path: Kept) -> None:
    """Write a record with its own hash; it appears whole, and over nothing.

    Parameters
    ----------
    content : dict
        What it says.
    path : Path or Row
        The file.

    Raises
    ------
    RecordError
        Where another content bears the name, or the disk refuses.
    """
    whole = canonical({**content, _HASH: hash_of(content)})
    try:
        if not swap(path, None, whole) and path.read_bytes() != whole:
            raise RecordError(
                "{path} exists and says something else; records are not changed: choose another "
                "name",
                path=path,
            )
    except LayersError:
        raise
    except OSError as error:
        raise RecordError(
            "{path} cannot be written ({error}); free space or set GEOAPP_STORE",
            path=path,
            error=said_by_system(error),
        ) from error


def read_record(path: Kept) -> dict[str, Any]:
    """Read a record and check that nobody changed it.

    Parameters
    ----------
    path : Path or Row
        The file.

    Returns
    -------
    dict
        What it says, without its hash.

    Raises
    ------
    RecordError
        Where it is absent, no record, or not as it was written.
    """
    try:
        content = json.loads(path.read_bytes())
        written = content.pop(_HASH)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecordError(
            "{path} is not a record of geoapp ({error}); name another file", path=path, error=error
        ) from None
    if hash_of(content) != written:
        raise RecordError(
            "{path} was changed after it was written; save it again under another name", path=path
        )
    return dict(content)
