"""What an index rests on: how much of it is missing, and how old the rest is."""

import math
from datetime import date

import pandas as pd

from layers.spec import Catalogue, LayerSpec
from layers.table.confidence import age_years
from layers.table.index_models import indicators_of
from layers.table.units import UnitTable


def index_quality(
    table: UnitTable, catalogue: Catalogue, layer: LayerSpec, on: date
) -> pd.DataFrame:
    """Return the share of its indicators that an index misses, and their mean age.

    An indicator is as old as the oldest of the vintages that it rests on.

    Parameters
    ----------
    table : UnitTable
        Values and sources of a level.
    catalogue : Catalogue
        Declares inputs and vintages.
    layer : LayerSpec
        An index.
    on : date
        The day for which ages are counted.

    Returns
    -------
    DataFrame of float
        By ubigeo: share_missing from 0 to 1; mean_age_years from 0 up, missing where no
        indicator that is present has a date.
    """
    indicators = list(indicators_of(layer, catalogue))
    present = table.values[indicators].notna()
    ages = pd.Series({name: _age(name, table, catalogue, on) for name in indicators}, dtype=float)
    dated = present & ages.notna()
    return pd.DataFrame(
        {
            "share_missing": 1.0 - present.mean(axis=1),
            "mean_age_years": (dated * ages.fillna(0.0)).sum(axis=1)
            / dated.sum(axis=1).where(dated.any(axis=1)),
        }
    )


def _age(layer_id: str, table: UnitTable, catalogue: Catalogue, on: date) -> float:
    vintages = (catalogue.source(name).vintage for name in table.sources[layer_id])
    ages = [age for age in (age_years(vintage, on) for vintage in vintages) if not math.isnan(age)]
    return max(ages, default=math.nan)
