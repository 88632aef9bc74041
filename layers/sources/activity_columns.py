"""Find the columns of a 5W table (who, what, where, when, for whom) by tag and by header."""

import re
from collections.abc import Mapping, Sequence

from layers.hxl_tags import column_of_tag
from layers.sources.user_columns import CODE_NAMES, header_key

# Headers as R4V, OCHA and partners write them: lower case, without accents, the longest first.
_NAMES: dict[str, str] = {
    "implementer": """
socio_implementador implementing_partner organizacion_implementadora implementing_organisation
implementing_organization implementador implementer
""",
    "lead": """
organizacion_principal appealing_organisation appealing_organization organizacion_lider socio_principal
organizacion organisation organization socio partner quien who
""",
    "sector": "sector_subsector sector subsector cluster",
    "region": """
admin1 adm1 departamento region admin1name adm1_name adm1_es admin1_name nombre_departamento
""",
    "province": "admin2 adm2 provincia province admin2name adm2_name adm2_es admin2_name",
    "name": "admin3 adm3_name distrito district admin3name adm3_es admin3_name",
    "code": " ".join(CODE_NAMES),
    "month": "mes_de_reporte mes month periodo period fecha date cuando when",
    "indicator": """
indicador indicator nombre_de_la_actividad activity_name actividad activity que what
""",
    "people": """
tipo_de_poblacion population_type tipo_poblacion population_group poblacion_meta poblacion population para_quien
for_whom
""",
    "new": """
nuevos_beneficiarios_del_mes new_beneficiaries_of_the_month nuevos_beneficiarios new_beneficiaries
""",
    "total": """
total_beneficiarios total_monthly_beneficiaries total_mensual_de_beneficiarios total_beneficiaries
beneficiarios_del_mes monthly_beneficiaries personas_alcanzadas people_reached beneficiarios
beneficiaries alcanzados reached
""",
    "target": "meta_anual meta target personas_meta people_targeted targeted planificados planned",
}
_TAGS: dict[str, tuple[str, ...]] = {
    "implementer": ("#org+impl",),
    "lead": ("#org+prog", "#org+lead", "#org+name", "#org-type-code-acronym-impl"),
    "sector": ("#sector+name", "#sector-code", "#sector+code", "#subsector"),
    "region": ("#adm1+name", "#adm1-code"),
    "province": ("#adm2+name", "#adm2-code"),
    "name": ("#adm3+name", "#adm3-code"),
    "code": ("#adm3+code", "#adm2+code", "#adm1+code"),
    "month": ("#date+month", "#date+end", "#date"),
    "indicator": ("#indicator+name", "#indicator", "#activity"),
    "people": ("#beneficiary+type", "#population+type"),
    "new": ("#reached+new", "#beneficiary+new"),
    "total": ("#reached", "#beneficiary"),
    "target": ("#targeted", "#target"),
}
"""Patterns of tags, the ones that say most first: see ``layers.hxl_tags``."""


def find_activity_columns(
    header: Sequence[str], tags: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Find which column of a 5W table says what.

    Parameters
    ----------
    header : sequence of str
        Names of the columns; one in two languages, as ``Mes/Month``, is known by either.
    tags : mapping, optional
        HXL tag by column; tags go first.

    Returns
    -------
    dict
        From ``lead``, ``implementer``, ``sector``, ``region``, ``province``, ``name``, ``code``,
        ``month``, ``indicator``, ``people``, ``total``, ``new`` and ``target`` to the column,
        without those that were not found.

    Raises
    ------
    SourceDamagedError
        Where several columns answer to one tag.
    """
    by_key: dict[str, str] = {}
    for keys in (lambda name: (header_key(name),), _half_keys):
        for column in header:
            for key in keys(column):
                by_key.setdefault(key, column)
    found: dict[str, str] = {}
    for part, names in _NAMES.items():
        tagged = column_of_tag(tags or {}, _TAGS[part], found.values())
        places = (tagged, *(by_key.get(name) for name in names.split()))
        free = [column for column in places if column and column not in found.values()]
        if free:
            found[part] = free[0]
    return found


def _half_keys(header: str) -> tuple[str, ...]:
    return tuple(key for key in map(header_key, re.split(r"[/|()\n]", header)) if key)
