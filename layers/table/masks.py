"""Which counts of a table are masked together, and how strictly."""

from collections.abc import Mapping, Sequence

import pandas as pd

from layers.spec import DisclosureRules, LayerSpec
from layers.table.cell_notes import MASKED_COLUMNS, nothing_masked
from layers.table.disclosure import MaskedCounts, mask_counts


def mask_layers(
    layers: Sequence[LayerSpec], counts: Mapping[str, pd.Series], rules: DisclosureRules
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
        )

    for layer in layers:
        if layer.id not in masks:
            mask(layer)
    return masks


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
