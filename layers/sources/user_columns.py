"""Find the codes and names of a user's table by what its columns are called."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

_DISTRICT_CODES = """
ubigeo ubigeo_distrito ubigeo_inei inei cod_ubigeo codigo_ubigeo codubigeo idubigeo id_ubigeo ubi ubigeo_dist
ubigeo_reniec reniec iddist id_dist cod_dist coddist cod_distrito codigo_distrito codigo_inei adm3_pcode admin3pcode
admin3_pcode adm3_code adm3 pcode p_code codigo code cod
"""
_PARENT_CODES = """
idprov id_prov cod_prov codprov cod_provincia codigo_provincia ubigeo_provincia adm2_pcode admin2pcode adm2_code
iddpto id_dpto iddep cod_dep coddep cod_dpto cod_departamento codigo_departamento ubigeo_departamento cod_region
codigo_region adm1_pcode admin1pcode adm1_code
"""
_NAMES = {
    "name": """
distrito nombre_distrito nom_dist nomdist nombdist nomb_dist nombre_dist nom_distrito desc_dist district
adm3_es adm3_name adm3_en admin3name admin3name_es nombre name nombre_del_distrito lugar ubicacion localidad
""",
    "province": """
provincia nombre_provincia nom_prov nomprov nombprov nomb_prov nombre_prov nom_provincia desc_prov province
adm2_es adm2_name adm2_en admin2name admin2name_es
""",
    "region": """
departamento region nombre_departamento nombre_region nom_dep nomdep nombdep nomb_dep nom_dpto nom_depa dpto depa
depto desc_dep department adm1_es adm1_name adm1_en admin1name admin1name_es
""",
}
CODE_NAMES: tuple[str, ...] = (*_DISTRICT_CODES.split(), *_PARENT_CODES.split())
"""Headers of codes, the finest level first."""
_HXL = {
    "code": ("#adm3+code", "#adm2+code", "#adm1+code", "#loc+code"),
    "name": ("#adm3+name", "#adm3", "#loc+name"),
    "province": ("#adm2+name", "#adm2"),
    "region": ("#adm1+name", "#adm1"),
}


def guess_columns(header: Sequence[str], tags: Mapping[str, str] | None = None) -> dict[str, str]:
    """Guess which columns hold codes, names, provinces and regions.

    Parameters
    ----------
    header : sequence of str
        Names of the columns.
    tags : mapping, optional
        HXL tag by column, where the file has a row of them; tags go first.

    Returns
    -------
    dict
        From ``code``, ``name``, ``province`` and ``region`` to the column, without those
        that were not found.
    """
    known = {"code": CODE_NAMES, **{part: tuple(text.split()) for part, text in _NAMES.items()}}
    keys: dict[str, str] = {}
    for column in header:
        keys.setdefault(header_key(column), column)
    tagged = {column: _tag(tags.get(column, "")) for column in header} if tags else {}
    tagged |= {column: _tag(column) for column in header if column.startswith("#")}
    found: dict[str, str] = {}
    for part, names in known.items():
        by_tag = [column for want in _HXL[part] for column, tag in tagged.items() if tag == want]
        by_name = [keys[name] for name in names if name in keys]
        free = [column for column in (*by_tag, *by_name) if column not in found.values()]
        if free:
            found[part] = free[0]
    return found


def header_key(header: str) -> str:
    """Return a header in lower case, without accents, its words parted by underscores."""
    plain = unicodedata.normalize("NFKD", header.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


def _tag(cell: str) -> str:
    """Keep the tag and the attributes that tell a code from a name: ``#adm3+es+name``."""
    tag, *attributes = re.sub(r"\s", "", cell.casefold()).split("+")
    kind = next((word for word in attributes if word in ("code", "name")), "")
    return f"{tag}+{kind}" if kind else tag
