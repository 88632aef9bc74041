"""What units are called: read, completed and spelled once a build."""

import pandas as pd

from layers.errors import SourceUnavailableError
from layers.reading import Reader
from layers.spec import CountryProfile
from layers.table.names import names_of_units, with_other_codes
from layers.terms import AdminLevel


def listed_names(reader: Reader, country: CountryProfile) -> pd.DataFrame:
    """Read the official list of districts.

    Parameters
    ----------
    reader : Reader
        Knows the source.
    country : CountryProfile
        Names it.

    Returns
    -------
    DataFrame
        By ubigeo: region, provincia, distrito, reniec and what else the source has.

    Raises
    ------
    SourceUnavailableError
        Where it cannot be had: no unit would have a name.
    """
    names = reader.step("listed", [country.names], (), lambda: reader.rows(country.names))
    if names is None:
        raise SourceUnavailableError(reader.statuses[country.names].problem or "")
    return names


def complete_names(reader: Reader, country: CountryProfile, names: pd.DataFrame) -> pd.DataFrame:
    """Give a code of the other scheme to districts that have none in the official list.

    Parameters
    ----------
    reader : Reader
        Knows the source of these codes, if there is one, and which units there are.
    country : CountryProfile
        Names it.
    names : DataFrame
        From `listed_names`.

    Returns
    -------
    DataFrame
        The same rows.
    """
    if country.other_codes is None:
        return names
    source, column = country.other_codes

    def made() -> pd.DataFrame:
        rows = reader.rows(source)
        return names if rows is None else with_other_codes(names, rows[column])

    return reader.step("codes", [source], (reader.ground, names, column), made)


def name_units(
    reader: Reader,
    country: CountryProfile,
    names: pd.DataFrame,
    units: dict[AdminLevel, pd.Index],
) -> tuple[pd.DataFrame, dict[AdminLevel, pd.DataFrame]]:
    """Spell the names of all districts that have one, and those of the units of each level.

    Parameters
    ----------
    reader : Reader
        Keeps them.
    country : CountryProfile
        Words that the list misspells.
    names : DataFrame
        From `complete_names`.
    units : dict
        Codes by level.

    Returns
    -------
    tuple of DataFrame and dict
        By ubigeo: name, province, region, reniec.
    """

    def made() -> tuple[pd.DataFrame, dict[AdminLevel, pd.DataFrame]]:
        of_levels = {level: names_of_units(names, one, country) for level, one in units.items()}
        return names_of_units(names, names.index, country), of_levels

    inputs = names, country.spelling, list(units.values())
    return reader.steps.value("names", inputs, made)
