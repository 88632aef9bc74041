"""From the rows of a seismic catalogue to events."""

import pandas as pd

from layers.errors import SourceDamagedError

_COLUMNS = {
    "lon": "LONGITUD",
    "lat": "LATITUD",
    "depth_km": "PROFUNDIDAD",
    "magnitude": "MAGNITUD",
}
_SAME = ["FECHA_UTC", "HORA_UTC", "LATITUD", "LONGITUD", "PROFUNDIDAD", "MAGNITUD"]


def events_of(rows: pd.DataFrame, source: str) -> pd.DataFrame:
    """Return the events of a catalogue as the IGP publishes it, each once.

    Parameters
    ----------
    rows : DataFrame of str
        FECHA_UTC (year/month/day), HORA_UTC, LATITUD, LONGITUD (degrees), PROFUNDIDAD (km)
        and MAGNITUD.
    source : str
        Named in errors.

    Returns
    -------
    DataFrame
        lon, lat (degrees), depth_km, magnitude (float) and year (int). Rows that repeat
        time, place and size are one event (8 of 23,680 in the catalogue of 1960-2023).

    Raises
    ------
    SourceDamagedError
        Where a column is absent or a cell is no number; with the first rows.
    """
    absent = sorted(set(_SAME) - set(rows.columns))
    if absent:
        raise SourceDamagedError(
            "source {source} has no column {absent}", source=source, absent=", ".join(absent)
        )
    once = rows.drop_duplicates(_SAME)
    text = once[list(_COLUMNS.values())].rename(columns={v: k for k, v in _COLUMNS.items()})
    events = text.apply(pd.to_numeric, errors="coerce").astype(float)
    events["year"] = pd.to_numeric(once["FECHA_UTC"].str[:4], errors="coerce")
    broken = events.index[events.isna().any(axis=1)]
    if len(broken):
        # The header is line 1.
        lines = ", ".join(str(int(row) + 2) for row in broken[:10])
        raise SourceDamagedError(
            "source {source}: {count} events without place, size or year (lines {lines})",
            source=source,
            count=len(broken),
            lines=lines,
        )
    return events.astype({"year": int}).reset_index(drop=True)
