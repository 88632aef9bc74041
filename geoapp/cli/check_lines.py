"""The result of ``geoapp check`` in Spanish lines."""

from collections import Counter
from typing import Any

from geoapp.cli.loaded_lines import balance_lines
from geoapp.numbers import show_number
from geoapp.words import say

_SHOWN = 10
_LEVELS = {"district": "distritos", "province": "provincias", "region": "regiones"}


def check_lines(answer: dict[str, Any]) -> list[str]:
    """Tell the result of the command in Spanish.

    Parameters
    ----------
    answer : dict
        In the shape of ``geoapp check --json``.

    Returns
    -------
    list of str
        One line each; differences without a reason are all told.
    """
    verdict = (
        "Todo concuerda o tiene explicación."
        if answer["ok"]
        else "HAY DIFERENCIAS SIN EXPLICACIÓN."
    )
    told = balance_lines(answer["loaded"])
    return [
        "Límites",
        *_boundaries(answer["boundaries"]),
        "Sumas",
        *_totals(answer["totals"]),
        "Regiones publicadas y lo que suman o promedian sus distritos",
        *(_published(one) for one in answer["published"]),
        *_unexplained(answer["totals"]),
        *(["Lo cargado", *(f"  {line}" for line in told)] if told else []),
        "Códigos",
        *_codes(answer["codes"]),
        "Lugares",
        *(line for one in answer["places"] for line in _places(one)),
        "Sin cifra",
        *_missing(answer["missing"]),
        verdict,
    ]


def _boundaries(found: dict[str, Any]) -> list[str]:
    published = found["published"]
    units = ", ".join(f"{one['units']} {_LEVELS[name]}" for name, one in found["levels"].items())
    lines = [
        f"  {found['source']}: {units}",
        f"  Publicados: {len(published['absent'])} ausentes, {len(published['empty'])} vacíos, "
        f"{len(published['invalid'])} inválidos",
        f"  Bordes que no coinciden: {len(found['unmatched'])} unidades{_list(found['unmatched'])}",
        f"  Superposiciones: {len(found['overlaps'])}, "
        f"{show_number(sum(one['km2'] for one in found['overlaps']), 3)} km²",
    ]
    for kind, count in Counter(gap["kind"] for gap in found["gaps"]).items():
        km2 = sum(gap["km2"] for gap in found["gaps"] if gap["kind"] == kind)
        names = [gap["name"] for gap in found["gaps"] if gap["kind"] == kind and gap["name"]]
        lines.append(
            f"  Vacíos, {say(f'gap.{kind}', 'es')}: {count}, {show_number(km2, 1)} km²{_list(names)}"
        )
    if areas := found["areas"]:
        lines.append(
            f"  Superficie dibujada y oficial: {areas['compared']} comparadas, "
            f"{areas['over_5_pct']} difieren más de 5 %, {areas['over_20_pct']} más de 20 %"
        )
    lines += [
        f"  {say('boundary.repaired', 'es')} ({one['ubigeo']}): "
        f"{say('fault.' + one['fault'], 'es')}; {say('action.' + one['action'], 'es')}"
        + (f" ({one['donor']})" if one["donor"] else "")
        for one in found["repairs"]
    ]
    unexplained = found["unexplained"]
    if unexplained["unrepaired"]:
        lines.append(f"  SIN LÍMITE UTILIZABLE{_list(unexplained['unrepaired'])}")
    if unexplained["unmatched"]:
        lines.append(f"  BORDES SIN EXPLICACIÓN{_list(unexplained['unmatched'])}")
    if unexplained["gaps"]:
        lines.append(f"  VACÍOS SIN EXPLICACIÓN: {unexplained['gaps']}")
    return lines


def _totals(totals: list[dict[str, Any]]) -> list[str]:
    of_country = [one for one in totals if one["level"] != "region" or one["unit"] is None]
    exact = sum(one["reason"] is None and one["ok"] for one in of_country)
    return [
        f"  {exact} de {len(of_country)} sumas iguales entre niveles y con los totales declarados",
        *(_difference(one) for one in of_country if one["reason"]),
    ]


def _published(one: dict[str, Any]) -> str:
    title = say(f"layer.{one['layer']}.title", "es")
    if not one["compared"]:
        return f"  {title}: sin distritos con los que compararla"
    if not one["differing"]:
        return f"  {title}: {one['compared']} iguales"
    why = "; ".join(say(f"discrepancy.{reason}", "es") for reason in one["reasons"])
    largest = show_number(one["largest"], 3)
    return (
        f"  {title}: {one['differing']} de {one['compared']} difieren, "
        f"hasta {largest}: {why or 'sin explicación'}"
    )


def _unexplained(totals: list[dict[str, Any]]) -> list[str]:
    lines = [_difference(one) for one in totals if not one["ok"]]
    return ["Sin explicación", *lines] if lines else []


def _difference(one: dict[str, Any]) -> str:
    title = say(f"layer.{one['layer']}.title", "es")
    place = one["unit"] or _LEVELS[one["level"]]
    why = say(f"discrepancy.{one['reason']}", "es") if one["reason"] else "sin explicación"
    return (
        f"  {title} ({place}): {show_number(one['sum'], 3)} y debe ser "
        f"{show_number(one['expected'], 3)}, diferencia {show_number(one['difference'], 3)}: {why}"
    )


def _codes(codes: list[dict[str, Any]]) -> list[str]:
    return [
        f"  {one['source']}: {one['rows']} filas, {one['repaired']} sin su cero inicial y "
        f"reparadas, {len(one['unmatched'])} sin unidad{_list(one['unmatched'])}"
        for one in codes
        if one["repaired"] or one["unmatched"]
    ] or ["  Todos los códigos tienen unidad"]


def _places(one: dict[str, Any]) -> list[str]:
    told = (
        (len(one["differing"]), "con filas que difieren y vale la primera"),
        (len(one["without_point"]), "sin coordenadas"),
        (len(one["by_name"]), "ubicados por su nombre"),
        (len(one["unplaced"]), "sin ubicar"),
        (len(one["abroad"]), "fuera del país"),
    )
    parts = [f"{count} {words}" for count, words in told if count]
    places = one["rows"] - one["repeated"]
    return [
        f"  {one['source']}: {one['rows']} filas, {places} lugares"
        + "".join(f", {part}" for part in parts),
        *_apart("con el punto en otra unidad que la declarada (vale el punto)", one["elsewhere"]),
        *_apart("con el punto demasiado lejos (vale la declarada)", one["doubtful"]),
    ]


def _apart(words: str, places: list[tuple[str, str, str]]) -> list[str]:
    if not places:
        return []
    shown = [f"{code} ({declared} → {found})" for code, declared, found in places]
    return [f"    {len(places)} {words}{_list(shown)}"]


def _missing(missing: list[dict[str, Any]]) -> list[str]:
    lines = [
        f"  {say('layer.' + one['layer'] + '.title', 'es')}: {one['units']} "
        f"{_LEVELS[one['level']]}, {say('lacking.' + one['reason'], 'es')}"
        for one in missing
    ]
    return lines or ["  Nada"]


def _list(items: list[str]) -> str:
    if not items:
        return ""
    more = f" … y {len(items) - _SHOWN} más" if len(items) > _SHOWN else ""
    return f": {', '.join(items[:_SHOWN])}{more}"
