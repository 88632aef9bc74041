"""geoapp show."""

from typing import Any

import typer

from geoapp.answers.build import unit_answer
from geoapp.answers.chain import why_answer
from geoapp.answers.frame import figure_line, frame_answer, frame_markdown, heading
from geoapp.cli.chain_lines import chain_lines
from geoapp.cli.options import AsJson
from geoapp.cli.output import print_json
from geoapp.cli.stored import open_build
from geoapp.settings import read_settings
from geoapp.words import say
from layers.codes import clean_code
from layers.errors import Sentence


def show(
    ubigeo: str = typer.Argument(
        help="Código de una región, provincia o distrito: 24, 2401, 240101."
    ),
    why: str | None = typer.Option(
        None, "--why", metavar="CAPA", help="Cuenta cómo se obtuvo la cifra de una capa."
    ),
    frame: bool = typer.Option(
        False, "--frame", help="Agrupa las cifras por objetivo del marco de resultados."
    ),
    markdown: bool = typer.Option(
        False, "--markdown", help="Con --frame, escribe la sección en Markdown para un informe."
    ),
    as_json: AsJson = False,
) -> None:
    """Muestra una unidad con cada cifra, su fuente y su fecha.

    Con --why cuenta una cifra sola, desde la celda hasta los números publicados:
    fórmula con sus números, fuentes, filas y columnas. Con --frame, las cifras van por
    objetivo; una que sirve a varios está en cada uno, y los ODS y los objetivos del Pacto
    Mundial son los del pilar.

    Ejemplo: geoapp show 240101 --why pin_wash
    """
    if markdown and not frame:
        raise typer.BadParameter(Sentence("--markdown goes with --frame"), param_hint="--markdown")
    settings = read_settings()
    built, catalogue = open_build(settings)
    if why is not None:
        chain = why_answer(built, catalogue, why, clean_code(ubigeo))
        if as_json:
            print_json(chain)
        else:
            print("\n".join(chain_lines(chain)))
        return
    if frame:
        _show_frame(frame_answer(built, catalogue, clean_code(ubigeo)), markdown, as_json)
        return
    answer = unit_answer(built, catalogue, clean_code(ubigeo))
    if as_json:
        print_json(answer)
        return
    parents = ", ".join(parent["name"] for parent in reversed(answer["parents"].values()))
    codes = f"INEI {answer['ubigeo']} · RENIEC {answer['reniec'] or '–'} · {answer['pcode']}"
    print(f"{answer['name']}{f' ({parents})' if parents else ''}  {codes}")
    for repair in built.repairs:
        if repair.ubigeo.startswith(ubigeo):
            fault, done = say(f"fault.{repair.fault}", "es"), say(f"action.{repair.action}", "es")
            print(f"  {say('boundary.repaired', 'es')} ({repair.ubigeo}): {fault}; {done}")
    for layer, cell in answer["layers"].items():
        print(_figure(layer, cell))


def _show_frame(answer: dict[str, Any], markdown: bool, as_json: bool) -> None:
    if as_json:
        print_json(answer)
        return
    if markdown:
        print(frame_markdown(answer, "es"))
        return
    frame = say(f"frame.{answer['frame']}", "es")
    print(f"{answer['name']} ({answer['ubigeo']}): {frame}")
    for objective, found in answer["objectives"].items():
        title, goals = heading(objective, found, "es")
        print(f"{title}. {goals}")
        for layer, cell in found["layers"].items():
            print(_figure(layer, cell))
        if not found["layers"]:
            print("  sin cifras todavía")


def _figure(layer: str, cell: dict[str, Any]) -> str:
    title, value, method, publisher, vintage = figure_line(layer, cell, "es")
    named = f", {say('risk_class.' + str(cell['class']), 'es')}" if cell.get("class") else ""
    sure = cell["confidence"]
    trust = f"; {say('confidence.is', 'es', level=sure['class'])}" if sure else ""
    return f"  {title}: {value}{named} [{method}; {publisher}, {vintage}{trust}]"
