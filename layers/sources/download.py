"""Receive one file: never more than declared, never what is not the file."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import requests
import urllib3

from layers.errors import Sentence
from layers.sources.connect import open_url
from layers.sources.network import DownloadError, Patience, Reason
from layers.spec import SourceSpec

Progress = Callable[[SourceSpec, int], None]
"""Receives the source and the bytes received so far."""

_CHUNK = 1 << 16
_GRACE = 60.0
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
PAGE = (b"<!doctype", b"<html")


@dataclass
class Download:
    """A downloader as pooch wants one: called with the address and the path to write."""

    spec: SourceSpec
    patience: Patience
    progress: Progress
    is_page: bool = False
    """True where the last answer was a web page."""

    def __call__(self, url: str, output_file: str, pooch: object) -> None:
        """Write what an address serves, or raise DownloadError before it is too much."""
        with open_url(url, self.patience) as response:
            self.is_page = response.headers.get("Content-Type", "").startswith("text/html")
            self._judge(response)
            self._receive(response, Path(output_file))

    def not_the_file(self, what: Sentence, reason: Reason = Reason.OTHER_FILE) -> DownloadError:
        """Return the error of an answer that is not the declared file."""
        if self.is_page:
            return DownloadError(
                "{url} answered with a web page (a login or a notice), not with {source}; open "
                "it in a browser, or see {landing}",
                Reason.WEB_PAGE,
                url=self.spec.url,
                source=self.spec.id,
                landing=self.spec.landing,
            )
        return DownloadError(
            "{url} serves {what}; it is not the file declared as {source}, which may have been "
            "replaced: see {landing}",
            reason,
            url=self.spec.url,
            what=what,
            source=self.spec.id,
            landing=self.spec.landing,
        )

    def _judge(self, response: requests.Response) -> None:
        status = response.status_code
        if status != requests.codes.ok:
            raise DownloadError(
                "{url} answered {status} {said}",
                Reason.HTTP_STATUS,
                again=status in AGAIN,
                after=retry_after(response.headers.get("Retry-After", "")),
                url=self.spec.url,
                status=status,
                said=response.reason,
            )
        coding = response.headers.get("Content-Encoding", "identity")
        if coding != "identity":
            raise self.not_the_file(Sentence("bytes packed as {coding!r}, unasked", coding=coding))
        length = _length(response)
        if length is not None and length > self.spec.bytes:
            raise self.not_the_file(self._bytes_not_declared(length), Reason.TOO_LONG)

    def _receive(self, response: requests.Response, path: Path) -> None:
        received = 0
        with path.open("wb") as file:
            for piece in self._pieces(response):
                if not received:
                    self.is_page |= piece.lstrip()[:9].lower().startswith(PAGE)
                received += len(piece)
                if received > self.spec.bytes:
                    more = Sentence("more than {declared} bytes", declared=self.spec.bytes)
                    raise self.not_the_file(more, Reason.TOO_LONG)
                file.write(piece)
                self.progress(self.spec, received)
            file.flush()
            os.fsync(file.fileno())
        if received < self.spec.bytes:
            # Where the answer names no length, a cut line looks like an end.
            if _length(response) is None and not self.is_page:
                raise DownloadError(
                    "{url} ended after {received} of {declared} bytes",
                    Reason.CUT_SHORT,
                    again=True,
                    url=self.spec.url,
                    received=received,
                    declared=self.spec.bytes,
                )
            raise self.not_the_file(self._bytes_not_declared(received))

    def _pieces(self, response: requests.Response) -> Iterator[bytes]:
        """Yield what arrives as it arrives, so that a trickle is noticed."""
        rules = self.patience.rules
        latest = rules.clock() + _GRACE + self.spec.bytes / rules.slowest
        try:
            while piece := response.raw.read1(_CHUNK, decode_content=False):
                yield piece
                if rules.clock() > latest:
                    raise DownloadError(
                        "{url} sends less than {rate:g} bytes a second",
                        Reason.TIMEOUT,
                        url=self.spec.url,
                        rate=rules.slowest,
                    )
        except urllib3.exceptions.ReadTimeoutError as error:
            raise DownloadError(
                "{url} fell silent in the middle", Reason.TIMEOUT, again=True, url=self.spec.url
            ) from error
        except urllib3.exceptions.HTTPError as error:
            raise DownloadError(
                "{url} was cut off ({error})",
                Reason.CUT_SHORT,
                again=True,
                url=self.spec.url,
                error=error,
            ) from error

    def _bytes_not_declared(self, found: int) -> Sentence:
        return Sentence("{found} bytes, not {declared}", found=found, declared=self.spec.bytes)


def _length(response: requests.Response) -> int | None:
    text = response.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() else None


def retry_after(header: str) -> float | None:
    """Return the seconds that a Retry-After header asks for.

    Parameters
    ----------
    header : str
        Seconds or an HTTP date.

    Returns
    -------
    float or None
        Never negative; None where the header is absent or makes no sense.
    """
    if header.isascii() and header.isdigit():
        return float(header)
    try:
        date = parsedate_to_datetime(header)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (date - datetime.now(UTC)).total_seconds())
