"""A kind of hazard."""

from dataclasses import dataclass

from layers.terms import Season


@dataclass(frozen=True, kw_only=True)
class HazardSpec:
    """A kind of hazard, which layers name by its id; its words are ``hazard.<id>``."""

    id: str
    objectives: tuple[str, ...] = ()
    """Objectives of the results frame that every layer about it serves."""
    is_several: bool = False
    """True for several kinds together, which keep no season of their own."""
    season: Season | None = None
    """What it follows over the year; None where nothing here tells."""
