"""What a report is asked for, and how its file comes to its place."""

import datetime
import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from geoapp.answers.build import level_of_build
from geoapp.day import export_date
from geoapp.edition import with_edition
from geoapp.exports.files import not_written
from geoapp.settings import Settings
from geoapp.words import say
from layers.built import Build, LevelBuild
from layers.countries import Country
from layers.decide.scenario import Scenario
from layers.decide.score import Ranking, rank_units
from layers.loaded_catalogue import with_loaded
from layers.spec import Catalogue
from layers.terms import AdminLevel
from layers.whole_file import whole_file


class Subject(StrEnum):
    """What a report is about."""

    UNIT = "unit"
    SCENARIO = "scenario"
    COUNTRY = "country"


@dataclass(frozen=True)
class Asked:
    """What a report is made from; the same for every report of a build, language and scenario."""

    built: Build
    settings: Settings
    language: str
    scenario: Scenario
    level: AdminLevel = AdminLevel.DISTRICT
    subject: str = ""
    """Code of a unit, or name of a scenario or decision; empty where the report needs none."""

    @property
    def country(self) -> Country:
        """The country of the build."""
        return self.settings.country

    @cached_property
    def catalogue(self) -> Catalogue:
        """The declarations of the build, with what was loaded."""
        return with_loaded(self.country.catalogue, self.built.loaded)

    @cached_property
    def date(self) -> str:
        """Day that the report bears: SOURCE_DATE_EPOCH, or the day of the build."""
        return export_date() if os.environ.get("SOURCE_DATE_EPOCH") else self.built.on.isoformat()

    @cached_property
    def _rankings(self) -> dict[AdminLevel, Ranking]:
        return {}

    def made(self, level: AdminLevel) -> LevelBuild:
        """Return a level of the build."""
        return level_of_build(self.built, level)

    def ranking(self, level: AdminLevel) -> Ranking:
        """Return the ranking of a level, made once."""
        if level not in self._rankings:
            table = self.made(level).table
            self._rankings[level] = rank_units(table, self.scenario, self.catalogue)
        return self._rankings[level]

    @property
    def day(self) -> datetime.date:
        """The same day as a date."""
        return datetime.date.fromisoformat(self.date)


@dataclass(frozen=True)
class Report:
    """One report: the ending of its file, what it is about and what makes it."""

    suffix: str
    subject: Subject
    make: Callable[[Asked], bytes]
    """The same request, the same bytes."""


def write_report(content: bytes, target: Path) -> None:
    """Write a report so that it appears whole or not at all.

    Parameters
    ----------
    content : bytes
        The whole file.
    target : Path
        Its place; a file that is there is replaced at the very end.

    Raises
    ------
    ExportError
        Where the disk refuses; what was there stays.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(target, mode=0o644) as file:
            file.write(content)
    except OSError as error:
        raise not_written(target, error) from error


def foot_of(asked: Asked) -> str:
    """Return the line at the foot of a page: day, scenario and build, with their hashes."""
    line = say(
        "report.foot",
        asked.language,
        date=asked.date,
        scenario=asked.scenario.id,
        scenario_hash=asked.scenario.hash[:12],
        build=asked.built.hash[:12],
        version=asked.built.version,
    )
    return with_edition(asked.built, line, asked.language)


def caption_of(asked: Asked) -> str:
    """Return the day and the scenario of a map."""
    return say("report.caption", asked.language, date=asked.date, scenario=asked.scenario.id)
