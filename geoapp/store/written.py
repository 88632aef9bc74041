"""The builds of a store by what their manifests say, whatever version wrote them."""

from dataclasses import dataclass
from typing import Any

from geoapp.store import postgis
from geoapp.store.database import Database, Store
from geoapp.store.folders import BUILDS, POINTER, pointed
from geoapp.store.formats import FORMAT, check_format, manifest_of


@dataclass(frozen=True)
class Written:
    """A build by what its manifest says."""

    name: str
    manifest: dict[str, Any]
    """Empty where it cannot be read."""

    @property
    def format(self) -> int | None:
        """Number of its format; None where its manifest tells none."""
        found = self.manifest.get("format")
        return found if isinstance(found, int) else None


def written_builds(store: Store) -> tuple[Written, ...]:
    """Return the builds in the folder of a store, by name, without those that are being written.

    Parameters
    ----------
    store : Path or Database
        Where; a database keeps none of another version.

    Returns
    -------
    tuple of Written
        Of any version.
    """
    if isinstance(store, Database):
        return ()
    folders = sorted((store / BUILDS).glob("[!.]*"))
    return tuple(Written(one.name, manifest_of(one)) for one in folders if one.is_dir())


def current_build(store: Store) -> Written | None:
    """Return the build that a store points to; None where it points to none."""
    if isinstance(store, Database):
        manifest = postgis.current_manifest(store)
        return Written(manifest["hash"], manifest) if manifest else None
    name = pointed(store, POINTER)
    return Written(name, manifest_of(store / BUILDS / name)) if name else None


def refuse_newer(store: Store) -> None:
    """Refuse to put anything in the place of a build of a newer version.

    Parameters
    ----------
    store : Path or Database
        Where.

    Raises
    ------
    NewerStoreError
        Nothing is written.
    """
    found = current_build(store)
    if found and found.format is not None and found.format > FORMAT:
        check_format(found.format, f"{store} {found.name}")
