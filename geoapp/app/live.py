"""What follows a hand on a slider: figures for the browser to score, and how firm places are."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from geoapp.answers.build import level_of_build
from geoapp.answers.robust import choice_sentences, explain_answer, told_firmness
from geoapp.answers.score_classes import score_breaks
from geoapp.app.address import encode
from geoapp.app.forever import name_of
from geoapp.app.state import ViewState
from geoapp.store.builds import Stored
from geoapp.work.aside import InTurn
from geoapp.work.once import Once, Use
from layers.decide.aggregation import worth_of
from layers.decide.draws import Rules
from layers.decide.firmness import Firmness, firmness_of
from layers.decide.inputs import Inputs, weigh_inputs
from layers.decide.scenario import MAX_MISSING_WEIGHT, Scenario
from layers.spec import Catalogue
from layers.terms import AdminLevel, Aggregation

TOP = {AdminLevel.DISTRICT: 50, AdminLevel.PROVINCE: 20, AdminLevel.REGION: 12}
"""How many units of a level count as the first, where a visitor asks for no other number."""
TOPS = {
    AdminLevel.DISTRICT: (10, 20, 50, 100, 200),
    AdminLevel.PROVINCE: (5, 10, 20, 50, 100),
    AdminLevel.REGION: (3, 5, 8, 12),
}
"""The numbers that can be asked for."""
DRAWS = 10_000
STEPS = 65_535
"""A worth of 1 as a whole number of two bytes: a score is off by less than 0.001."""
_ABSENT_BIT = 15


def top_of(view: ViewState) -> int:
    """Return how many units count as the first in a view."""
    return view.top or TOP[view.level]


@dataclass(frozen=True)
class Points:
    """Figures of all layers with a slider, as the browser scores them."""

    name: str
    """Hash of the content."""
    content: bytes
    """Whole numbers of two bytes, low byte first: by layer the worth of each unit, with the
    median in place of what is missing; then one mask by unit, with a bit for each layer of
    which it has no figure of its own, and the last bit where the filters leave it out."""
    has_any: tuple[bool, ...]
    """By layer, whether any unit has a figure."""


def pack_points(by_layer: dict[str, Inputs], aggregation: Aggregation) -> Points:
    """Pack the figures of the layers of a level.

    Parameters
    ----------
    by_layer : dict
        By layer, what a scenario that weighs it alone would weigh.
    aggregation : Aggregation
        How figures are combined.

    Returns
    -------
    Points
        Units in the order of the table.
    """
    rows: list[npt.NDArray[np.integer]] = []
    mask: npt.NDArray[np.integer] = np.zeros(0, dtype=np.uint16)
    for bit, (layer, inputs) in enumerate(by_layer.items()):
        worth = worth_of(inputs.point[layer], aggregation)
        rows.append(np.rint(worth.to_numpy(dtype=float) * STEPS).astype(np.uint16))
        if bit == 0:
            mask = (~inputs.in_scope.to_numpy(dtype=bool)).astype(np.uint16) << _ABSENT_BIT
        mask = mask | inputs.lacks[layer].to_numpy(dtype=bool).astype(np.uint16) << bit
    content = np.concatenate([*rows, mask]).astype("<u2").tobytes()
    return Points(
        name=name_of(content),
        content=content,
        has_any=tuple(bool(one.known[layer].notna().any()) for layer, one in by_layer.items()),
    )


class Live:
    """Figures and firmness of one build, each made once."""

    def __init__(
        self, stored: Stored, catalogue: Catalogue, base: Scenario, sums: InTurn | None = None
    ) -> None:
        self._sums = sums or InTurn()
        self._stored = stored
        self._catalogue = catalogue
        self._base = base
        self._points = Once(self._pack, len(AdminLevel))
        self._firmness = Once(self._draw, 256)
        self._choice = Once(self._tell_choice, 256)
        self._breaks = Once(self._find_breaks, len(AdminLevel))

    @property
    def build(self) -> str:
        """What tells the answers of this build from those of another."""
        return f"{self._stored.build.hash}-{self._stored.build.version}"

    def caches(self) -> dict[str, Use]:
        """Return how often what is kept was asked for."""
        return {
            "points": self._points.use(),
            "firmness": self._firmness.use(),
            "choice": self._choice.use(),
        }

    def points(self, level: AdminLevel) -> Points:
        """Return the figures of a level."""
        return self._points(level)

    def breaks(self, level: AdminLevel) -> tuple[float, ...]:
        """Return the inner limits of the classes of the score at a level."""
        return self._breaks(level)

    def _find_breaks(self, level: AdminLevel) -> tuple[float, ...]:
        return score_breaks(self._stored.build, level, self._catalogue)

    def scoring(self, view: ViewState) -> dict[str, Any]:
        """Return what the browser scores by, and where figures and firmness are told."""
        points = self.points(view.level)
        scenario = view.scenario(self._base)
        return {
            "address": f"/points/{view.level}-{points.name}.bin",
            "firmness": self.firmness_address(view),
            "breaks": self.breaks(view.level),
            "layers": [layer for layer, _ in scenario.weights],
            "weights": [weight for _, weight in scenario.weights],
            "hasAny": points.has_any,
            "isProduct": scenario.aggregation is Aggregation.GEOMETRIC,
            "steps": STEPS,
            "mostMissing": MAX_MISSING_WEIGHT,
            "absentBit": _ABSENT_BIT,
        }

    def firmness_address(self, view: ViewState) -> str:
        """Return where the firmness of a ranking is told: one for every language and unit."""
        told = encode(ViewState(weights=view.weights, top=view.top))
        return f"/firmness/{self.build}/{view.level}.json{told[1:]}"

    def explanation(self, view: ViewState) -> list[str]:
        """Return why the chosen unit stands where it stands, in sentences."""
        if view.unit is None:
            return []
        table = level_of_build(self._stored.build, view.level).table
        scenario = view.scenario(self._base)
        told = explain_answer(table, scenario, self._catalogue, view.unit, top_of(view))
        sentences: list[str] = told["sentences"][view.language]
        return sentences

    def firmness(self, level: AdminLevel, scenario: Scenario, top: int) -> dict[str, Any]:
        """Return how firm the places of a level are; drawn once per scenario and level."""
        firm, sentence = self._firmness(level, scenario), self._choice(level, scenario, top)
        asked = replace(firm, among={top: firm.among[top]})
        drawn = told_firmness(asked, _rules(scenario))
        return {**drawn, "top": top, "among": drawn["among"][top], "sentence": sentence}

    def prepare(self) -> None:
        """Work out how firm the places of what most people see first are, before they ask."""
        level = next(iter(self._stored.build.levels))
        self.firmness(level, self._base, TOP[level])

    def _pack(self, level: AdminLevel) -> Points:
        table = level_of_build(self._stored.build, level).table
        nothing = {layer: 0.0 for layer, _ in self._base.weights}
        alone = {
            layer: weigh_inputs(
                table, self._base.with_weights({**nothing, layer: 1.0}), self._catalogue
            )
            for layer in nothing
        }
        return pack_points(alone, self._base.aggregation)

    def _draw(self, level: AdminLevel, scenario: Scenario) -> Firmness:
        table = level_of_build(self._stored.build, level).table
        inputs = weigh_inputs(table, scenario, self._catalogue)
        given = (inputs, scenario.aggregation, _rules(scenario), TOPS[level])
        return self._sums.run(firmness_of, *given)

    def _tell_choice(self, level: AdminLevel, scenario: Scenario, top: int) -> dict[str, str]:
        table = level_of_build(self._stored.build, level).table
        return choice_sentences(table, scenario, self._catalogue, top)


def _rules(scenario: Scenario) -> Rules:
    return Rules(draws=DRAWS, seed=scenario.seed)
