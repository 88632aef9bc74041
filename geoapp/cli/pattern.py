"""geoapp pattern and geoapp quadrants."""

from pathlib import Path
from typing import Annotated, Any

import typer

from geoapp.answers.build import level_of_build
from geoapp.answers.patterns import (
    SCORE,
    pattern_answer,
    pattern_of,
    quadrants_answer,
    quadrants_of,
)
from geoapp.cli.options import AsJson, UnitLevel
from geoapp.cli.output import print_json
from geoapp.cli.stored import open_build, open_store
from geoapp.maps.quadrants import quadrant_map
from geoapp.numbers import show_number
from geoapp.reports.report import write_report
from geoapp.settings import read_settings
from geoapp.words import say
from layers.terms import AdminLevel

_SHOWN = 20


def pattern(
    layer: Annotated[str, typer.Option(help="Una capa, o score: el puntaje.")] = SCORE,
    level: UnitLevel = AdminLevel.DISTRICT,
    as_json: AsJson = False,
) -> None:
    """Dónde se juntan los valores altos y los bajos: Moran local y Gi*, con permutaciones.

    Se corrige por el número de unidades (Benjamini–Hochberg). Las unidades sin vecinas se nombran.

    Ejemplo: geoapp pattern --layer needs_per_person --level province
    """
    settings = read_settings()
    built, catalogue = open_build(settings)
    found = pattern_of(built, level, layer, settings.country.scenario, catalogue)
    answer = pattern_answer(found, level_of_build(built, level).table, layer)
    if as_json:
        print_json(answer)
        return
    print("\n".join(_pattern_lines(answer)))


def quadrants(
    level: UnitLevel = AdminLevel.DISTRICT,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Dibuja el mapa en este archivo .svg.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Severidad por magnitud: actuar ya, severa y pequeña, grande y moderada, vigilar.

    En el mapa lo de confianza baja va rayado.

    Ejemplo: geoapp quadrants --level province --json
    """
    built = open_store(read_settings()).build
    found = quadrants_of(built, level)
    answer = quadrants_answer(found, level_of_build(built, level).table)
    if output is not None:
        write_report(quadrant_map(built, level, found).encode(), output)
    if as_json:
        print_json(answer)
        return
    print("\n".join(_quadrant_lines(answer)))


def _pattern_lines(answer: dict[str, Any]) -> list[str]:
    lines = [
        f"{answer['layer']}: {answer['compared']} unidades, {answer['permutations']} permutaciones, "
        f"semilla {answer['seed']}, falsos hallazgos {show_number(100 * answer['alpha'], 0)} %",
        f"Moran local: {_counted('cluster', answer['clusters'])}",
        f"Gi*: {_counted('spot', answer['spots'])}",
        f"Sin vecinas: {', '.join(answer['islands']) or 'ninguna'}; "
        f"sin dato: {len(answer['missing'])}",
    ]
    for unit in answer["units"][:_SHOWN]:
        kinds = f"{say('cluster.' + unit['cluster'], 'es')}, {say('spot.' + unit['spot'], 'es')}"
        lines.append(f"{unit['ubigeo']} {unit['name']}{_region(unit)}: {kinds}")
    if len(answer["units"]) > _SHOWN:
        lines.append(f"… y {len(answer['units']) - _SHOWN} más: --json las da todas")
    return lines


def _quadrant_lines(answer: dict[str, Any]) -> list[str]:
    median = "sin dato" if answer["median"] is None else show_number(answer["median"], 0)
    lines = [
        f"{say(answer['standing'], 'es')}. Grande es más de {median} personas con necesidades "
        "(la mediana); severa, fase 3 o peor.",
        _counted("quadrant", answer["quadrants"]),
    ]
    for unit in answer["units"][:_SHOWN]:
        people = "sin dato" if unit["people"] is None else show_number(unit["people"], 0)
        words = say(f"quadrant.{unit['quadrant']}", "es")
        lines.append(f"{unit['ubigeo']} {unit['name']}{_region(unit)}: {words}; {people} personas")
    return lines


def _region(unit: dict[str, Any]) -> str:
    return f" ({unit['region']})" if unit["region"] else ""


def _counted(kind: str, numbers: dict[str, int]) -> str:
    return "; ".join(f"{say(f'{kind}.{name}', 'es')} {number}" for name, number in numbers.items())
