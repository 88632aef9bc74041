"""Which published files stand behind a figure."""

from layers.spec import Catalogue, LayerSpec
from layers.terms import Model, ToUnit

_SPREADS = (Model.MIGRANTS_NOW, Model.PEOPLE_IN_NEED)


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
        Layers with a figure at this level; an input without one has no part in a model.

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
