"""What a client of a service is handed, and what it hands back."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from layers.errors import Sentence, UserFileError
from layers.sources.clients.schema import Types
from layers.sources.guard import read_json
from layers.sources.guarded_web import Answer
from layers.sources.network import DownloadError, Reason
from layers.spec import ServiceSpec

_SECONDS = 1800.0
"""Time for a file to arrive on a slow link."""


class Get(Protocol):
    """The one door to the web: guarded, with patience and caps; see ``guarded_web``."""

    def __call__(
        self,
        url: str,
        *,
        hosts: Iterable[str] | None = (),
        most: int = ...,
        seconds: float = ...,
    ) -> Answer:
        """Return what an address serves, or raise DownloadError."""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question: what is wanted, and what is known from the last time."""

    spec: ServiceSpec
    iso3: str
    """Country, upper case."""
    argument: str
    """What was named beside the service; empty for nothing."""
    identifier: str
    """Who asks, for services that want to know."""
    web: Get
    version: str = ""
    """Release that is kept from the last time; empty where there is none."""
    types: Types = field(default_factory=dict)
    """Columns of what is kept from the last time; none the first time."""
    accepts_schema: bool = False
    """True where who asks has seen that columns changed, and wants the answer."""

    def json(self, url: str, hosts: Iterable[str] | None = ()) -> Any:
        """Ask an address for JSON.

        Parameters
        ----------
        url : str
            The address.
        hosts : iterable of str or None
            Hosts to which it may lead; None for any public one.

        Returns
        -------
        object
            The document.

        Raises
        ------
        DownloadError
            Where it is none.
        """
        answer = self.web(url, hosts=hosts, most=self.spec.most)
        try:
            return read_json(answer.body, self.spec.id)[0]
        except UserFileError as error:
            raise DownloadError(
                "{id}: what {url} answered cannot be read ({error})",
                Reason.CUT_SHORT,
                id=self.spec.id,
                url=plain(url),
                error=error,
            ) from error

    def file(self, url: object) -> bytes:
        """Ask an address of an answer for a file, wherever its host keeps it.

        What a service on https still lists by http is asked by https.
        """
        if not isinstance(url, str):
            raise self.refuse(Reason.SCHEMA, Sentence("names no address of its file"))
        if self.spec.url.startswith("https://"):
            url = re.sub("^http://", "https://", url)
        return self.web(url, hosts=None, most=self.spec.most, seconds=_SECONDS).body

    def is_kept(self, version: str) -> bool:
        """Return whether a release is the one that is kept from the last time."""
        return bool(version) and version == self.version

    def refuse(self, reason: Reason, problem: Sentence) -> DownloadError:
        """Return an error of this service; its sentence begins with the id."""
        return DownloadError("{id}: {problem}", reason, id=self.spec.id, problem=problem)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a service gave, as the file that will be kept."""

    body: bytes
    format: str
    """csv, xlsx, geojson, gpkg or geotiff."""
    name: str
    url: str
    """Where it was had, without who asked."""
    vintage: str
    """Date, month or year that it speaks of; empty where the service does not say."""
    licence: str
    """As the service states it; empty where it does not."""
    version: str = ""
    """What tells this release from others; empty where the service does not say."""
    types: Types = field(default_factory=dict)
    rows: int | None = None
    notes: tuple[Sentence, ...] = ()


def address(base: str, query: Mapping[str, object]) -> str:
    """Return an address with its query, quoted."""
    return f"{base}?{urlencode({name: str(value) for name, value in query.items()})}"


def plain(url: str) -> str:
    """Return an address without its query, which may tell who asks."""
    return url.partition("?")[0]
