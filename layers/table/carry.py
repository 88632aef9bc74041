"""From the units that a figure was published for to the units of today."""

import pandas as pd

from layers.harmonise.among import among
from layers.harmonise.carrying import Carried, carry_counts, carry_rates
from layers.harmonise.crosswalk import UNCHANGED, Crosswalk
from layers.harmonise.vintages import joint_links
from layers.spec import LayerSpec, SourceSpec
from layers.terms import Method


def carry_figures(
    layer: LayerSpec,
    published: pd.Series,
    weights: pd.Series,
    crosswalk: Crosswalk,
    units_then: pd.Index | None = None,
) -> Carried:
    """Carry the figures of a layer to the units of today: counts are spread, rates inherited.

    A code of today that the source itself bears keeps its own figure. Where the source
    leaves units out because they have none, the vintage is converted first and the
    zeros are put after it.

    Parameters
    ----------
    layer : LayerSpec
        Tells counts from rates.
    published : Series of float
        By code of the source.
    weights : Series of float
        What weighs a rate, by code of the same vintage.
    crosswalk : Crosswalk
        From the source's codes to the units of today.
    units_then : Index of str, optional
        Where zeros are put: units of the time of the source that have none if it leaves
        them out. One that it has with an empty cell stays missing.

    Returns
    -------
    Carried
        Values by unit of today, and the parents of the derived ones.
    """
    known = published.dropna()
    here = crosswalk.without(crosswalk.born[known.index.get_indexer(crosswalk.born) >= 0])

    def carried(values: pd.Series) -> Carried:
        if layer.unit.is_extensive:
            return carry_counts(values, here)
        return carry_rates(values, weights, here)

    found = carried(known)
    if units_then is None:
        return found
    outside = carried(pd.Series(0.0, index=units_then.difference(published.index), name=known.name))
    added = outside.parents[~among(outside.parents["ubigeo"], found.values.index)]
    return Carried(
        values=found.values.combine_first(outside.values),
        parents=pd.concat([found.parents, added], ignore_index=True),
    )


def crosswalk_of(
    spec: SourceSpec,
    vintages: dict[str, Crosswalk],
    area_km2: pd.Series,
    people: pd.Series,
) -> Crosswalk:
    """Return the crosswalk of a source: its vintage, and the codes that it invented.

    Parameters
    ----------
    spec : SourceSpec
        Declares the vintage of its units and its joint codes.
    vintages : dict
        Crosswalk to the units of today by vintage; none changes nothing.
    area_km2, people : Series of float
        Sizes of units, by which a joint count is divided: people where all are known.

    Returns
    -------
    Crosswalk
        From the codes of the source to the units of today.
    """
    vintage = vintages.get(spec.units or "", UNCHANGED)
    if not spec.joint_codes:
        return vintage
    joint = joint_links(spec.joint_codes, area_km2, people).then(vintage).links
    invented = joint[joint["from"].isin([code for code, _ in spec.joint_codes])]
    frames = [frame for frame in (vintage.links, invented) if len(frame)]
    return Crosswalk(pd.concat(frames, ignore_index=True))


def derived_method(layer: LayerSpec) -> Method:
    """Return how a figure of a layer came to a unit that it was not published for."""
    return Method.SPREAD if layer.unit.is_extensive else Method.INHERITED
