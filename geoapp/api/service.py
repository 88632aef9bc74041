"""What the API answers from. The page hands over its codec and its caches, so that both are one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from geoapp.store.builds import Stored
from layers.built import Build
from layers.countries import COUNTRIES
from layers.decide.focus import Extra, Plan
from layers.decide.scenario import Scenario
from layers.decide.score import Ranking
from layers.spec import Catalogue, CountryProfile
from layers.terms import AdminLevel


@dataclass(frozen=True)
class Asked:
    """What the query of an address asks, read as the page reads its own."""

    level: AdminLevel
    scenario: Scenario
    top: int | None = None
    """How many units count as the first; all where None."""
    inside: frozenset[str] | None = None
    """Units that the filters keep; all where None."""


@dataclass(frozen=True)
class Planned:
    """A plan of the offices, and what was served."""

    plan: Plan
    demand: str
    people: str
    extra: tuple[Extra, ...]


@dataclass(frozen=True, kw_only=True)
class Service:
    """One build, and how it is asked."""

    stored: Stored
    catalogue: Catalogue
    scenario: Scenario
    """What is weighed where a question names no weights."""
    read: Callable[[Mapping[str, str]], Asked]
    """Reads the parts of an address; raises LayersError on one that means nothing."""
    rank: Callable[[AdminLevel, Scenario], Ranking]
    plan: Callable[[str, Scenario], Planned | None]
    """By the choices of an address (``o``); None while the plan is still sought."""
    pictures: Callable[[], Mapping[str, str]]
    """By layer, where its raster is served as a picture."""

    @property
    def built(self) -> Build:
        """The build."""
        return self.stored.build

    @property
    def country(self) -> CountryProfile:
        """The country of the build."""
        return COUNTRIES[self.built.country]


@dataclass(frozen=True, kw_only=True)
class Given:
    """One question, read: what an answer may depend on besides the build."""

    values: Mapping[str, Any]
    """Parameters of path and query by name; those that were not given are absent."""
    language: str
    home: str
    """Where the API is, for links: ``http://127.0.0.1:8050/api``."""
    address: str
    """The whole address that was asked."""
    media: str
    """The medium of the answer."""
    alternate: str = ""
    """The other medium in which the same can be asked; none where empty."""
    body: bytes = b""

    def own_links(self) -> list[dict[str, str]]:
        """Return the links of this answer to itself and to the same in the other medium."""
        links = [{"href": self.address, "rel": "self", "type": self.media}]
        if self.alternate:
            asked = urlsplit(self.address)
            rest = [(name, text) for name, text in parse_qsl(asked.query) if name != "f"]
            written = "html" if self.alternate == "text/html" else "json"
            query = urlencode([*rest, ("f", written)], safe=",:/")
            href = asked._replace(query=query).geturl()
            links.append({"href": href, "rel": "alternate", "type": self.alternate})
        return links

    def link(self, path: str, rel: str, title: str = "", media: str = "") -> dict[str, str]:
        """Return a link to a path of the API."""
        made = {"href": f"{self.home}{path}", "rel": rel, "type": media or "application/json"}
        return made | ({"title": title} if title else {})
