"""Ask a live feed, keep its answer, and fall back on what was kept when it is silent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from layers.errors import Sentence
from layers.sources.guarded_web import get
from layers.sources.network import DownloadError, Patience, Reason
from layers.whole_file import whole_file

Judge = Callable[[bytes], object]
"""Reads a body, or raises what a reader of a strange format raises."""

_STRANGE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    RecursionError,
    # Of a time that no clock shows.
    OSError,
)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An answer of a feed, new or kept from before."""

    body: bytes
    asked: datetime
    """When the feed gave it, UTC."""
    problem: Sentence | None = None
    """Why no newer one could be had; None for an answer of now."""

    @property
    def is_stale(self) -> bool:
        """True where the feed did not answer now."""
        return self.problem is not None


def ask(url: str, kept: Path, patience: Patience, now: datetime, judge: Judge) -> Kept:
    """Return the answer of a feed, or the last one that was kept.

    Only the host of the address is asked; a redirect to another one is refused.

    Parameters
    ----------
    url : str
        Address of the feed.
    kept : Path
        File of the last answer; written where a new one arrives.
    patience : Patience
        Rules and remaining time of the run.
    now : datetime
        Written beside the answer, UTC.
    judge : callable
        Reads the body; what it cannot read does not take the place of what was kept.

    Returns
    -------
    Kept
        Stale, with its problem, where the feed is silent.

    Raises
    ------
    DownloadError
        Where it is silent and nothing was kept.
    """
    try:
        body = get(url, patience=patience).body
        check_answer(body, url, judge)
    except DownloadError as error:
        found = _read(kept)
        if found is None:
            raise
        return replace(found, problem=error.sentence)
    _write(kept, body, now)
    return Kept(body=body, asked=now)


def check_answer(body: bytes, url: str, judge: Judge) -> None:
    """Refuse an answer that its reader cannot read, whatever fails first in it.

    Parameters
    ----------
    body : bytes
        As it came.
    url : str
        Who gave it.
    judge : callable
        Reads it.

    Raises
    ------
    DownloadError
        In one sentence.
    """
    try:
        judge(body)
    except _STRANGE as error:
        raise DownloadError(
            "{url} answered with something else than its format; see the page of the feed",
            Reason.OTHER_FILE,
            url=url,
        ) from error


def _read(path: Path) -> Kept | None:
    try:
        stated, _, body = path.read_bytes().partition(b"\n")
        return Kept(body=body, asked=datetime.fromisoformat(stated.decode("ascii")))
    except (OSError, ValueError):
        return None


def _write(path: Path, body: bytes, now: datetime) -> None:
    """Keep an answer; a disk that refuses costs the copy, not the answer."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            file.write(now.astimezone(UTC).isoformat().encode("ascii") + b"\n" + body)
    except OSError:
        return
