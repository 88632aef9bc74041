"""What can go wrong, each with one sentence: what, where and what next.

A sentence keeps its template and the values that fill it, so that whoever shows it can say
it in another language: see ``geoapp.words.translate``.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from enum import Enum
from typing import Any, Self


class Sentence(str):
    """An English sentence that knows what it was made of.

    Parameters
    ----------
    template : str
        With named fields, as ``str.format`` reads them; read as it stands where no value is
        given, so that braces in it are braces.
    **values
        By field. Sentences, errors and words of an enumeration can be said in another language;
        text, numbers and truths are kept; of anything else its text.
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: object) -> Self:
        """Fill the template."""
        plain = {name: _plain(value) for name, value in values.items()}
        made = super().__new__(cls, template.format(**plain) if plain else template)
        made.template = template
        made.values = plain
        return made

    def about(self, path: str) -> "Sentence":
        """Return the same of a file by the name that its owner knows, wherever it lies."""
        return Sentence(self.template, **{**self.values, "path": path}) if self.values else self

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """Pickle and copy by the parts."""
        return (self.template,), self.values


def _plain(value: object) -> object:
    if isinstance(value, BaseException) and value.args and isinstance(value.args[0], Sentence):
        return value.args[0]
    if isinstance(value, Enum):
        return Sentence(str(value.value))
    return value if isinstance(value, str | int | float | None) else str(value)


class LayersError(Exception):
    """Root of every error that a user can be told about.

    Parameters
    ----------
    template : str
        The sentence in English with named fields, or a Sentence that is made already.
    **values
        What fills the fields.
    """

    sentence: Sentence
    """What, where and what next; ``str(error)`` is the same in English."""

    def __init__(self, template: str, /, **values: object) -> None:
        if not isinstance(template, Sentence):
            template = Sentence(template, **values)
        self.sentence = template
        super().__init__(self.sentence)

    def __str__(self) -> str:
        # KeyError shows the repr of its sentence; people read these.
        return str(self.sentence)

    def __reduce__(self) -> tuple[Any, ...]:
        # An error of more arguments than its sentence could not be called again with it alone.
        return _again, (type(self), self.sentence, self.__dict__)


def _again(kind: type[LayersError], sentence: Sentence, state: dict[str, Any]) -> LayersError:
    error = kind.__new__(kind)
    LayersError.__init__(error, sentence)
    error.__dict__.update(state)
    return error


class InvalidUbigeoError(LayersError, ValueError):
    """A code that is not six digits of text (or two or four for a coarser level)."""


class UnknownUbigeoError(LayersError, KeyError):
    """A well-formed code that no unit of the country bears."""


class UnknownIdError(LayersError, KeyError):
    """A layer, source or scenario that is not declared."""


class CodeSchemeError(LayersError, ValueError):
    """A table whose codes are mixed, ambiguous or of an unknown scheme."""


class DeclarationError(LayersError, ValueError):
    """A declaration that contradicts itself; raised at import."""


class SourceUnavailableError(LayersError, FileNotFoundError):
    """A source that is in none of its places."""


class SourceDamagedError(LayersError, ValueError):
    """A file whose size, hash, format or columns are not those declared."""


class UserFileError(SourceDamagedError):
    """A file of a visitor that cannot be used."""


class MapPlaceError(UserFileError):
    """A map that does not say where it lies, or lies elsewhere: who gave it can state its system."""


class FetchError(LayersError, OSError):
    """A download that did not finish."""


class ConservationError(LayersError, ArithmeticError):
    """A total that would not be kept by a spread or an aggregation."""


class NeedsError(LayersError, ValueError):
    """Figures, severities or decisions of need that contradict themselves or their rules."""


class ScenarioError(LayersError, ValueError):
    """Weights that cannot rank anything."""


class FocusError(LayersError, ValueError):
    """A choice of offices that cannot be made: too few sites, no demand, a distance that lacks."""


class PatternError(LayersError, ValueError):
    """Values among which no spatial pattern can be told."""


class EventError(LayersError, ValueError):
    """A footprint that cannot be read or placed, or an option that contradicts it."""


class EventOptionError(EventError):
    """A distance or thresholds that no footprint can be read with."""


class EventStatementError(EventError):
    """What no form gives of an event: an address that was cut or written by hand."""


class NoGroundError(EventError):
    """A footprint of lines or points without the distance that they reach."""


class StoreError(LayersError, OSError):
    """A store that is absent, damaged or of another version."""


class NewerStoreError(StoreError):
    """A store that a newer version wrote: nothing of it may be replaced."""


class BackupError(LayersError, OSError):
    """A backup that cannot be written, is not whole, or would replace a store."""


class RecordError(LayersError, OSError):
    """A scenario or decision that is absent, was changed, or cannot be written."""


class ExportError(LayersError, OSError):
    """A file that cannot be written; what was there stays."""


def nearest(name: str, known: list[str]) -> str:
    """Name the declared ids that look like an unknown one.

    Parameters
    ----------
    name : str
        The unknown id.
    known : list of str
        The declared ones.

    Returns
    -------
    str
        The sentence ``": did you mean a, b?"``, or ``""`` where nothing is near.
    """
    close = get_close_matches(name, known, n=3, cutoff=0.6)
    return Sentence(": did you mean {names}?", names=", ".join(close)) if close else ""


def either(names: Iterable[str]) -> Sentence:
    """Return names as a choice: ``a or b``.

    Parameters
    ----------
    names : iterable of str
        One or more.

    Returns
    -------
    Sentence
        Its "or" can be said in another language.
    """
    *others, last = names
    if not others:
        return Sentence(last)
    return Sentence("{first} or {last}", first=either(others), last=last)


def joined(sentences: Iterable[str], separator: str = "\n") -> Sentence:
    """Return several sentences as one, each of which can still be said in another language.

    Parameters
    ----------
    sentences : iterable of str
        In order.
    separator : str
        Between two of them; without braces.

    Returns
    -------
    Sentence
        A line each, unless another separator is given.
    """
    parts = {f"part_{place}": sentence for place, sentence in enumerate(sentences)}
    return Sentence(separator.join(f"{{{name}}}" for name in parts), **parts)


def said_by_system(error: OSError) -> Sentence:
    """Return what the system says of a file that it refuses, without number and path.

    Parameters
    ----------
    error : OSError
        As it was caught.

    Returns
    -------
    Sentence
        For instance ``No space left on device``; languages may know the usual ones.
    """
    said = _plain(error)
    return said if isinstance(said, Sentence) else Sentence(error.strerror or str(error))
