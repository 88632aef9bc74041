"""How whatever leaves the product says which edition it is of."""

from geoapp.words import say
from layers.built import Build


def edition_line(built: Build, language: str) -> str:
    """Return the sentence of the public edition; empty for the full one.

    Parameters
    ----------
    built : Build
        The build.
    language : str
        A language of the product.

    Returns
    -------
    str
        Without a full stop.
    """
    return say("access.edition_line", language) if built.disclosure else ""


def with_edition(built: Build, line: str, language: str) -> str:
    """Return a line at the foot of a page, with the edition before it where it is the public one."""
    return " · ".join(filter(None, (edition_line(built, language), line)))
