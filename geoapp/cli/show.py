"""geoapp show."""

import typer

from geoapp.answers import unit_answer
from geoapp.chain import why_answer
from geoapp.cli.chain_lines import chain_lines
from geoapp.cli.output import open_store, print_json
from geoapp.loaded import catalogue_of
from geoapp.numbers import show_value
from geoapp.settings import read_settings
from geoapp.words import say
from layers.catalogue import CATALOGUE
from layers.codes import clean_code
from layers.terms import Unit


def show(
    ubigeo: str = typer.Argument(
        help="Código de una región, provincia o distrito: 24, 2401, 240101."
    ),
    why: str | None = typer.Option(
        None, "--why", metavar="CAPA", help="Cuenta cómo se obtuvo la cifra de una capa."
    ),
    as_json: bool = typer.Option(False, "--json", help="Escribe JSON en la salida."),
) -> None:
    """Muestra una unidad con cada cifra, su fuente y su fecha.

    Con --why cuenta una cifra sola, desde la celda hasta los números publicados:
    fórmula con sus números, fuentes, filas y columnas.

    Ejemplo: geoapp show 240101 --why pin_wash
    """
    built = open_store(read_settings()).build
    catalogue = catalogue_of(built, CATALOGUE)
    if why is not None:
        chain = why_answer(built, catalogue, why, clean_code(ubigeo))
        if as_json:
            print_json(chain)
        else:
            print("\n".join(chain_lines(chain)))
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
            why, done = say(f"fault.{repair.fault}", "es"), say(f"action.{repair.action}", "es")
            print(f"  {say('boundary.repaired', 'es')} ({repair.ubigeo}): {why}; {done}")
    for layer, cell in answer["layers"].items():
        title = say(f"layer.{layer}.title", "es")
        value = show_value(cell["value"], Unit(cell["unit"]))
        unit = say(f"unit.{cell['unit']}", "es")
        method = say(f"method.{cell['method']}", "es")
        if cell.get("class"):
            unit += f", {say('risk_class.' + str(cell['class']), 'es')}"
        sure = cell["confidence"]
        trust = f"; {say('confidence.is', 'es', level=sure['class'])}" if sure else ""
        print(
            f"  {title}: {value} {unit} [{method}; {cell['publisher']}, {cell['vintage']}{trust}]"
        )
