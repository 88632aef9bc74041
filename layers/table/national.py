"""National figures by key, and what their file says of them."""

import pandas as pd

_TOLD = ("universe", "source", "date", "page_or_note")
"""Columns that say where a figure comes from."""


def national_figures(frame: pd.DataFrame | None) -> dict[str, float]:
    """Return the national figures by key.

    Parameters
    ----------
    frame : DataFrame or None
        Columns key and value; None where the file cannot be had.

    Returns
    -------
    dict
        Empty without a file.
    """
    if frame is None:
        return {}
    return {str(k): float(v) for k, v in zip(frame["key"], frame["value"], strict=True)}


def notes_of_figures(frame: pd.DataFrame | None) -> dict[str, str]:
    """Return what the file says of each figure beside its number.

    Parameters
    ----------
    frame : DataFrame or None
        Column key and any of universe, source, date and page_or_note.

    Returns
    -------
    dict
        One line by key; empty without a file.
    """
    if frame is None:
        return {}
    told = frame[[name for name in _TOLD if name in frame]].astype(object)
    rows = told.where(told.notna(), "").itertuples(index=False)
    return {
        str(key): " · ".join(str(part) for part in row if part)
        for key, row in zip(frame["key"], rows, strict=True)
    }
