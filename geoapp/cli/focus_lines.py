"""What geoapp focus prints for people."""

from typing import Any

from geoapp.numbers import show_number
from geoapp.words import say

_KINDS = {"head": "sede", "suboffice": "suboficina", "liaison": "enlace", "proposed": "propuesta"}
_CONDITIONS = {
    "today": "sedes de hoy fijas",
    "require": "sedes exigidas",
    "forbid": "sedes prohibidas",
    "capacity": "capacidad",
}


def plan_lines(answer: dict[str, Any], names: dict[str, str]) -> list[str]:
    """Write a plan as a table with its prices and what it rests on.

    Parameters
    ----------
    answer : dict
        As of ``focus_answer``.
    names : dict
        Name of each unit by ubigeo.

    Returns
    -------
    list of str
        Lines.
    """
    return [
        *_head(answer),
        "",
        *_site_rows(answer["sites"]),
        "",
        *(_price(price, answer, names) for price in answer["price_of_constraints"]),
        *(_extra(one, answer) for one in answer["one_more"]),
        *_notes(answer["question"]),
    ]


def _head(answer: dict[str, Any]) -> list[str]:
    question = answer["question"]
    within = f"{question['within']:g} {_unit(question)}"
    uncovered = show_number(answer["uncovered_people"], 0)
    return [
        f"{_title(question['demand'])}: {len(answer['sites'])} oficinas, óptimo probado, "
        f"{question['candidates']} sedes posibles",
        f"{_goal(answer['objective']['value'], answer)}; a más de {within}: {uncovered} personas",
    ]


def _site_rows(sites: list[dict[str, Any]]) -> list[str]:
    width = max(len(site["name"]) for site in sites)
    rows = [
        f"{'ubigeo':<7} {'sede':<{width}}  {'':<10} {'unidades':>8} {'carga':>11} {'personas':>11}"
    ]
    rows += [
        f"{site['ubigeo']:<7} {site['name']:<{width}}  {_KINDS[site['kind']]:<10} "
        f"{show_number(site['units'], 0):>8} {show_number(site['load'], 0):>11} "
        f"{show_number(site['people'], 0):>11}"
        for site in sites
    ]
    return rows


def _price(price: dict[str, Any], answer: dict[str, Any], names: dict[str, str]) -> str:
    own = {site["ubigeo"] for site in answer["sites"]}
    come = [names[site] for site in price["sites_without"] if site not in own]
    others = f"; entrarían {', '.join(come)}" if come else ""
    return (
        f"Precio de {_CONDITIONS[price['constraint']]}: {_amount(price['price'], answer)} "
        f"(sin ella, {_amount(price['without'], answer)}{others})"
    )


def _extra(one: dict[str, Any], answer: dict[str, Any]) -> str:
    return (
        f"Una más en {one['name']} ({one['ubigeo']}): gana {_amount(one['gain'], answer)}; "
        f"{show_number(one['people_nearer'], 0)} personas más cerca"
    )


def _notes(question: dict[str, Any]) -> list[str]:
    notes = []
    if question["estimated"]:
        notes.append(
            "Distancias estimadas: línea recta × rodeo × pendiente; ninguna carretera medida."
        )
    if lacking := question["units_without_demand"]:
        notes.append(f"{lacking} unidades sin cifra de {question['demand']}: no pesan.")
    return notes


def _goal(value: float, answer: dict[str, Any]) -> str:
    if answer["objective"]["kind"] == "covered_share":
        return f"Al alcance: {_amount(value, answer)}"
    return f"Distancia media: {_amount(value, answer)}"


def _amount(value: float, answer: dict[str, Any]) -> str:
    if answer["objective"]["kind"] == "covered_share":
        return f"{show_number(100 * value, 2)} %"
    return f"{show_number(value, 1)} {_unit(answer['question'])}"


def _unit(question: dict[str, Any]) -> str:
    return "km" if question["measure"] == "km" else "h"


def _title(demand: str) -> str:
    return "Puntaje" if demand == "score" else say(f"layer.{demand}.title", "es")
