"""A file of times or distances by road: origin, destination, and hours or km."""

from pathlib import Path

import pandas as pd

from layers.errors import FocusError

MEASURES = ("hours", "km")


def read_road_times(path: Path) -> tuple[pd.DataFrame, str]:
    """Read a matrix of roads in long form.

    Parameters
    ----------
    path : Path
        CSV in UTF-8 with columns origin, destination (ubigeos) and hours or km.

    Returns
    -------
    rows : DataFrame
        origin and destination as text, figure from 0 up.
    measure : str
        hours or km.

    Raises
    ------
    FocusError
        Where the file cannot be read, a column lacks or a figure is none.
    """
    try:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise FocusError(
            "{path} cannot be read ({error}); give a CSV file in UTF-8", path=path, error=error
        ) from error
    measures = [name for name in MEASURES if name in rows.columns]
    if len(measures) != 1 or not {"origin", "destination"} <= set(rows.columns):
        raise FocusError(
            "{path} has the columns {columns}; it needs origin, destination and either hours or km",
            path=path,
            columns=", ".join(map(str, rows.columns)),
        )
    figure = pd.to_numeric(rows[measures[0]], errors="coerce")
    wrong = rows.index[~(figure >= 0) | ~(figure < float("inf"))]
    if len(wrong):
        raise FocusError(
            "{path}, row {row}: {cell!r} is no number from 0 up; {count} rows are like it, "
            "correct or remove them",
            path=path,
            row=wrong[0] + 2,
            cell=rows.at[wrong[0], measures[0]],
            count=len(wrong),
        )
    return rows[["origin", "destination"]].assign(figure=figure), measures[0]
