"""Read each code of a table twice: as INEI means it and as RENIEC means it."""

from dataclasses import dataclass

import pandas as pd

from layers.harmonise.spelling import normalise_name, similarity
from layers.terms import AdminLevel

ALIKE = 75.0
"""Least likeness at which a name agrees with the unit of its code."""
APART = 25.0
"""How much less like the unit of the other scheme it must be to vote."""


@dataclass(frozen=True)
class Readings:
    """One row per row of the file, what its code means in each scheme and which name agrees."""

    table: pd.DataFrame
    """code, name, named, inei and reniec (the INEI ubigeo that each reading gives, or empty),
    valid_*, like_* (0 to 100), agrees_*, votes_*."""

    @property
    def known(self) -> float:
        """Share of the rows with a code whose code is in either list."""
        coded = self.table[self.table["code"] != ""]
        return float((coded["valid_inei"] | coded["valid_reniec"]).mean()) if len(coded) else 0.0

    @property
    def same_in_both(self) -> bool:
        """True where every known code gives the same unit in both schemes.

        Or in the only list that has it, and its name agrees.
        """
        known = self.table[self.table["valid_inei"] | self.table["valid_reniec"]]
        same = known["inei"] == known["reniec"]
        only = known["agrees_inei"] & ~known["valid_reniec"]
        return bool(len(known) and (same | only).all() and known["agrees_inei"].any())


def units_of_level(equivalence: pd.DataFrame, level: AdminLevel) -> pd.DataFrame:
    """Return the units of a level with their codes in both schemes.

    Parameters
    ----------
    equivalence : DataFrame
        Districts: ubigeo, reniec, name, province, region.
    level : AdminLevel
        Level asked for.

    Returns
    -------
    DataFrame
        The same columns; the RENIEC code of a province or region is the prefix that its
        districts share, missing where they have none.
    """
    columns = ["ubigeo", "reniec", "name", "province", "region"]
    if level is AdminLevel.DISTRICT:
        return equivalence[columns].reset_index(drop=True)
    prefixes = equivalence.assign(
        ubigeo=equivalence["ubigeo"].str[: level.digits],
        reniec=equivalence["reniec"].str[: level.digits],
        name=equivalence[level.value],
        province=equivalence["province"] if level is AdminLevel.PROVINCE else "",
    )
    return prefixes.groupby("ubigeo", as_index=False)[columns[1:]].first()


def read_both(codes: pd.Series, names: pd.Series | None, units: pd.DataFrame) -> Readings:
    """Read every code in both schemes and compare the names.

    A unit whose RENIEC code is not published cannot vote for INEI, since RENIEC may
    well give it the same code.

    Parameters
    ----------
    codes : Series of str
        Cleaned, empty where a row has none.
    names : Series of str or None
        Same index.
    units : DataFrame
        From `units_of_level`.

    Returns
    -------
    Readings
        One row per code, same index.
    """
    names = pd.Series("", index=codes.index) if names is None else names.fillna("").astype(str)
    official = units.set_index("ubigeo")["name"].to_dict()
    to_inei = units.dropna(subset=["reniec"]).set_index("reniec")["ubigeo"].to_dict()
    unpublished = set(units.loc[units["reniec"].isna(), "ubigeo"])
    table = pd.DataFrame({"code": codes, "name": names}, dtype=object)
    table["named"] = table["name"].map(normalise_name).ne("") & table["code"].ne("")
    table["inei"] = table["code"].map(lambda code: code if code in official else "")
    table["reniec"] = table["code"].map(lambda code: to_inei.get(code, ""))
    for scheme in ("inei", "reniec"):
        table[f"valid_{scheme}"] = table[scheme].ne("")
        table[f"like_{scheme}"] = [
            similarity(name, official[unit]) if unit else 0.0
            for name, unit in zip(table["name"], table[scheme], strict=True)
        ]
        table[f"agrees_{scheme}"] = table[f"like_{scheme}"] >= ALIKE
    lead = table["like_inei"] - table["like_reniec"]
    silent = table["inei"].isin(unpublished) & ~table["valid_reniec"]
    table["votes_inei"] = table["agrees_inei"] & (lead >= APART) & ~silent
    table["votes_reniec"] = table["agrees_reniec"] & (-lead >= APART)
    return Readings(table)
