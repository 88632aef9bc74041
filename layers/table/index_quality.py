"""What an index rests on: how much of it is missing, and how old the rest is."""

import math
from dataclasses import dataclass
from datetime import date

from layers.spec import Catalogue, LayerSpec
from layers.table.index_models import indicators_of
from layers.table.units import UnitTable
from layers.table.vintage_age import age_years


@dataclass(frozen=True)
class IndexQuality:
    """What the index of one unit rests on."""

    share_missing: float
    """Of its indicators, 0 to 1."""
    mean_age_years: float
    """From 0 up; missing (NaN) where no indicator that is present has a date."""


def index_quality(
    table: UnitTable, catalogue: Catalogue, layer: LayerSpec, ubigeo: str, on: date
) -> IndexQuality:
    """Return the share of its indicators that an index misses in a unit, and their mean age.

    An indicator is as old as the oldest of the vintages that it rests on.

    Parameters
    ----------
    table : UnitTable
        Values and sources of a level.
    catalogue : Catalogue
        Declares inputs and vintages.
    layer : LayerSpec
        An index.
    ubigeo : str
        The unit.
    on : date
        The day for which ages are counted.

    Returns
    -------
    IndexQuality
        A card asks for every index of one unit, so that no frame is made for it.
    """
    indicators = indicators_of(layer, catalogue)
    present = [name for name in indicators if not math.isnan(table.cell(ubigeo, name)[0])]
    ages = [_age(name, table, catalogue, on) for name in present]
    dated = [age for age in ages if not math.isnan(age)]
    return IndexQuality(
        share_missing=1.0 - len(present) / len(indicators),
        mean_age_years=sum(dated) / len(dated) if dated else math.nan,
    )


def _age(layer_id: str, table: UnitTable, catalogue: Catalogue, on: date) -> float:
    vintages = (catalogue.source(name).vintage for name in table.sources[layer_id])
    ages = [age for age in (age_years(vintage, on) for vintage in vintages) if not math.isnan(age)]
    return max(ages, default=math.nan)
