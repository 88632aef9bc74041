"""A kind of hazard."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class HazardSpec:
    """A kind of hazard, which layers name by its id; its words are ``hazard.<id>``."""

    id: str
    objectives: tuple[str, ...] = ()
    """Objectives of the results frame that every layer about it serves."""
