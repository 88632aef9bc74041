"""Where the classes of the score end: as declared, or as the figures of a build allow."""

from collections.abc import Mapping

from layers.decide.scenario import Scenario
from layers.decide.score import rank_units
from layers.indicators.quintiles import quintile_limits
from layers.spec import Catalogue
from layers.table.units import UnitTable
from layers.terms import AdminLevel

Breaks = tuple[float, ...]


def score_limits(
    table: UnitTable,
    scenario: Scenario,
    declared: Mapping[AdminLevel, Breaks],
    catalogue: Catalogue,
) -> Breaks:
    """Return the inner limits of the classes of the score at a level.

    A score of some criteria is another figure than a score of all: without hazards and services
    the regions of Peru stand at 49 to 75, and not at 48 to 63. Declared limits are those of all
    criteria. Where no unit has a figure of one of them, and where a country declares none, the
    classes are quintiles of the country's own scenario: the same whatever a visitor weighs.

    Parameters
    ----------
    table : UnitTable
        The level.
    scenario : Scenario
        What the country weighs where nobody says otherwise.
    declared : Mapping
        By level, inner limits for a build with figures of all that the scenario weighs.
    catalogue : Catalogue
        Declares the layers.

    Returns
    -------
    tuple of float
        Rising, at most five; none where all units score alike.
    """
    is_whole = all(
        layer in table.values and table.values[layer].notna().any() for layer in scenario.shares
    )
    if is_whole and table.level in declared:
        return declared[table.level]
    return quintile_limits(rank_units(table, scenario, catalogue).units["score"])
