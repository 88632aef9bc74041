"""What layers speak of, and who may see it."""

from enum import StrEnum


class Dimension(StrEnum):
    """What a layer speaks of."""

    POPULATION = "population"
    MIGRANTS = "migrants"
    NEEDS = "needs"
    HAZARD = "hazard"
    VULNERABILITY = "vulnerability"
    COPING = "coping"
    OPERATIONS = "operations"


class Direction(StrEnum):
    """Whether a high value calls for more attention, less, or neither."""

    MORE_IS_WORSE = "more_is_worse"
    LESS_IS_WORSE = "less_is_worse"
    NEUTRAL = "neutral"


class PlaceKind(StrEnum):
    """What stands at a point."""

    HEALTH_FACILITY = "health_facility"
    WAREHOUSE = "warehouse"
    AIRPORT = "airport"
    PORT = "port"
    BORDER_POST = "border_post"
    SETTLEMENT = "settlement"


class Sensitivity(StrEnum):
    """Who may see single small counts."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
