"""What a download may do, how long it may take and why it may fail."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from layers.errors import FetchError
from layers.sources.addresses import Resolver, resolve


class Reason(StrEnum):
    """Why a source could not be had, for those who phrase it in another language."""

    NO_ADDRESS = "no_address"
    DAMAGED = "damaged"
    DNS = "dns"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate"
    REFUSED_ADDRESS = "refused_address"
    HTTP_STATUS = "http_status"
    TOO_LONG = "too_long"
    CUT_SHORT = "cut_short"
    WEB_PAGE = "web_page"
    OTHER_FILE = "other_file"
    BUSY = "busy"
    DISK = "disk"
    SCHEMA = "schema"
    """The columns are not those that are known."""
    REFUSED = "refused"
    """The service says itself that it does not answer, or cannot be asked so."""
    NOTHING = "nothing"


class DownloadError(FetchError):
    """A download that did not finish, with its reason and whether another try may help."""

    def __init__(
        self,
        template: str,
        reason: Reason,
        /,
        *,
        again: bool = False,
        after: float | None = None,
        **values: object,
    ) -> None:
        super().__init__(template, **values)
        self.reason = reason
        self.again = again
        """True where the same request may succeed later."""
        self.after = after
        """Seconds that the server asked to wait."""


@dataclass(frozen=True, kw_only=True)
class FetchRules:
    """Limits of a fetch, and the hooks that let a test do without a network and a clock."""

    timeout: float = 30.0
    """Seconds without a byte after which a server that has answered is given up."""
    connect_timeout: float = 10.0
    """Seconds for a name to be resolved and for a connection, once any server has answered."""
    patience: float = 4.0
    """Seconds for the first answer of any server; no answer by then is a dead network."""
    slowest: float = 5_000.0
    """Bytes a second below which a download, after a minute's grace, is given up."""
    retries: int = 3
    backoff: float = 1.0
    """Seconds before the second try; doubled before each further one."""
    longest_wait: float = 60.0
    """Cap of a wait between tries, also of one that a server asks for."""
    lock_wait: float = 60.0
    """Seconds to wait for another fetch that fills the same store."""
    allow_private: bool = False
    """Let loopback and private addresses be asked; for tests."""
    allow_http: bool = False
    """Let addresses be asked without encryption; for tests."""
    allowed_hosts: frozenset[str] | None = None
    """The only hosts that may be asked, redirects included; None for any public host."""
    resolver: Resolver = resolve
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


@dataclass
class Patience:
    """How long one run still waits for the network.

    Until any server has answered, the whole run has ``rules.patience`` seconds and
    no single wait takes more than half of them; so a dead network ends a run of any
    length within them, and one dead host does not use them up. A host that could not
    be reached is not asked again in the same run.
    """

    rules: FetchRules
    deadline: float
    answered: bool = False
    silent: dict[str, DownloadError] = field(default_factory=dict)
    """Hosts that could not be reached, with what was seen."""
    misses: dict[str, int] = field(default_factory=dict)
    """Tries in a row that did not reach a host."""

    @classmethod
    def begin(cls, rules: FetchRules) -> "Patience":
        """Return the patience of a run that begins now."""
        return cls(rules, rules.clock() + rules.patience)

    def seconds(self, usual: float) -> float:
        """Return how long the next wait may take.

        Parameters
        ----------
        usual : float
            Seconds allowed on a network that is known to work.

        Returns
        -------
        float
            Seconds, above 0.

        Raises
        ------
        DownloadError
            Where nothing has answered in the time of the run.
        """
        if self.answered:
            return usual
        left = self.deadline - self.rules.clock()
        if left <= 0:
            raise DownloadError(
                "no server answered within {seconds:g} s; the network seems to be down: try "
                "again when it is back, or set GEOAPP_MIRROR",
                Reason.TIMEOUT,
                seconds=self.rules.patience,
            )
        return min(usual, left, self.rules.patience / 2)

    def missed(self, host: str, error: DownloadError) -> None:
        """Note that a host could not be reached, and decide whether another try may help.

        Parameters
        ----------
        host : str
            The host asked.
        error : DownloadError
            What was seen; its ``again`` is set.
        """
        self.misses[host] = self.misses.get(host, 0) + 1
        error.again = (
            self.answered
            and error.reason in (Reason.DNS, Reason.UNREACHABLE, Reason.TIMEOUT)
            and self.misses[host] <= self.rules.retries
        )
        if not error.again:
            self.silent.setdefault(host, error)

    def reached(self, host: str) -> None:
        """Note that a host answered, so that the network is up."""
        self.answered = True
        self.misses.pop(host, None)

    def ask(self, host: str) -> None:
        """Refuse to ask a host that could not be reached in this run."""
        if seen := self.silent.get(host):
            raise DownloadError("not tried again: {seen}", seen.reason, seen=seen)
