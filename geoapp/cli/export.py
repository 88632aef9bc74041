"""geoapp export."""

from pathlib import Path
from typing import Any

import typer

from geoapp.cli.choose import chosen_scenario
from geoapp.cli.options import AsJson, SavedScenario, UnitLevel, Weights
from geoapp.cli.output import log, print_json
from geoapp.cli.stored import open_build
from geoapp.day import export_date
from geoapp.exports.files import write_export
from geoapp.exports.formats import EXPORTS, RASTERS
from geoapp.exports.frame import ExportFrame, make_frame
from geoapp.exports.rasters import make_raster
from geoapp.settings import read_settings
from layers.errors import Sentence
from layers.terms import AdminLevel

_FORMATS = ", ".join((*EXPORTS, *RASTERS))


def _known_format(name: str) -> str:
    if name not in EXPORTS and name not in RASTERS:
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
    level: UnitLevel = AdminLevel.DISTRICT,
    layer: str = typer.Option("", help="Con cog: la capa cuyo ráster se escribe."),
    named: SavedScenario = None,
    weight: Weights = None,
    everything: bool = typer.Option(
        False,
        "--all",
        help="Incluye lo que no consta que se pueda redistribuir, solo para uso interno.",
    ),
    as_json: AsJson = False,
) -> None:
    """Escribe las unidades con puesto, puntaje y cifras, su diccionario y su procedencia.

    El archivo aparece entero o no aparece. csv es UTF-8 con marca, con comas y
    punto decimal; hxl lleva además una fila de etiquetas HXL. Al lado de csv, hxl y
    fgb quedan _diccionario.csv y _procedencia.csv; los demás los llevan dentro.
    html es un mapa con su orden en un solo archivo, que se abre sin red.
    qgz es un proyecto de QGIS sobre el .gpkg que queda a su lado. cog es el ráster
    sobre el que se mide una capa.

    Ejemplo: geoapp export --format gpkg --level district -o distritos.gpkg
    """
    settings = read_settings()
    built, catalogue = open_build(settings)
    if bool(layer) != (format_name in RASTERS):
        raise typer.BadParameter(
            Sentence("cog needs a layer, as elevation_m, and no other format takes one"),
            param_hint="--layer",
        )
    told: dict[str, Any] = {
        "file": str(output),
        "format": format_name,
        "hash": built.hash,
        **dict.fromkeys(("level", "scenario", "layer")),
        "left_out": [],
    }
    if format_name in RASTERS:
        raster = make_raster(
            built, layer, catalogue, settings.places, date=export_date(), everything=everything
        )
        written = write_export(raster, RASTERS[format_name], output)
        told |= {"layer": layer, "rows": raster.grid.rows, "columns": raster.grid.columns}
    else:
        scenario = chosen_scenario(settings, catalogue, named, weight)
        frame = make_frame(
            built,
            level,
            scenario,
            catalogue,
            settings.country,
            date=export_date(),
            everything=everything,
        )
        written = write_export(frame, EXPORTS[format_name], output)
        _tell_left_out(frame)
        told |= {"level": level.value, "scenario": scenario.hash, **_size(frame)}
    if as_json:
        print_json(told)
        return
    print("\n".join(str(path) for path in written))


def _size(frame: ExportFrame) -> dict[str, Any]:
    return {
        "rows": len(frame.rows),
        "columns": len(frame.rows.columns),
        "left_out": list(frame.left_out),
    }


def _tell_left_out(frame: ExportFrame) -> None:
    if frame.left_out:
        log(
            f"Quedan fuera {len(frame.left_out)} columnas, que el diccionario nombra: no consta "
            f"licencia para redistribuir {', '.join(frame.closed_sources)}; --all las incluye para "
            "uso interno."
        )
