"""Drawn areas beside official ones."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from layers.harmonise.geometry import areas_km2

_WORST = 10


@dataclass(frozen=True)
class AreaDifference:
    """A unit beside its official area; ``error`` is drawn / official − 1."""

    ubigeo: str
    km2: float
    official_km2: float
    error: float


@dataclass(frozen=True)
class AreaCheck:
    """Drawn areas against official ones; units without a geometry are not compared."""

    compared: int
    without_official: int
    over_5_pct: int
    over_20_pct: int
    worst: tuple[AreaDifference, ...]


def check_areas(
    units: gpd.GeoSeries | gpd.GeoDataFrame, area_crs: str, official_km2: pd.Series
) -> AreaCheck:
    """Compare drawn areas with official ones.

    Parameters
    ----------
    units : GeoSeries or GeoDataFrame
        Valid units by ubigeo.
    area_crs : str
        An equal-area reference system.
    official_km2 : Series of float
        By ubigeo, NaN where there is none.

    Returns
    -------
    AreaCheck
        Counts above 5 % and 20 %, and the worst ones.
    """
    frame = pd.DataFrame({"km2": areas_km2(units, area_crs)}, index=units.index)
    frame["official"] = official_km2.reindex(frame.index)
    known = frame[(frame.km2 > 0) & (frame.official > 0)]
    error = known.km2 / known.official - 1
    worst = error.abs().nlargest(_WORST).index
    return AreaCheck(
        compared=len(known),
        without_official=int((~(frame.official > 0)).sum()),
        over_5_pct=int((error.abs() > 0.05).sum()),
        over_20_pct=int((error.abs() > 0.20).sum()),
        worst=tuple(
            AreaDifference(
                code, float(known.km2[code]), float(known.official[code]), float(error[code])
            )
            for code in worst
        ),
    )
