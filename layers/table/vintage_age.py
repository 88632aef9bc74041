"""How old the figures of a layer are, by the vintages of their sources."""

import math
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from layers.spec import Catalogue

DAYS_A_YEAR = 365.25
_PART = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def vintages_of(
    sources: Mapping[str, tuple[str, ...]], catalogue: Catalogue
) -> dict[str, tuple[str, ...]]:
    """Return the vintages that each layer of a table rests on.

    Parameters
    ----------
    sources : mapping
        From the layer to the ids of its sources, as in a UnitTable.
    catalogue : Catalogue
        Declares the vintages.

    Returns
    -------
    dict
        From the layer to the vintages of its sources.
    """
    return {
        layer: tuple(catalogue.source(name).vintage for name in names)
        for layer, names in sources.items()
    }


@lru_cache(maxsize=4096)
def age_years(vintage: str, on: date) -> float:
    """Return the age of a vintage on a date.

    A month or a year stands for its middle: ``2022`` is 2022-07-02. A period is as old as
    its end, since it holds all that came before: ``1960/2023`` is as old as ``2023``.

    Parameters
    ----------
    vintage : str
        As declared.
    on : date
        The date of the figure's use.

    Returns
    -------
    float
        Years from 0 up; missing (NaN) where the vintage gives no date.
    """
    days = [_middle(part) for part in vintage.split("/")]
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return math.nan
    return max(0.0, (on.toordinal() - max(known)) / DAYS_A_YEAR)


def _middle(part: str) -> float | None:
    match = _PART.fullmatch(part.strip())
    if match is None:
        return None
    year, month, day = (int(text) if text else 0 for text in match.groups())
    try:
        first = date(year, month or 1, day or 1).toordinal()
    except ValueError:
        return None
    if day:
        return float(first)
    after = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return (first + after.toordinal() - 1) / 2
