"""The classes of the score of a build, the same on screen, on paper and in what leaves."""

from geoapp.answers.build import level_of_build
from layers.built import Build
from layers.countries import COUNTRIES
from layers.decide.score_limits import score_limits
from layers.spec import Catalogue
from layers.terms import AdminLevel


def score_breaks(built: Build, level: AdminLevel, catalogue: Catalogue) -> tuple[float, ...]:
    """Return the inner limits of the classes of the score at a level of a build.

    Parameters
    ----------
    built : Build
        The build.
    level : AdminLevel
        One of its levels.
    catalogue : Catalogue
        Its declarations.

    Returns
    -------
    tuple of float
        As declared for the country where the build knows all that its scenario weighs.
    """
    country = COUNTRIES[built.country]
    table = level_of_build(built, level).table
    return score_limits(table, country.scenario, country.score_breaks, catalogue)
