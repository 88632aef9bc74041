"""One figure of a unit as a plain dict: the same one for command line, page, exports and reports."""

import math
from bisect import bisect_right
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from geoapp.numbers import show_range
from layers.spec import Catalogue, LayerSpec
from layers.table.confidence import class_of
from layers.table.index_quality import index_quality
from layers.table.units import UnitTable

_SCORE_DECIMALS = 12


def cell_answer(
    table: UnitTable, catalogue: Catalogue, layer: LayerSpec, ubigeo: str
) -> dict[str, Any]:
    """Describe one figure, and of an index what it rests on.

    Parameters
    ----------
    table : UnitTable
        The level of the unit.
    catalogue : Catalogue
        Declares the sources.
    layer : LayerSpec
        The layer.
    ubigeo : str
        The unit.

    Returns
    -------
    dict
        As ``figure_answer``; of an index also class, share_missing and mean_age_years.
    """
    return {
        **figure_answer(table, catalogue, layer, ubigeo),
        **(_index_answer(table, catalogue, layer, ubigeo) if layer.is_index else {}),
    }


def figure_answer(
    table: UnitTable, catalogue: Catalogue, layer: LayerSpec, ubigeo: str
) -> dict[str, Any]:
    """Describe one figure: value, unit, method, source and vintage.

    Parameters
    ----------
    table : UnitTable
        The level of the unit.
    catalogue : Catalogue
        Declares the sources.
    layer : LayerSpec
        The layer.
    ubigeo : str
        The unit.

    Returns
    -------
    dict
        value is None where there is no figure.
    """
    value, method, confidence = table.cell(ubigeo, layer.id)
    sources = [catalogue.source(name) for name in table.sources[layer.id]]
    parents = table.parents_of(ubigeo, layer.id)
    spread = table.range_of(ubigeo, layer.id)
    mask = table.mask_of(ubigeo, layer.id)
    is_range = mask is not None and mask[2]
    return {
        # The middle of a range is what is computed with, and no figure.
        "value": None if math.isnan(value) or is_range else value,
        "unit": layer.unit.value,
        "method": method,
        "confidence": None if math.isnan(value) else confidence_answer(confidence),
        "source": "; ".join(source.id for source in sources),
        "publisher": "; ".join(dict.fromkeys(source.publisher for source in sources)),
        "vintage": "; ".join(dict.fromkeys(source.vintage for source in sources)),
        "licence": "; ".join(dict.fromkeys(source.licence.value for source in sources)),
        "landing": sources[0].landing,
        "inputs": list(layer.inputs),
        **({"parents": parents} if parents else {}),
        **({"range": [*spread[:2]], "at_ceiling": spread[2]} if spread else {}),
        **({"masked": mask_answer(mask)} if mask else {}),
    }


def mask_answer(mask: tuple[float, float, bool]) -> dict[str, Any]:
    """Return what the public edition tells of a count: its ends, and whether they are all of it."""
    return {"low": mask[0], "high": mask[1], "is_range": mask[2]}


def ranges_of(table: UnitTable, layer: str) -> pd.Series | None:
    """Return the texts of the counts of a layer of which only the ends are told.

    Parameters
    ----------
    table : UnitTable
        A level.
    layer : str
        A layer.

    Returns
    -------
    Series of str or None
        By ubigeo, for instance ``1–4``; None for a layer that is not masked.
    """
    masked = table.masked[table.masked["layer"] == layer]
    if masked.empty:
        return None
    told = masked[masked["is_range"]].set_index("ubigeo")
    ends = zip(told["low"], told["high"], strict=True)
    return pd.Series([show_range(low, high) for low, high in ends], index=told.index, dtype=object)


def _index_answer(
    table: UnitTable, catalogue: Catalogue, layer: LayerSpec, ubigeo: str
) -> dict[str, Any]:
    """Say the class of an index, what share of its indicators is missing and how old they are."""
    value = table.cell(ubigeo, layer.id)[0]
    quality = index_quality(table, catalogue, layer, ubigeo, datetime.now(UTC).date())
    return {
        "class": None if math.isnan(value) else index_class(value, layer.breaks),
        "share_missing": rounded(quality.share_missing),
        "mean_age_years": rounded(quality.mean_age_years),
    }


def index_class(value: float, breaks: tuple[float, ...]) -> int:
    """Return the class of a value from 1 up; a value on a break is in the class above it.

    Parameters
    ----------
    value : float
        Not missing.
    breaks : tuple of float
        Inner class limits, rising.

    Returns
    -------
    int
        1 to one more than the limits.
    """
    return bisect_right(breaks, value) + 1


def confidence_answer(score: float) -> dict[str, Any]:
    """Return score and class, the score with the two decimals that it can bear."""
    return {"score": round(score, 2), "class": class_of(score).value}


def rounded(value: float) -> float | None:
    """Return a number without the noise of its last digits; None where it is missing."""
    return None if math.isnan(value) else round(float(value), _SCORE_DECIMALS)
