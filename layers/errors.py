"""What can go wrong, each with one sentence: what, where and what next."""

from difflib import get_close_matches


class LayersError(Exception):
    """Root of every error that a user can be told about."""

    def __str__(self) -> str:
        # KeyError shows the repr of its sentence; people read these.
        return str(self.args[0]) if self.args else self.__class__.__name__


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
    """A file of a user that cannot be used: the sentence, its fault and what fills its words."""

    def __init__(self, sentence: str, fault: str, **values: object) -> None:
        super().__init__(sentence)
        self.fault = fault
        """A ``FileFault``."""
        self.values = values


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


class StoreError(LayersError, OSError):
    """A store that is absent, damaged or of another version."""


class RecordError(LayersError, OSError):
    """A scenario or decision that is absent, was changed, or cannot be written."""


class ExportError(LayersError, OSError):
    """A file that cannot be written; what was there stays."""


class LayersWarning(UserWarning):
    """Root of the warnings."""


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
        ``": did you mean a, b?"`` or ``""`` where nothing is near.
    """
    close = get_close_matches(name, known, n=3, cutoff=0.6)
    return f": did you mean {', '.join(close)}?" if close else ""
