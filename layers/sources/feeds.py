"""Ask a live feed, keep its answer, and fall back on what was kept when it is silent."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import requests
import urllib3

from layers.errors import Sentence
from layers.sources.connect import open_url
from layers.sources.download import retry_after
from layers.sources.network import DownloadError, FetchRules, Patience, Reason

Judge = Callable[[bytes], object]
"""Reads a body, or raises what a reader of a strange format raises."""

MAX_BYTES = 40 * 2**20
_CHUNK = 1 << 16
_SECONDS = 60.0
"""A whole answer must have arrived by then."""
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


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
        body = _body(url, patience)
        _check(body, url, judge)
    except DownloadError as error:
        found = _read(kept)
        if found is None:
            raise
        return replace(found, problem=error.sentence)
    _write(kept, body, now)
    return Kept(body=body, asked=now)


def _check(body: bytes, url: str, judge: Judge) -> None:
    try:
        judge(body)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise DownloadError(
            "{url} answered with something else than its format; see the page of the feed",
            Reason.OTHER_FILE,
            url=url,
        ) from error


def _body(url: str, patience: Patience) -> bytes:
    only = frozenset({urlsplit(url).hostname or ""})
    rules = replace(patience.rules, allowed_hosts=only)
    own = replace(patience, rules=rules)
    for tries in count(1):
        try:
            return _once(url, own)
        except DownloadError as error:
            if not error.again or tries > rules.retries:
                raise
            wait = rules.backoff * 2 ** (tries - 1) if error.after is None else error.after
            rules.sleep(min(wait, rules.longest_wait))
        finally:
            patience.answered |= own.answered
    raise AssertionError("count has no end")


def _once(url: str, patience: Patience) -> bytes:
    with open_url(url, patience) as response:
        if response.status_code != requests.codes.ok:
            raise DownloadError(
                "{url} answered {status} {said}",
                Reason.HTTP_STATUS,
                again=response.status_code in _AGAIN,
                after=retry_after(response.headers.get("Retry-After", "")),
                url=url,
                status=response.status_code,
                said=response.reason,
            )
        return _received(url, response, patience.rules)


def _received(url: str, response: requests.Response, rules: FetchRules) -> bytes:
    latest, body = rules.clock() + _SECONDS, bytearray()
    try:
        while piece := response.raw.read1(_CHUNK, decode_content=True):
            body += piece
            if len(body) > MAX_BYTES:
                raise DownloadError(
                    "{url} sends more than {most} MB",
                    Reason.TOO_LONG,
                    url=url,
                    most=MAX_BYTES // 2**20,
                )
            if rules.clock() > latest:
                raise DownloadError("{url} sends too slowly", Reason.TIMEOUT, url=url)
    except urllib3.exceptions.ReadTimeoutError as error:
        raise DownloadError("{url} fell silent", Reason.TIMEOUT, again=True, url=url) from error
    except urllib3.exceptions.HTTPError as error:
        raise DownloadError("{url} was cut off", Reason.CUT_SHORT, again=True, url=url) from error
    return bytes(body)


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
        handle, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(now.astimezone(UTC).isoformat().encode("ascii") + b"\n" + body)
        os.replace(temporary, path)
    except OSError:
        return
