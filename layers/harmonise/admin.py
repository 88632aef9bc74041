"""Put the rows of a published table on the units of the country."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from layers.codes import restore_zeros
from layers.errors import SourceDamagedError
from layers.harmonise.among import among
from layers.spec import SourceSpec

_SHOWN = 10


@dataclass(frozen=True)
class Attached:
    """A table indexed by UBIGEO, with what had to be done to its codes."""

    frame: pd.DataFrame
    repaired: tuple[tuple[str, str], ...]
    """(code as published, code as used), for lost leading zeros."""
    unmatched: tuple[str, ...]
    """Codes or places that no unit bears; their rows are not in ``frame``."""


def attach_ubigeo(frame: pd.DataFrame, spec: SourceSpec, known: Collection[str] | None) -> Attached:
    """Index a published table by UBIGEO, repairing the zeros that a spreadsheet dropped.

    Parameters
    ----------
    frame : DataFrame
        The table as read.
    spec : SourceSpec
        Names the column of the codes and their level.
    known : collection of str or None
        The UBIGEO that units bear; None takes every code.

    Returns
    -------
    Attached
        The rows of known units; a unit may have several.

    Raises
    ------
    SourceDamagedError
        Where the column is absent.
    """
    column = spec.code_column
    if column is None or column not in frame.columns:
        raise SourceDamagedError(
            "source {source} has no column {column!r}; it has {columns}",
            source=spec.id,
            column=column,
            columns=", ".join(frame.columns[:_SHOWN]),
        )
    published = _each(frame[column], _as_text)
    if spec.places:
        return _attach_places(frame, published, spec, known)
    digits = spec.code_level.digits
    if spec.code_is_padded:
        codes = published.str[:digits]
    else:
        codes = _each(published, lambda code: restore_zeros(code, digits))
    frame = frame.assign(**{column: codes})
    is_known = codes.notna().to_numpy() if known is None else among(codes, known)
    repaired = published.where(published != codes)[is_known].dropna()
    return Attached(
        frame=frame[is_known].set_index(column).rename_axis("ubigeo").sort_index(),
        repaired=()
        if spec.code_is_padded
        else tuple(zip(repaired, codes[repaired.index], strict=True)),
        unmatched=tuple(sorted(set(published[~is_known]))),
    )


def _attach_places(
    frame: pd.DataFrame, written: pd.Series, spec: SourceSpec, known: Collection[str] | None
) -> Attached:
    codes = written.map(dict(spec.places))
    is_known = codes.notna().to_numpy() if known is None else among(codes, known)
    return Attached(
        frame=frame[is_known].set_axis(codes[is_known]).rename_axis("ubigeo").sort_index(),
        repaired=(),
        unmatched=tuple(sorted(set(written[~is_known]))),
    )


def _each(cells: pd.Series, do: Callable[[Any], str]) -> pd.Series:
    """Return what becomes of each cell: asked once of a text, however many rows bear it."""
    if not isinstance(cells.dtype, pd.StringDtype) or cells.isna().any():
        return cells.map(do)
    place, texts = pd.factorize(cells.to_numpy(dtype=object))
    made = np.array([do(text) for text in texts], dtype=object)
    return pd.Series(made[place], index=cells.index, name=cells.name, dtype=cells.dtype)


def _stripped(cells: pd.Series) -> pd.Series:
    if isinstance(cells.dtype, pd.StringDtype):
        return cells.str.strip()
    return cells.map(lambda cell: cell.strip() if isinstance(cell, str) else cell)


def _as_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def to_numbers(cells: pd.Series, spec: SourceSpec) -> pd.Series:
    """Turn published cells into numbers, with 'no figure' as missing and never as zero.

    Parameters
    ----------
    cells : Series
        Cells by UBIGEO, text or numbers.
    spec : SourceSpec
        Declares the words that mean 'no figure'.

    Returns
    -------
    Series of float
        Same index; missing as NaN.

    Raises
    ------
    SourceDamagedError
        Where a cell is neither a number nor such a word, with the first ten.
    """
    numbers = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float, copy=True)
    words = list(spec.missing_words)
    # Most cells are plain numbers; others, and numbers that are such a word, are read as text.
    doubtful = np.isnan(numbers) | np.isin(numbers, pd.to_numeric(words, errors="coerce"))
    if not doubtful.any():
        return pd.Series(numbers, index=cells.index, name=cells.name)
    text = _stripped(cells[doubtful])
    known = text.mask(text.isin(words))
    read = pd.to_numeric(known, errors="coerce").to_numpy(dtype=float)
    numbers[doubtful] = read
    unread = known[np.isnan(read) & known.notna().to_numpy()]
    if len(unread):
        rows = ", ".join(f"{ubigeo} {cell!r}" for ubigeo, cell in unread.head(_SHOWN).items())
        raise SourceDamagedError(
            "source {source}, column {column}: {count} cells are not numbers ({rows}); declare "
            "them as missing words or correct the file",
            source=spec.id,
            column=cells.name,
            count=len(unread),
            rows=rows,
        )
    return pd.Series(numbers, index=cells.index, name=cells.name)
