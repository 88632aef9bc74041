"""A row of a file that counts nowhere, as every loader reports it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unplaced:
    """A row or feature of a file that no unit takes in, or that counts in none."""

    row: int
    code: str
    name: str
    """The place as the file names it, or the cell that is at fault."""
    reason: str
    nearest: tuple[str, ...] = ()
