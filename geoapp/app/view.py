"""What the page shows of a build: paint of the map, legend, ranking and card as plain data."""

from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from geoapp.answers.build import level_of_build
from geoapp.answers.cells import ranges_of
from geoapp.answers.chain import Chains
from geoapp.app.address import decode
from geoapp.app.live import Live
from geoapp.app.narrow import Narrow
from geoapp.app.office_choices import known_choices
from geoapp.app.overlays import Overlays
from geoapp.app.paint import paint_of
from geoapp.app.possible import possible_view
from geoapp.app.quality import QUALITY, quality_shown
from geoapp.app.rivals import Rivals
from geoapp.app.routes import Geometries
from geoapp.app.shelf import OwnLayer, Shelf
from geoapp.app.shown import Shown
from geoapp.app.state import CHANGE, SCORE, ViewState
from geoapp.app.tiles import Tiles
from geoapp.event.answer import ground_of
from geoapp.store.builds import Stored
from geoapp.store.kept import Kept
from geoapp.style import change_breaks
from geoapp.words import say
from geoapp.work.aside import InTurn
from geoapp.work.once import Use
from layers.built import LevelBuild
from layers.countries import COUNTRIES
from layers.decide.event_ground import EventGround
from layers.decide.scenario import Scenario
from layers.decide.scenarios import WITHHELD
from layers.decide.score import Ranking
from layers.spec import Catalogue, SourceSpec
from layers.table.confidence import (
    classify_confidence,
    unit_confidence,
)
from layers.table.dependence import coverage_of_sources
from layers.terms import AdminLevel, Method, Unit

_KEPT = 128
"""Layers, and scores, whose figures are kept ready to be drawn."""


