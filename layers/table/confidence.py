"""How far a figure can be trusted: one score from 0 to 1 and a class in words.

The formula and all its values are our choice [D]; methods, section 12.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

import numpy as np
import pandas as pd

from layers.errors import NeedsError
from layers.spec import Catalogue
from layers.table.softness import MISSING, NUMBER
from layers.table.units import UnitTable
from layers.table.vintage_age import age_years, vintages_of
from layers.terms import Method


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
    methods : DataFrame of str or of int8
        Method of each cell, as word or as number of ``softness.NUMBER``; one column per layer.
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
    worth = _worth(methods, rules)
    if np.isnan(worth).any():
        _check_methods(methods, worth)
    worth *= [_age_factor(vintages.get(str(layer), ()), on, rules) for layer in methods]
    if coverage is not None:
        worth *= _over(methods, coverage, 1.0).clip(0.0, 1.0)
    if spread is not None:
        worth /= 1.0 + _over(methods, spread, 0.0).clip(0.0)
    return pd.DataFrame(worth, index=methods.index, columns=methods.columns)


def table_confidence(
    table: UnitTable,
    methods: pd.DataFrame,
    catalogue: Catalogue,
    on: date,
    rules: ConfidenceRules = RULES,
) -> pd.DataFrame:
    """Return the confidence of each cell of a table, with its coverage and its ranges.

    Parameters
    ----------
    table : UnitTable
        Sources, coverage and ranges of a level.
    methods : DataFrame of str or of int8
        Its methods, as `cell_confidence` takes them.
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
        methods,
        vintages_of(table.sources, catalogue),
        on,
        coverage=_as_cells(table.coverage, table.coverage["coverage"].to_numpy(), table.values),
        spread=_spread_of(table),
        rules=rules,
    )


def _spread_of(table: UnitTable) -> pd.DataFrame:
    """Return (high − low)/(2·|value|) of the figures with a range; infinite around a zero."""
    rows, values = table.ranges, table.values.to_numpy()
    units, layers, is_cell = _places_of(rows, table.values)
    width = (rows["high"] - rows["low"]).to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = width / (2.0 * np.abs(np.where(is_cell, values[units, layers], np.nan)))
    return _as_cells(rows, np.where(width == 0, 0.0, spread), table.values)


def _as_cells(rows: pd.DataFrame, numbers: np.ndarray, like: pd.DataFrame) -> pd.DataFrame:
    """Return a number of each row, by unit and layer, as cells of a table; the others are missing."""
    cells = np.full(like.shape, np.nan)
    units, layers, is_cell = _places_of(rows, like)
    cells[units[is_cell], layers[is_cell]] = numbers[is_cell]
    return pd.DataFrame(cells, index=like.index, columns=like.columns)


def _places_of(
    rows: pd.DataFrame, cells: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the places of unit and layer of each row, and whether the table has such a cell."""
    units = cells.index.get_indexer(rows["ubigeo"])
    layers = cells.columns.get_indexer(rows["layer"])
    return units, layers, (units >= 0) & (layers >= 0)


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


def _over(cells: pd.DataFrame, some: pd.DataFrame, without: float) -> np.ndarray:
    """Return numbers of some cells in the place of these in the whole, and of the others."""
    found = np.full(cells.shape, without)
    rows = cells.index.get_indexer(some.index)
    columns = cells.columns.get_indexer(some.columns)
    numbers = some.to_numpy(dtype=float)[rows >= 0][:, columns >= 0]
    place = np.ix_(rows[rows >= 0], columns[columns >= 0])
    found[place] = np.where(np.isnan(numbers), without, numbers)
    return found


def _worth(methods: pd.DataFrame, rules: ConfidenceRules) -> np.ndarray:
    """Return what each figure is worth by its method, missing for one that is not declared."""
    words = list(NUMBER)
    numbers = methods.to_numpy()
    if not (methods.dtypes == MISSING.dtype).all():
        # Each word once: a table has a handful of them.
        places, distinct = pd.factorize(numbers.ravel())
        words, numbers = list(distinct), places.reshape(numbers.shape)
    each = np.array([*(rules.methods.get(word, math.nan) for word in words), math.nan])
    found: np.ndarray = each[numbers]
    return found


def _age_factor(vintages: tuple[str, ...], on: date, rules: ConfidenceRules) -> float:
    factors = [
        rules.unknown_age if math.isnan(age) else 2.0 ** (-age / rules.half_life_years)
        for age in (age_years(vintage, on) for vintage in vintages)
    ]
    return min(factors, default=rules.unknown_age)


def _check_methods(methods: pd.DataFrame, worth: np.ndarray) -> None:
    unknown = sorted(set(methods.to_numpy()[np.isnan(worth)].tolist()))
    if unknown:
        raise NeedsError(
            "no confidence is declared for the method {methods}",
            methods=", ".join(map(str, unknown)),
        )
