"""Notes of single cells, a row each: none of a kind, those of all layers, those of one cell."""

from collections.abc import Mapping

import pandas as pd

_FULL = 1.0 - 1e-9
PARENT_COLUMNS = ("layer", "ubigeo", "parent", "share", "basis", "value")
RANGE_COLUMNS = ("layer", "ubigeo", "low", "high", "is_capped")
COVERAGE_COLUMNS = ("layer", "ubigeo", "coverage")
MASKED_COLUMNS = ("layer", "ubigeo", "low", "high", "is_range")


def _none(columns: tuple[str, ...], **types: type) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=object) for name in columns}).astype(types)


def no_parents() -> pd.DataFrame:
    """Return the parents of a table in which no figure is derived."""
    return _none(PARENT_COLUMNS, share=float, value=float)


def no_ranges() -> pd.DataFrame:
    """Return the ranges of a table in which every figure has one value only."""
    return _none(RANGE_COLUMNS, low=float, high=float, is_capped=bool)


def full_coverage() -> pd.DataFrame:
    """Return the coverage of a table in which every figure rests on the whole of its unit."""
    return _none(COVERAGE_COLUMNS, coverage=float)


def nothing_masked() -> pd.DataFrame:
    """Return the masks of a table in which every figure is shown as it is."""
    return _none(MASKED_COLUMNS, low=float, high=float, is_range=bool)


def stack_parents(parents: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the parents of the figures of all layers.

    Parameters
    ----------
    parents : dict
        By layer: ubigeo, parent, share, basis, value.

    Returns
    -------
    DataFrame
        The same with the layer.
    """
    known = {layer: frame for layer, frame in parents.items() if len(frame)}
    return _stacked(known)[list(PARENT_COLUMNS)] if known else no_parents()


def stack_coverage(coverage: dict[str, pd.Series], values: dict[str, pd.Series]) -> pd.DataFrame:
    """Return the figures that rest on a part of their unit, one row each.

    Parameters
    ----------
    coverage, values : dict
        By layer, a Series by ubigeo: 0 to 1, and the figures.

    Returns
    -------
    DataFrame
        layer, ubigeo, coverage; without units that are covered whole or have no figure.
    """
    known = {}
    for layer, found in coverage.items():
        is_part = (found.to_numpy() < _FULL) & values[layer].reindex(found.index).notna().to_numpy()
        if is_part.any():
            rows = {"ubigeo": found.index[is_part], "coverage": found.to_numpy()[is_part]}
            known[layer] = pd.DataFrame(rows)
    return _stacked(known)[list(COVERAGE_COLUMNS)] if known else full_coverage()


def _stacked(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of all layers, one after the other, with the layer of each."""
    rows = pd.concat(frames.values(), ignore_index=True)
    layers = pd.Series(list(frames), dtype="str").repeat([len(one) for one in frames.values()])
    return rows.assign(layer=layers.array)


def stack_ranges(ranges: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the ranges of a table from those of each layer.

    Parameters
    ----------
    ranges : mapping
        By layer: low, high and is_capped by ubigeo.

    Returns
    -------
    DataFrame
        layer, ubigeo, low, high, is_capped.
    """
    frames = [
        ends.rename_axis("ubigeo").reset_index().assign(layer=layer)
        for layer, ends in ranges.items()
    ]
    return pd.concat(frames)[list(RANGE_COLUMNS)] if frames else no_ranges()


def rows_at(rows: pd.DataFrame) -> dict[tuple[str, str], list[int]]:
    """Return the places of the rows of each unit and layer."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, key in enumerate(zip(rows["ubigeo"], rows["layer"], strict=True)):
        found.setdefault(key, []).append(place)
    return found


def ends_at(rows: pd.DataFrame, mark: str) -> dict[tuple[str, str], tuple[float, float, bool]]:
    """Return low, high and a mark by unit and layer, of the first row of each."""
    found: dict[tuple[str, str], tuple[float, float, bool]] = {}
    ends = zip(rows["low"].tolist(), rows["high"].tolist(), rows[mark].tolist(), strict=True)
    for key, told in zip(zip(rows["ubigeo"], rows["layer"], strict=True), ends, strict=True):
        found.setdefault(key, told)
    return found
