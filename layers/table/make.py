"""From figures at their native level to one table per level."""

from collections.abc import Mapping

from layers.spec import Catalogue
from layers.table.ground import Figures, Ground, LevelTable
from layers.table.maker import Maker
from layers.table.public import PublicMaker
from layers.terms import AdminLevel


def make_tables(
    figures: Mapping[tuple[str, AdminLevel], Figures], ground: Ground, catalogue: Catalogue
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

    Returns
    -------
    dict
        A LevelTable for each level of the ground.
    """
    rules = ground.disclosure
    maker = (
        PublicMaker(figures, ground, catalogue, rules)
        if rules
        else Maker(figures, ground, catalogue)
    )
    for layer in catalogue.layers.values():
        maker.add(layer)
    return maker.tables()
