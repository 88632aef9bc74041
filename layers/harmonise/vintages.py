"""Which units of an older vintage a new unit was cut from, and how many people went with it."""

import numpy as np
import pandas as pd

from layers.harmonise.crosswalk import AREA, COLUMNS, PEOPLE, RENUMBERED, UNCHANGED, Crosswalk
from layers.spec import Vintage

ORIGIN_COLUMNS = ("child", "parent", "ground")

Origins = tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
Renumbered = tuple[tuple[str, tuple[str, ...]], ...]


def declared_origins(created: Origins) -> pd.DataFrame:
    """Return declared parents as a table.

    Parameters
    ----------
    created : tuple
        (child, ((parent, share of the child's ground), ...)) of each new unit.

    Returns
    -------
    DataFrame
        child, parent, ground; the ground of each child sums to 1.
    """
    rows = [(child, parent, ground) for child, parents in created for parent, ground in parents]
    return whole_ground(pd.DataFrame(rows, columns=list(ORIGIN_COLUMNS)))


def make_crosswalk(
    origins: pd.DataFrame,
    area_km2: pd.Series,
    people: pd.Series,
    renumbered: Renumbered = (),
) -> Crosswalk:
    """Return the links from an older vintage to the present units.

    The older unit is what is left of it plus its parts of the new ones (a child may
    have two parents). s(a→b) goes by the people of the settlements where every part of
    a has some, else by area. Source: methods, section 2.

    Parameters
    ----------
    origins : DataFrame
        child, parent, ground.
    area_km2 : Series of float
        By present unit.
    people : Series of float
        People of the settlements whose population is known, by present unit; missing
        where there is none.
    renumbered : tuple
        (old code, (new codes)); the link to a single new code has the basis ``renumbered``.

    Returns
    -------
    Crosswalk
        Links of the units that changed; all others keep their code.
    """
    single = {parent for parent, children in renumbered if len(children) == 1}
    frames = []
    for parent, parts in origins.groupby("parent"):
        ground = parts.set_index("child")["ground"]
        if parent in area_km2.index:
            ground = pd.concat([ground, pd.Series({parent: 1.0})])
        by_people = ground * people.reindex(ground.index)
        is_known = bool((by_people > 0).all())
        size = by_people if is_known else ground * area_km2[ground.index]
        basis = PEOPLE if is_known else AREA
        frames.append(
            pd.DataFrame(
                {
                    "from": parent,
                    "to": ground.index,
                    "share": (size / size.sum()).to_numpy(),
                    "basis": RENUMBERED if parent in single and len(ground) == 1 else basis,
                }
            )
        )
    if not frames:
        return UNCHANGED
    return Crosswalk(pd.concat(frames, ignore_index=True)[list(COLUMNS)])


def declared_crosswalks(
    vintages: tuple[Vintage, ...], area_km2: pd.Series, people: pd.Series
) -> dict[str, Crosswalk]:
    """Return the way to the units of today from each vintage whose newer units are declared.

    Parameters
    ----------
    vintages : tuple of Vintage
        Older sets of units; those whose parents are only found by overlay are left out.
    area_km2, people : Series of float
        Sizes by present unit.

    Returns
    -------
    dict
        A Crosswalk by id of the vintage.
    """
    found = {}
    for vintage in vintages:
        # Boundaries that are older than a unit leave its ground, and its figures, to its parents.
        created = tuple(one for one in vintage.created if one[0] in area_km2.index)
        if vintage.created:
            origins = declared_origins(created)
            found[vintage.id] = make_crosswalk(origins, area_km2, people, vintage.renumbered)
    return found


def joint_links(joint: Renumbered, area_km2: pd.Series, people: pd.Series) -> Crosswalk:
    """Return the links of codes that a table invented for several units together.

    Parameters
    ----------
    joint : tuple
        (invented code, (units)).
    area_km2, people : Series of float
        By unit; people decide where all units have some.

    Returns
    -------
    Crosswalk
        From each invented code to its units.
    """
    rows = [(unit, code, 1.0) for code, units in joint for unit in units]
    origins = pd.DataFrame(rows, columns=list(ORIGIN_COLUMNS))
    return make_crosswalk(origins, area_km2, people)


def whole_ground(origins: pd.DataFrame) -> pd.DataFrame:
    """Return origins whose ground sums to 1 for each child.

    Parameters
    ----------
    origins : DataFrame
        child, parent, ground.

    Returns
    -------
    DataFrame
        The same rows.
    """
    total = origins.groupby("child")["ground"].transform("sum")
    return origins.assign(ground=np.asarray(origins["ground"] / total, dtype=float))