class Views:
    """Answers of one build, the rankings kept by scenario."""

    def __init__(
        self,
        stored: Stored,
        catalogue: Catalogue,
        base: Scenario,
        geometries: Geometries,
        decisions: Kept | None = None,
        tiles: Tiles | None = None,
        embed: tuple[str, ...] = (),
        sums: InTurn | None = None,
    ) -> None:
        self.embed = embed
        self.decisions = decisions
        self.stored = stored
        self.geometries = geometries
        self.country = COUNTRIES[stored.build.country]
        self.overlays = Overlays(stored, self.country, tiles)
        self.catalogue = catalogue
        self.base = base
        self.levels = tuple(stored.build.levels)
        self.layers = frozenset(
            layer for made in stored.build.levels.values() for layer in made.table.sources
        )
        self.objectives = catalogue.frame.objectives if catalogue.frame else ()
        self.live = Live(stored, catalogue, base, sums)
        self.chains = Chains(stored.build, catalogue)
        self.narrow = Narrow(stored.build)
        self.rivals = Rivals(stored, catalogue, base, decisions)
        self.shelf = Shelf()
        self.coverage = lru_cache(maxsize=1)(self._coverage)
        self._figures = lru_cache(maxsize=_KEPT)(self._figures_of)
        self._scores = lru_cache(maxsize=_KEPT)(self._scores_of)
        self._serving = lru_cache(maxsize=_KEPT)(self._serve)
        self.known_layers = lru_cache(maxsize=len(AdminLevel))(self._known_layers)

    @cached_property
    def event_ground(self) -> EventGround:
        """What events ask of the build."""
        return ground_of(self.stored.build, self.catalogue)

    @property
    def activity(self) -> SourceSpec | None:
        """What the gap rests on, where activity of partners is loaded and weighs."""
        weighed = {name for name, _ in self.base.weights}
        is_weighed = weighed.intersection(name for name, _ in WITHHELD)
        return self.catalogue.source("loaded_activity") if is_weighed else None

    def level(self, level: AdminLevel) -> LevelBuild:
        """Return one level of the build."""
        return level_of_build(self.stored.build, level)

    def caches(self) -> dict[str, Use]:
        """Return how often answers that are kept were asked for again, by what they are."""
        return {**self.live.caches(), **self.rivals.caches()}

    def read(self, address: str) -> ViewState:
        """Return the view that an address of this page tells."""
        layers = self.layers | QUALITY.keys() | self.own().keys()
        return decode(address, layers, self.base, self.objectives)

    def own(self) -> dict[str, OwnLayer]:
        """Return the layers that who asks has brought, by id; nobody else sees them."""
        return self.shelf.layers_of_visitor()

    def title(self, view: ViewState) -> str:
        """Return what the shown layer is called."""
        own = self.own().get(view.layer)
        if own is not None:
            return say("own.title", view.language, title=own.title)
        return say(f"layer.{view.layer}.short", view.language)

    def possible(self, view: ViewState) -> ViewState:
        """Return the view with what the build has: level, units, offices, filters and scenarios."""
        offices, unknown = known_choices(view.offices, self.level(self.levels[0]).units.index)
        tools, absent = self.overlays.possible(view.tools, view.layer)
        unread = (*view.unread, *(f"o={place}" for place in unknown), *absent)
        asked = replace(view, offices=offices, tools=tools, unread=unread)
        return possible_view(asked, self.stored.build, self.narrow, self.rivals)

    def narrowed(self, objective: str | None, shown: str | None) -> tuple[str, ...]:
        """Return the layers that serve an objective, and the one that is shown."""
        serving = self._serving(objective)
        return tuple(n for n in self.catalogue.layers if n in serving or n == shown)

    @cached_property
    def served(self) -> frozenset[str]:
        """The objectives that some layer serves."""
        objectives_of = self.catalogue.objectives_of
        return frozenset(n for layer in self.catalogue.layers for n in objectives_of(layer))

    def _serve(self, objective: str | None) -> frozenset[str]:
        objectives_of = self.catalogue.objectives_of
        return frozenset(
            layer for layer in self.catalogue.layers if objective in (None, *objectives_of(layer))
        )

    def _known_layers(self, level: AdminLevel) -> frozenset[str]:
        """Return the layers of which some unit of a level has a figure."""
        values = self.level(level).table.values
        return frozenset(values.columns[values.notna().any()])

    def ranking(self, view: ViewState) -> Ranking:
        """Return the ranking of a view; made once per scenario and level."""
        return self.rivals.ranking(view.level, view.scenario(self.base))

    def shown(self, view: ViewState) -> Shown:
        """Return the figures of the layer of a view."""
        made = self.level(view.level)
        if view.layer == SCORE:
            return self._scores(view.level, view.scenario(self.base))
        if view.layer in QUALITY:
            weights = dict(view.scenario(self.base).weights)
            return quality_shown(made.table, self.catalogue, weights, view.layer)
        own = self.own().get(view.layer)
        if own is not None:
            return own.shown(view.level, made.units.index, self.people(own.level))
        if view.layer == CHANGE:
            classes = classify_confidence(self.confidence(view))
            climbed = self.rivals.change(view)
            return Shown(climbed, Unit.PLACES, change_breaks(view.level), classes)
        return self._figures(view.level, view.layer)

    def _scores_of(self, level: AdminLevel, scenario: Scenario) -> Shown:
        made = self.level(level)
        score = self.rivals.ranking(level, scenario).units["score"].reindex(made.units.index)
        trust = unit_confidence(made.table.confidence, dict(scenario.weights))
        return Shown(score, Unit.INDEX_0_100, self.live.breaks(level), classify_confidence(trust))

    def _figures_of(self, level: AdminLevel, name: str) -> Shown:
        table, layer = self.level(level).table, self.catalogue.layer(name)
        return Shown(
            table.layer(name),
            layer.unit,
            layer.breaks,
            classify_confidence(table.confidence[name]),
            ranges_of(table, name),
            layer.is_index,
        )

    def people(self, level: AdminLevel) -> pd.Series:
        """Return the residents of the units of a level; unknown where the level has none."""
        made = self.level(level)
        name = COUNTRIES[self.stored.build.country].population
        values = made.table.values
        return values.get(name, pd.Series(np.nan, index=made.units.index))

    def confidence(self, view: ViewState) -> pd.Series:
        """Return the confidence of each unit under the weights of a view, 0 to 1."""
        weights = dict(view.scenario(self.base).weights)
        return unit_confidence(self.level(view.level).table.confidence, weights)

    def paint(self, view: ViewState) -> dict[str, Any]:
        """Return what the browser needs to draw a view: classes, labels and circles.

        Parameters
        ----------
        view : ViewState
            The view.

        Returns
        -------
        dict
            In the order of the geometry of the level.
        """
        return {
            "title": self.title(view),
            "estimate": say("page.estimate", view.language) if self.is_estimate(view) else "",
            "addresses": self._addresses(view),
            "scenario": view.scenario(self.base).hash,
            "outside": self.narrow.outside(view),
            **paint_of(view, self.shown(view)),
        }

    def _addresses(self, view: ViewState) -> dict[str, str]:
        known = self.geometries.addresses(view.level)
        return {"map": known["units"], "inset": known["inset"]}

    def why(self, view: ViewState, layer: str, unit: str | None = None) -> dict[str, Any] | None:
        """Return the chain of a figure of a unit, by default of the chosen one; None without."""
        whose = unit or view.unit
        if whose is None:
            return None
        return self.chains.tell(layer, whose, view.language)

    def sources(self, view: ViewState) -> list[SourceSpec]:
        """Return the sources that the shown layer rests on at this level."""
        if view.layer in self.own():
            return []
        is_of_score = view.layer in (SCORE, CHANGE) or view.layer in QUALITY
        shown = [name for name, _ in self.base.weights] if is_of_score else [view.layer]
        behind = self.level(view.level).table.sources
        ids = dict.fromkeys(source for name in shown for source in behind[name])
        return [self.catalogue.source(name) for name in ids]

    @cached_property
    def behind(self) -> dict[str, list[str]]:
        """The layers that rest on each source at some level."""
        found: dict[str, dict[str, None]] = {}
        for made in self.stored.build.levels.values():
            for layer, sources in made.table.sources.items():
                for source in sources:
                    found.setdefault(source, {})[layer] = None
        return {source: list(layers) for source, layers in found.items()}

    def _coverage(self) -> dict[AdminLevel, dict[str, float]]:
        """Return the share of the units of each level for which each source gives a figure."""
        return {
            level: coverage_of_sources(made.table, self.catalogue)
            for level, made in self.stored.build.levels.items()
        }

    def is_estimate(self, view: ViewState) -> bool:
        """True where the shown figures were made by a model or a spread."""
        if view.layer not in self.layers:
            return False
        soft = (Method.MODELLED.value, Method.SPREAD.value)
        return bool(self.level(view.level).table.methods[view.layer].isin(soft).any())
