"""Data that the product has a place for and does not have, and the files that fill it."""

from dataclasses import dataclass
from datetime import date

from layers.errors import DeclarationError, Sentence
from layers.spec.layer import LayerSpec
from layers.spec.source import SourceSpec
from layers.terms import AdminLevel, CodeScheme, FileKind, Licence, MonthRule, Unit


@dataclass(frozen=True, kw_only=True)
class AwaitedColumn:
    """A column that a table brings."""

    layer: str
    """Layer whose cells it gives, or column that a layer of the table reads."""
    names: tuple[str, ...]
    """Words that head it, lower case, without accents, parted by underscores."""
    tag: str = ""
    """Its HXL tag."""


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """What a cell of a table may hold."""

    pattern: str
    """Regular expression of the whole cell."""
    remedy: Sentence
    """What is wrong with another cell, and how to write it."""
    unit: Unit = Unit.PEOPLE
    """What it is counted in, where the table brings no layer that says so."""


PEOPLE = Accepted(
    pattern=r"\d+(\.0+)?",
    remedy=Sentence("is not a whole number of people; write 1234, without separators"),
)


@dataclass(frozen=True, kw_only=True)
class AwaitedSpec:
    """One kind of file that nobody has given yet: what it is, who has it, what it would feed.

    Its words (title, description, what it would change) stand in ``geoapp/text`` under
    ``awaited.<id>``.
    """

    id: str
    kind: FileKind
    formats: tuple[str, ...]
    """Formats that are read, the best first."""
    publisher: str
    """Who is known to have such data."""
    landing: str = ""
    """Page where it may be had; empty where none was seen."""
    template: str | None = None
    """Path inside the starter pack of an empty file to fill in."""
    columns: tuple[AwaitedColumn, ...] = ()
    """Of a table."""
    accepted: Accepted = PEOPLE
    level: AdminLevel = AdminLevel.DISTRICT
    """Level of the units that a table speaks of."""
    layers: tuple[LayerSpec, ...] = ()
    """Layers that exist once it is loaded."""

    def __post_init__(self) -> None:
        strangers = [
            layer.id for layer in self.layers if layer.source not in (None, self.source_id)
        ]
        if strangers:
            raise DeclarationError(
                "awaited {file}: {layer} is of another source", file=self.id, layer=strangers[0]
            )

    @property
    def source_id(self) -> str:
        """Id of the source that a loaded file becomes."""
        return f"loaded_{self.id}"

    @property
    def feeds(self) -> tuple[str, ...]:
        """Layers that it brings, or whose cells it takes the place of."""
        own = tuple(layer.id for layer in self.layers)
        return own or tuple(column.layer for column in self.columns)


@dataclass(frozen=True, kw_only=True)
class LoadedFile:
    """A file that a planner gave: which kind, whose it is, and what its bytes are."""

    kind: str
    """Id of an AwaitedSpec."""
    name: str
    """As it was called."""
    publisher: str
    vintage: str
    """Date, month or year that its figures speak of."""
    format: str
    sha256: str
    bytes: int
    landing: str = ""
    licence: Licence = Licence.FACTS
    redistributable: bool = False
    covers_country: bool = False
    scheme: CodeScheme | None = None
    """The scheme of its codes, where who loaded it stated one."""
    months: MonthRule | None = None
    """How the months of a 5W table become one figure, where who loaded it stated it."""
    loaded_on: date

    @property
    def source(self) -> SourceSpec:
        """The file as a source, so that its figures can name it."""
        return SourceSpec(
            id=f"loaded_{self.kind}",
            publisher=self.publisher,
            landing=self.landing,
            licence=self.licence,
            vintage=self.vintage,
            format=self.format,
            sha256=self.sha256,
            bytes=self.bytes,
            redistributable=self.redistributable,
            citation=f"{self.publisher}, {self.name}",
            is_loaded=True,
            covers_country=self.covers_country,
        )
