"""What is particular to a country."""

from dataclasses import dataclass

from layers.errors import DeclarationError
from layers.spec.layer import Vocabulary


@dataclass(frozen=True, kw_only=True)
class Office:
    """A place where the mission works."""

    id: str
    name: str
    kind: str
    """head, suboffice or liaison."""
    lon: float
    lat: float


@dataclass(frozen=True, kw_only=True)
class Vintage:
    """An older set of units, and what became of it."""

    id: str
    """Year of the set, as ``SourceSpec.units`` names it."""
    created: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()
    """Units that are newer: (code, ((parent in this set, share of the new unit's ground), ...))."""
    renumbered: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Units that bear other codes now: (code in this set, codes now)."""
    boundaries: str | None = None
    """Id of the source of the borders of that time, over which parents are found."""


@dataclass(frozen=True, kw_only=True)
class CountryProfile:
    """What is particular to a country: its codes, borders, projection and offices."""

    id: str
    """ISO 3166-1 alpha-3, lower case."""
    own_name: str
    """As its people write it: a proper name, the same in every language of the page."""
    pcode_prefix: str
    area_crs: str
    """Equal-area reference system for areas."""
    box: tuple[float, float, float, float]
    """West, south, east, north; coordinates outside are errors."""
    boundaries: str
    """Id of the source of the finest units."""
    coarse_boundaries: str
    """Id of the source of the regions, for a machine without the finest units."""
    donor_boundaries: tuple[str, ...] = ()
    """Other vintages of the finest units, best first, that give a unit its boundary where the
    published one is broken."""
    official_areas: tuple[str, str] | None = None
    """Source and column of the official areas of the finest units, in km²."""
    lakes: str | None = None
    """Id of the source of lakes, which tell a gap that is water from one that is an error."""
    rivers: str | None = None
    """Id of the source of rivers, which the map can show."""
    names: str
    """Id of the source that spells the names officially: ubigeo, reniec (another code, may be
    empty), region, provincia, distrito."""
    other_codes: tuple[str, str] | None = None
    """Source and column of codes of the other scheme, for units that ``names`` leaves without."""
    spelling: tuple[tuple[str, str], ...] = ()
    """Words that the source of the names misspells, and how they are written."""
    population: str
    """Layer of the people whose shares weigh means upward."""
    figures: str | None = None
    """Id of the source of national figures by key."""
    vocabulary: Vocabulary | None = None
    """Sectors of its coordination platform, whose severity may have limits."""
    phase_limits: str | None = None
    """Path inside the starter pack of the limits of severity; loaded ones go first."""
    controls: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Keys of the figures that migrants are spread from: the country (no regions), then groups
    of regions with a figure of their own, taken out of it."""
    vintages: tuple[Vintage, ...] = ()
    """Older sets of units, oldest first."""
    units_now: str = ""
    """Year of the present set."""
    settlements: str | None = None
    """Id of the source of settlements with people, by which divided units are divided."""
    neighbours: str
    inset_box: tuple[float, float, float, float] | None = None
    """What is too small to be seen on the map of the whole country."""
    inset_name: str = ""
    """What is in it: proper names, as its people write them."""
    offices: tuple[Office, ...] = ()

    def __post_init__(self) -> None:
        if self.phase_limits is not None and self.vocabulary is None:
            raise DeclarationError(
                "country {country} has limits of severity and no sectors; give its vocabulary",
                country=self.id,
            )
