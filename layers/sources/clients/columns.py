"""Refuse an answer whose columns are not the known ones, with the difference in words."""

from layers.errors import Sentence
from layers.sources.clients.asking import Ask
from layers.sources.clients.schema import Types, changes
from layers.sources.network import Reason


def check_columns(
    ask: Ask, found: Types, needed: Types | None = None, optional: Types | None = None
) -> None:
    """Refuse columns that are not those of the declaration, or not those of the last time.

    Without what a client reads nothing can be made of an answer, so that no consent helps. Any
    other difference is refused until who asks has seen it: a column that came may be a new
    breakdown, whose rows would be counted twice.

    Parameters
    ----------
    ask : Ask
        Tells the columns of the last time, and whether a difference was consented to.
    found : mapping
        Type by field of the answer.
    needed : mapping, optional
        Fields that the client reads.
    optional : mapping, optional
        Fields that are documented and not read.

    Raises
    ------
    DownloadError
        Naming the columns that came, went or are of another type.
    """
    check_readable(ask, found, needed or {})
    known, may_be = (ask.types, None) if ask.types else (needed or found, optional)
    difference = changes(found, known, may_be)
    if difference and not ask.accepts_schema:
        raise ask.refuse(
            Reason.SCHEMA,
            Sentence(
                "its columns changed ({difference}); see {landing}, and repeat with --accept-schema "
                "if all is well",
                difference=difference.sentence,
                landing=ask.spec.landing,
            ),
        )


def check_readable(ask: Ask, found: Types, needed: Types) -> None:
    """Refuse an answer that lacks a field that is read, or has it of another type.

    Parameters
    ----------
    ask : Ask
        Named in the error.
    found : mapping
        Type by field of the answer.
    needed : mapping
        Fields that the client reads.

    Raises
    ------
    DownloadError
        Naming the fields that went or are of another type.
    """
    unreadable = changes(found, needed, found)
    if unreadable:
        raise ask.refuse(
            Reason.SCHEMA,
            Sentence(
                "its columns changed ({difference}) and it cannot be read so; see {landing}",
                difference=unreadable.sentence,
                landing=ask.spec.landing,
            ),
        )
