"""From the units of one vintage to those of another, keeping every total."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from layers.errors import ConservationError, DeclarationError

COLUMNS = ("from", "to", "share", "basis")
CODE = "code"
RENUMBERED = "renumbered"
PEOPLE = "people"
AREA = "area"
_BASES = (CODE, RENUMBERED, PEOPLE, AREA)
SLACK = 1e-9


@dataclass(frozen=True)
class Crosswalk:
    """Links between two vintages of units; a code without a link keeps its code."""

    links: pd.DataFrame
    """from, to, share (of the people of ``from`` who live in ``to``) and basis: code,
    renumbered, people or area. The shares of each ``from`` sum to 1."""

    def __post_init__(self) -> None:
        if tuple(self.links.columns) != COLUMNS:
            raise DeclarationError(
                "a crosswalk has the columns {columns}", columns=", ".join(COLUMNS)
            )
        strange = sorted(set(self.links["basis"]) - set(_BASES))
        if strange:
            raise DeclarationError(
                "a crosswalk has no basis {names}", names=", ".join(map(str, strange))
            )
        if self.links.duplicated(["from", "to"]).any():
            raise DeclarationError("a crosswalk links two units once only")
        total = self.links.groupby("from")["share"].sum()
        wrong = total[(total - 1).abs() > SLACK]
        if len(wrong):
            first = ", ".join(f"{code} {share:g}" for code, share in wrong.head(10).items())
            raise ConservationError(
                "the shares of {count} units do not sum to 1: {first}",
                count=len(wrong),
                first=first,
            )

    @classmethod
    def of(cls, *links: tuple[str, str, float, str]) -> "Crosswalk":
        """Make a crosswalk from rows of (from, to, share, basis); none changes nothing."""
        frame = pd.DataFrame(list(links), columns=list(COLUMNS))
        return cls(frame.astype({"share": float}))

    def links_of(self, codes: pd.Index) -> pd.DataFrame:
        """Return the links of some units, with basis ``code`` for those that keep theirs.

        Parameters
        ----------
        codes : Index of str
            Units of the vintage that is left.

        Returns
        -------
        DataFrame
            Columns as ``links``.
        """
        here = self.links[self.links["from"].isin(codes)]
        rest = codes.difference(pd.Index(here["from"]))
        same = pd.DataFrame({"from": rest, "to": rest, "share": 1.0, "basis": CODE})
        return pd.concat([frame for frame in (here, same) if len(frame)] or [here])

    def then(self, other: "Crosswalk") -> "Crosswalk":
        """Return the crosswalk that goes on through another one: s(a→c) = Σ_b s(a→b)·s(b→c).

        Parameters
        ----------
        other : Crosswalk
            From the vintage that this one arrives at.

        Returns
        -------
        Crosswalk
            The softer of two bases is named: area before people before renumbered before code.
        """
        starts = pd.Index(self.links["from"]).union(pd.Index(other.links["from"]))
        # A code that only arises on the way is no unit of the vintage that is left.
        first = self.links_of(starts.difference(self.born))
        second = other.links_of(pd.Index(first["to"].unique()))
        both = first.merge(second, left_on="to", right_on="from", suffixes=("", "_then"))
        softness = {basis: order for order, basis in enumerate(_BASES)}
        both["order"] = both[["basis", "basis_then"]].replace(softness).max(axis=1)
        both["share"] = both["share"] * both["share_then"]
        joined = both.groupby(["from", "to_then"], as_index=False).agg(
            share=("share", "sum"), order=("order", "max")
        )
        joined["basis"] = joined.pop("order").map(dict(enumerate(_BASES)))
        return Crosswalk(joined.rename(columns={"to_then": "to"})[list(COLUMNS)])

    def without(self, known: pd.Index) -> "Crosswalk":
        """Return the crosswalk for a table that already bears some of the new codes.

        Parameters
        ----------
        known : Index of str
            Codes with a figure of their own: nothing is carried to them.

        Returns
        -------
        Crosswalk
            Shares of each unit renormalised over what is left.
        """
        is_left = (self.links["from"] == self.links["to"]) | ~self.links["to"].isin(known)
        return self._left(is_left.to_numpy().tobytes())

    def _left(self, is_left: bytes) -> "Crosswalk":
        """Return some of the links with their shares; once, for many tables bear the same codes."""
        if is_left not in self._known_left:
            links = self.links[np.frombuffer(is_left, dtype=bool)]
            share = links["share"] / links.groupby("from")["share"].transform("sum")
            found = Crosswalk(links.assign(share=share).reset_index(drop=True))
            self._known_left[is_left] = found
        return self._known_left[is_left]

    @cached_property
    def born(self) -> pd.Index:
        """Codes that links lead to and none leaves."""
        return pd.Index(self.links["to"]).difference(pd.Index(self.links["from"]))

    @cached_property
    def spoken_of(self) -> pd.Index:
        """Codes that a link leaves or leads to; all others keep code and figure."""
        return pd.Index(self.links["from"]).union(pd.Index(self.links["to"]))

    @cached_property
    def ways(self) -> list[Any]:
        """Return what was sought of these links for the codes of a table, by who sought it."""
        return []

    @cached_property
    def _known_left(self) -> dict[bytes, "Crosswalk"]:
        return {}


UNCHANGED = Crosswalk.of()
"""Every unit keeps its code; not to be changed."""


def normalised(first: pd.Series, second: pd.Series, groups: pd.Series) -> pd.Series:
    """Return shares inside each group by the first size, by the second where the first is nil."""
    total = first.groupby(groups).transform("sum")
    fallback = second / second.groupby(groups).transform("sum")
    return (first / total.where(total > 0)).where(total > 0, fallback)
