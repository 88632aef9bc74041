"""geoapp gap."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from geoapp.answers.gap import gap_answer, gaps_of, largest_gaps
from geoapp.cli.options import AsJson, UnitLevel
from geoapp.cli.output import log, print_json
from geoapp.cli.stored import open_store
from geoapp.cli.unplaced_file import write_unplaced
from geoapp.numbers import show_number
from geoapp.settings import read_settings
from geoapp.store.loaded import LoadedFolder
from geoapp.words import say
from layers.codes import clean_code
from layers.errors import UnknownUbigeoError
from layers.terms import AdminLevel


def gap(
    level: UnitLevel = AdminLevel.DISTRICT,
    sector: Annotated[str, typer.Option(help="Un solo sector, por ejemplo health.")] = "",
    ubigeo: Annotated[str, typer.Option(help="Una sola unidad de ese nivel.")] = "",
    top: Annotated[int, typer.Option(min=1, help="Cuántas unidades, de más a menos brecha.")] = 20,
    report: Annotated[
        Path | None, typer.Option(help="Escribe en este CSV cada fila que no cuenta, con su razón.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Brecha por unidad y sector: necesidad, meta pendiente, alcanzadas, y quién informa.

    Donde ningún socio informa la brecha es desconocida, nunca cero ni toda la necesidad.

    Ejemplo: geoapp gap --level region --sector health --json
    """
    settings = read_settings()
    built = open_store(settings).build
    found = gaps_of(built, level, LoadedFolder(settings.kept / "loaded"), sector)
    code = clean_code(ubigeo) if ubigeo else ""
    if code and code not in found.names.index:
        raise UnknownUbigeoError(
            "no {level} of this table bears the UBIGEO {code!r}; give one of its codes",
            level=level,
            code=code,
        )
    if report is not None:
        write_unplaced([asdict(row) for row in found.activity.unused], report)
        log(f"{report}: {len(found.activity.unused)} filas que no cuentan")
    answer = gap_answer(found, [code] if code else largest_gaps(found)[:top])
    if as_json:
        print_json(answer)
        return
    print("\n".join(_lines(answer)))


def _lines(answer: dict[str, Any]) -> list[str]:
    source = answer["source"]
    lines = [
        f"{say(answer['standing'], 'es')}. {source['publisher']}, {source['vintage']}: "
        f"{answer['rows']} filas de {len(answer['partners'])} socios, {answer['unplaced']} sin "
        f"contar; meses: {say('months.' + answer['months'], 'es')}.",
    ]
    for name, total in answer["sectors"].items():
        told, silent = total["units_with_report"], total["units_without_report"]
        lines.append(
            f"{say(f'sector.{name}', 'es')}: {_cell(total)} [informan de {told} unidades; "
            f"de {silent} nadie]"
        )
    for unit in answer["units"]:
        place = ", ".join(filter(None, (unit["province"], unit["region"])))
        lines.append(f"{unit['ubigeo']} {unit['name']}" + (f" ({place})" if place else ""))
        lines += [
            f"    {say(f'sector.{name}', 'es')}: {_cell(cell)}{_who(cell)}"
            for name, cell in unit["sectors"].items()
            if cell["reported_by"] or cell["reported_above"] or cell["present"]
        ]
        if not any(cell["reported_by"] for cell in unit["sectors"].values()):
            lines.append("    ningún socio informa: brecha desconocida")
    return lines


def _cell(cell: dict[str, Any]) -> str:
    words = {
        "need": "necesidad",
        "targeted": "meta pendiente",
        "reached": "alcanzadas",
        "gap": "brecha",
        "unknown": "sin informe",
    }
    parts = [f"{word} {_people(cell[part])}" for part, word in words.items()]
    if cell["beyond"]:
        parts.append(f"informado de más {_people(cell['beyond'])}")
    return ", ".join(parts)


def _people(value: float | None) -> str:
    return "sin dato" if value is None else show_number(value, 0)


def _who(cell: dict[str, Any]) -> str:
    text = f"; informan {', '.join(cell['reported_by'])}" if cell["reported_by"] else ""
    if cell["reported_above"]:
        text += f"; solo por provincia o región: {', '.join(cell['reported_above'])}"
    if cell["present"]:
        text += f"; presentes, sin cifras: {', '.join(cell['present'])}"
    return text
