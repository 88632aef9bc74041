"""geoapp sources: every published file, where it lies and what hangs on it."""

import json
from dataclasses import asdict

import typer

from geoapp.cli.options import AsJson
from geoapp.cli.source_lines import ROLES, SourceLine, describe, lost
from geoapp.settings import Settings, read_settings
from layers.countries import Country
from layers.errors import LayersError

_PLACES = {"store": "almacén", "mirror": "espejo", "starter": "incluido", None: "falta"}


def read_settings_or_exit() -> Settings:
    """Read the settings; a wrong one is a usage error."""
    try:
        return read_settings()
    except LayersError as error:
        raise typer.BadParameter(error.sentence) from error


def sources(
    as_json: AsJson = False,
) -> None:
    """Lista las fuentes: quién las publica, de cuándo son, dónde están y qué capas dependen.

    No usa la red. Sale con 0 si todas están y son las declaradas, con 1 si alguna falta o está dañada.

    Ejemplo: geoapp sources --json
    """
    settings = read_settings_or_exit()
    country = settings.country
    declared = country.catalogue.sources.values()
    lines = [describe(spec, country, settings.places) for spec in declared]
    if as_json:
        typer.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=2))
    else:
        typer.echo(_as_text(lines, country))
    raise typer.Exit(0 if all(line.verified for line in lines) else 1)


def _as_text(lines: list[SourceLine], country: Country) -> str:
    rows = [("Fuente", "Lugar", "Fecha", "Licencia", "Publica", "Capas")]
    rows += [
        (
            line.id,
            _PLACES[line.place] if line.verified or not line.place else "dañado",
            line.vintage,
            line.licence,
            line.publisher,
            ", ".join([*(ROLES[role] for role in line.roles), *line.layers]) or "–",
        )
        for line in lines
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    text = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[5]])
        for row in rows
    ]
    absent = [line for line in lines if not line.verified]
    text += ["", f"{len(lines) - len(absent)} de {len(lines)} fuentes disponibles y verificadas."]
    for line in absent:
        text += [f"- {line.id}: {line.remedy}.", f"  {lost(line.id, country)}"]
    return "\n".join(text)
