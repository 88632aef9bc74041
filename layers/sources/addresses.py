"""Which addresses of the internet may be asked: public ones, by https."""

import ipaddress
import socket
import threading
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

from layers.errors import Sentence

Resolver = Callable[[str, int, float], list[str]]
"""From host, port and seconds allowed to numeric addresses; raises OSError."""

PORTS = {"http": 80, "https": 443}
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """Return the numeric addresses of a host.

    The system's resolver cannot be interrupted, so it runs in a thread that is
    left behind where it takes too long.

    Parameters
    ----------
    host : str
        Name or number.
    port : int
        Port that will be asked.
    seconds : float
        Time allowed.

    Returns
    -------
    list of str
        Numeric addresses.

    Raises
    ------
    OSError
        ``TimeoutError`` where the time is up, ``socket.gaierror`` where there is no such name.
    """
    found: list[str] = []
    failed: list[OSError] = []

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            failed.append(OSError(f"{host}: {error}"))
        else:
            found.extend(str(address[0]) for *_, address in answers)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if thread.is_alive():
        raise TimeoutError(
            Sentence(
                "{host}: no answer of the name server within {seconds:.1f} s",
                host=host,
                seconds=seconds,
            )
        )
    return list(dict.fromkeys(found))


def one_of_each_family(addresses: list[str]) -> list[str]:
    """Return the first IPv4 and the first IPv6 address, in this order.

    Many offices have no IPv6, and trying a dozen addresses of one host would
    use up the time of a run.
    """
    versions = {ipaddress.ip_address(address).version: address for address in reversed(addresses)}
    return [address for _, address in sorted(versions.items())]


def is_public(address: str) -> bool:
    """Tell whether a numeric address belongs to the public internet.

    Parameters
    ----------
    address : str
        IPv4 or IPv6; an IPv4 address inside an IPv6 one is judged as itself.

    Returns
    -------
    bool
        False for loopback, private, link-local, shared, multicast and reserved ranges.
    """
    number = _embedded(ipaddress.ip_address(address))
    return number.is_global and not number.is_multicast and not number.is_reserved


def _embedded(number: _Address) -> _Address:
    if isinstance(number, ipaddress.IPv4Address):
        return number
    if number in _NAT64:
        return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    teredo = number.teredo[1] if number.teredo else None
    return number.ipv4_mapped or number.sixtofour or teredo or number


def split(url: str, allowed_hosts: frozenset[str] | None, allow_http: bool) -> SplitResult:
    """Split an address and refuse what may not be asked, before anything is resolved.

    Parameters
    ----------
    url : str
        The address declared, or one that a server redirects to.
    allowed_hosts : frozenset of str or None
        The only hosts that may be asked; None for any.
    allow_http : bool
        Whether it may be plain http.

    Returns
    -------
    SplitResult
        Its parts, with a host.

    Raises
    ------
    ValueError
        Saying what forbids it.
    """
    parts = urlsplit(url)
    if parts.port is not None and not parts.port:
        raise ValueError(Sentence("port 0"))
    if parts.scheme not in PORTS or (parts.scheme == "http" and not allow_http):
        raise ValueError(Sentence("scheme {scheme!r}; only https is fetched", scheme=parts.scheme))
    if not parts.hostname or parts.username is not None or "\\" in url:
        raise ValueError(Sentence("it has no host, or a user name before it"))
    if allowed_hosts is not None and parts.hostname not in allowed_hosts:
        raise ValueError(Sentence("{host} is not among the hosts allowed", host=parts.hostname))
    return parts
