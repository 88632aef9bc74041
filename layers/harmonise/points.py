"""From the rows of a source to places: each once, with a point inside the country's box."""

from dataclasses import dataclass
from functools import reduce

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.codes import restore_zeros
from layers.errors import SourceDamagedError
from layers.spec import PointsSpec, SourceSpec

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class PointsReport:
    """What became of the places of a source; places are named by their code."""

    rows: int
    """Rows that count."""
    repeated: int
    """Rows left out, since an earlier one has their key."""
    differing: tuple[str, ...]
    """Places whose rows are not alike in every column; the first row counts."""
    without_point: tuple[str, ...]
    """Without coordinates."""
    outside_box: tuple[str, ...]
    """With coordinates outside the country's box, which are not used."""
    doubtful: tuple[tuple[str, str, str], ...] = ()
    """(code, declared unit, unit of the point), too far apart: the declared unit counts and the
    point is not used."""
    elsewhere: tuple[tuple[str, str, str], ...] = ()
    """(code, declared unit, unit of the point): the point counts."""
    by_name: tuple[tuple[str, str], ...] = ()
    """(code, unit), placed by the names that theirs begins with."""
    unplaced: tuple[str, ...] = ()
    """Without point or unit; in no count of units."""
    abroad: tuple[str, ...] = ()
    """Beyond the country's borders; no places of it."""


def points_of(rows: pd.DataFrame, spec: SourceSpec, box: Box) -> tuple[pd.DataFrame, PointsReport]:
    """Return the places of a source, each once.

    Parameters
    ----------
    rows : DataFrame
        The source as read: text, or a GeoDataFrame of points in EPSG:4326.
    spec : SourceSpec
        Declares its points.
    box : tuple of float
        West, south, east and north of the country, degrees.

    Returns
    -------
    tuple of DataFrame and PointsReport
        kind, code, name, category, declared (unit, empty where none), region (text), people
        (missing where unknown), lon, lat (missing without a usable point), is_outside (of the
        box).

    Raises
    ------
    SourceDamagedError
        Where a declared column is absent.
    """
    points = spec.points
    if points is None:
        raise SourceDamagedError("source {source} declares no points", source=spec.id)
    _check_columns(rows, points, spec)
    for column, accepted in points.where:
        rows = rows[rows[column].isin(accepted)]
    lon, lat = _coordinates(rows, points)
    rows = pd.DataFrame(rows.drop(columns="geometry", errors="ignore"))
    # The header is line 1.
    code = pd.Series((rows.index + 2).astype(str), index=rows.index)
    if points.key:
        code = reduce(lambda one, other: one + " " + other, (rows[name] for name in points.key))
    first = ~code.duplicated()
    alike = rows.assign(_lon=lon, _lat=lat).drop_duplicates()
    differing = code[alike.index][code[alike.index].duplicated()].unique()
    inside = lon.between(box[0], box[2]) & lat.between(box[1], box[3])
    blank = pd.Series("", index=rows.index)
    found = pd.DataFrame(
        {
            "kind": points.kind.value,
            "code": code,
            "name": rows[points.name],
            "category": rows[points.category] if points.category else blank,
            "declared": _declared(rows, spec),
            "region": rows[points.region] if points.region else blank,
            "people": _people(rows[points.people]) if points.people else np.nan,
            "lon": lon.where(inside),
            "lat": lat.where(inside),
            "is_outside": lon.notna() & lat.notna() & ~inside,
        }
    )[first]
    report = PointsReport(
        rows=len(rows),
        repeated=int((~first).sum()),
        differing=tuple(str(one) for one in differing) if points.key else (),
        without_point=tuple(found.loc[found["lon"].isna() & ~found["is_outside"], "code"]),
        outside_box=tuple(found.loc[found["is_outside"], "code"]),
    )
    return found.reset_index(drop=True), report


def _check_columns(rows: pd.DataFrame, points: PointsSpec, spec: SourceSpec) -> None:
    wanted = {points.name, *points.key, *(column for column, _ in points.where)}
    optional = (points.lon, points.lat, points.category, points.people, points.region)
    wanted |= {column for column in (*optional, spec.code_column) if column}
    absent = sorted(wanted - set(rows.columns))
    if absent:
        raise SourceDamagedError(
            "source {source} has no column {absent}", source=spec.id, absent=", ".join(absent)
        )


def _coordinates(rows: pd.DataFrame, points: PointsSpec) -> tuple[pd.Series, pd.Series]:
    """Return longitude and latitude; a cell that is no number is no coordinate."""
    if isinstance(rows, gpd.GeoDataFrame):
        return rows.geometry.x, rows.geometry.y
    lon, lat = (pd.to_numeric(rows[c], errors="coerce") for c in (points.lon, points.lat))
    return lon.astype(float), lat.astype(float)


def _declared(rows: pd.DataFrame, spec: SourceSpec) -> pd.Series:
    if spec.code_column is None:
        return pd.Series("", index=rows.index)
    digits = spec.code_level.digits
    codes = rows[spec.code_column].map(lambda code: restore_zeros(str(code).strip(), digits))
    return codes.fillna("")


def _people(cells: pd.Series) -> pd.Series:
    people = pd.to_numeric(cells, errors="coerce").astype(float)
    return people.where(people > 0)
