"""A scenario: what is weighed and how much, frozen and hashable."""

import hashlib
import json
import math
from dataclasses import dataclass, fields, replace
from typing import Any

from layers.errors import ScenarioError
from layers.terms import Aggregation

MAX_MISSING_WEIGHT = 0.40
"""Share of the weight above which a unit has no rank (methods, section 7)."""
ROUNDING = 1e-12
"""What a sum of weights may be off by: a share within it of a limit is on the limit."""


@dataclass(frozen=True)
class Scenario:
    """Weights by layer, in the order in which they are shown, and who they are applied to."""

    id: str
    weights: tuple[tuple[str, float], ...]
    note: str = ""
    """What the author says of it."""
    author: str = ""
    aggregation: Aggregation = Aggregation.ARITHMETIC
    places: tuple[str, ...] = ()
    """First digits of the UBIGEO of the units that take part; all where empty."""
    least: tuple[tuple[str, float], ...] = ()
    """Layers and the least figure of the units that take part, as in population_people 5000."""
    seed: int = 1
    """Of the draws of weights and data."""
    vintage: str = ""
    """Hash of the build that it was made on."""

    def __post_init__(self) -> None:
        for layer, weight in self.weights:
            if not math.isfinite(weight) or weight < 0:
                raise ScenarioError(
                    "the weight of {layer} is {weight}; give a number from 0 up",
                    layer=layer,
                    weight=weight,
                )
        if not math.isfinite(sum(weight for _, weight in self.weights)):
            raise ScenarioError(
                "the weights together are too large to be told apart; give smaller ones"
            )
        if any(not code.isdigit() or len(code) not in (2, 4, 6) for code in self.places):
            raise ScenarioError(
                "the places {places} are not UBIGEO of two, four or six digits",
                places=", ".join(self.places),
            )
        if any(not math.isfinite(number) for _, number in self.least):
            raise ScenarioError("a least figure is not a number; give one, as in 5000")
        if self.seed < 0:
            raise ScenarioError("the seed is {seed}; give a whole number from 0 up", seed=self.seed)
        if sum(weight for _, weight in self.weights) <= 0:
            raise ScenarioError("all weights are 0, so nothing can be ranked; raise one of them")

    def with_weights(self, weights: dict[str, float]) -> "Scenario":
        """Return the scenario with some weights changed.

        Parameters
        ----------
        weights : dict
            From layers of this scenario to their new weight.

        Returns
        -------
        Scenario
            The same layers in the same order.

        Raises
        ------
        ScenarioError
            On a layer that the scenario does not weigh, or an impossible weight.
        """
        unknown = set(weights) - {layer for layer, _ in self.weights}
        if unknown:
            raise ScenarioError(
                "scenario {scenario} does not weigh {unknown}; it weighs {weighed}",
                scenario=self.id,
                unknown=", ".join(sorted(unknown)),
                weighed=", ".join((layer for layer, _ in self.weights)),
            )
        return replace(
            self, weights=tuple((layer, weights.get(layer, old)) for layer, old in self.weights)
        )

    @property
    def shares(self) -> dict[str, float]:
        """Weights above zero as shares that sum to 1."""
        total = sum(weight for _, weight in self.weights)
        return {layer: weight / total for layer, weight in self.weights if weight > 0}

    @property
    def settings(self) -> dict[str, Any]:
        """What differs from the default, besides id and weights, in the order of the fields."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)[2:]
            if getattr(self, field.name) != field.default
        }

    @property
    def hash(self) -> str:
        """Twelve hexadecimal digits that name this scenario; what it leaves as it is by
        default does not enter, so that a new field renames no older scenario."""
        named = [self.id, self.weights, *filter(None, (self.settings,))]
        text = json.dumps(named, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:12]
