"""geoapp missing."""

from typing import Annotated, Any

import typer

from geoapp.cli.output import print_json
from geoapp.loaded import LoadedFolder
from geoapp.settings import read_settings
from geoapp.words import say
from layers.catalogue.awaited import AWAITED
from layers.spec import AwaitedSpec, LoadedFile


def missing(
    as_json: Annotated[bool, typer.Option("--json", help="Escribe JSON en la salida.")] = False,
) -> None:
    """Dice qué datos faltan, quién los tiene, con qué plantilla se cargan y qué cambiarían.

    Ejemplo: geoapp missing --json
    """
    settings = read_settings()
    loaded = {file.kind: file for file in LoadedFolder(settings.store / "loaded").files()}
    starter = settings.places.starter
    rows = [missing_row(spec, loaded.get(spec.id), str(starter)) for spec in AWAITED]
    if as_json:
        print_json({"missing": rows})
        return
    for row in rows:
        print("\n".join(_lines(row)))


def missing_row(spec: AwaitedSpec, loaded: LoadedFile | None, starter: str) -> dict[str, Any]:
    """Describe one kind of file that is awaited.

    Parameters
    ----------
    spec : AwaitedSpec
        The kind.
    loaded : LoadedFile, optional
        The file of that kind that was loaded.
    starter : str
        Folder of the templates.

    Returns
    -------
    dict
        id, title, description, kind, formats, publisher, landing, template, layers, change,
        loaded, load.
    """
    file = f"archivo.{spec.formats[0].replace('geotiff', 'tif')}"
    return {
        "id": spec.id,
        "title": say(f"awaited.{spec.id}.title", "es"),
        "description": say(f"awaited.{spec.id}.description", "es"),
        "kind": spec.kind.value,
        "formats": list(spec.formats),
        "publisher": spec.publisher,
        "landing": spec.landing or None,
        "template": f"{starter}/{spec.template}" if spec.template else None,
        "layers": list(spec.feeds),
        "change": say(f"awaited.{spec.id}.change", "es"),
        "loaded": f"{loaded.publisher}, {loaded.vintage}" if loaded else None,
        "load": f"geoapp load {spec.id} {file} --publisher … --vintage …",
    }


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
