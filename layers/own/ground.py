"""What a file is matched with: the units, their names and the box of the country."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd


@dataclass(frozen=True)
class Ground:
    """The districts of a build, as two files that a process of its own can read."""

    folder: Path
    box: tuple[float, float, float, float]
    """West, south, east and north of the country."""

    @property
    def _units(self) -> Path:
        return self.folder / "units.parquet"

    @property
    def _names(self) -> Path:
        return self.folder / "names.parquet"

    def write(self, units: gpd.GeoDataFrame, equivalence: pd.DataFrame) -> None:
        """Write both files.

        Parameters
        ----------
        units : GeoDataFrame
            By ubigeo: geometry, area_km2, lon and lat.
        equivalence : DataFrame
            Districts: ubigeo, reniec, name, province, region.
        """
        units.to_parquet(self._units)
        equivalence.to_parquet(self._names)

    def units(self) -> gpd.GeoDataFrame:
        """Return the districts with their geometry."""
        return gpd.read_parquet(self._units)

    def equivalence(self) -> pd.DataFrame:
        """Return the names and codes of the districts."""
        return pd.read_parquet(self._names)
