"""Do the tables add up: between levels, to declared totals and to published figures?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from layers.spec import Catalogue, DeclaredTotal, Expectations, KnownDifference, LayerSpec
from layers.terms import AdminLevel, Discrepancy

RELATIVE_TOLERANCE = 1e-6
Tables = Mapping[AdminLevel, pd.DataFrame]
"""Values by ubigeo, one column per layer; finest level first."""


@dataclass(frozen=True)
class Finding:
    """A figure beside what it should be."""

    layer: str
    level: AdminLevel
    unit: str | None
    """None for the whole country."""
    sum: float
    """What the table holds: a sum of counts or a mean of rates."""
    expected: float
    reason: Discrepancy | None = None
    """Why they differ, where that is known."""
    is_equal: bool = True

    @property
    def difference(self) -> float:
        """The table's figure less the expected one."""
        return self.sum - self.expected

    @property
    def ok(self) -> bool:
        """True where they agree or the difference is explained."""
        return self.is_equal or self.reason is not None


@dataclass(frozen=True)
class Comparison:
    """Published figures of the regions beside those of their districts."""

    layer: str
    compared: int
    differing: tuple[Finding, ...]

    @property
    def largest(self) -> float:
        """Largest difference, without its sign."""
        return max((abs(found.difference) for found in self.differing), default=0.0)


def check_levels(tables: Tables, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Compare what the counts of each level add up to with the finest level that has them.

    Parameters
    ----------
    tables : Mapping
        Values by level, finest first.
    catalogue : Catalogue
        The layers.

    Returns
    -------
    tuple of Finding
        One per count and coarser level, and one per coarser unit that is not its parts' sum.
    """
    found: list[Finding] = []
    for layer in catalogue.layers.values():
        levels = _levels_with(layer, tables)
        if layer.unit.is_extensive and levels:
            finest = tables[levels[0]][layer.id]
            for level in levels[1:]:
                found += _of_level(layer, level, tables[level][layer.id], finest)
    return tuple(found)


def check_totals(
    tables: Tables, totals: tuple[DeclaredTotal, ...], national: Mapping[str, float]
) -> tuple[Finding, ...]:
    """Compare layers with the totals that are declared for them.

    Parameters
    ----------
    tables : Mapping
        Values by level, finest first.
    totals : tuple of DeclaredTotal
        What the layers must add up to.
    national : Mapping
        National figures by key.

    Returns
    -------
    tuple of Finding
        One per total, at the finest level with figures; none for a layer or figure that
        this build does not have.
    """
    found = []
    for total in totals:
        expected = total.value if total.figure is None else national.get(total.figure)
        level = next((level for level, values in tables.items() if _has(values, total.layer)), None)
        if expected is None or level is None:
            continue
        values = tables[level][total.layer]
        if total.regions:
            values = values[values.index.str[: AdminLevel.REGION.digits].isin(total.regions)]
        summed = float(values.sum())
        unit = "+".join(total.regions) or None
        equal = _near(summed, expected)
        found.append(Finding(total.layer, level, unit, summed, expected, is_equal=equal))
    return tuple(found)


def check_published(
    tables: Tables, published: pd.DataFrame, catalogue: Catalogue, expected: Expectations
) -> tuple[Comparison, ...]:
    """Compare the figures of the regions with those that are published for them.

    Parameters
    ----------
    tables : Mapping
        Values by level, finest first; regions are the last.
    published : DataFrame
        Published figures by region, one column per layer.
    catalogue : Catalogue
        The layers.
    expected : Expectations
        Rounding and known differences.

    Returns
    -------
    tuple of Comparison
        One per layer; regions without one of the two figures are not compared, nor a layer
        whose figures of the regions are the published ones, since finer ones are not at hand.
    """
    regions = tables[AdminLevel.REGION]
    known = {difference.layer: difference for difference in expected.differences}
    found = []
    for layer_id in published.columns:
        layer = catalogue.layer(str(layer_id))
        pair = pd.DataFrame({"ours": regions[layer.id], "theirs": published[layer.id]}).dropna()
        if _levels_with(layer, tables)[:1] == [AdminLevel.REGION]:
            pair = pair.iloc[:0]
        slack = expected.rounding.get(layer.unit, 0.0)
        differing = [
            Finding(
                layer.id,
                AdminLevel.REGION,
                str(unit),
                ours,
                theirs,
                _reason(layer, regions.loc[unit], theirs, known.get(layer.id)),
                is_equal=False,
            )
            for unit, ours, theirs in pair.itertuples()
            if not _near(ours, theirs, slack)
        ]
        found.append(Comparison(layer.id, len(pair), tuple(differing)))
    return tuple(found)


def _reason(
    layer: LayerSpec, row: pd.Series, published: float, known: KnownDifference | None
) -> Discrepancy | None:
    if known is None:
        return None
    ours = float(row[layer.id])
    return known.reason if abs(ours - published) <= known.largest else None


def _levels_with(layer: LayerSpec, tables: Tables) -> list[AdminLevel]:
    """Return the levels that hold figures of a layer, finest first."""
    return [level for level, values in tables.items() if _has(values, layer.id)]


def _has(values: pd.DataFrame, layer: str) -> bool:
    return layer in values.columns and bool(values[layer].notna().any())


def _of_level(
    layer: LayerSpec, level: AdminLevel, values: pd.Series, finest: pd.Series
) -> Iterator[Finding]:
    parts = finest.groupby(finest.index.str[: level.digits]).sum(min_count=1)
    blank = values.reindex(parts.index).isna()
    summed, expected, hidden = float(values.sum()), float(finest.sum()), float(parts[blank].sum())
    equal = _near(summed, expected)
    explained = not equal and _near(summed + hidden, expected)
    reason = Discrepancy.TOO_LITTLE_KNOWN if explained else None
    parts = parts.fillna(0.0)
    yield Finding(layer.id, level, None, summed, expected, reason, is_equal=equal)
    for unit, figure in values.dropna().items():
        part = float(parts.get(unit, 0.0))
        if not _near(float(figure), part):
            yield Finding(layer.id, level, str(unit), float(figure), part, is_equal=False)


def _near(one: float, other: float, slack: float = 0.0) -> bool:
    return abs(one - other) <= max(slack, RELATIVE_TOLERANCE * abs(other))
