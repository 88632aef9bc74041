"""A country as the product serves it: profile, declarations and scenario travel together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.decide.scenario import Scenario
from layers.spec import Catalogue, CountryProfile, Expectations, ServiceSpec
from layers.terms import AdminLevel


@dataclass(frozen=True, kw_only=True)
class Country(CountryProfile):
    """A country as the product serves it.

    The fields below are no part of its text, since the hash of a build rests on the profile
    and on the layers, and not on what is weighed or expected afterwards.
    """

    catalogue: Catalogue = field(repr=False)
    """Its sources, layers, sectors, hazards and results frame."""
    scenario: Scenario = field(repr=False)
    """What is weighed where nobody says otherwise."""
    score_breaks: Mapping[AdminLevel, tuple[float, ...]] = field(default_factory=dict, repr=False)
    """Inner class limits of the score by level, where all that the scenario weighs is known."""
    expected: Expectations = field(default_factory=Expectations, repr=False)
    """What its figures must add up to."""
    services: tuple[ServiceSpec, ...] = field(default=(), repr=False)
    """Services on the web that give files of it."""
    ages: tuple[tuple[str, int, int | None], ...] = ()
    """Layers that are shares of residents by age: (layer, first year, last year; None for all
    older ones), youngest first, every age once."""
    women: str | None = None
    """Layer of the share of women among residents."""
    headlines: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Sections of a sheet (people, risks, services) and the layers that it tells first in each;
    all the rest is folded below."""
    beside: tuple[str, ...] = ()
    """Main layers on which a unit is compared with its neighbours."""
    sheet: tuple[str, ...] = ()
    """Layers that a sheet of a unit tells beside weights, sectors and indices."""
