"""A scenario: what is weighed and how much, frozen and hashable."""

import hashlib
import json
import math
from dataclasses import dataclass

from layers.errors import ScenarioError

MAX_MISSING_WEIGHT = 0.40
"""Share of the weight above which a unit has no rank (methods, section 7)."""


@dataclass(frozen=True)
class Scenario:
    """Weights by layer, in the order in which they are shown."""

    id: str
    weights: tuple[tuple[str, float], ...]

    def __post_init__(self) -> None:
        for layer, weight in self.weights:
            if not math.isfinite(weight) or weight < 0:
                raise ScenarioError(f"the weight of {layer} is {weight}; give a number from 0 up")
        if not math.isfinite(sum(weight for _, weight in self.weights)):
            raise ScenarioError(
                "the weights together are too large to be told apart; give smaller ones"
            )
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
                f"scenario {self.id} does not weigh {', '.join(sorted(unknown))}; "
                f"it weighs {', '.join(layer for layer, _ in self.weights)}"
            )
        return Scenario(
            self.id, tuple((layer, weights.get(layer, old)) for layer, old in self.weights)
        )

    @property
    def shares(self) -> dict[str, float]:
        """Weights above zero as shares that sum to 1."""
        total = sum(weight for _, weight in self.weights)
        return {layer: weight / total for layer, weight in self.weights if weight > 0}

    @property
    def hash(self) -> str:
        """Twelve hexadecimal digits that name this scenario."""
        text = json.dumps([self.id, self.weights], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:12]
