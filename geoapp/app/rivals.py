"""Two scenarios side by side: who is among the first in each, who moved, and why."""

from typing import Any

import pandas as pd

from geoapp.answers.build import level_of_build
from geoapp.app.live import top_of
from geoapp.app.state import BASE, ViewState
from geoapp.planners.scenarios import folder_of, load
from geoapp.store.builds import Stored
from geoapp.store.kept import Kept
from geoapp.work.once import Once, Use
from layers.decide.difference import split_by_weight
from layers.decide.narrow import Filters
from layers.decide.scenario import Scenario
from layers.decide.score import Ranking, rank_units
from layers.errors import LayersError
from layers.spec import Catalogue
from layers.terms import AdminLevel


class Rivals:
    """Scenarios of one build that the visitor's own can be compared with."""

    def __init__(
        self, stored: Stored, catalogue: Catalogue, base: Scenario, store: Kept | None
    ) -> None:
        self._stored = stored
        self._catalogue = catalogue
        self._base = base
        self._store = store
        self._ranking = Once(self._rank, 64)
        self._split = Once(self._split_places, 16)

    def caches(self) -> dict[str, Use]:
        """Return how often what is kept was asked for."""
        return {"ranking": self._ranking.use(), "split": self._split.use()}

    def names(self) -> tuple[str, ...]:
        """Return the agreed scenario, and those saved in the store of this machine."""
        if self._store is None:
            return (BASE,)
        saved = sorted(path.stem for path in folder_of(self._store).glob("*.json"))
        return (BASE, *(name for name in saved if self._read(name) is not None))

    def scenario(self, name: str) -> Scenario | None:
        """Return a scenario by its name, or None where there is none that can be ranked here."""
        return self._base if name == BASE else self._read(name)

    def _read(self, name: str) -> Scenario | None:
        path = folder_of(self._store) / f"{name}.json" if self._store else None
        # The name comes from an address: only what lies in the folder itself is a scenario.
        if path is None or path not in folder_of(self._store or path).glob("*.json"):
            return None
        try:
            scenario = load(path).scenario
            self._ranking(next(iter(self._stored.build.levels)), scenario)
        except LayersError:
            return None
        return scenario

    def ranking(self, level: AdminLevel, scenario: Scenario) -> Ranking:
        """Return a ranking, made once."""
        return self._ranking(level, scenario)

    def _rank(self, level: AdminLevel, scenario: Scenario) -> Ranking:
        return rank_units(
            level_of_build(self._stored.build, level).table, scenario, self._catalogue
        )

    def change(self, view: ViewState) -> pd.Series:
        """Return the places that each unit climbs in a view, against the scenario beside it.

        Parameters
        ----------
        view : ViewState
            With a scenario to compare with.

        Returns
        -------
        Series of float
            In the order of the table; below 0 where it falls, missing without both places.
        """
        before, after = self._both(view)
        climbed = before.units["rank"] - after.units["rank"]
        codes = level_of_build(self._stored.build, view.level).table.values.index
        return climbed.reindex(codes).rename("change")

    def _both(self, view: ViewState) -> tuple[Ranking, Ranking]:
        before = self.scenario(view.against or BASE) or self._base
        return (
            self._ranking(view.level, before),
            self._ranking(view.level, view.scenario(self._base)),
        )

    def facts(self, view: ViewState) -> dict[str, Any]:
        """Describe the first units of both scenarios.

        Parameters
        ----------
        view : ViewState
            With a scenario to compare with.

        Returns
        -------
        dict
            against, names, top, is_same (no place differs), is_narrowed (by a filter), counts (enter, leave, up, down, still among
            the first), before and after (ubigeo, name, place and where it stands in the other
            one), and why of the chosen unit, or None.
        """
        before, after = self._both(view)
        top, names = top_of(view), level_of_build(self._stored.build, view.level).table.names
        places = pd.DataFrame({"before": before.units["rank"], "after": after.units["rank"]})

        def side(ranking: Ranking, here: str, there: str) -> list[dict[str, Any]]:
            first = [str(code) for code in ranking.units.index[ranking.units["rank"] <= top]]
            return [
                {
                    "ubigeo": code,
                    "name": str(names.at[code, "name"]),
                    "place": _place(places.at[code, here]),
                    "other": _place(places.at[code, there]),
                    "move": _move(places.at[code, here], places.at[code, there], top),
                }
                for code in first
            ]

        old, new = side(before, "before", "after"), side(after, "after", "before")
        moves = pd.Series([row["move"] for row in new], dtype=object).value_counts()
        return {
            "against": view.against or BASE,
            "names": self.names(),
            "top": top,
            "is_same": places["before"].equals(places["after"]),
            "is_narrowed": view.filters != Filters(),
            "counts": {
                "leave": sum(row["move"] == "other" for row in old),
                **{kind: int(moves.get(kind, 0)) for kind in ("other", "up", "down", "still")},
            },
            "before": old,
            "after": new,
            "why": self._why(view, before, after, places, names["name"]),
        }

    def _why(
        self,
        view: ViewState,
        before: Ranking,
        after: Ranking,
        places: pd.DataFrame,
        names: pd.Series,
    ) -> dict[str, Any] | None:
        """Return how the chosen unit moved: points and places by layer."""
        unit = view.unit
        if unit is None or unit not in places.index:
            return None
        old, new = before.scenario, after.scenario
        alike = (old.aggregation, old.places, old.least) == (
            new.aggregation,
            new.places,
            new.least,
        )
        split = self._split(view.level, old, new).loc[unit] if alike else pd.Series(dtype=float)
        weights = dict(old.weights), dict(new.weights)
        points = before.contributions.loc[unit], after.contributions.loc[unit]
        return {
            "name": str(names[unit]),
            "places": [_place(places.at[unit, when]) for when in ("before", "after")],
            "scores": [_known(one.units.at[unit, "score"]) for one in (before, after)],
            "is_split": alike,
            "layers": [
                {
                    "layer": layer,
                    "weights": [side.get(layer, 0.0) for side in weights],
                    "points": [_known(float(side.get(layer, 0.0))) for side in points],
                    # Climbing is above 0 on the screen, while places are counted from the first.
                    "places": -float(split[layer]) if layer in split else 0.0,
                }
                for layer in dict.fromkeys([*weights[0], *weights[1]])
            ],
        }

    def _split_places(self, level: AdminLevel, before: Scenario, after: Scenario) -> pd.DataFrame:
        table = level_of_build(self._stored.build, level).table
        return split_by_weight(table, before, after, self._catalogue)


def _place(rank: float) -> int | None:
    return None if pd.isna(rank) else int(rank)


def _known(number: float) -> float | None:
    return None if pd.isna(number) else float(number)


def _move(here: float, there: float, top: int) -> str:
    """Return how a unit of the first of one scenario stands in the other: beyond, up, down."""
    if pd.isna(there) or there > top:
        return "other"
    return "still" if here == there else "up" if here < there else "down"
