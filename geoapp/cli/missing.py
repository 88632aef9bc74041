"""geoapp missing."""

from typing import Any

from geoapp.answers.missing import missing_row
from geoapp.cli.options import AsJson
from geoapp.cli.output import print_json
from geoapp.settings import read_settings
from geoapp.store.loaded import LoadedFolder
from layers.catalogue.awaited import AWAITED


def missing(
    as_json: AsJson = False,
) -> None:
    """Dice qué datos faltan, quién los tiene, con qué plantilla se cargan y qué cambiarían.

    Ejemplo: geoapp missing --json
    """
    settings = read_settings()
    loaded = {file.kind: file for file in LoadedFolder(settings.kept / "loaded").files()}
    starter = settings.places.starter
    rows = [missing_row(spec, loaded.get(spec.id), str(starter)) for spec in AWAITED]
    if as_json:
        print_json({"missing": rows})
        return
    for row in rows:
        print("\n".join(_lines(row)))


def _lines(row: dict[str, Any]) -> list[str]:
    state = f"cargado ({row['loaded']})" if row["loaded"] else "falta"
    page = f" <{row['landing']}>" if row["landing"] else ""
    return [
        f"{row['id']}: {row['title']} [{state}]",
        f"  Qué es: {row['description']}",
        f"  Qué cambiaría: {row['change']}",
        f"  Quién lo tiene: {row['publisher']}{page}",
        *([f"  Plantilla: {row['template']}"] if row["template"] else []),
        f"  Cómo se carga: {row['load']}",
    ]
