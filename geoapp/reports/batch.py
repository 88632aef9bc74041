"""The sheets of every unit of a level, by worker processes that are started anew."""

import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geoapp.reports.report import Asked, write_report
from geoapp.reports.sheet import SheetMaker
from geoapp.settings import read_settings
from geoapp.store.builds import read_build
from geoapp.store.database import Store
from geoapp.store.records import hash_of
from layers.decide.scenario import Scenario
from layers.errors import ExportError

_MARK = "hojas.txt"
"""Says what the sheets of a folder were made from, so that a batch never mixes two makings."""
_CHUNK = 8


@dataclass(frozen=True)
class Batch:
    """What workers need to make sheets; small, since it is sent to each of them."""

    store: Store
    language: str
    scenario: Scenario
    folder: Path
    build: str
    """Hash of the build."""

    @property
    def making(self) -> str:
        """What every sheet of the folder rests on, as one text."""
        parts = {"build": self.build, "scenario": self.scenario.hash, "language": self.language}
        return hash_of(parts)


def make_sheets(asked: Asked, folder: Path, jobs: int, resume: bool) -> Iterator[tuple[int, int]]:
    """Write the sheet of every unit of the level that is asked for.

    Parameters
    ----------
    asked : Asked
        Its level is that of the units.
    folder : Path
        Where ``<ubigeo>.pdf`` go; made if absent.
    jobs : int
        Worker processes, from 1 up.
    resume : bool
        Leave what an interrupted batch of the same build, scenario and language wrote.

    Yields
    ------
    tuple of int
        Sheets that are there, and all that there will be; first what was there before.

    Raises
    ------
    ExportError
        Where the folder holds sheets made from something else and ``resume`` is asked, or the
        disk refuses.
    """
    batch = Batch(asked.settings.builds, asked.language, asked.scenario, folder, asked.built.hash)
    codes = sorted(str(code) for code in asked.made(asked.level).units.index)
    _claim(batch, resume)
    # A sheet appears whole or not at all, so one that is there is done.
    left = [code for code in codes if not (resume and (folder / f"{code}.pdf").is_file())]
    done = len(codes) - len(left)
    yield done, len(codes)
    if not left:
        return
    if jobs == 1:
        maker = SheetMaker(asked)
        for code in left:
            done += _write_all(batch, maker, [code])
            yield done, len(codes)
        return
    # Neighbours share their maps, so that they go to the same worker together. The workers are
    # spawned: the threads of the libraries that were loaded do not survive a fork.
    chunks = [left[start : start + _CHUNK] for start in range(0, len(left), _CHUNK)]
    context = multiprocessing.get_context("spawn")
    with context.Pool(min(jobs, len(chunks)), _open, (batch,)) as pool:
        for made in pool.imap_unordered(_make, chunks):
            done += made
            yield done, len(codes)


def _claim(batch: Batch, resume: bool) -> None:
    mark = batch.folder / _MARK
    if resume and mark.is_file() and mark.read_text("utf-8").strip() != batch.making:
        raise ExportError(
            "the sheets in {folder} were made from another build, scenario or language; name "
            "another folder or leave out --resume",
            folder=batch.folder,
        )
    write_report(f"{batch.making}\n".encode(), mark)


_worker: dict[str, tuple[Batch, SheetMaker]] = {}
"""What a worker process keeps between its chunks; empty everywhere else."""


def _open(batch: Batch) -> None:
    # A country travels by its name: its declarations are read-only views, which do not pickle.
    settings = read_settings()
    built = read_build(batch.store, settings.country.catalogue, batch.build).build
    _worker["own"] = (batch, SheetMaker(Asked(built, settings, batch.language, batch.scenario)))


def _make(codes: list[str]) -> int:
    return _write_all(*_worker["own"], codes)


def _write_all(batch: Batch, maker: SheetMaker, codes: list[str]) -> int:
    for code in codes:
        write_report(maker.make(code), batch.folder / f"{code}.pdf")
    return len(codes)
