"""What a question of the API is: its address, what it takes and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from geoapp.api.features import Collections
from geoapp.api.parameters import FORMAT, LANGUAGE, Parameter
from geoapp.api.service import Given

JSON = "application/json"
HTML = "text/html"
Answer = dict[str, Any] | str | bytes
"""A document, the text of one, or a file."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One question."""

    id: str
    """Its summary is the word ``api.<id>``."""
    path: str
    """Below the home of the API, with names in braces."""
    answer: Callable[[Collections, Given], Answer]
    schema: str = ""
    """Name of the schema of its answer; empty for a file."""
    media: str = JSON
    method: str = "GET"
    parts: tuple[Parameter, ...] = ()
    """Of the path."""
    query: tuple[Parameter, ...] = ()
    bodies: tuple[str, ...] = ()
    """Media of the body; none where it takes no body."""
    may_wait: bool = False
    """True where an answer may not be there yet."""

    @property
    def taken(self) -> tuple[Parameter, ...]:
        """Every parameter of the query."""
        return (*self.query, *((FORMAT,) if self.schema else ()), LANGUAGE)

    @property
    def offered(self) -> tuple[str, ...]:
        """Media of the answer, that of choice first."""
        return tuple(dict.fromkeys((self.media, JSON, HTML))) if self.schema else (self.media,)

    def other(self, media: str) -> str:
        """Return the medium besides one in which people or programs ask the same."""
        if HTML not in self.offered:
            return ""
        return self.media if media == HTML else HTML

    @property
    def rule(self) -> str:
        """The path as Flask writes it."""
        return self.path.replace("{", "<").replace("}", ">")
