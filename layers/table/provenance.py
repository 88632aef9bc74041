"""Which published files stand behind a figure."""

from collections.abc import Mapping

import pandas as pd

from layers.spec import Catalogue, LayerSpec
from layers.terms import AdminLevel, Model, ToUnit

_SPREADS = (Model.MIGRANTS_NOW, Model.PEOPLE_IN_NEED)


def known_layers(
    tables: Mapping[AdminLevel, pd.DataFrame], catalogue: Catalogue
) -> dict[AdminLevel, frozenset[str]]:
    """Return the layers that figures of each level can rest on.

    Parameters
    ----------
    tables : Mapping
        Values by level.
    catalogue : Catalogue
        Declares the native level of each layer.

    Returns
    -------
    dict
        Layers with a figure at the level, and counts of a coarser native level with one there:
        they are not divided, but ratios of them are inherited.
    """
    own = {
        level: frozenset(map(str, values.columns[values.notna().any()]))
        for level, values in tables.items()
    }
    return {
        level: known
        | {
            layer.id
            for layer in catalogue.layers.values()
            if layer.native_level.digits < level.digits
            and layer.id in own.get(layer.native_level, ())
        }
        for level, known in own.items()
    }


def sources_behind(
    layer: LayerSpec,
    catalogue: Catalogue,
    at_level: dict[str, str],
    figures: str | None,
    known: frozenset[str],
) -> tuple[str, ...]:
    """Return the ids of the sources that a figure of a layer rests on.

    Parameters
    ----------
    layer : LayerSpec
        The layer.
    catalogue : Catalogue
        Declares the inputs of models.
    at_level : dict
        Source of each published layer at the level of the unit.
    figures : str or None
        Source of the national figures, which models that spread a total rest on too.
    known : frozenset of str
        From `known_layers` at this level; an input that is not has no part in a model.

    Returns
    -------
    tuple of str
        Without repetition, in the order in which they are met.
    """
    if layer.to_unit is not ToUnit.MODEL:
        own = at_level.get(layer.id) or layer.source or ""
        return (own, layer.homes) if layer.homes else (own,)
    # A model has a file of its own where a user's figures took the place of modelled ones.
    brought = at_level.get(layer.id)
    found: dict[str, None] = {brought: None} if brought else {}
    if layer.model in _SPREADS and figures:
        found[figures] = None
    used = [name for name in layer.inputs if name in known] or list(layer.inputs)
    for name in used:
        found |= dict.fromkeys(
            sources_behind(catalogue.layer(name), catalogue, at_level, figures, known)
        )
    return tuple(found)
