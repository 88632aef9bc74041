"""What loaded files do, in Spanish lines: for load, build and check."""

from typing import Any

from geoapp.cli.codes_summary import REASONS
from geoapp.numbers import show_number
from geoapp.words import say

_SHOWN = 10
_OTHER_REASONS = {
    "no_geometry": "sin geometría",
    "wrong_geometry": "geometría de otro tipo",
    "outside_every_unit": "fuera de todos los distritos",
    "sector_unknown": "sector desconocido",
    "not_a_number": "no es un número entero de personas",
    "no_people": "sin personas ni meta",
    "no_partner": "no dice qué organización",
    "host_community": "de la comunidad de acogida: no responde a necesidades de migrantes",
    "repeated_row": "repite otra fila entera",
}


def reason_words(reason: str) -> str:
    """Return in Spanish why a row or feature has no place."""
    return REASONS.get(reason) or _OTHER_REASONS[reason]


def balance_lines(balances: list[dict[str, Any]]) -> list[str]:
    """Tell whether loaded and modelled figures still come to the published totals.

    Parameters
    ----------
    balances : list of dict
        From ``geoapp.answers.build.loaded_answer``.

    Returns
    -------
    list of str
        One line for each total that is not kept, and one for all that are.
    """
    kept = [one for one in balances if one["balance"] == "kept"]
    lines = [_balance(one) for one in balances if one["balance"] != "kept"]
    if kept:
        names = ", ".join(dict.fromkeys(_title(one) for one in kept))
        lines.append(f"Con lo cargado se conservan los totales publicados: {names}")
    return lines


def _title(one: dict[str, Any]) -> str:
    return say(f"layer.{one['layer']}.title", "es")


def _balance(one: dict[str, Any]) -> str:
    where = f" (regiones {', '.join(one['regions'])})" if one["regions"] else ""
    why = say(f"discrepancy.{one['balance']}", "es")
    return (
        f"{_title(one)}{where}: cargado {show_number(one['loaded'], 0)}, todo "
        f"{show_number(one['sum'], 0)}, total publicado {show_number(one['total'], 0)}: {why}"
    )


def unplaced_lines(rows: list[dict[str, Any]]) -> list[str]:
    """Tell which rows or features of a file have no unit, why, and which units are near.

    Parameters
    ----------
    rows : list of dict
        row, code, name, reason, nearest.

    Returns
    -------
    list of str
        The first ten of each reason, and how many more there are.
    """
    by_reason: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_reason.setdefault(row["reason"], []).append(row)
    lines = []
    for reason, found in by_reason.items():
        lines += [_row(row) for row in found[:_SHOWN]]
        if len(found) > _SHOWN:
            words = reason_words(reason)
            lines.append(f"  … y {len(found) - _SHOWN} más: {words}")
    return lines


def _row(row: dict[str, Any]) -> str:
    words = reason_words(row["reason"])
    near = f"; parecidos: {', '.join(row['nearest'])}" if row["nearest"] else ""
    what = f"{row['code']} {row['name']}".strip()
    return f"  {row['row']}: {what + ': ' if what else ''}{words}{near}"
