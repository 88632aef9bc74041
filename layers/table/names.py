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
        By ubigeo: name, province, region, reniec; empty where there is none. A province
        or region bears no RENIEC code, since that list is of districts.
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
            "reniec": first["reniec"] if is_district else "",
        },
        index=units,
    ).fillna("")
    spelling = dict(country.spelling)
    for name in ("name", "province", "region"):
        named[name] = named[name].map(lambda text: _spelled(text, spelling))
    return named[list(_COLUMNS)].astype(str)


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
        text = re.sub(rf"(?<!^)\b{wrong}\b" if right.islower() else rf"\b{wrong}\b", right, text)
    return text
