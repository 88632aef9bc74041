"""Give boundaries of unknown make their codes: by a column of codes, else by name and place."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from layers.codes import clean_code
from layers.harmonise.spelling import normalise_name
from layers.terms import AdminLevel

_LEAST_CODED = 0.5
"""Share of the rows of a column that must be codes for it to be the one of codes."""


@dataclass(frozen=True)
class Coded:
    """Boundaries by ubigeo, and what became of the others."""

    units: gpd.GeoDataFrame
    """By ubigeo; only units of the country, each once."""
    by_name: bool
    """True where no column holds codes."""
    unknown: tuple[tuple[int, str, str], ...]
    """Rows without a unit, from 1: row, code as it stands, name."""


def with_codes(
    shapes: gpd.GeoDataFrame, names: pd.DataFrame, published: gpd.GeoDataFrame | None = None
) -> Coded:
    """Find which unit each boundary is of.

    A column of codes (UBIGEO, with or without the prefix of a P-code) is known by what it
    holds. Without one a boundary is of the unit of its name, if no other unit is called so; of
    several it is the one in whose published boundary it lies.

    Parameters
    ----------
    shapes : GeoDataFrame
        Boundaries as published, in degrees.
    names : DataFrame
        By ubigeo of all districts: ``distrito``.
    published : GeoDataFrame, optional
        Other boundaries by ubigeo, which tell apart units of one name.

    Returns
    -------
    Coded
        A code or name that two rows bear is of neither.
    """
    cells = pd.DataFrame(shapes.drop(columns=shapes.geometry.name))
    texts = cells.astype(object).where(cells.notna(), "").astype(str)
    known = names.index.astype(str)
    column = _code_column(texts, known)
    found = (
        _cleaned(texts[column]) if column else _by_name(shapes, texts, names["distrito"], published)
    )
    is_unit = found.isin(known) & ~found.duplicated(keep=False)
    label = _name_column(texts, names["distrito"])
    lost = tuple(
        (place + 1, str(found.iloc[place]), str(texts[label].iloc[place]) if label else "")
        for place, is_good in enumerate(is_unit)
        if not is_good
    )
    units = shapes[is_unit.to_numpy()].set_axis(pd.Index(found[is_unit], name="ubigeo"))
    return Coded(units[[shapes.geometry.name]].sort_index(), not column, lost)


def _cleaned(cells: pd.Series) -> pd.Series:
    digits = AdminLevel.DISTRICT.digits
    return cells.map(clean_code).map(lambda code: code.zfill(digits) if code.isdigit() else "")


def _code_column(texts: pd.DataFrame, known: pd.Index) -> str:
    """Return the column with most codes of districts; empty where none is one of codes."""
    shares = {
        str(name): float(_cleaned(cells).where(~cells.duplicated()).isin(known).mean())
        for name, cells in texts.items()
    }
    best = max(shares, key=lambda name: shares[name], default="")
    return best if best and shares[best] >= _LEAST_CODED else ""


def _name_column(texts: pd.DataFrame, names: pd.Series) -> str:
    known = set(names.map(normalise_name))
    shares = {
        str(name): float(cells.map(normalise_name).isin(known).mean())
        for name, cells in texts.items()
    }
    best = max(shares, key=lambda name: shares[name], default="")
    return best if best and shares[best] > 0 else ""


def _by_name(
    shapes: gpd.GeoDataFrame,
    texts: pd.DataFrame,
    names: pd.Series,
    published: gpd.GeoDataFrame | None,
) -> pd.Series:
    column = _name_column(texts, names)
    if not column:
        return pd.Series("", index=shapes.index)
    spelled = names.map(normalise_name)
    units = {name: list(codes) for name, codes in spelled.groupby(spelled).groups.items()}
    called = texts[column].map(normalise_name)
    here = _where(shapes, published)
    return pd.Series(
        [_chosen(units.get(name, []), place) for name, place in zip(called, here, strict=True)],
        index=shapes.index,
    )


def _chosen(candidates: list[str], here: str) -> str:
    if len(candidates) == 1:
        return candidates[0]
    return here if here in candidates else ""


def _where(shapes: gpd.GeoDataFrame, published: gpd.GeoDataFrame | None) -> list[str]:
    """Return the unit in whose published boundary a point inside each shape lies."""
    if published is None or published.empty:
        return [""] * len(shapes)
    points = gpd.GeoDataFrame(geometry=shapes.geometry.representative_point(), crs=shapes.crs)
    sound = published[published.geometry.notna() & published.geometry.is_valid]
    joined = points.reset_index(drop=True).sjoin(
        sound[[sound.geometry.name]].to_crs(shapes.crs).rename_axis("ubigeo"), predicate="within"
    )
    first = joined[~joined.index.duplicated()]["ubigeo"]
    return [str(first.get(place, "")) for place in range(len(shapes))]
