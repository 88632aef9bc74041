"""What loaded files add to the declarations; it reads none of them and waits for no library."""

from collections.abc import Iterable

from layers.catalogue.awaited import AWAITED
from layers.errors import UnknownIdError, nearest
from layers.spec import AwaitedSpec, Catalogue, LoadedFile


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
