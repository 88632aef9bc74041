"""What a notebook calls: a country that ranks, explains, exposes, places and draws itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import folium
import pandas as pd

from geoapp.answers.build import level_of_build, ranking_answer, unit_answer
from geoapp.answers.focus import REGIONS, first_people, focus_answer, ground_of_build
from geoapp.answers.robust import explain_answer
from geoapp.answers.shown import Answer
from geoapp.day import export_date
from geoapp.event.answer import event_answer, footprint_of_quake, footprint_of_upload
from geoapp.event.brief import event_brief
from geoapp.exports.frame import ExportFrame, make_frame
from geoapp.exports.qml import SCORE
from geoapp.maps.page import unit_map
from geoapp.settings import Settings, read_settings
from geoapp.store.builds import read_build, write_build
from geoapp.store.loaded import LoadedFolder
from geoapp.words import say, words
from layers.built import Build
from layers.codes import level_of
from layers.decide.focus import Question, add_one_office, solve_focus
from layers.decide.footprint import Footprint
from layers.decide.scenario import Scenario
from layers.decide.scenarios import with_activity
from layers.decide.score import rank_units
from layers.errors import StoreError
from layers.loaded_catalogue import with_loaded
from layers.pipeline import build
from layers.spec import Catalogue, CountryProfile
from layers.terms import AdminLevel


def open_country(settings: Settings | None = None, language: str = "es") -> "Country":
    """Open the built tables of this machine; make them of what it has where there are none.

    Parameters
    ----------
    settings : Settings, optional
        Those of the environment if None.
    language : str
        Of what is shown.

    Returns
    -------
    Country
        No network is asked: without a mirror it has what travels with the product.
    """
    chosen = settings or read_settings()
    country = chosen.country
    try:
        built = read_build(chosen.builds, country.catalogue).build
    except StoreError:
        loaded = LoadedFolder(chosen.store / "loaded").files()
        built = build(
            country.catalogue,
            country,
            chosen.places,
            loaded=loaded,
            disclosure=chosen.disclosure,
        )
        write_build(built, chosen.builds, tiled_from=chosen.tiled_from)
    catalogue = with_loaded(country.catalogue, built.loaded)
    return Country(built, catalogue, country, with_activity(country.scenario, catalogue), language)


@dataclass(frozen=True)
class Country:
    """The tables of a country and what is asked of them."""

    built: Build
    catalogue: Catalogue
    profile: CountryProfile
    scenario: Scenario
    language: str = "es"

    @property
    def level(self) -> AdminLevel:
        """The finest level that the build has."""
        return next(iter(self.built.levels))

    def table(self, level: AdminLevel | None = None) -> pd.DataFrame:
        """Return the units of a level with rank, score and every figure.

        What no stated licence lets pass on is there too: the table is for use inside the
        organisation.
        """
        return self._frame(level or self.level, {}, everything=True).rows

    def rank(
        self,
        top: int | None = 10,
        weights: Mapping[str, float] | None = None,
        level: AdminLevel | None = None,
    ) -> Answer:
        """Rank the units of a level.

        Parameters
        ----------
        top : int, optional
            How many are shown; all if None.
        weights : mapping, optional
            By layer, weights that differ from the agreed ones.
        level : AdminLevel, optional
            The finest one if None.

        Returns
        -------
        Answer
            Rank, score and its range.
        """
        made = level_of_build(self.built, level or self.level)
        scenario = self._weighed(weights)
        data = ranking_answer(rank_units(made.table, scenario, self.catalogue), made.table, top)
        columns = ("rank", "ubigeo", "name", "score", "low", "high")
        return self._answer("ranking", self._told(data["units"], columns), data, scenario=scenario)

    def explain(
        self, ubigeo: str, top: int = 10, weights: Mapping[str, float] | None = None
    ) -> Answer:
        """Say why a unit stands where it stands, and what would turn it."""
        table = level_of_build(self.built, level_of(ubigeo)).table
        scenario = self._weighed(weights)
        data = explain_answer(table, scenario, self.catalogue, ubigeo, top)
        rows = pd.DataFrame(data["reasons"]).assign(
            layer=[self._title(reason["layer"]) for reason in data["reasons"]]
        )
        named = rows.round(2).rename(columns={name: self._word(name) for name in rows})
        said = tuple(data["sentences"][self.language])
        return self._answer("explain", named, data, said, scenario)

    def unit(self, ubigeo: str) -> Answer:
        """Return every figure of a unit with its source."""
        data = unit_answer(self.built, self.catalogue, ubigeo)
        rows = [
            {
                "layer": self._title(layer),
                "value": cell["value"],
                "unit": say(f"unit.{cell['unit']}", self.language),
                "publisher": cell["publisher"],
                "vintage": cell["vintage"],
            }
            for layer, cell in data["layers"].items()
            if cell["value"] is not None
        ]
        columns = ("layer", "value", "unit", "publisher", "vintage")
        return self._answer("unit", self._told(rows, columns), data)

    def earthquake(self, lon: float, lat: float, depth_km: float, magnitude: float) -> Answer:
        """Tell who is under an earthquake that has no map of shaking yet: a rough footprint."""
        return self._event(footprint_of_quake(self.built, lon, lat, depth_km, magnitude))

    def event(self, file: Path) -> Answer:
        """Tell who is under a footprint: a ShakeMap, GeoJSON, GeoTIFF or list of districts."""
        return self._event(footprint_of_upload(self.built, file.read_bytes(), file.name))

    def offices(
        self, sites: int | None = None, keep_today: bool = True, one_more: bool = False
    ) -> Answer:
        """Place the offices so that people are nearest, proven best.

        Parameters
        ----------
        sites : int, optional
            How many; as many as today if None, or where the build has regions alone, the regions
            in which the mission works.
        keep_today : bool
            Whether today's offices stay.
        one_more : bool
            Whether to look for the best place of one more.

        Returns
        -------
        Answer
            The sites, with how many units and people each serves.
        """
        people = first_people(self.scenario, self.catalogue)
        ground = ground_of_build(
            self.built,
            self.catalogue,
            self.scenario,
            self.level,
            demand=people,
            people=people,
            required=(),
            every=False,
            country=self.profile,
        )
        usual = REGIONS if self.level is AdminLevel.REGION else len(set(ground.today.values()))
        plan = solve_focus(ground, Question(sites=sites or usual, keeps_today=keep_today))
        names = self.built.levels[self.level].table.names
        extra = add_one_office(plan) if one_more else ()
        data = focus_answer(plan, names, self.profile, demand=people, people=people, extra=extra)
        columns = ("ubigeo", "name", "units", "people")
        return self._answer("offices", self._told(data["sites"], columns), data)

    def map(
        self,
        column: str = SCORE,
        weights: Mapping[str, float] | None = None,
        level: AdminLevel | None = None,
        everything: bool = False,
    ) -> folium.Map:
        """Return the map of the score or of a layer; it works without a network.

        Parameters
        ----------
        column : str
            ``score`` or a layer.
        weights, level
            As for `rank`.
        everything : bool
            Show what no stated licence lets pass on, for use inside the organisation.

        Returns
        -------
        folium.Map
            Shown by the notebook as it is.
        """
        frame = self._frame(level or self.level, weights or {}, everything=everything)
        return unit_map(frame, column, self.language)

    def _event(self, footprint: Footprint) -> Answer:
        data = event_answer(self.built, self.catalogue, footprint, country=self.profile)
        columns = ("id", "units", "people", "migrants", "host")
        return self._answer("event", self._told(data["bands"], columns), data, (event_brief(data),))

    def _frame(
        self, level: AdminLevel, weights: Mapping[str, float], everything: bool
    ) -> ExportFrame:
        return make_frame(
            self.built,
            level,
            self._weighed(weights),
            self.catalogue,
            self.profile,
            date=export_date(),
            everything=everything,
        )

    def _weighed(self, weights: Mapping[str, float] | None) -> Scenario:
        return self.scenario.with_weights(dict(weights or {}))

    def _told(self, rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
        """Return rows under the words of the language, figures with one decimal."""
        frame = pd.DataFrame(rows, columns=list(columns)).round(1)
        return frame.rename(columns={name: self._word(name) for name in columns})

    def _word(self, column: str) -> str:
        known = words(self.language)
        return known.get(f"notebook.{column}") or known.get(f"export.column.{column}", column)

    def _title(self, layer: str) -> str:
        return words(self.language).get(f"layer.{layer}.title", layer)

    def _answer(
        self,
        kind: str,
        table: pd.DataFrame,
        data: dict[str, Any],
        sentences: tuple[str, ...] = (),
        scenario: Scenario | None = None,
    ) -> Answer:
        title = say(f"notebook.title.{kind}", self.language, country=self.profile.own_name)
        chosen = scenario or self.scenario
        return Answer(title, table, data, sentences, f"{self._origin} · {chosen.id} {chosen.hash}")

    @cached_property
    def _origin(self) -> str:
        return f"geoapp {self.built.version} · {self.built.hash}"

    def _repr_html_(self) -> str:
        return self.summary._repr_html_()

    def __repr__(self) -> str:
        return repr(self.summary)

    @property
    def summary(self) -> Answer:
        """What the build has: units of each level, layers with figures, and their sources."""
        rows = [
            {
                "level": say(f"levels.{level}", self.language),
                "units": len(made.units),
                "layers": int(made.table.values.notna().any().sum()),
            }
            for level, made in self.built.levels.items()
        ]
        absent = [status.id for status in self.built.statuses.values() if status.problem]
        said = say("notebook.absent", self.language, count=len(absent)) if absent else ""
        columns = ("level", "units", "layers")
        return self._answer(
            "country", self._told(rows, columns), {"levels": rows, "absent": absent}, (said,)
        )
