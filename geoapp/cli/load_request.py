"""What a request to load says of a file, and what a service said of its own."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from geoapp.settings import Settings
from layers.catalogue.awaited import AWAITED
from layers.errors import Sentence, SourceUnavailableError
from layers.sources.fetched import path_of, read_fetched
from layers.sources.licences import licence_of
from layers.terms import Licence

KINDS = ", ".join(spec.id for spec in AWAITED)


@dataclass(frozen=True)
class Request:
    """A file to be loaded, what its owner calls it and what is known of it."""

    path: Path
    name: str
    words: dict[str, Any]


def described(file: Path | None, given: dict[str, Any]) -> Request:
    """Return a file of one's own and what is known of it.

    Parameters
    ----------
    file : Path or None
        The file.
    given : dict
        kind, publisher, vintage, landing, licence and scheme, as the request says them.

    Returns
    -------
    Request
        Without a licence its figures are facts.

    Raises
    ------
    BadParameter
        Naming what is lacking.
    """
    if not given["kind"] or file is None:
        raise typer.BadParameter(
            Sentence("give the kind and the file; kinds: {known}", known=KINDS)
        )
    if not given["publisher"] or not given["vintage"]:
        raise typer.BadParameter(
            Sentence("every figure has a source: give --publisher and --vintage")
        )
    return Request(file, file.name, given | {"licence": given["licence"] or Licence.FACTS})


def fetched_before(settings: Settings, name: str, given: dict[str, Any]) -> Request:
    """Return what a service gave; what the request says goes before what it said.

    Parameters
    ----------
    settings : Settings
        Country and store.
    name : str
        The service, with what was named beside it.
    given : dict
        As for `described`.

    Returns
    -------
    Request
        With publisher, date, page and licence of the service.

    Raises
    ------
    SourceUnavailableError
        Where nothing was fetched from it.
    BadParameter
        Where neither the service nor the request says what must be known.
    """
    service, _, argument = name.strip().partition(" ")
    spec = next((one for one in settings.country.services if one.id == service), None)
    record = read_fetched(settings.places, service, argument.strip()) if spec else None
    if spec is None or record is None:
        raise SourceUnavailableError(
            "nothing of {name!r} was fetched; geoapp fetch {name} does, and geoapp fetch --list "
            "says what there is",
            name=name,
        )
    words = given | {
        "kind": given["kind"] or record.feeds,
        "publisher": given["publisher"] or record.publisher,
        "vintage": given["vintage"] or record.vintage,
        "landing": given["landing"] or record.landing,
        "licence": given["licence"] or licence_of(record.licence),
        "scheme": given["scheme"] or spec.scheme,
    }
    lacking = [f"--{word}" for word in ("vintage", "licence") if not words[word]]
    if lacking or not words["kind"]:
        raise typer.BadParameter(
            Sentence(
                "{name} does not say everything: give {lacking}",
                name=name,
                lacking=", ".join(lacking if words["kind"] else ["TIPO", *lacking]),
            )
        )
    return Request(path_of(settings.places, record), record.name, words)
