"""Ask the web for a document whose size and hash nobody declared: live feeds and catalogues.

Every client of a service goes through ``get``. What it guards against stands in one place:
``addresses`` (only https, only public numbers, no user names), ``connect`` (a name is resolved
once and the number that was checked is the one asked; each redirect is judged like the first
address; at most five), ``network`` (time-outs and tries) and here (bytes on the line, bytes
unpacked, seconds in all, web pages in place of data, ``Retry-After``).
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from urllib.parse import urlsplit

import requests
import urllib3

from layers.sources.connect import open_url
from layers.sources.download import AGAIN, PAGE, retry_after
from layers.sources.network import DownloadError, FetchRules, Patience, Reason

MAX_BYTES = 40 * 2**20
SECONDS = 60.0
"""A whole answer must have arrived by then."""
_CHUNK = 1 << 16
_GZIP_OR_ZLIB = 47
_PACKED = ("gzip", "x-gzip", "deflate")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a server gave."""

    body: bytes
    """Unpacked."""
    media_type: str
    """As the server names it, lower case, without parameters; empty where it does not."""


def get(
    url: str,
    *,
    patience: Patience | None = None,
    rules: FetchRules | None = None,
    hosts: Iterable[str] | None = (),
    most: int = MAX_BYTES,
    seconds: float = SECONDS,
) -> Answer:
    """Return what an address of the public internet serves.

    A server that is busy (429, 5xx) or cut off is asked again, after what its ``Retry-After``
    says or a wait that doubles, ``rules.retries`` times; nothing else is.

    Parameters
    ----------
    url : str
        Its https address, with its query. Text of a visitor may be in it, quoted.
    patience : Patience, optional
        Rules and remaining time of a run of several requests; of this request alone without it.
    rules : FetchRules, optional
        Time-outs and tries; read where no ``patience`` is given. Tests, which serve recorded
        answers on loopback, hand in ``FetchRules(allow_private=True, allow_http=True)``.
    hosts : iterable of str or None
        Hosts beside that of the address to which a redirect may lead; None for any public host,
        which only catalogues that link to files anywhere need.
    most : int
        Bytes above which the answer is left, on the line and unpacked.
    seconds : float
        Time after which an answer that still arrives is left.

    Returns
    -------
    Answer
        Whole, status 200, and not a web page.

    Raises
    ------
    DownloadError
        In one sentence, with its ``reason``; never another error, whatever the server does.
    """
    patience = patience or Patience.begin(rules or FetchRules())
    own = replace(patience, rules=_narrowed(patience.rules, url, hosts))
    for tries in count(1):
        try:
            return _once(url, own, most, seconds)
        except DownloadError as error:
            if not error.again or tries > own.rules.retries:
                raise
            wait = own.rules.backoff * 2 ** (tries - 1) if error.after is None else error.after
            own.rules.sleep(min(wait, own.rules.longest_wait))
        finally:
            patience.answered |= own.answered
    raise AssertionError("count has no end")


def _narrowed(rules: FetchRules, url: str, hosts: Iterable[str] | None) -> FetchRules:
    """Return rules that let only the host of an address be asked, and those named beside it."""
    if hosts is None:
        return rules
    try:
        own = urlsplit(url).hostname or ""
    except ValueError:
        own = ""
    only = frozenset({own, *hosts})
    if rules.allowed_hosts is not None:
        only &= rules.allowed_hosts
    return replace(rules, allowed_hosts=only)


def _once(url: str, patience: Patience, most: int, seconds: float) -> Answer:
    with open_url(url, patience) as response:
        if response.status_code != requests.codes.ok:
            raise DownloadError(
                "{url} answered {status} {said}",
                Reason.HTTP_STATUS,
                again=response.status_code in AGAIN,
                after=retry_after(response.headers.get("Retry-After", "")),
                url=url,
                status=response.status_code,
                said=response.reason,
            )
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        latest = patience.rules.clock() + seconds
        body = bytearray()
        for piece in _unpacked(url, response, most):
            body += piece
            if len(body) > most:
                raise _too_long(url, most)
            if patience.rules.clock() > latest:
                raise DownloadError("{url} sends too slowly", Reason.TIMEOUT, url=url)
    if media_type == "text/html" or body.lstrip()[:9].lower().startswith(PAGE):
        raise DownloadError(
            "{url} answered with a web page (a login or a notice), not with data; open it in a "
            "browser",
            Reason.WEB_PAGE,
            url=url,
        )
    return Answer(body=bytes(body), media_type=media_type)


def _unpacked(url: str, response: requests.Response, most: int) -> Iterator[bytes]:
    """Yield pieces, none of which unpacks to more than may be taken."""
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding == "identity":
        yield from _received(url, response)
        return
    if coding not in _PACKED:
        raise DownloadError(
            "{url} sends bytes packed as {coding!r}, unasked",
            Reason.OTHER_FILE,
            url=url,
            coding=coding,
        )
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        for piece in _received(url, response):
            yield unpacker.decompress(piece, most + 1)
            if unpacker.unconsumed_tail:
                raise _too_long(url, most)
            if unpacker.eof:
                return
    except zlib.error as error:
        raise _cut_off(url) from error
    raise _cut_off(url)


def _received(url: str, response: requests.Response) -> Iterator[bytes]:
    try:
        while piece := response.raw.read1(_CHUNK, decode_content=False):
            yield piece
    except urllib3.exceptions.ReadTimeoutError as error:
        raise DownloadError("{url} fell silent", Reason.TIMEOUT, again=True, url=url) from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise _cut_off(url) from error


def _cut_off(url: str) -> DownloadError:
    return DownloadError("{url} was cut off", Reason.CUT_SHORT, again=True, url=url)


def _too_long(url: str, most: int) -> DownloadError:
    return DownloadError(
        "{url} sends more than {most} MB", Reason.TOO_LONG, url=url, most=f"{most / 2**20:.3g}"
    )
