"""The build of this machine: made, or opened where it is made."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geoapp.answers.build import level_of_build
from geoapp.cli.output import log
from geoapp.day import export_date
from geoapp.planners.audit import Act, record, user_of_system
from geoapp.settings import Settings
from geoapp.store.builds import Stored, check_writable, read_build, read_names, write_build
from geoapp.store.loaded import LoadedFolder
from geoapp.store.written import refuse_newer
from geoapp.unchanged import made_from
from geoapp.work.cluster import workers_of
from layers.built import Build
from layers.errors import NewerStoreError, Sentence, StoreError
from layers.loaded_catalogue import with_loaded
from layers.pipeline import build as run_pipeline
from layers.sources.locate import Finder
from layers.spec import Catalogue
from layers.steps import Steps
from layers.terms import AdminLevel
from layers.workers import Workers


def make_build(settings: Settings, workers: str = "", *, fresh: bool = False) -> Build:
    """Build from the sources of this machine and write the store.

    What an earlier build made of the same inputs is used again, unless it is to be made afresh. A
    server shows two editions: where the full one is built, so is the public one, that nobody is
    shown an older state than another.
    """
    with workers_of(workers) as several:
        built = _make_one(settings, several, fresh)
        if settings.is_both:
            _make_one(settings.public, several, fresh)
    return built


def _make_one(settings: Settings, workers: Workers, fresh: bool) -> Build:
    refuse_newer(settings.builds)
    before = check_writable(settings.builds)
    # Before anything is read: what changes meanwhile is seen by the next build.
    finder = Finder(settings.places)
    told = made_from(settings, finder)
    steps = Steps(settings.steps, fresh=fresh)
    files = LoadedFolder(settings.kept / "loaded").files()
    built = run_pipeline(
        settings.country.catalogue,
        settings.country,
        finder,
        log,
        files,
        on=date.fromisoformat(export_date()),
        disclosure=settings.disclosure,
        workers=workers,
        steps=steps,
    )
    write_build(built, settings.builds, before, settings.tiled_from, told)
    steps.keep()
    edition = "public" if settings.disclosure else "full"
    record(settings.store, user_of_system(), Act.BUILD, hash=built.hash, edition=edition)
    return built


def open_store(settings: Settings) -> Stored:
    """Return the stored build; make it first where there is none."""
    try:
        return _told(read_build(settings.builds, settings.country.catalogue))
    except NewerStoreError:
        raise
    except StoreError as error:
        log(Sentence("geoapp: {problem}; building now", problem=error))
        if settings.mirror is None:
            _fetch_once(settings)
        make_build(settings)
        return read_build(settings.builds, settings.country.catalogue)


def _told(stored: Stored) -> Stored:
    """Say it where a build is not the newest of its store."""
    if stored.problem is not None:
        log(stored.problem)
    return stored


def open_units(
    settings: Settings, level: AdminLevel | None
) -> tuple[pd.DataFrame, Callable[[], gpd.GeoDataFrame]]:
    """Return the names of the units of a level, the finest if None, and what reads these units.

    They are read without the figures where that can be; whatever is wrong with a store is told
    by who reads all of it.
    """
    if isinstance(settings.builds, Path):
        with suppress(StoreError):
            found = read_names(settings.builds, level, settings.country.catalogue)
            if found is not None:
                return found
    built = open_store(settings).build
    made = level_of_build(built, level) if level else next(iter(built.levels.values()))
    return made.table.names, lambda: made.units


def open_build(settings: Settings) -> tuple[Build, Catalogue]:
    """Return the stored build and what declares its layers, loaded ones included."""
    built = open_store(settings).build
    return built, with_loaded(settings.country.catalogue, built.loaded)


def _fetch_once(settings: Settings) -> None:
    """Try the network for what has an address, where no mirror is at hand; go on without it."""
    from layers.sources.fetch import FetchRules, fetch_all

    log(Sentence("no mirror at hand: trying geoapp fetch once"))
    specs = [spec for spec in settings.country.catalogue.sources.values() if spec.url]
    for result in fetch_all(specs, settings.places, rules=FetchRules(patience=4.0)):
        log(result.problem or Sentence("{id}: {outcome}", id=result.id, outcome=result.outcome))
