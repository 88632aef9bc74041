"""A store of an older version: what is carried, what lacks to build it again, what stays as it is."""

from dataclasses import dataclass

from geoapp.store.database import Store
from geoapp.store.formats import FORMAT
from geoapp.store.kept import Kept
from geoapp.store.loaded import LoadedFolder
from geoapp.store.records import read_record
from geoapp.store.written import current_build, written_builds
from layers.errors import LayersError
from layers.sources.locate import Places, candidates
from layers.spec import Catalogue


@dataclass(frozen=True)
class Survey:
    """What stands in a store before it is upgraded."""

    format: int | None
    """Of the build that is served; None where there is none or it cannot be read."""
    scenarios: int
    decisions: int
    loaded: int
    problems: tuple[LayersError, ...]
    """Of records that cannot be read."""
    lacking: tuple[str, ...]
    """Sources that the build was made from and that are not on this machine any more."""
    older: tuple[tuple[str, int], ...]
    """Builds that this version cannot read, with their format: they are left as they are."""


def survey(store: Kept, builds: Store, catalogue: Catalogue, places: Places) -> Survey:
    """Look at a store of any version without changing it.

    Parameters
    ----------
    store : Path or Row
        Where scenarios, decisions and loaded files are.
    builds : Path or Database
        Where the builds of the edition.
    catalogue : Catalogue
        The sources that this version knows.
    places : Places
        Where they may lie.

    Returns
    -------
    Survey
        What is there.
    """
    current = current_build(builds)
    scenarios, decisions = (_records(store / name) for name in _RECORDS)
    problems = [problem for path in (*scenarios, *decisions) if (problem := _problem(path))]
    sources = current.manifest.get("sources", {}) if current else {}
    lacking = [
        name
        for name, status in sources.items()
        if name in catalogue.sources
        and status.get("place")
        and not _is_here(name, catalogue, places)
    ]
    older = [
        (build.name, build.format)
        for build in written_builds(builds)
        if build.format is not None and build.format < FORMAT
    ]
    return Survey(
        format=current.format if current else None,
        scenarios=len(scenarios),
        decisions=len(decisions),
        loaded=len(LoadedFolder(store / "loaded").files()),
        problems=tuple(problems),
        lacking=tuple(lacking),
        older=tuple(older),
    )


_RECORDS = ("scenarios", "decisions")


def _records(folder: Kept) -> list[Kept]:
    return [*folder.glob("*.json")]


def _problem(path: Kept) -> LayersError | None:
    try:
        read_record(path)
    except LayersError as error:
        return error
    return None


def _is_here(name: str, catalogue: Catalogue, places: Places) -> bool:
    return any(path.is_file() for path in candidates(catalogue.source(name), places).values())
