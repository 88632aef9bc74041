"""Published and measured figures become the table of each level, in one pass over the catalogue."""

from collections.abc import Mapping

from layers.spec import Catalogue
from layers.table.ground import Figures, Ground, LevelTable
from layers.table.layer_step import LayerStep, Remember, always
from layers.table.maker import Maker
from layers.table.public import PublicMaker
from layers.terms import AdminLevel


def make_tables(
    figures: Mapping[tuple[str, AdminLevel], Figures],
    ground: Ground,
    catalogue: Catalogue,
    remember: Remember = always,
) -> dict[AdminLevel, LevelTable]:
    """Make the table of each level.

    Layer by layer, in the order of the catalogue: figures go to their native level;
    counts are added upward and rates averaged; rates of a coarser level are inherited
    downward; indices of other layers are recomputed at each level.

    Parameters
    ----------
    figures : Mapping
        Published figures by (layer, level).
    ground : Ground
        Units, national figures and choices.
    catalogue : Catalogue
        The layers.
    remember : callable
        Returns what a step made of the same inputs before, or makes it.

    Returns
    -------
    dict
        A LevelTable for each level of the ground.
    """
    if ground.disclosure:
        # A mask hangs on every restricted count at once: the layers are no steps of their own.
        public = PublicMaker(figures, ground, catalogue, ground.disclosure)
        for layer in catalogue.layers.values():
            public.add(layer)
        return public.tables()
    maker = Maker(figures, ground, catalogue)
    step = LayerStep(maker, remember)
    for layer in catalogue.layers.values():
        step.add(layer)
    return maker.tables()
