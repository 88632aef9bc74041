"""What became of a source in a fetch."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from layers.errors import Sentence, said_by_system
from layers.sources.network import DownloadError, Reason


class Outcome(StrEnum):
    """The four ends of one source."""

    PRESENT = "present"
    FETCHED = "fetched"
    PLANNED = "planned"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class FetchResult:
    """What became of one source."""

    id: str
    outcome: Outcome
    place: str | None = None
    """store, mirror or starter; None where the source could not be had."""
    path: Path | None = None
    tries: int = 0
    """Times that the server was asked."""
    reason: Reason | None = None
    problem: Sentence | None = None
    """One sentence, where the source could not be had."""


def failed(source_id: str, error: DownloadError, tries: int = 0) -> FetchResult:
    """Return the result of a source that could not be had.

    Parameters
    ----------
    source_id : str
        The source.
    error : DownloadError
        Its reason and its sentence.
    tries : int
        Times that the server was asked.

    Returns
    -------
    FetchResult
        Its sentence names the source.
    """
    named = error.sentence
    if f"source {source_id} " not in named:
        named = Sentence("{id}: {problem}", id=source_id, problem=error)
    return FetchResult(
        id=source_id, outcome=Outcome.FAILED, tries=tries, reason=error.reason, problem=named
    )


def unwritable(store: Path, error: OSError) -> DownloadError:
    """Return the error of a store that takes no file: read-only, full or not allowed."""
    return DownloadError(
        "{store} cannot be written ({error}); make room, or set GEOAPP_STORE to another folder",
        Reason.DISK,
        store=store,
        error=said_by_system(error),
    )
