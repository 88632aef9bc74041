"""geoapp export."""

from pathlib import Path

import typer

from geoapp.cli.choose import chosen_scenario
from geoapp.cli.output import log, open_build, print_json
from geoapp.exports import EXPORTS
from geoapp.exports.files import write_export
from geoapp.exports.frame import make_frame
from geoapp.exports.provenance import export_date
from geoapp.settings import read_settings
from layers.errors import Sentence
from layers.terms import AdminLevel

_FORMATS = ", ".join(EXPORTS)


def _known_format(name: str) -> str:
    if name not in EXPORTS:
        raise typer.BadParameter(
            Sentence("{name!r} is no format; use {known}", name=name, known=_FORMATS)
        )
    return name


def export(
    output: Path = typer.Option(..., "--output", "-o", help="Archivo que se escribe."),
    format_name: str = typer.Option(
        ...,
        "--format",
        callback=_known_format,
        help=f"{_FORMATS}. gpkg abre en QGIS con su estilo; csv y xlsx no llevan fórmulas.",
    ),
    level: AdminLevel = typer.Option(AdminLevel.DISTRICT, help="Nivel de las unidades."),
    named: str = typer.Option(None, "--scenario", help="Escenario guardado, o su archivo .json."),
    weight: list[str] = typer.Option([], help="Peso de una capa, capa:número; se repite."),
    everything: bool = typer.Option(
        False,
        "--all",
        help="Incluye lo que no consta que se pueda redistribuir, solo para uso interno.",
    ),
    as_json: bool = typer.Option(False, "--json", help="Escribe JSON en la salida."),
) -> None:
    """Escribe las unidades con puesto, puntaje y cifras, su diccionario y su procedencia.

    El archivo aparece entero o no aparece. csv es UTF-8 con marca, con comas y
    punto decimal; hxl lleva además una fila de etiquetas HXL. Al lado de csv, hxl y
    fgb quedan _diccionario.csv y _procedencia.csv; los demás los llevan dentro.

    Ejemplo: geoapp export --format gpkg --level district -o distritos.gpkg
    """
    settings = read_settings()
    built, catalogue = open_build(settings)
    frame = make_frame(
        built,
        level,
        chosen_scenario(settings, catalogue, named, weight),
        catalogue,
        settings.country,
        date=export_date(),
        everything=everything,
    )
    written = write_export(frame, EXPORTS[format_name], output)
    if frame.left_out:
        log(
            f"Quedan fuera {', '.join(frame.left_out)}: no consta licencia para redistribuir "
            f"{', '.join(frame.closed_sources)}; --all lo incluye para uso interno."
        )
    if as_json:
        print_json(
            {
                "file": str(output),
                "format": format_name,
                "level": level.value,
                "rows": len(frame.rows),
                "columns": len(frame.rows.columns),
                "left_out": list(frame.left_out),
                "hash": built.hash,
            }
        )
        return
    print("\n".join(str(path) for path in written))
