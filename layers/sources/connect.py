"""Ask one address: checked, pinned to the numbers that were checked, redirects by hand."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import SplitResult, urljoin

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy

from layers.sources.addresses import PORTS, is_public, one_of_each_family, split
from layers.sources.network import DownloadError, Patience, Reason

MAX_REDIRECTS = 5
_LOOPBACK = "127.0.0.1"
_INSIDE = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa")
"""Ends of names that no public name server knows."""
_HEADERS = {
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": "geoapp (humanitarian planning)",
}


class _Pinned(HTTPAdapter):
    """Connects to a number and checks the certificate for the name that stood for it."""

    def __init__(self, host: str) -> None:
        self._host = host
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        options |= {"server_hostname": self._host, "assert_hostname": self._host}
        super().init_poolmanager(*args, **options)


@contextmanager
def open_url(url: str, patience: Patience) -> Iterator[requests.Response]:
    """Ask an address and follow its redirects, each checked like the first.

    Nothing of the environment is sent (no netrc, no cookies); a proxy that it names
    is used, and then resolves the names itself.

    Parameters
    ----------
    url : str
        https, or http where the rules let it.
    patience : Patience
        Rules and remaining time of the run.

    Yields
    ------
    Response
        Not redirected further, its body unread, its status unjudged.

    Raises
    ------
    DownloadError
        Where a hop may not be asked or cannot be reached.
    """
    with requests.Session() as session:
        session.trust_env = False
        session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or True
        for _ in range(MAX_REDIRECTS + 1):
            response = _ask(session, url, patience)
            if not response.is_redirect:
                with response:
                    yield response
                return
            response.close()
            session.cookies.clear()
            url = urljoin(url, response.headers["location"])
    raise DownloadError(
        "more than {most} redirects, last to {url}", Reason.HTTP_STATUS, most=MAX_REDIRECTS, url=url
    )


def _ask(session: requests.Session, url: str, patience: Patience) -> requests.Response:
    try:
        parts = split(url, patience.rules.allowed_hosts, patience.rules.allow_http)
    except ValueError as error:
        raise DownloadError(
            "{url} is not asked: {error}", Reason.REFUSED_ADDRESS, url=url, error=error
        ) from error
    host = parts.hostname or ""
    patience.ask(host)
    session.proxies = dict(get_environ_proxies(url))
    try:
        if select_proxy(url, session.proxies):
            _refuse_inside(url, host, patience)
            session.mount("https://", HTTPAdapter())
            response = _get(session, url, parts.netloc, patience)
        else:
            session.mount("https://", _Pinned(host))
            response = _first_that_answers(session, parts, patience)
    except DownloadError as error:
        if error.reason is not Reason.REFUSED_ADDRESS:
            patience.missed(host, error)
        raise
    patience.reached(host)
    return response


def _first_that_answers(
    session: requests.Session, parts: SplitResult, patience: Patience
) -> requests.Response:
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    addresses = _resolved(host, port, patience)
    _refuse_private(parts.geturl(), addresses, patience)
    failed: DownloadError | None = None
    for address in one_of_each_family(addresses):
        number = f"[{address}]" if ":" in address else address
        pinned = parts._replace(netloc=f"{number}:{port}").geturl()
        try:
            return _get(session, pinned, parts.netloc, patience)
        except DownloadError as error:
            failed = failed or error
    raise failed or DownloadError("{host} has no address", Reason.DNS, host=host)


def _resolved(host: str, port: int, patience: Patience) -> list[str]:
    rules = patience.rules
    try:
        return rules.resolver(host, port, patience.seconds(rules.connect_timeout))
    except DownloadError:
        raise
    except OSError as error:
        raise DownloadError(
            "the name {host} cannot be resolved ({error}); is this machine online?",
            Reason.DNS,
            host=host,
            error=error,
        ) from error


def _refuse_private(url: str, addresses: list[str], patience: Patience) -> None:
    inside = [address for address in addresses if not is_public(address)]
    if inside and not patience.rules.allow_private:
        raise DownloadError(
            "{url} is not asked: {address} is not an address of the public internet",
            Reason.REFUSED_ADDRESS,
            url=url,
            address=inside[0],
        )


def _refuse_inside(url: str, host: str, patience: Patience) -> None:
    """Refuse what a proxy, which resolves names itself, would look for beside it."""
    bare = host.rstrip(".")
    is_inside = "." not in bare or bare.rpartition(".")[2] in _INSIDE
    number = _number_of(bare)
    if number or (is_inside and ":" not in bare):
        _refuse_private(url, [number or _LOOPBACK], patience)


def _number_of(host: str) -> str:
    """Return the address that a host is written as, in any of the ways that systems read."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        # 127.1, 0x7f.1 and 2130706433 are 127.0.0.1.
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return ""


def _get(
    session: requests.Session, url: str, host_header: str, patience: Patience
) -> requests.Response:
    rules = patience.rules
    waits = (patience.seconds(rules.connect_timeout), patience.seconds(rules.timeout))
    try:
        return session.get(
            url,
            headers={**_HEADERS, "Host": host_header},
            timeout=waits,
            stream=True,
            allow_redirects=False,
        )
    except requests.Timeout as error:
        raise DownloadError(
            "{host} did not answer in time", Reason.TIMEOUT, host=host_header
        ) from error
    except requests.exceptions.SSLError as error:
        raise DownloadError(
            "the certificate of {host} is not trusted ({error}); a proxy that inspects "
            "traffic needs REQUESTS_CA_BUNDLE",
            Reason.CERTIFICATE,
            host=host_header,
            error=_root(error),
        ) from error
    except (requests.RequestException, ValueError) as error:
        # What follows a redirect reads its address even where nothing is followed.
        raise DownloadError(
            "{host} cannot be reached ({error})",
            Reason.UNREACHABLE,
            host=host_header,
            error=_root(error),
        ) from error


def _root(error: BaseException) -> BaseException:
    """Return what the system said, under the layers of requests and urllib3."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    return error
