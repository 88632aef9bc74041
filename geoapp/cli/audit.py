"""geoapp audit."""

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer

from geoapp.cli.options import AsJson
from geoapp.cli.output import log, print_json
from geoapp.planners.audit import Audit, Entry, read_audit
from geoapp.settings import read_settings
from geoapp.words import say
from layers.errors import Sentence


def audit(
    last: Annotated[int, typer.Option(min=1, help="Cuántas de las últimas líneas.")] = 20,
    holds: Annotated[
        str, typer.Option(help="Hash de una línea que se anotó antes: debe estar todavía.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Muestra quién cambió qué y comprueba que ninguna línea fue alterada o quitada.

    Sale con 0 si la cadena está entera y con 1 si no. Que falten las últimas líneas solo lo nota
    quien anotó el hash de una de ellas: --holds.

    Ejemplo: geoapp audit --last 50 --json
    """
    found = read_audit(read_settings().store)
    is_lost = bool(holds) and holds not in {entry.hash for entry in found.entries}
    if as_json:
        print_json(_answer(found, last, is_lost))
    else:
        print("\n".join(_line(entry) for entry in found.entries[-last:]))
        print(say("audit.whole" if not found.broken else "audit.broken", "es", **_counts(found)))
    if is_lost:
        log(Sentence("no line of the audit log bears the hash {hash}; lines were cut", hash=holds))
    if found.broken or is_lost:
        raise typer.Exit(1)


def _answer(found: Audit, last: int, is_lost: bool) -> dict[str, Any]:
    return {
        "lines": len(found.entries),
        "broken": list(found.broken),
        "lost": is_lost,
        "last_hash": found.entries[-1].hash if found.entries else None,
        "entries": [asdict(entry) for entry in found.entries[-last:]],
    }


def _counts(found: Audit) -> dict[str, str]:
    return {
        "lines": str(len(found.entries)),
        "broken": ", ".join(map(str, found.broken)),
        "hash": found.entries[-1].hash if found.entries else "–",
    }


def _line(entry: Entry) -> str:
    facts = json.dumps(entry.facts, ensure_ascii=False)
    line = f"{entry.when}  {entry.who}  {say(f'audit.{entry.act}', 'es')}  {facts}"
    # A name with a line break or an order to the terminal would look like lines of others.
    return "".join(letter if letter.isprintable() else "�" for letter in line)
