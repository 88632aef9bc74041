"""How figures become scores and ranks, and what moves those."""

from enum import StrEnum


class Transform(StrEnum):
    """How a value is bent before it is scaled between its frozen limits."""

    LINEAR = "linear"
    LOG1P = "log1p"


class Aggregation(StrEnum):
    """How weighed figures become one score."""

    ARITHMETIC = "arithmetic"
    """A low figure is made up for by a high one."""
    GEOMETRIC = "geometric"
    """It is made up for only in part."""


class Choice(StrEnum):
    """A choice of method that could have been another one."""

    AGGREGATION = "aggregation"
    """The other way to combine."""
    OBSERVED_LIMITS = "observed_limits"
    """Limits of the normalisation taken from the units, not frozen."""
    PERCENTILES = "percentiles"
    """Places in each layer instead of figures."""
    NO_LOGARITHM = "no_logarithm"
    LEFT_OUT = "left_out"
    """One layer weighs nothing."""


class Cause(StrEnum):
    """Why a unit has another place than before."""

    DATA = "data"
    WEIGHTS = "weights"
    METHOD = "method"
    """Aggregation, transforms and frozen limits."""
    BOUNDARY = "boundary"
    """Which units there are and take part."""
