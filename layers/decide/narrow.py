"""Which units a visitor looks at. A filter of the eye: places stay those of all units."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from layers.decide.event_ground import nearest_offices
from layers.spec import Office
from layers.table.units import UnitTable

URBAN_DENSITY = 150.0
"""People per km² from which a local unit is not rural (OECD Regional Typology, 2011)."""
URBAN_PEOPLE = 50_000.0
"""People from which a district is urban at any density: the least size of a city (EU–OECD, 2012).
Tacna and Iquitos are cities in districts of a great area."""


class Settling(StrEnum):
    """How the people of a unit are settled."""

    URBAN = "urban"
    RURAL = "rural"


@dataclass(frozen=True)
class Residents:
    """Layers that tell how many people live in a unit, and how densely."""

    people: str
    density: str | None
    """People per km²; None where the country declares none."""


@dataclass(frozen=True)
class Filters:
    """Conditions that a unit meets all at once; what is empty asks nothing."""

    regions: tuple[str, ...] = ()
    office: str | None = None
    """Id of the office that is nearest in a straight line, as in an emergency."""
    least_people: float = 0.0
    settling: Settling | None = None


def settling_of(table: UnitTable, districts: UnitTable | None, residents: Residents) -> pd.Series:
    """Tell urban units from rural ones.

    A district is urban from ``URBAN_DENSITY`` people per km², or from ``URBAN_PEOPLE`` people. A
    unit above it is urban where more than half of its people live in urban districts.

    Parameters
    ----------
    table : UnitTable
        The level.
    districts : UnitTable or None
        The finest level, where it is another one and has districts.
    residents : Residents
        What counts them.

    Returns
    -------
    Series
        By ubigeo, a Settling; missing where people or density are.
    """
    if districts is None:
        people = _column(table, residents.people)
        density = _column(table, residents.density)
        is_urban = (density >= URBAN_DENSITY) | (people >= URBAN_PEOPLE)
        known = people.notna() & density.notna()
    else:
        below = _column(districts, residents.people)
        is_urban = settling_of(districts, None, residents) == Settling.URBAN
        in_urban = below.where(is_urban, 0.0)
        digits = table.level.digits
        share = in_urban.groupby(in_urban.index.str[:digits]).sum() / below.groupby(
            below.index.str[:digits]
        ).sum(min_count=1)
        share = share.reindex(table.values.index)
        is_urban, known = share > 0.5, share.notna()
    told = is_urban.map({True: Settling.URBAN, False: Settling.RURAL})
    return told.where(known)


def _column(table: UnitTable, layer: str | None) -> pd.Series:
    """Return the figures of a layer; a build without it has none."""
    if layer not in table.values.columns:
        return pd.Series(np.nan, index=table.values.index)
    return table.values[layer]


def kept_by(
    filters: Filters,
    table: UnitTable,
    points: pd.DataFrame,
    offices: tuple[Office, ...],
    districts: UnitTable | None,
    residents: Residents,
) -> pd.Series:
    """Return which units meet every condition.

    Parameters
    ----------
    filters : Filters
        The conditions.
    table : UnitTable
        The level.
    points : DataFrame
        By ubigeo: lon and lat of a point inside.
    offices : tuple of Office
        Of the country.
    districts : UnitTable or None
        As for ``settling_of``.
    residents : Residents
        What counts them.

    Returns
    -------
    Series of bool
        By ubigeo. A unit of unknown people or settling does not meet a condition on them.
    """
    codes = table.values.index
    kept = pd.Series(True, index=codes)
    if filters.regions:
        kept &= codes.str.startswith(filters.regions)
    if filters.office is not None:
        kept &= nearest_offices(points, offices)["office"].reindex(codes) == filters.office
    if filters.least_people > 0:
        kept &= _column(table, residents.people) >= filters.least_people
    if filters.settling is not None:
        kept &= settling_of(table, districts, residents) == filters.settling
    return kept
