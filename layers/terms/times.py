"""How figures run over time."""

from enum import StrEnum


class Period(StrEnum):
    """What one figure of a series speaks of."""

    YEAR = "year"
    MONTH = "month"
    """Of a mean year: 1 is January."""


class Season(StrEnum):
    """What a hazard follows over the year."""

    WET = "wet"
    """The three months with the most rain."""
    DRY = "dry"
    """The three months with the least rain."""
    COLD = "cold"
    """The three coldest months."""
    NONE = "none"
    """It keeps to no season."""
