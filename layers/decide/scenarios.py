"""The scenarios that come with the product."""

from dataclasses import replace

from layers.decide.scenario import Scenario
from layers.spec import Catalogue

DEFAULT = Scenario(
    "default",
    (
        ("venezuelan_people", 8.0),
        ("needs_per_person", 7.0),
        ("hazard_exposure_index", 5.0),
        ("vulnerability_index", 2.0),
        ("lack_of_coping_index", 2.0),
    ),
)

WITHHELD: tuple[tuple[str, float], ...] = (("unmet_need_pct", 3.0),)
"""What is weighed too once activity of partners is loaded: the share of the needs that nobody
answers, and not the number of people, which the scenario weighs already."""


def with_activity(scenario: Scenario, catalogue: Catalogue) -> Scenario:
    """Return a scenario with the gap weighed, where the activity that it takes is loaded.

    Parameters
    ----------
    scenario : Scenario
        One that comes with the product.
    catalogue : Catalogue
        Of a build; it has the layer of the gap only where activity is loaded.

    Returns
    -------
    Scenario
        The same one where no activity is loaded.
    """
    known = {layer for layer, _ in scenario.weights}
    more = [(name, weight) for name, weight in WITHHELD if name in catalogue.layers]
    new = tuple(one for one in more if one[0] not in known)
    return replace(scenario, weights=(*scenario.weights, *new)) if new else scenario
