"""Fill the store from the network. The only module that asks it for anything."""

import os
import shutil
from collections.abc import Iterable
from itertools import count
from pathlib import Path

import pooch

from layers.errors import LayersError, Sentence, SourceDamagedError
from layers.sources.download import Download, Progress
from layers.sources.locate import Places, locate
from layers.sources.lock import only_one
from layers.sources.network import DownloadError, FetchRules, Patience, Reason
from layers.sources.outcome import FetchResult, Outcome, failed, unwritable
from layers.sources.verify import verify
from layers.spec import SourceSpec

# Unfinished files lie in a folder of their own: same file system, never located.
PARTIAL = ".partial"
LOCK = ".lock"


def fetch(
    spec: SourceSpec,
    places: Places,
    *,
    rules: FetchRules | None = None,
    progress: Progress | None = None,
) -> FetchResult:
    """Have one source on this machine, from the network where it is nowhere else.

    Parameters
    ----------
    spec : SourceSpec
        The source.
    places : Places
        The folders of this machine; only ``store`` is written.
    rules : FetchRules, optional
        Time-outs, tries, hosts.
    progress : callable, optional
        Receives the source and the bytes received so far.

    Returns
    -------
    FetchResult
        Never an exception for what the network, the server or the disk does.
    """
    return fetch_all([spec], places, rules=rules, progress=progress)[0]


def fetch_all(
    specs: Iterable[SourceSpec],
    places: Places,
    *,
    rules: FetchRules | None = None,
    progress: Progress | None = None,
    dry_run: bool = False,
) -> tuple[FetchResult, ...]:
    """Have several sources on this machine; one that cannot be had stops no other.

    A good file in the store, the mirror or the starter pack is left as it is and
    not asked for. A download takes its place in the store in one step, after its
    size and hash have been checked, so that a reader sees the whole old file or
    the whole new one. While no server has answered, the whole run has
    ``rules.patience`` seconds; a host that cannot be reached is not asked again.

    Parameters
    ----------
    specs : iterable of SourceSpec
        The sources.
    places : Places
        The folders of this machine; only ``store`` is written.
    rules : FetchRules, optional
        Time-outs, tries, hosts.
    progress : callable, optional
        Receives the source and the bytes received so far.
    dry_run : bool
        Say what would be asked for; no socket is opened and nothing is written.

    Returns
    -------
    tuple of FetchResult
        In the order of the sources.
    """
    rules = rules or FetchRules()
    results: dict[str, FetchResult] = {}
    wanted: list[SourceSpec] = []
    for spec in specs:
        results[spec.id] = found = _without_network(spec, places)
        if found.outcome is Outcome.PLANNED:
            wanted.append(spec)
    if wanted and not dry_run:
        for result in _from_network(wanted, places, rules, progress or (lambda spec, done: None)):
            results[result.id] = result
    return tuple(results.values())


def _without_network(spec: SourceSpec, places: Places) -> FetchResult:
    try:
        place, path = locate(spec, places)
    except LayersError as error:
        if spec.url:
            return FetchResult(id=spec.id, outcome=Outcome.PLANNED)
        is_damaged = isinstance(error, SourceDamagedError)
        reason = Reason.DAMAGED if is_damaged else Reason.NO_ADDRESS
        return failed(spec.id, DownloadError(error.sentence, reason))
    return FetchResult(id=spec.id, outcome=Outcome.PRESENT, place=place, path=path)


def _from_network(
    specs: list[SourceSpec], places: Places, rules: FetchRules, progress: Progress
) -> list[FetchResult]:
    partial = places.store / PARTIAL
    try:
        partial.mkdir(parents=True, exist_ok=True)
        with only_one(places.store / LOCK, rules):
            # What a killed fetch left behind is of no use to anyone.
            shutil.rmtree(partial)
            partial.mkdir()
            patience = Patience.begin(rules)
            return [_one(spec, places, Download(spec, patience, progress)) for spec in specs]
    except DownloadError as error:
        return [failed(spec.id, error) for spec in specs]
    except OSError as error:
        return [failed(spec.id, unwritable(places.store, error)) for spec in specs]


def _one(spec: SourceSpec, places: Places, download: Download) -> FetchResult:
    # Another process may have fetched it while this one waited for the lock.
    found = _without_network(spec, places)
    if found.outcome is Outcome.PRESENT:
        return found
    rules = download.patience.rules
    for tries in count(1):
        try:
            path = _attempt(spec, places.store, download)
        except DownloadError as error:
            if not error.again or tries > rules.retries:
                return failed(spec.id, error, tries)
            wait = rules.backoff * 2 ** (tries - 1) if error.after is None else error.after
            rules.sleep(min(wait, rules.longest_wait))
        except OSError as error:
            return failed(spec.id, unwritable(places.store, error), tries)
        else:
            break
    return FetchResult(id=spec.id, outcome=Outcome.FETCHED, place="store", path=path, tries=tries)


def _attempt(spec: SourceSpec, store: Path, download: Download) -> Path:
    pooch.get_logger().setLevel("WARNING")
    try:
        staged = pooch.retrieve(
            url=spec.url,
            known_hash=f"sha256:{spec.sha256}",
            fname=spec.id,
            path=store / PARTIAL,
            downloader=download,
        )
        verify(Path(staged), spec)
    except ValueError as error:
        raise download.not_the_file(Sentence("other bytes under the same length")) from error
    target = store / spec.id
    os.replace(staged, target)
    return target


__all__ = ["FetchResult", "FetchRules", "Outcome", "Reason", "fetch", "fetch_all"]
