"""``geoapp codes``: which scheme a table uses, and which unit each of its rows is."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NoReturn

import pandas as pd
import typer

from geoapp.cli.codes_summary import summarise
from geoapp.cli.options import AsJson
from geoapp.cli.output import log, tell
from geoapp.settings import read_settings
from layers.errors import LayersError, Sentence, SourceDamagedError, nearest
from layers.harmonise.assign import Assignment, assign_units
from layers.sources.locate import locate
from layers.sources.read import read_table
from layers.sources.user_columns import guess_columns
from layers.sources.user_table import UserTable, read_user_table
from layers.table.names import with_other_codes
from layers.terms import CodeScheme


def codes(
    file: Annotated[Path, typer.Argument(help="Tabla por revisar: CSV o XLSX.")],
    code: Annotated[
        str, typer.Option(help="Columna de los códigos; si no se da, se reconoce por su título.")
    ] = "",
    name: Annotated[str, typer.Option(help="Columna de los nombres de las unidades.")] = "",
    province: Annotated[str, typer.Option(help="Columna de los nombres de las provincias.")] = "",
    region: Annotated[str, typer.Option(help="Columna de los nombres de las regiones.")] = "",
    scheme: Annotated[str, typer.Option(help="inei o reniec, cuando la tabla no lo dice.")] = "",
    as_json: AsJson = False,
) -> None:
    """Dice si una tabla usa códigos del INEI o del RENIEC, y nombra cada fila sin unidad.

    Ejemplo: geoapp codes beneficiarios.xlsx --code UBIGEO --name Distrito --json
    """
    given = {"code": code, "name": name, "province": province, "region": region}
    if scheme not in ("", "inei", "reniec"):
        raise typer.BadParameter(
            Sentence("{scheme!r} is not a scheme; give inei or reniec", scheme=scheme)
        )
    try:
        table = read_user_table(file)
        columns = choose_columns(table, {part: column for part, column in given.items() if column})
        if not columns:
            raise SourceDamagedError(
                "{file} has no column of codes or names that is known by its header ({columns}); "
                "give --code COLUMN or --name COLUMN",
                file=file,
                columns=", ".join(map(str, table.frame.columns[:10])),
            )
        rows = pd.DataFrame({part: table.frame[column] for part, column in columns.items()})
        stated = CodeScheme(scheme) if scheme else None
        assignment = assign_units(rows, _equivalence(), stated)
    except LayersError as error:
        _refuse(error, as_json)
    notes = (
        *table.notes,
        *(
            Sentence("{part}: column {column!r}", part=part, column=column)
            for part, column in columns.items()
        ),
    )
    for note in notes:
        log(note)
    result = as_result(assignment, notes)
    typer.echo(json.dumps(result, ensure_ascii=False) if as_json else summarise(result))
    raise typer.Exit(1 if assignment.refused else 0)


def choose_columns(table: UserTable, given: dict[str, str]) -> dict[str, str]:
    """Return the columns to read: those that are named, the others by their headers.

    Parameters
    ----------
    table : UserTable
        The table of the user.
    given : dict
        Columns by part (code, name, province, region), where the user names them.

    Returns
    -------
    dict
        Column by part.

    Raises
    ------
    BadParameter
        Where a named column is not in the table.
    """
    header = [str(column) for column in table.frame.columns]
    for part, column in given.items():
        if column not in header:
            raise typer.BadParameter(
                Sentence(
                    "no column {column!r}{near}; the table has {columns}",
                    column=column,
                    near=nearest(column, header),
                    columns=", ".join(header[:20]),
                ),
                param_hint=f"--{part}",
            )
    free = [column for column in header if column not in given.values()]
    return {**guess_columns(free, table.tags), **given}


def as_result(assignment: Assignment, notes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return an assignment in the shape that ``geoapp codes --json`` prints.

    Parameters
    ----------
    assignment : Assignment
        What became of every row.
    notes : tuple of str
        What was assumed to read the file.

    Returns
    -------
    dict
        ``scheme``, ``evidence``, ``matched``, ``repaired``, ``unmatched``,
        ``matched_by_name`` and ``units`` (row and INEI code). A table with names only
        is on INEI codes, assigned by name: its scheme is ``inei`` and its evidence says so.
    """
    found = assignment.detection
    evidence: dict[str, Any] = {"ground": "assigned_by_name", "level": assignment.level.value}
    if found:
        evidence = {"ground": found.ground.value, **asdict(found.evidence)}
        evidence |= {"inei_rows": found.inei_rows, "reniec_rows": found.reniec_rows}
    evidence |= {
        "repeated_units": int(assignment.ubigeos.duplicated().sum()),
        "notes": list(notes),
    }
    return {
        "scheme": found.scheme.value if found else CodeScheme.INEI.value,
        "evidence": evidence,
        "matched": len(assignment.ubigeos),
        "repaired": [
            {"row": item.row, "from": item.before, "to": item.after, "reason": item.reason.value}
            for item in assignment.repairs
        ],
        "unmatched": [
            {**asdict(item), "reason": item.reason.value} for item in assignment.unmatched
        ],
        "matched_by_name": [asdict(item) for item in assignment.by_name],
        "units": [
            {"row": int(row), "ubigeo": unit}
            for row, unit in zip(assignment.ubigeos.index, assignment.ubigeos, strict=True)
        ],
    }


def _equivalence() -> pd.DataFrame:
    """Return the units with the codes of both schemes, from every list on this machine."""
    settings = read_settings()
    country, places = settings.country, settings.places
    spec = country.catalogue.source(country.names)
    _, path = locate(spec, places)
    frame = read_table(path, spec).set_index("ubigeo")
    if country.other_codes is not None:
        source, column = country.other_codes
        other = country.catalogue.source(source)
        try:
            rows = read_table(locate(other, places)[1], other).set_index(str(other.code_column))
            frame = with_other_codes(frame, rows[column])
        except LayersError as error:
            log(tell(error))
    frame = frame.reset_index().rename(columns={"distrito": "name", "provincia": "province"})
    return frame.assign(reniec=frame["reniec"].where(frame["reniec"] != ""))


def _refuse(error: LayersError, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"error": str(error)}, ensure_ascii=False))
    log(tell(error))
    raise typer.Exit(1) from error
