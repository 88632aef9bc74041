"""How small a count of people may be shown: what an operation agrees on."""

from dataclasses import dataclass

from layers.errors import LayersError

STRICT_SECTORS = ("protection", "health")
"""Sectors in which a small count tells of harm or of illness."""


@dataclass(frozen=True, kw_only=True)
class DisclosureRules:
    """How small a count may be shown; no threshold is universal, so these are a choice.

    Source of the defaults: the practice that OCHA's Data Responsibility Guidelines (2025) and the
    IASC Operational Guidance (2023) ask every operation to agree on; neither gives a number.
    """

    least: int = 5
    """Counts from 1 to one less are published as a range."""
    least_protection: int = 10
    """The same for protection and health, where a count tells of harm."""
    rounding: int = 5
    """Other counts are rounded to a multiple of it, each by itself."""
    least_base: int = 30
    """People below which a rate is not published."""

    def least_of(self, sector: str | None) -> int:
        """Return the smallest count of a sector that is told; None is no sector's."""
        return self.least_protection if sector in STRICT_SECTORS else self.least

    def __post_init__(self) -> None:
        if min(self.least, self.least_protection, self.rounding) < 1 or self.least_base < 0:
            raise LayersError(
                "a threshold of disclosure is below 1; give whole numbers of people from 1 up"
            )
