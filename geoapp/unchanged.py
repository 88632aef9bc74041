"""Whether a build would come out as the one that is there: asked before any table is loaded."""

import hashlib
from pathlib import Path
from typing import Any

import geoapp
from geoapp.day import export_date
from geoapp.settings import Settings
from geoapp.store.folders import sealed_manifest
from geoapp.store.loaded import LoadedFolder
from layers.code_version import code, code_of
from layers.countries import country as countries
from layers.identity import product_version
from layers.loaded_catalogue import with_loaded
from layers.sources.locate import Finder

_LAYERS = Path(countries.__file__).parents[1]
KEEPING = tuple(Path(geoapp.__file__).parent / name for name in ("store", "outlines"))
"""The code that writes a build, its tiles among it."""


def made_from(settings: Settings, finder: Finder | None = None) -> str:
    """Return what tells all that a build is made from: files, declarations, code, rules and day.

    Parameters
    ----------
    settings : Settings
        Of one edition.
    finder : Finder, optional
        Keeps which files it found and held against their hash.

    Returns
    -------
    str
        SHA-256. Every file that is at hand is read and held against its declared hash: a date or
        a size tells nothing.
    """
    files = LoadedFolder(settings.kept / "loaded").files()
    country, places = settings.country, settings.places
    finder = finder or Finder(places)
    catalogue = with_loaded(country.catalogue, files)
    limits = places.starter / country.phase_limits if country.phase_limits else None
    told = (
        code().hex(),
        [code_of(_LAYERS / name).hex() for name in ("catalogue", "countries")],
        [code_of(folder).hex() for folder in KEEPING],
        product_version(),
        country,
        catalogue,
        files,
        [finder.place_of(spec) for spec in catalogue.sources.values()],
        limits.read_bytes() if limits and limits.is_file() else None,
        settings.disclosure,
        settings.tiled_from,
        export_date(),
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()


def unchanged(settings: Settings) -> dict[str, Any] | None:
    """Return the manifest of the build that is there, where another one would be the same.

    Parameters
    ----------
    settings : Settings
        A server shows two editions: both must be there.

    Returns
    -------
    dict or None
        None where something changed, nothing is there, a file of it is not as it was written, or
        a database holds it, which tells nothing of its rows.
    """
    if settings.database:
        return None
    editions = [settings, settings.public] if settings.is_both else [settings]
    found = [sealed_manifest(Path(str(one.builds))) for one in editions]
    known = all(
        manifest.get("made_from") == made_from(one)
        for one, manifest in zip(editions, found, strict=True)
    )
    return found[0] if known else None
