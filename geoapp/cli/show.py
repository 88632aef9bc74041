"""geoapp show."""

import typer

from geoapp.answers import unit_answer
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
    as_json: bool = typer.Option(False, "--json", help="Escribe JSON en la salida."),
) -> None:
    """Muestra una unidad con cada cifra, su fuente y su fecha.

    Ejemplo: geoapp show 240101 --json
    """
    built = open_store(read_settings()).build
    answer = unit_answer(built, catalogue_of(built, CATALOGUE), clean_code(ubigeo))
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
        print(f"  {title}: {value} {unit} [{method}; {cell['publisher']}, {cell['vintage']}]")
