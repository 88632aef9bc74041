"""What loaded files add to the declarations; it reads none of them and waits for no library."""

from collections.abc import Iterable
from dataclasses import replace

from layers.catalogue.awaited import AWAITED
from layers.errors import UnknownIdError, nearest
from layers.spec import AwaitedSpec, Catalogue, LoadedFile
from layers.terms import FileKind

_OF_NOBODY = (
    FileKind.LIMITS,
    FileKind.POLYGONS,
    FileKind.LINES,
    FileKind.RASTER,
    FileKind.BOUNDARIES,
)
"""Kinds of files that hold no count of people and no place of a service."""


def awaited_of(kind: str) -> AwaitedSpec:
    """Return a kind of file that is awaited, or name its neighbours."""
    known = {spec.id: spec for spec in AWAITED}
    if kind not in known:
        raise UnknownIdError(
            "no kind of file {kind!r}{near}; geoapp missing lists them",
            kind=kind,
            near=nearest(kind, list(known)),
        )
    return known[kind]


def tells_of_people(file: LoadedFile) -> bool:
    """Return whether a file may hold counts of people or places of services."""
    return awaited_of(file.kind).kind not in _OF_NOBODY


def as_public(file: LoadedFile) -> LoadedFile:
    """Return what the public edition tells of a loaded file.

    Parameters
    ----------
    file : LoadedFile
        As it was loaded.

    Returns
    -------
    LoadedFile
        Without hash and size where it tells of people: whoever knows all of a small table but
        one count could try counts until the hash is right.
    """
    return replace(file, sha256="", bytes=0) if tells_of_people(file) else file


def with_loaded(catalogue: Catalogue, files: Iterable[LoadedFile]) -> Catalogue:
    """Return a catalogue with the sources and layers that loaded files bring.

    Parameters
    ----------
    catalogue : Catalogue
        The declarations of the product.
    files : iterable of LoadedFile
        What was loaded.

    Returns
    -------
    Catalogue
        The same one where nothing was.
    """
    given = {file.kind: file for file in files}
    specs = [spec for spec in AWAITED if spec.id in given]
    if not specs:
        return catalogue
    more = catalogue.with_sources(*(given[spec.id].source for spec in specs))
    new = [layer for spec in specs for layer in spec.layers if layer.id not in more.layers]
    return more.with_layers(*new)
