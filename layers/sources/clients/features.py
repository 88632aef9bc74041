"""A GeoJSON answer: its features, checked, and its bytes."""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from layers.errors import Sentence, UserFileError
from layers.sources.clients.asking import Ask
from layers.sources.guard import read_json
from layers.sources.network import Reason

MAX_UNPACKED = 400 * 2**20
_ENCRYPTED = 1
"""The bit of a member of an archive that a password locks."""
Feature = Mapping[str, Any]


def features_of(ask: Ask, body: bytes) -> Sequence[Feature]:
    """Return the features of a GeoJSON document.

    Parameters
    ----------
    ask : Ask
        Named in the error.
    body : bytes
        The document.

    Returns
    -------
    sequence of mapping
        At least one.

    Raises
    ------
    DownloadError
        Where it is cut off, is no collection of features, or has none.
    """
    try:
        found = read_json(body, ask.spec.id)[0]
    except UserFileError as error:
        raise ask.refuse(Reason.CUT_SHORT, Sentence("{error}", error=error)) from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise ask.refuse(Reason.OTHER_FILE, Sentence("is no GeoJSON with features"))
    if not features:
        raise ask.refuse(Reason.NOTHING, Sentence("has no feature"))
    return features


def properties_of(features: Sequence[Feature]) -> list[Mapping[str, Any]]:
    """Return the properties of features; one without any has none."""
    told = (one.get("properties") for one in features)
    return [one if isinstance(one, dict) else {} for one in told]


def collection_of(features: Sequence[Feature]) -> bytes:
    """Return features as a GeoJSON document."""
    whole = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def unzip_one(ask: Ask, archive: bytes, wanted: str) -> bytes:
    """Return the one member of an archive whose name has a text in it and ends in .geojson.

    Parameters
    ----------
    ask : Ask
        Named in the error.
    archive : bytes
        A zip file.
    wanted : str
        Part of the name, lower case.

    Returns
    -------
    bytes
        Never more than ``MAX_UNPACKED``.

    Raises
    ------
    DownloadError
        Where there is none, or several, or it is damaged or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            names = [
                name
                for name in opened.namelist()
                if wanted in name.casefold() and name.casefold().endswith(".geojson")
            ]
            if len(names) != 1:
                raise ask.refuse(
                    Reason.SCHEMA,
                    Sentence(
                        "holds {count} files called {wanted}, not one",
                        count=len(names),
                        wanted=wanted,
                    ),
                )
            if opened.getinfo(names[0]).flag_bits & _ENCRYPTED:
                raise ask.refuse(Reason.OTHER_FILE, Sentence("is locked by a password"))
            with opened.open(names[0]) as member:
                body = member.read(MAX_UNPACKED + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
        raise ask.refuse(
            Reason.CUT_SHORT, Sentence("is cut off or damaged ({error})", error=error)
        ) from error
    if len(body) > MAX_UNPACKED:
        raise ask.refuse(
            Reason.TOO_LONG, Sentence("unpacks to more than {most} MB", most=MAX_UNPACKED // 2**20)
        )
    return body
