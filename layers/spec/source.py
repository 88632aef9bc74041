"""One published file."""

from dataclasses import dataclass

from layers.errors import DeclarationError
from layers.terms import (
    AdminLevel,
    Licence,
    PlaceKind,
)


@dataclass(frozen=True, kw_only=True)
class PointsSpec:
    """How the rows of a file are places."""

    kind: PlaceKind
    name: str
    """Column of what a place is called; never a person."""
    lon: str = ""
    """Column of the longitude in degrees; empty where the file holds geometries."""
    lat: str = ""
    key: tuple[str, ...] = ()
    """Columns that tell one place from another: of rows with one key the first one counts.
    Without a key every row is a place, called by its line."""
    category: str | None = None
    people: str | None = None
    """Column of the people who live there; 0 is unknown."""
    region: str | None = None
    """Column of the region. With it, a name that begins with a province and one of its
    districts places what has no coordinates."""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Rows that count: (column, accepted texts)."""


@dataclass(frozen=True, kw_only=True)
class SourceSpec:
    """One published file: who published it, when, under which terms, and where it lies."""

    id: str
    publisher: str
    landing: str
    """Page where a person finds the original."""
    licence: Licence
    vintage: str
    """Date or period that the figures speak of, ISO 8601 where it is one date."""
    format: str
    """Key of ``layers.sources.read.READERS``."""
    sha256: str
    bytes: int
    redistributable: bool
    citation: str
    mirror: str | None = None
    """Path inside a mirror folder."""
    starter: str | None = None
    """Path inside the starter pack that travels with the product."""
    url: str | None = None
    """Address that serves the same bytes; None where the file was prepared from a publication."""
    part: str | None = None
    """Sheet of a workbook or layer of a vector file."""
    code_column: str | None = None
    """Column that holds the UBIGEO of the row."""
    code_level: AdminLevel = AdminLevel.DISTRICT
    code_is_padded: bool = False
    """True where codes of a coarse level are filled up with zeros to six digits."""
    missing_words: tuple[str, ...] = ("",)
    """Cells that mean 'no figure'."""
    units: str | None = None
    """Vintage of the districts that the file speaks of: the id of a Vintage of the country, or
    its ``units_now``. None for files without districts."""
    places: tuple[tuple[str, str], ...] = ()
    """For a file that names places instead of codes: (name as written, code of its unit). A row
    with another name is kept out and reported."""
    joint_codes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Codes that the file invented for several units together, and those units."""
    points: PointsSpec | None = None
    """Where the rows are places; ``code_column`` is then the district that a place declares."""
    is_loaded: bool = False
    """True for a file that a planner brought; a copy is kept under its sha256."""
    covers_country: bool = False
    """True where a unit without any feature of the map has none of them, and not an unknown
    number; who loads the file says so."""

    def __post_init__(self) -> None:
        if not (self.mirror or self.starter or self.url or self.is_loaded):
            raise DeclarationError(
                "source {source} has no place; give mirror, starter or url", source=self.id
            )
        # A public build does not tell the hash of a loaded table: it answers guesses at its counts.
        if len(self.sha256) != 64 and not (self.is_loaded and not self.sha256):
            raise DeclarationError(
                "source {source}: sha256 has {length} characters, not 64",
                source=self.id,
                length=len(self.sha256),
            )
