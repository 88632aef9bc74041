"""What tells one build, one catalogue and one version of the product from another."""

import hashlib
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from layers.loaded_catalogue import tells_of_people
from layers.spec import Catalogue, CountryProfile, LoadedFile
from layers.terms import AdminLevel

if TYPE_CHECKING:
    # The version is asked for where no table is.
    from layers.reading import SourceStatus
    from layers.table.ground import Ground, LevelTable


def product_version() -> str:
    """Return the installed version of the product."""
    try:
        return version("geoapp")
    except PackageNotFoundError:
        return "0+unknown"


def fingerprint(catalogue: Catalogue) -> str:
    """Return what tells one set of declared layers from another.

    Parameters
    ----------
    catalogue : Catalogue
        The declarations.

    Returns
    -------
    str
        Sixteen hexadecimal digits.
    """
    return hashlib.sha256(
        repr([*catalogue.layers.values(), *catalogue.series.values()]).encode()
    ).hexdigest()[:16]


def hash_of(
    catalogue: Catalogue,
    country: CountryProfile,
    statuses: dict[str, "SourceStatus"],
    ground: "Ground",
    loaded: Sequence[LoadedFile],
    tables: Mapping[AdminLevel, "LevelTable"],
) -> str:
    """Return what tells one build from another: sources, declarations, country, limits, version.

    Parameters
    ----------
    catalogue : Catalogue
        Declares sources and layers.
    country : CountryProfile
        The country.
    statuses : dict
        Sources that were had count.
    ground : Ground
        Gives the limits of severity and the rules of disclosure that were used.
    loaded : sequence of LoadedFile
        Say how the months of what partners do become one figure.
    tables : mapping
        Of each level. In the public edition they stand in the place of the loaded tables of
        people: a hash of what is masked would answer guesses at it.

    Returns
    -------
    str
        Sixteen hexadecimal digits.
    """
    masked = [file for file in loaded if tells_of_people(file)] if ground.disclosure else []
    silent = {file.source.id for file in masked}
    had = {
        name: catalogue.source(name).sha256
        for name, status in statuses.items()
        if status.place and name not in silent
    }
    whole = sorted(name for name in had if catalogue.source(name).covers_country)
    text = repr(
        (
            sorted(had.items()),
            list(catalogue.layers.values()),
            list(catalogue.series.values()),
            country,
            sorted(ground.phase_limits.items()),
            whole,
            [file.months for file in loaded],
            product_version(),
            *([ground.disclosure] if ground.disclosure else []),
            *([sorted(silent), _shown(tables)] if silent else []),
        )
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _shown(tables: Mapping[AdminLevel, "LevelTable"]) -> str:
    """Return what tells tables that are shown from others, but for the last digits of a figure."""
    # The version is asked for where no table is.
    from layers.digests import digest

    told = [
        (level.value, made.values.astype("float32"), made.methods, made.masked)
        for level, made in tables.items()
    ]
    return digest(told).hex()
