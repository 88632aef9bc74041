"""How far a figure can be trusted: one score from 0 to 1 and a class in words.

The formula and all its values are our choice [D]; methods, section 12.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import pandas as pd

from layers.errors import NeedsError
from layers.spec import Catalogue
from layers.table.units import UnitTable
from layers.terms import Method

DAYS_A_YEAR = 365.25
_PART = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


class Confidence(StrEnum):
    """The classes, as the page names them."""

    HIGH = "alta"
    MEDIUM = "media"
    LOW = "baja"


@dataclass(frozen=True, kw_only=True)
class ConfidenceRules:
    """The values of the formula."""

    methods: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {
                Method.OBSERVED.value: 1.0,
                Method.ZONAL.value: 0.9,
                Method.INHERITED.value: 0.6,
                Method.SPREAD.value: 0.5,
                Method.MODELLED.value: 0.4,
                Method.RANGE.value: 0.4,
                Method.MISSING.value: 0.0,
            }
        )
    )
    """What a figure is worth by how it came to be, before age and coverage."""
    half_life_years: float = 10.0
    """Age at which a figure is worth half."""
    unknown_age: float = 0.5
    """What stands for the age of a vintage that gives no date."""
    high: float = 2 / 3
    """Least score of the class alta."""
    medium: float = 1 / 3
    """Least score of the class media."""


RULES = ConfidenceRules()


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


def cell_confidence(
    methods: pd.DataFrame,
    vintages: Mapping[str, tuple[str, ...]],
    on: date,
    coverage: pd.DataFrame | None = None,
    spread: pd.DataFrame | None = None,
    rules: ConfidenceRules = RULES,
) -> pd.DataFrame:
    """Return the confidence of each cell.

    c = m · 2^(−age/half-life) · coverage / (1 + spread): m by method; age of the oldest
    vintage behind the layer; coverage the share of the unit that the figure rests on; spread
    (high − low)/(2·|value|), 0 for a figure without alternatives. All of it our choice [D].

    Parameters
    ----------
    methods : DataFrame of str
        Method of each cell, one column per layer.
    vintages : mapping
        From the layer to the vintages that it rests on.
    on : date
        The day for which ages are counted.
    coverage : DataFrame of float, optional
        0 to 1, units × layers; 1 where it is not given.
    spread : DataFrame of float, optional
        From 0 up, units × layers; 0 where it is not given.
    rules : ConfidenceRules
        The values.

    Returns
    -------
    DataFrame of float
        0 to 1, same shape; a missing cell is worth 0.
    """
    known = np.empty(methods.shape)
    for at in range(methods.shape[1]):
        known[:, at] = _worth(methods.iloc[:, at], rules)
    worth = pd.DataFrame(known, index=methods.index, columns=methods.columns)
    if np.isnan(known).any():
        _check_methods(methods, worth)
    worth *= [_age_factor(vintages.get(str(layer), ()), on, rules) for layer in worth]
    if coverage is not None:
        worth *= coverage.reindex_like(worth).astype(float).fillna(1.0).clip(0.0, 1.0)
    if spread is not None:
        worth /= 1.0 + spread.reindex_like(worth).astype(float).fillna(0.0).clip(lower=0.0)
    return worth.astype(float)


def table_confidence(
    table: UnitTable, catalogue: Catalogue, on: date, rules: ConfidenceRules = RULES
) -> pd.DataFrame:
    """Return the confidence of each cell of a table, with its coverage and its ranges.

    Parameters
    ----------
    table : UnitTable
        Methods, sources, coverage and ranges of a level.
    catalogue : Catalogue
        Declares the vintages.
    on : date
        The day for which ages are counted.
    rules : ConfidenceRules
        The values.

    Returns
    -------
    DataFrame of float
        0 to 1, units × layers.
    """
    return cell_confidence(
        table.methods,
        vintages_of(table.sources, catalogue),
        on,
        coverage=table.coverage.pivot(index="ubigeo", columns="layer", values="coverage"),
        spread=_spread_of(table),
        rules=rules,
    )


def _spread_of(table: UnitTable) -> pd.DataFrame:
    """Return (high − low)/(2·|value|) of the figures with a range; infinite around a zero."""
    rows = table.ranges
    ends = {end: rows.pivot(index="ubigeo", columns="layer", values=end) for end in ("low", "high")}
    width = ends["high"] - ends["low"]
    values = table.values.reindex(index=width.index, columns=width.columns)
    return (width / (2.0 * values.abs())).mask(width == 0, 0.0)


def unit_confidence(cells: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series:
    """Return the confidence of each unit under a scenario: Σ w·c / Σ w.

    Parameters
    ----------
    cells : DataFrame of float
        From `cell_confidence`.
    weights : mapping
        Weights of the scenario's layers, from 0 up.

    Returns
    -------
    Series of float
        0 to 1 by unit.

    Raises
    ------
    NeedsError
        Where a weighed layer has no confidence, or nothing weighs.
    """
    share = pd.Series({layer: weight for layer, weight in weights.items() if weight > 0})
    absent = [layer for layer in share.index if layer not in cells]
    if absent:
        raise NeedsError("no confidence of {absent}", absent=", ".join(absent))
    if not len(share):
        raise NeedsError("no confidence of a scenario without weights")
    return (cells[share.index] * share).sum(axis=1) / share.sum()


def classify_confidence(scores: pd.Series, rules: ConfidenceRules = RULES) -> pd.Series:
    """Return the class of each score: alta, media or baja.

    Parameters
    ----------
    scores : Series of float
        0 to 1.
    rules : ConfidenceRules
        Limits of the classes; a score on a limit is in the better class.

    Returns
    -------
    Series of str
        Same index; missing stays missing.
    """
    classes = pd.Series(Confidence.LOW.value, index=scores.index, dtype=object)
    classes = classes.mask(scores >= rules.medium, Confidence.MEDIUM.value)
    classes = classes.mask(scores >= rules.high, Confidence.HIGH.value)
    return classes.where(scores.notna())


def class_of(score: float, rules: ConfidenceRules = RULES) -> Confidence:
    """Return the class of one score from 0 to 1; on a limit, the better one."""
    if score >= rules.high:
        return Confidence.HIGH
    return Confidence.MEDIUM if score >= rules.medium else Confidence.LOW


def _worth(methods: pd.Series, rules: ConfidenceRules) -> np.ndarray:
    """Return what each figure is worth by its method, missing for one that is not declared."""
    # Each word once: a column has a handful of them.
    place, words = pd.factorize(methods)
    each = np.array([*(rules.methods.get(word, math.nan) for word in words), math.nan])
    found: np.ndarray = each[place]
    return found


def _age_factor(vintages: tuple[str, ...], on: date, rules: ConfidenceRules) -> float:
    factors = [
        rules.unknown_age if math.isnan(age) else 2.0 ** (-age / rules.half_life_years)
        for age in (age_years(vintage, on) for vintage in vintages)
    ]
    return min(factors, default=rules.unknown_age)


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


def _check_methods(methods: pd.DataFrame, worth: pd.DataFrame) -> None:
    unknown = sorted(set(methods.to_numpy()[worth.isna().to_numpy()].tolist()))
    if unknown:
        raise NeedsError(
            "no confidence is declared for the method {methods}",
            methods=", ".join(map(str, unknown)),
        )
