"""The scenarios that come with the product."""

from layers.decide.scenario import Scenario

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

WITHHELD: tuple[tuple[str, float], ...] = (("gap", 3.0),)
"""What would be weighed too and is not yet: no activity of partners is loaded."""
