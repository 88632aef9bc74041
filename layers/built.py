"""What a build is: tables, shapes and sources of a country, as everybody who presents it reads them."""

from dataclasses import dataclass, field
from datetime import date

import geopandas as gpd
import pandas as pd

from layers.harmonise.boundary_report import BoundaryReport
from layers.harmonise.repairs import Repair
from layers.indicators.severity import PhaseLimits
from layers.reading import SourceStatus
from layers.spec import DisclosureRules, LoadedFile
from layers.table.balances import LayerBalance
from layers.table.picture import Picture
from layers.table.units import UnitTable
from layers.terms import AdminLevel, PlaceKind


@dataclass(frozen=True)
class LevelBuild:
    """The units of one level and their table."""

    units: gpd.GeoDataFrame
    """By ubigeo: geometry, area_km2, lon, lat of a point inside."""
    outlines: gpd.GeoSeries
    """By ubigeo, simplified for the page with shared borders kept."""
    table: UnitTable


@dataclass(frozen=True)
class Build:
    """Everything that the audience reads, and how it came to be."""

    country: str
    levels: dict[AdminLevel, LevelBuild]
    """Finest first; without the source of the districts there are only regions."""
    backdrop: gpd.GeoDataFrame
    """Neighbouring countries."""
    capitals: pd.DataFrame
    """By district ubigeo: name, lon, lat of the capitals whose place is known."""
    places: gpd.GeoDataFrame
    """Facilities, warehouses, airports, ports, border posts and settlements: source, kind, code,
    name, category, ubigeo (empty where unknown), people (of settlements), lon, lat and
    geometry (none without a usable point). Empty without districts."""
    features: gpd.GeoDataFrame
    """Rivers, and lines, points and polygons that planners loaded: source, name, geometry."""
    pictures: tuple[Picture, ...]
    """Layers where they were measured, in the box of the country."""
    statuses: dict[str, SourceStatus]
    boundaries: BoundaryReport
    """The finest boundaries as they were published."""
    repairs: tuple[Repair, ...]
    """One record for each unit whose published boundary could not be used."""
    published: pd.DataFrame
    """By region ubigeo, one column per layer that is published for the regions too."""
    national: dict[str, float]
    """National figures by key."""
    figure_notes: dict[str, str]
    """By the same key: who says so, of when, and what is to be known of it."""
    phase_limits: dict[str, PhaseLimits]
    """Limits of severity by sector, as this build used them."""
    on: date
    """The day for which the ages behind the confidence are counted."""
    hash: str
    seconds: float
    disclosure: DisclosureRules | None = None
    """How small counts are masked; None in the full edition."""
    version: str = field(default="")
    catalogue: str = field(default="")
    """Fingerprint of the declarations that made it."""
    loaded: tuple[LoadedFile, ...] = ()
    """What planners had loaded when it was made."""
    balances: tuple[LayerBalance, ...] = ()
    """Where loaded figures stand beside published totals."""
    series: dict[str, pd.DataFrame] = field(default_factory=dict)
    """By id of a declared series: units of every level that it speaks of by row, its times by
    column; missing is not-a-number. A series whose source could not be had is absent."""
    marks: dict[str, str] = field(default_factory=dict)
    """Of units, backdrop, places, features, series, pictures and the methods of each
    level: what tells the code and all that they were made from, where a build keeps its steps. A
    store copies by it what it holds already."""

    def places_of(self, kind: PlaceKind) -> gpd.GeoDataFrame:
        """Return the places of one kind, each once."""
        return self.places[self.places["kind"] == kind]

    @property
    def is_coarse(self) -> bool:
        """True where the build has no districts."""
        return AdminLevel.DISTRICT not in self.levels
