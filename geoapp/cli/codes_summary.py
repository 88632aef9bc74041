"""The result of ``geoapp codes`` in Spanish sentences."""

from typing import Any

_SHOWN = 10
_SCHEME = {
    "inei": "Códigos INEI",
    "reniec": "Códigos RENIEC, convertidos a INEI",
    "mixed": "RECHAZADA: la tabla mezcla códigos INEI y RENIEC",
    "ambiguous": "RECHAZADA: no se puede saber si los códigos son INEI o RENIEC",
}
GROUNDS = {
    "names": "los nombres concuerdan con un solo esquema",
    "names_agree_and_both_schemes_mean_the_same": "ambos esquemas dicen lo mismo y los nombres concuerdan",
    "codes_valid_in_one_scheme_only": "muchos códigos solo existen en ese esquema",
    "stated": "esquema indicado con --scheme",
    "assigned_by_name": "la tabla no trae códigos: se asignaron por nombre",
    "names_agree_with_both_schemes": "separe las filas de cada esquema en dos archivos",
    "codes_of_both_schemes": "separe las filas de cada esquema, o indique --scheme inei o --scheme reniec",
    "most_codes_of_one_scheme_and_a_few_of_the_other": "revise las filas señaladas, o indique --scheme inei o --scheme reniec",
    "both_schemes_possible": "agregue una columna de nombres, o indique --scheme inei o --scheme reniec",
    "names_fit_neither": "los nombres no concuerdan con ningún esquema: indique otra columna con --name, o --scheme",
    "codes_in_neither_list": "casi ningún código existe: indique la columna de códigos con --code",
    "stated_scheme_contradicted": "los nombres contradicen el esquema indicado con --scheme",
}
REASONS = {
    "code_unknown": "el código no existe",
    "code_wrong_digits": "el código no tiene los dígitos del nivel",
    "code_only_in_other_scheme": "el código solo existe en el otro esquema",
    "name_contradicts_code": "el nombre contradice el código",
    "no_code_nor_name": "sin código ni nombre",
    "code_scheme_not_certain": "no se sabe si el código es INEI o RENIEC: agregue el nombre o indique --scheme",
    "no_name": "sin nombre",
    "region_unknown": "región desconocida",
    "province_unknown": "provincia desconocida",
    "name_unknown": "ningún nombre bastante parecido",
    "name_ambiguous": "varios nombres igual de parecidos",
    "name_repeated_elsewhere": "el nombre se repite: indique la provincia",
}


def summarise(result: dict[str, Any]) -> str:
    """Tell the result of the command in Spanish.

    Parameters
    ----------
    result : dict
        In the shape of ``geoapp codes --json``.

    Returns
    -------
    str
        Several lines; the first ten rows of each kind.
    """
    evidence = result["evidence"]
    lines = [f"{_SCHEME[result['scheme']]} ({GROUNDS[evidence['ground']]})."]
    if result["scheme"] in ("mixed", "ambiguous") or evidence["ground"] == "stated":
        for scheme in ("inei", "reniec"):
            if evidence[f"{scheme}_rows"]:
                rows = ", ".join(map(str, evidence[f"{scheme}_rows"]))
                lines.append(f"Filas que solo pueden ser {scheme.upper()}: {rows}")
    lines.append(
        f"{result['matched']} filas con unidad, {len(result['unmatched'])} sin unidad, "
        f"{len(result['repaired'])} códigos reparados."
    )
    lines += _listed(
        "Códigos reparados",
        [f"fila {item['row']}: {item['from']} → {item['to']}" for item in result["repaired"]],
    )
    lines += _listed(
        "Asignadas por nombre parecido",
        [
            f"fila {item['row']}: {item['provider']} → {item['official']} ({item['score']:.0f})"
            for item in result["matched_by_name"]
        ],
    )
    lines += _listed("Filas sin unidad", [_unmatched(item) for item in result["unmatched"]])
    return "\n".join(lines)


def _unmatched(item: dict[str, Any]) -> str:
    text = f"fila {item['row']}: {item['code']} {item['name']}".rstrip()
    near = f"; parecidos: {', '.join(item['nearest'])}" if item["nearest"] else ""
    return f"{text}: {REASONS[item['reason']]}{near}"


def _listed(title: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    more = [f"  … y {len(lines) - _SHOWN} más"] if len(lines) > _SHOWN else []
    return [f"{title}:", *(f"  {line}" for line in lines[:_SHOWN]), *more]
