"""What units are called, as they are spelled officially."""

import re

import pandas as pd

from layers.spec import CountryProfile
from layers.terms import AdminLevel

_COLUMNS = ("name", "province", "region", "reniec")


def names_of_units(rows: pd.DataFrame, units: pd.Index, country: CountryProfile) -> pd.DataFrame:
    """Return the names of the units of a level and of their parents.

    Parameters
    ----------
    rows : DataFrame
        By district ubigeo: region, provincia, distrito, reniec.
    units : Index
        Codes of the level.
    country : CountryProfile
        Words that the source misspells.

    Returns
    -------
    DataFrame of str
        By ubigeo: name, province, region, reniec; empty where there is none. The RENIEC code
        of a province or region is the one that begins the codes of most of its districts.
    """
    own = {AdminLevel.DISTRICT: "distrito", AdminLevel.PROVINCE: "provincia"}
    digits = len(units[0])
    column = next((name for level, name in own.items() if level.digits == digits), "region")
    first = rows.groupby(rows.index.str[:digits]).first().reindex(units)
    is_district = digits == AdminLevel.DISTRICT.digits
    named = pd.DataFrame(
        {
            "name": first[column],
            "province": first["provincia"] if is_district else "",
            "region": first["region"] if digits > AdminLevel.REGION.digits else "",
            "reniec": first["reniec"] if is_district else _prefixes(rows, units, digits),
        },
        index=units,
    ).fillna("")
    spelling = dict(country.spelling)
    for name in ("name", "province", "region"):
        named[name] = named[name].map(lambda text: _spelled(text, spelling))
    return named[list(_COLUMNS)].astype(str)


def with_other_codes(rows: pd.DataFrame, other: pd.Series) -> pd.DataFrame:
    """Return the names with codes of the other scheme where they had none.

    Parameters
    ----------
    rows : DataFrame
        By district ubigeo, with reniec (empty where unknown).
    other : Series of str
        By district ubigeo, codes from another list; other than six digits are left out.

    Returns
    -------
    DataFrame
        A copy; a code that is already there is never replaced.
    """
    codes = other[~other.index.duplicated()].reindex(rows.index).fillna("").astype(str)
    codes = codes.where(codes.str.fullmatch(r"\d{6}"), "")
    return rows.assign(reniec=rows["reniec"].where(rows["reniec"] != "", codes))


def _prefixes(rows: pd.DataFrame, units: pd.Index, digits: int) -> pd.Series:
    known = rows.loc[rows["reniec"] != "", "reniec"].str[:digits]
    counted = known.groupby([known.index.str[:digits].rename("unit"), known.rename("code")]).size()
    # The first of those that are as many: a stable sort keeps their order.
    most = counted.sort_values(ascending=False, kind="stable").reset_index("code")["code"]
    return most[~most.index.duplicated()].reindex(units)


def capitals(rows: pd.DataFrame, country: CountryProfile) -> pd.DataFrame:
    """Return the places of the capitals of districts, where they are known.

    Parameters
    ----------
    rows : DataFrame
        By district ubigeo: distrito, longitude, latitude (empty where unknown).
    country : CountryProfile
        Words that the source misspells.

    Returns
    -------
    DataFrame
        By ubigeo: name, lon, lat.
    """
    if "longitude" not in rows.columns:
        return pd.DataFrame({"name": [], "lon": [], "lat": []}, dtype=object)
    spelling = dict(country.spelling)
    found = pd.DataFrame(
        {
            "name": rows["distrito"].map(lambda text: _spelled(text, spelling)),
            "lon": pd.to_numeric(rows["longitude"]),
            "lat": pd.to_numeric(rows["latitude"]),
        }
    )
    return found[found["lon"].notna()]


def _spelled(text: str, spelling: dict[str, str]) -> str:
    """Return a name with its misspelt words mended; a first word keeps its capital."""
    for wrong, right in spelling.items():
        if wrong not in text:
            continue
        text = re.sub(rf"(?<!^)\b{wrong}\b" if right.islower() else rf"\b{wrong}\b", right, text)
    return text
