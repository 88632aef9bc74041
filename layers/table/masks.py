"""Which counts of a table are masked together, and how strictly."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from layers.spec import Catalogue, DisclosureRules, LayerSpec
from layers.table.cell_notes import MASKED_COLUMNS, nothing_masked
from layers.table.disclosure import MaskedCounts, mask_alone, mask_counts
from layers.table.gaps import Reports


def mask_layers(
    layers: Sequence[LayerSpec],
    counts: Mapping[str, pd.Series],
    rules: DisclosureRules,
    links: Mapping[str, pd.DataFrame],
) -> dict[str, MaskedCounts]:
    """Return the masks of restricted counts, each made after the masks of its parts.

    Parameters
    ----------
    layers : sequence of LayerSpec
        Restricted counts; a part names the count of which it is one.
    counts : mapping
        By layer: people by code, of all levels and of the whole (the empty code).
    rules : DisclosureRules
        The thresholds.
    links : mapping
        By layer, the shares by which the counts of its finest units come from others.

    Returns
    -------
    dict
        A MaskedCounts by layer.
    """
    masks: dict[str, MaskedCounts] = {}

    def mask(layer: LayerSpec) -> None:
        parts = [one for one in layers if one.part_of == layer.id]
        for part in parts:
            if part.id not in masks:
                mask(part)
        masks[layer.id] = mask_counts(
            counts[layer.id],
            least=rules.least_of(layer.sector),
            rounding=rules.rounding,
            parts=[masks[part.id] for part in parts],
            is_all_parts=layer.is_sum_of_parts,
            links=links.get(layer.id),
        )

    for layer in layers:
        if layer.id not in masks:
            mask(layer)
    return masks


def mask_reports(reports: Reports, rules: DisclosureRules) -> Reports:
    """Return what partners report with each count of people masked by itself.

    Parameters
    ----------
    reports : Reports
        By place, sector and partner.
    rules : DisclosureRules
        The thresholds.

    Returns
    -------
    Reports
        Gaps, shares and totals that are computed from it tell nothing of what a small count is.
    """
    rows = reports.rows.copy()
    for name in ("reached", "planned"):
        for sector, counts in rows.groupby("sector")[name]:
            masked = mask_alone(
                counts.astype(float), least=rules.least_of(str(sector)), rounding=rules.rounding
            )
            rows.loc[counts.index, name] = masked
    return replace(reports, rows=rows)


def mask_loaded(
    loaded: Mapping[str, pd.Series], catalogue: Catalogue, rules: DisclosureRules
) -> dict[str, pd.Series]:
    """Return loaded figures with each restricted count masked by itself.

    Parameters
    ----------
    loaded : mapping
        By layer, figures of the finest units.
    catalogue : Catalogue
        Says which are restricted counts.
    rules : DisclosureRules
        The thresholds.

    Returns
    -------
    dict
        A model gives the other units what loaded ones leave of a published total: from the true
        counts, that rest would tell their sum.
    """
    return {
        name: mask_alone(
            figures.astype(float),
            least=rules.least_of(catalogue.layer(name).sector),
            rounding=rules.rounding,
        )
        if catalogue.layer(name).is_masked
        else figures
        for name, figures in loaded.items()
    }


def stacked_masks(masks: Mapping[str, MaskedCounts], units: pd.Index) -> pd.DataFrame:
    """Return the masks of the units of one level as one frame.

    Parameters
    ----------
    masks : mapping
        By layer.
    units : Index of str
        The units.

    Returns
    -------
    DataFrame
        layer, ubigeo, low, high, is_range of each cell that has a figure.
    """
    frames = [
        pd.DataFrame({"low": mask.low, "high": mask.high, "is_range": mask.is_range})
        .reindex(units)
        .dropna(subset=["low"])
        .astype({"is_range": bool})
        .rename_axis("ubigeo")
        .reset_index()
        .assign(layer=layer)
        for layer, mask in masks.items()
    ]
    kept = [frame[list(MASKED_COLUMNS)] for frame in frames if len(frame)]
    return pd.concat(kept, ignore_index=True) if kept else nothing_masked()
