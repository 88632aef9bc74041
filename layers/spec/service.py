"""A service on the web that answers questions, whose bytes nobody can declare beforehand."""

from dataclasses import dataclass
from enum import StrEnum

from layers.errors import DeclarationError
from layers.terms import CodeScheme


class Takes(StrEnum):
    """What must be named beside a service."""

    NOTHING = ""
    DATASET = "dataset"
    LAYER = "layer"


@dataclass(frozen=True, kw_only=True)
class ServiceSpec:
    """One thing that a service gives: who answers for it, where it is asked, what it feeds."""

    id: str
    client: str
    """Key of ``layers.sources.clients.CLIENTS``."""
    publisher: str
    landing: str
    """Page where a person finds the original."""
    url: str
    """Address that the questions begin with."""
    feeds: str = ""
    """Kind of file that the answer is loaded as; empty where only a person can tell."""
    takes: Takes = Takes.NOTHING
    known: tuple[tuple[str, str, str], ...] = ()
    """Names for what may be asked: (name, what the service calls it, kind that it feeds)."""
    words: tuple[tuple[str, str], ...] = ()
    """What words of the service mean here, for instance its sectors."""
    scheme: CodeScheme | None = None
    """The scheme of its codes, where its documentation says so."""
    needs_identifier: bool = False
    """True where the service wants to know who asks."""
    page: int = 1000
    """Rows asked for at a time, where the answer comes in pages."""
    most: int = 200 * 2**20
    """Bytes above which one answer is left."""

    def __post_init__(self) -> None:
        if self.known and not self.takes:
            raise DeclarationError(
                "service {service} names what may be asked and takes nothing", service=self.id
            )

    def asked_for(self, argument: str) -> str:
        """Return what the service calls a thing that was asked for by its name here."""
        return next((code for name, code, _ in self.known if name == argument), argument)

    def fed_by(self, argument: str) -> str:
        """Return the kind of file that an answer is loaded as; empty where it is not known."""
        return next((kind for name, _, kind in self.known if name == argument), self.feeds)
