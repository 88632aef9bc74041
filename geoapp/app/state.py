"""What a visitor looks at: one view of the page, whatever says so."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from geoapp.app.map_state import NO_TOOLS, MapTools
from geoapp.app.office_choices import Choices
from geoapp.words import DEFAULT_LANGUAGE
from layers.decide.narrow import Filters, Settling
from layers.decide.pattern import Quadrant
from layers.decide.scenario import Scenario
from layers.terms import AdminLevel

MAX_WEIGHT = 10
"""Where a slider ends."""
SCORE = "score"
"""The layer of the map that shows the ranking itself."""
CHANGE = "change"
"""The layer of the map that shows who climbs and who falls against another scenario."""
BASE = "base"
"""The agreed scenario, as one to compare with."""
JOINT = "joint"
"""All sectors together, as a sector of the quadrants."""


class Page(StrEnum):
    """A view of the product: one question that a visitor comes with."""

    PRIORITIES = "priorities"
    TERRITORY = "territory"
    EMERGENCY = "emergency"
    OFFICES = "offices"
    DATA = "data"

    @property
    def path(self) -> str:
        """Where it is in an address."""
        return _PATHS[self]


class DataPart(StrEnum):
    """What of Datos is open."""

    SOURCES = "sources"
    QUALITY = "quality"
    MISSING = "missing"
    YOURS = "yours"
    EXPORTS = "exports"


class SourceOrder(StrEnum):
    """By what the sources are sorted."""

    CATALOGUE = "catalogue"
    PUBLISHER = "publisher"
    AGE = "age"
    COVERAGE = "coverage"
    LAYERS = "layers"


_PATHS = {
    Page.PRIORITIES: "/",
    Page.TERRITORY: "/territorio",
    Page.EMERGENCY: "/emergencia",
    Page.OFFICES: "/oficinas",
    Page.DATA: "/datos",
}


@dataclass(frozen=True)
class ViewState:
    """One view of the page; defaults are left out of the address."""

    page: Page = Page.PRIORITIES
    level: AdminLevel = AdminLevel.DISTRICT
    layer: str = SCORE
    unit: str | None = None
    other: str | None = None
    """The unit that stands beside the chosen one, of the same level."""
    weights: tuple[tuple[str, float], ...] = ()
    """Weights that differ from the scenario's own."""
    objective: str | None = None
    """Objective of the results frame that narrows the list of layers; all of them if None."""
    part: DataPart = DataPart.SOURCES
    order: SourceOrder = SourceOrder.CATALOGUE
    find: str = ""
    """Text that narrows the sources."""
    top: int | None = None
    """How many count as the first; what the level has by default if None."""
    regions: tuple[str, ...] = ()
    office: str | None = None
    least_people: float = 0.0
    settling: Settling | None = None
    against: str | None = None
    """Scenario that this one is compared with: ``base``, or the name of a saved one."""
    sector: str | None = None
    """Sector whose quadrants are shown, or ``joint``."""
    quadrant: Quadrant | None = None
    """The quadrant that is chosen."""
    offices: Choices = field(default_factory=Choices)
    """What is asked of the offices."""
    language: str = DEFAULT_LANGUAGE
    tools: MapTools = NO_TOOLS
    """What is on the map besides the layer."""
    unread: tuple[str, ...] = field(default=(), compare=False)
    """Parts of the address that mean nothing here, shown to the visitor."""

    def with_(self, **changes: Any) -> "ViewState":
        """Return the view with some fields changed and no note about the address."""
        return replace(self, **{"unread": (), **changes})

    def scenario(self, base: Scenario) -> Scenario:
        """Return the scenario with this view's weights."""
        return base.with_weights(dict(self.weights))

    @property
    def filters(self) -> Filters:
        """What narrows the units that are looked at."""
        return Filters(self.regions, self.office, self.least_people, self.settling)


def changed_weights(scenario: Scenario, base: Scenario) -> tuple[tuple[str, float], ...]:
    """Return the weights of a scenario that differ from those of its base, in its order."""
    own = dict(base.weights)
    return tuple((layer, weight) for layer, weight in scenario.weights if weight != own[layer])
