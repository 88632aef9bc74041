"""One published file."""

from dataclasses import dataclass

from layers.errors import DeclarationError
from layers.terms import (
    AdminLevel,
    Licence,
)


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
    joint_codes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Codes that the file invented for several units together, and those units."""
    is_loaded: bool = False
    """True for a file that a planner brought; a copy is kept under its sha256."""
    covers_country: bool = False
    """True where a unit without any feature of the map has none of them, and not an unknown
    number; who loads the file says so."""

    def __post_init__(self) -> None:
        if not (self.mirror or self.starter or self.url or self.is_loaded):
            raise DeclarationError(f"source {self.id} has no place; give mirror, starter or url")
        if len(self.sha256) != 64:
            raise DeclarationError(
                f"source {self.id}: sha256 has {len(self.sha256)} characters, not 64"
            )
