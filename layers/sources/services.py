"""Ask services and keep what they give; one that fails leaves what was kept as it was."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import quote_plus

from layers.errors import Sentence
from layers.sources.clients import CLIENTS, Ask
from layers.sources.fetch import LOCK
from layers.sources.fetched import Fetched, keep, read_fetched
from layers.sources.guarded_web import get
from layers.sources.locate import Places
from layers.sources.lock import only_one
from layers.sources.network import DownloadError, FetchRules, Patience, Reason
from layers.sources.outcome import Outcome, unwritable
from layers.spec import ServiceSpec

_ARGUMENT = re.compile(r"[A-Za-z0-9][\w.\-]{0,150}(#\d{1,2})?", re.ASCII)
_HIDDEN = "…"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked of one service."""

    spec: ServiceSpec
    argument: str = ""

    @property
    def name(self) -> str:
        """The service with what was named beside it, as one writes it."""
        return f"{self.spec.id} {self.argument}".strip()


@dataclass(frozen=True, kw_only=True)
class ServiceResult:
    """What became of one question."""

    wanted: Wanted
    outcome: Outcome
    """Present where the service has nothing newer than what is kept."""
    kept: Fetched | None
    """What is kept now; None where nothing is."""
    reason: Reason | None = None
    problem: Sentence | None = None
    notes: tuple[Sentence, ...] = ()
    """What was left out or assumed in an answer that is new."""


def fetch_services(
    wanted: Iterable[Wanted],
    places: Places,
    iso3: str,
    now: datetime,
    *,
    identifier: str = "",
    rules: FetchRules | None = None,
    accepts_schema: bool = False,
    dry_run: bool = False,
) -> tuple[ServiceResult, ...]:
    """Ask services one after the other; one that fails stops no other.

    Parameters
    ----------
    wanted : iterable of Wanted
        The questions.
    places : Places
        The folders of this machine; only ``store`` is written.
    iso3 : str
        The country that is asked about, upper case.
    now : datetime
        Written as the time at which an answer was had.
    identifier : str
        Who asks, for services that want to know; kept nowhere.
    rules : FetchRules, optional
        Time-outs, tries, hosts.
    accepts_schema : bool
        True where who asks has seen that columns changed, and wants the answer.
    dry_run : bool
        Say what would be asked; no socket is opened and nothing is written.

    Returns
    -------
    tuple of ServiceResult
        In the order of the questions.
    """
    rules = rules or FetchRules()
    listed = list(wanted)
    if dry_run:
        return tuple(_result(places, one, Outcome.PLANNED) for one in listed)
    patience = Patience.begin(rules)
    asks = [_ask(one, places, iso3, identifier, patience, accepts_schema) for one in listed]
    try:
        places.store.mkdir(parents=True, exist_ok=True)
        with only_one(places.store / LOCK, rules):
            return tuple(_one(one, ask, places, now) for one, ask in zip(listed, asks, strict=True))
    except OSError as error:
        problem = error if isinstance(error, DownloadError) else unwritable(places.store, error)
        return tuple(_failed(places, one, problem, identifier) for one in listed)


def _ask(
    wanted: Wanted,
    places: Places,
    iso3: str,
    identifier: str,
    patience: Patience,
    accepts_schema: bool,
) -> Ask:
    before = read_fetched(places, wanted.spec.id, wanted.argument)
    return Ask(
        spec=wanted.spec,
        iso3=iso3,
        argument=wanted.argument,
        identifier=identifier if wanted.spec.needs_identifier else "",
        web=partial(get, patience=patience),
        version=before.version if before else "",
        types=before.types if before else {},
        accepts_schema=accepts_schema,
    )


def _one(wanted: Wanted, ask: Ask, places: Places, now: datetime) -> ServiceResult:
    try:
        _check_argument(ask)
        found = CLIENTS[wanted.spec.client](ask)
        if found is None:
            return _result(places, wanted, Outcome.PRESENT)
        record, is_new = keep(places, wanted.spec, wanted.argument, found, now)
    except DownloadError as error:
        return _failed(places, wanted, error, ask.identifier)
    except OSError as error:
        return _failed(places, wanted, unwritable(places.store, error), ask.identifier)
    if not is_new:
        return ServiceResult(wanted=wanted, outcome=Outcome.PRESENT, kept=record)
    return ServiceResult(wanted=wanted, outcome=Outcome.FETCHED, kept=record, notes=found.notes)


def _check_argument(ask: Ask) -> None:
    if bool(ask.argument) != bool(ask.spec.takes) or (
        ask.argument and not _ARGUMENT.fullmatch(ask.argument)
    ):
        raise ask.refuse(
            Reason.REFUSED,
            Sentence(
                "{argument!r} is no name of a {takes}",
                argument=ask.argument,
                takes=ask.spec.takes,
            ),
        )


def _result(places: Places, wanted: Wanted, outcome: Outcome) -> ServiceResult:
    kept = read_fetched(places, wanted.spec.id, wanted.argument)
    return ServiceResult(wanted=wanted, outcome=outcome, kept=kept)


def _failed(places: Places, wanted: Wanted, error: DownloadError, identifier: str) -> ServiceResult:
    return ServiceResult(
        wanted=wanted,
        outcome=Outcome.FAILED,
        kept=read_fetched(places, wanted.spec.id, wanted.argument),
        reason=error.reason,
        problem=_without(identifier, _named(wanted, error.sentence)),
    )


def _named(wanted: Wanted, told: Sentence) -> Sentence:
    """Return a sentence that begins with the service; what the network says names a host."""
    if told.values.get("id") == wanted.spec.id:
        return told
    return Sentence("{id}: {problem}", id=wanted.spec.id, problem=told)


def _without(identifier: str, told: Sentence) -> Sentence:
    """Return a sentence without who asked, which addresses carry."""
    if not identifier:
        return told
    values = {
        name: _without(identifier, value)
        if isinstance(value, Sentence)
        else _hidden(identifier, value)
        for name, value in told.values.items()
    }
    return Sentence(told.template, **values)


def _hidden(identifier: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    for form in (quote_plus(identifier), identifier):
        value = value.replace(form, _HIDDEN)
    return value
