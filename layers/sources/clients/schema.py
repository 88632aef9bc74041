"""The columns of an answer, and what changed in them since they were known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from layers.errors import Sentence, joined


class FieldType(StrEnum):
    """What the values of a field are."""

    TEXT = "text"
    NUMBER = "number"
    TRUTH = "true or false"
    LIST = "list"
    OBJECT = "object"
    MIXED = "of several types"
    NONE = ""
    """No row has a value, or any value will do."""


Types = Mapping[str, str]
"""Type by field: a FieldType, or what a service with types of its own calls it."""


@dataclass(frozen=True)
class Changes:
    """What differs between known columns and found ones."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    changed: tuple[tuple[str, str, str], ...]
    """(field, type known, type found)."""

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.changed)

    @property
    def sentence(self) -> Sentence:
        """The differences, column by column."""
        parts = []
        if self.came:
            parts.append(Sentence("new: {names}", names=", ".join(self.came)))
        if self.went:
            parts.append(Sentence("gone: {names}", names=", ".join(self.went)))
        parts += [
            Sentence(
                "{field} was {before} and is {now}",
                field=field,
                before=Sentence(before),
                now=Sentence(now),
            )
            for field, before, now in self.changed
        ]
        return joined(parts, "; ")


def types_of(rows: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Return the type of each field of some rows.

    Parameters
    ----------
    rows : iterable of mapping
        Objects of JSON.

    Returns
    -------
    dict
        By field.
    """
    found: dict[str, str] = {}
    for row in rows:
        for field, value in row.items():
            kind = _type_of(value)
            known = found.setdefault(field, kind)
            if kind and known != kind:
                found[field] = FieldType.MIXED if known else kind
    return found


def types_of_whole(rows: Sequence[Mapping[str, object]], needed: Types) -> dict[str, str]:
    """Return the same; a field that is read and that some row lacks is not there.

    Parameters
    ----------
    rows : sequence of mapping
        Objects of JSON.
    needed : mapping
        Fields that are read of each row.

    Returns
    -------
    dict
        By field.
    """
    return {
        field: kind
        for field, kind in types_of(rows).items()
        if field not in needed or all(field in row for row in rows)
    }


_TYPES: tuple[tuple[type, FieldType], ...] = (
    # A truth is a number too, as Python sees it, so that it goes first.
    (bool, FieldType.TRUTH),
    (int, FieldType.NUMBER),
    (float, FieldType.NUMBER),
    (str, FieldType.TEXT),
    (list, FieldType.LIST),
    (dict, FieldType.OBJECT),
)


def _type_of(value: object) -> FieldType:
    return next((kind for one, kind in _TYPES if isinstance(value, one)), FieldType.NONE)


def changes(found: Types, needed: Types, optional: Types | None = None) -> Changes:
    """Compare the columns found with those that are known.

    Parameters
    ----------
    found : mapping
        Type by field.
    needed : mapping
        Fields that must be there.
    optional : mapping, optional
        Fields that may be there.

    Returns
    -------
    Changes
        A field without any value is of whatever type it should be.
    """
    known = {**(optional or {}), **needed}
    return Changes(
        came=tuple(field for field in found if field not in known),
        went=tuple(field for field in needed if field not in found),
        changed=tuple(
            (field, known[field], found[field])
            for field in found
            if field in known and known[field] and found[field] and known[field] != found[field]
        ),
    )
