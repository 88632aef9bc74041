"""What is known of the ages and the sex of the residents of a unit, as plain data."""

import math
from typing import Any

from geoapp.answers.cells import cell_answer
from geoapp.numbers import show_value
from geoapp.words import say
from layers.countries import Country
from layers.spec import Catalogue
from layers.table.units import UnitTable
from layers.terms import Unit

_OPEN_YEARS = 20
"""The oldest group has no end: it is drawn as if it were these many years wide."""


def ages_of(
    table: UnitTable, catalogue: Catalogue, country: Country, ubigeo: str, language: str
) -> dict[str, Any] | None:
    """Return the age groups of a unit, oldest first, and the share of women.

    Groups differ in width, so that the length of a bar is the share of a mean year of age and
    its height the years: its area is the share, as in a histogram.

    Parameters
    ----------
    table : UnitTable
        The level of the unit.
    catalogue : Catalogue
        Declares the layers.
    country : Country
        Says which layers are ages.
    ubigeo : str
        The unit.
    language : str
        A language of the product.

    Returns
    -------
    dict or None
        groups (layer, label, value as text or ``sin dato``, years, length of 0 to 1 or None),
        women and men (layer or None, value as text), origin, gaps; None where the country
        declares no ages.
    """
    known = [one for one in country.ages if one[0] in table.sources]
    if not known:
        return None
    cells = {
        name: cell_answer(table, catalogue, catalogue.layer(name), ubigeo) for name, *_ in known
    }
    years = {name: (last - first + 1 if last else _OPEN_YEARS) for name, first, last in known}
    rates = {
        name: cell["value"] / years[name]
        for name, cell in cells.items()
        if cell["value"] is not None
    }
    most = max(rates.values(), default=0.0)
    missing = say("page.missing", language)
    groups = [
        {
            "layer": name,
            "label": f"{first}–{last}" if last else f"{first}+",
            "value": missing
            if cells[name]["value"] is None
            else show_value(cells[name]["value"], Unit.PERCENT),
            "years": years[name],
            "length": rates[name] / most if name in rates and most > 0 else None,
        }
        for name, first, last in reversed(known)
    ]
    cell = cells[known[0][0]]
    return {
        "groups": groups,
        "sexes": _sexes(table, country, ubigeo, language),
        "origin": say(
            "page.origin",
            language,
            method=say(f"method.{cell['method']}", language),
            publisher=cell["publisher"],
            vintage=cell["vintage"],
        ),
        "unknown": say("ages.unknown", language),
        "drawn": say("ages.drawn", language, years=_OPEN_YEARS),
    }


def _sexes(table: UnitTable, country: Country, ubigeo: str, language: str) -> dict[str, Any] | None:
    """Return the shares of women and of men; None where they are not known."""
    if country.women is None or country.women not in table.sources:
        return None
    women = float(table.values.at[ubigeo, country.women])
    if math.isnan(women):
        return None
    return {
        "layer": country.women,
        "share": women / 100,
        "women": say("ages.women", language, share=show_value(women, Unit.PERCENT)),
        "men": say("ages.men", language, share=show_value(100 - women, Unit.PERCENT)),
    }
