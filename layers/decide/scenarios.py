"""The scenarios that come with the product."""

from layers.decide.scenario import Scenario

DEFAULT = Scenario(
    "default",
    (("venezuela_5y_people", 8.0), ("nbi_any_pct", 7.0), ("no_insurance_pct", 4.0)),
)
