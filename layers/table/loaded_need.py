"""Figures that a file gives for units, in the place of the modelled ones."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from layers.errors import Sentence, SourceDamagedError, joined
from layers.harmonise.assign import Unmatched
from layers.harmonise.code_text import MISSING_WORDS
from layers.harmonise.spread import spread_counts
from layers.hxl_tags import column_of_tag
from layers.spec import Accepted, AwaitedColumn
from layers.spec.awaited import PEOPLE
from layers.terms import Method

_SHOWN = 10
_SLACK = 1e-9


@dataclass(frozen=True)
class LoadedCells:
    """Figures of units, as a table of a planner gives them."""

    values: pd.DataFrame
    """By ubigeo, one column per layer that the table gives; a blank cell is missing."""
    unmatched: tuple[Unmatched, ...] = ()
    """Rows without a unit: reported, never dropped in silence."""
    notes: tuple[Sentence, ...] = ()

    @property
    def by_layer(self) -> dict[str, pd.Series]:
        """The figures by layer of people in need."""
        return {f"pin_{sector}": self.values[sector] for sector in self.values}


class Balance(StrEnum):
    """Whether loaded and modelled figures together are the national total."""

    KEPT = "kept"
    LOADED_EXCEEDS = "loaded_exceeds"
    """Loaded figures pass the total: they stay, and what was modelled is unknown."""
    NO_ROOM = "no_room"
    """The rest does not fit into the people of the other units: they are filled up."""


@dataclass(frozen=True)
class Replaced:
    """One sector after loaded cells took the place of modelled ones."""

    values: pd.Series
    methods: pd.Series
    balance: Balance
    difference: float
    """Σ values − total, in people; 0 where it is kept."""


def replace_modelled(
    loaded: pd.Series, total: float, weights: pd.Series, caps: pd.Series
) -> Replaced:
    """Keep loaded figures and spread what is left of the total over the other units.

    Rest = total − Σ loaded, spread over the units without a loaded figure by weight and
    below their cap (methods, sections 3 and 5), so that the total is kept. An area figure is
    better evidence than the national one: where the two disagree the loaded ones stay [D].

    Parameters
    ----------
    loaded : Series of float
        People in need by unit; missing where the file says nothing.
    total : float
        National figure.
    weights, caps : Series of float
        As in `spread_counts`, by unit.

    Returns
    -------
    Replaced
        Sums to the total wherever that is possible; `balance` says where it is not.
    """
    given = loaded.reindex(weights.index).astype(float)
    free = given.isna()
    left = left_to_place(given, total, weights, caps)
    balance = Balance.KEPT
    filled = pd.Series(np.nan, index=given.index[free])
    if left is None:
        balance = Balance.LOADED_EXCEEDS
    else:
        if total - float(given.sum()) - left > _SLACK * max(total, 1.0):
            balance = Balance.NO_ROOM
        if weights[free].notna().any():
            filled = spread_counts(left, weights[free], caps[free])
    values = given.where(~free, filled.reindex(given.index))
    methods = pd.Series(Method.OBSERVED.value, index=values.index)
    methods = methods.where(~free, Method.MODELLED.value).mask(values.isna(), Method.MISSING.value)
    difference = 0.0 if balance is Balance.KEPT else float(values.sum()) - total
    return Replaced(values, methods, balance, difference)


def left_to_place(
    loaded: pd.Series, total: float, weights: pd.Series, caps: pd.Series
) -> float | None:
    """Return what loaded figures leave of a total to the units without one.

    Parameters
    ----------
    loaded, weights, caps : Series of float
        As in `replace_modelled`, by the same units.
    total : float
        National figure.

    Returns
    -------
    float or None
        From 0 up, no more than fits into those units; None where loaded figures pass the total.
    """
    rest = total - float(loaded.sum())
    if rest < -_SLACK * max(total, 1.0):
        return None
    free = loaded.isna()
    room = float(caps[free].where(weights[free] > 0, 0.0).sum())
    return min(max(rest, 0.0), room)


def find_columns(
    header: Iterable[str], tags: Mapping[str, str], wanted: Iterable[AwaitedColumn]
) -> dict[str, str]:
    """Find the columns of a table, by HXL tag, then by what they are called.

    Parameters
    ----------
    header : iterable of str
        Names of the columns.
    tags : mapping
        HXL tag by column; ``#inneed+health`` is the column of health.
    wanted : iterable of AwaitedColumn
        What may be there.

    Returns
    -------
    dict
        From the layer to its column; ``pin_health``, ``health`` and ``Salud`` are pin_health.

    Raises
    ------
    SourceDamagedError
        Where several columns answer to one tag.
    """
    columns = list(header)
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(_key(column), column)
    found: dict[str, str] = {}
    for one in wanted:
        tagged = column_of_tag(tags, [one.tag], found.values()) if one.tag else None
        places = [tagged, *map(by_name.get, one.names)]
        chosen = next((place for place in places if place), None)
        if chosen is not None and chosen not in found.values():
            found[one.layer] = chosen
    return found


def cells_of_units(
    cells: pd.DataFrame,
    columns: Mapping[str, str],
    ubigeos: pd.Series,
    file: str,
    accepted: Accepted = PEOPLE,
) -> pd.DataFrame:
    """Return the figures of a table by unit, or every fault of it.

    Parameters
    ----------
    cells : DataFrame of str
        As read, indexed by row of the file.
    columns : mapping
        From the layer to its column.
    ubigeos : Series of str
        Unit by row, for the rows that have one.
    file : str
        Named in the errors.
    accepted : Accepted
        What a cell may hold.

    Returns
    -------
    DataFrame of float
        By ubigeo, one column per layer; blank is missing and never zero.

    Raises
    ------
    SourceDamagedError
        On cells that are not accepted and units with two rows.
    """
    faults = _twice(ubigeos, file)
    figures: dict[str, pd.Series] = {}
    for layer, column in columns.items():
        text = cells.loc[ubigeos.index, column].astype(str).str.strip()
        text = text.mask(text.str.casefold().isin([*MISSING_WORDS, "", "n/d", "s.i."]))
        read = text.where(text.isna() | text.str.fullmatch(accepted.pattern))
        bad = text[text.notna() & read.isna()]
        faults += [
            Sentence(
                "{file}, row {row}: {column} {cell!r} {remedy}",
                file=file,
                row=row,
                column=column,
                cell=cell,
                remedy=accepted.remedy,
            )
            for row, cell in bad.items()
        ][:_SHOWN]
        figures[layer] = read.astype(float)
    if faults:
        raise SourceDamagedError(joined(faults))
    made = pd.DataFrame(figures)
    return made.set_axis(pd.Index(ubigeos.to_numpy(), name="ubigeo"), axis=0).sort_index()


def _twice(ubigeos: pd.Series, file: str) -> list[Sentence]:
    repeated = ubigeos[ubigeos.duplicated(keep=False)]
    return [
        Sentence(
            "{file}, rows {rows}: unit {unit} has {count} rows; keep one",
            file=file,
            rows=", ".join(map(str, rows.index)),
            unit=unit,
            count=len(rows),
        )
        for unit, rows in repeated.groupby(repeated)
    ][:_SHOWN]


def _key(header: str) -> str:
    plain = unicodedata.normalize("NFKD", header.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")
