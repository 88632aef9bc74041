"""A table with one row per unit and sector, turned into one with a column per sector."""

from collections.abc import Mapping, Sequence

import pandas as pd

from layers.errors import Sentence, SourceDamagedError

_SHOWN = 5


def by_sector(
    cells: pd.DataFrame,
    places: Sequence[str],
    sector: str,
    figure: str,
    names: Mapping[str, str],
    file: str,
) -> tuple[pd.DataFrame, tuple[Sentence, ...]]:
    """Give each sector a column of its own.

    Parameters
    ----------
    cells : DataFrame of str
        As read, indexed by row of the file.
    places : sequence of str
        Columns that tell a unit.
    sector, figure : str
        The column of sectors and the one of figures.
    names : mapping
        Column to make, by the word of its sector as it stands.
    file : str
        Named in the errors.

    Returns
    -------
    tuple
        One row per unit, indexed by its first row of the file, with the columns that tell it and
        one per sector that the table names; and what was left out.

    Raises
    ------
    SourceDamagedError
        Where a unit has two rows of one sector.
    """
    made = cells[sector].map(lambda word: names.get(word, ""))
    strange = sorted(set(cells.loc[made == "", sector]) - {""})
    notes = [
        Sentence(
            "one row per unit and sector: {sector!r} and {figure!r}", sector=sector, figure=figure
        )
    ]
    if strange:
        notes.append(
            Sentence(
                "sectors that are not known were not read: {names}",
                names=", ".join(strange[:_SHOWN]),
            )
        )
    known = cells[made != ""].assign(**{sector: made[made != ""]})
    unit = known[list(places)].agg("\n".join, axis=1)
    twice = known[pd.concat([unit, known[sector]], axis=1).duplicated(keep=False)]
    if len(twice):
        raise SourceDamagedError(
            "{file}, rows {rows}: one unit has several rows of one sector; keep one",
            file=file,
            rows=", ".join(map(str, twice.index[:_SHOWN])),
        )
    is_first = ~unit.duplicated()
    first = known.loc[is_first, list(places)]
    wide = known.assign(unit=unit).pivot(index="unit", columns=sector, values=figure).fillna("")
    figures = wide.reindex(unit[is_first]).set_axis(first.index)
    return pd.concat([first, figures], axis=1), tuple(notes)
