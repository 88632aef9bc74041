"""One number of a chain: what it is, how it follows from the numbers below it, and their source."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Term = float | tuple[float, ...]
Terms = Mapping[str, Term]


class Rule(StrEnum):
    """How a number follows from those below it, where neither a model nor a way to units says."""

    PUBLISHED = "published"
    """A cell of a file."""
    COMBINED = "combined"
    """Several cells of one row of a file."""
    LOADED = "loaded"
    """A cell of a user's file."""
    ABSENT_IS_ZERO = "absent_is_zero"
    """The source covers the unit and gives it nothing that counts."""
    NO_FIGURE = "no_figure"
    NATIONAL = "national"
    CARRIED = "carried"
    """Σ share · figure of the units that it was made from."""
    SUM = "sum"
    MEAN = "mean"
    INHERITED = "inherited"
    REGION_SHARE = "region_share"
    """The part of a published total that a region's key gives it."""
    CONTROL = "control"
    """The published total of a group of regions."""
    BEFORE_LOADED = "before_loaded"
    """What a model would give, had nothing been loaded."""
    HOMES = "homes"
    """Where the people of a unit are taken to live."""
    NOT_DIVIDED = "not_divided"
    """A count of a coarser unit, which says nothing of its parts."""
    PART = "part"
    """Told by a chain of its own."""
    MASKED = "masked"
    """A count that the public edition masks: the figures below it are not told."""
    ABOVE = "above"
    """Told further up in the same chain."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """Where in a published file a figure stands."""

    source: str
    row: str
    """Code or key as the file has it; empty where the file has no rows of units."""
    columns: tuple[str, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Rows that count: (column, accepted texts)."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A number, the numbers that it follows from, and what it is computed to again from them."""

    rule: str
    """A Rule, the ToUnit that brought it to the unit, or the Model that made it."""
    layer: str
    """Id of the layer, key of the national figure, or id of the source of settlements."""
    unit: str
    """UBIGEO; empty for the country."""
    value: float
    """Not-a-number where there is no figure."""
    words: str = ""
    """Key of the sentence, where the rule has more than one."""
    method: str = ""
    terms: Terms = field(default_factory=dict)
    """Numbers of the formula that are not figures of a unit, by name."""
    inputs: tuple["Step", ...] = ()
    record: Record | None = None
    recomputed: float = math.nan
    """The value, computed again from ``inputs`` and ``terms``, or from the places counted."""

    def walk(self) -> Iterator["Step"]:
        """Yield the step and every step below it."""
        yield self
        for step in self.inputs:
            yield from step.walk()


@dataclass(frozen=True)
class Told:
    """The numbers of a formula that are no inputs, and which sentence tells it."""

    terms: Terms = field(default_factory=dict)
    words: str = ""
    """Key of the sentence where the model has more than one; empty for its own."""
