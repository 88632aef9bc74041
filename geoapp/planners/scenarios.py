"""Scenarios as files: saved once, listed, compared and replayed."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geoapp.answers.build import level_of_build, ranking_answer
from geoapp.store.kept import Kept
from geoapp.store.records import hash_of, read_record, write_record
from layers.built import Build
from layers.decide.scenario import Scenario
from layers.decide.score import rank_units
from layers.errors import RecordError, nearest
from layers.spec import Catalogue
from layers.terms import AdminLevel, Aggregation

FORMAT = 1
_NAME = re.compile(r"\w[\w -]{0,79}")


@dataclass(frozen=True)
class Saved:
    """A scenario of a level, with what it gave when it was saved."""

    scenario: Scenario
    level: AdminLevel
    inputs: Mapping[str, str]
    """By source, the SHA-256 of the file that the figures came from."""
    ranking: Mapping[str, tuple[int | None, float | None]]
    """By ubigeo, place and score."""
    answer: str
    """SHA-256 of the whole ranking as it is written."""


def freeze(built: Build, scenario: Scenario, level: AdminLevel, catalogue: Catalogue) -> Saved:
    """Rank by a scenario and keep what it gave.

    Parameters
    ----------
    built : Build
        Whose hash becomes the vintage of the scenario.
    scenario : Scenario
        What is weighed.
    level : AdminLevel
        Of the units.
    catalogue : Catalogue
        Declares layers and sources.

    Returns
    -------
    Saved
        The same for the same build and scenario, to the byte.
    """
    table = level_of_build(built, level).table
    answer = ranking_answer(rank_units(table, scenario, catalogue), table)
    return Saved(
        scenario=scenario,
        level=level,
        inputs={
            name: catalogue.source(name).sha256
            for name, status in sorted(built.statuses.items())
            if status.place
        },
        ranking={unit["ubigeo"]: (unit["rank"], unit["score"]) for unit in answer["units"]},
        answer=hash_of(answer),
    )


def folder_of(store: Kept) -> Kept:
    """Return where the scenarios of a store lie."""
    return store / "scenarios"


def path_of(store: Kept, name: str) -> Kept:
    """Return the file of a scenario: a path to a .json, or a name in the store.

    Raises
    ------
    RecordError
        On a name that no file can bear.
    """
    if name.endswith(".json"):
        return Path(name)
    if not _NAME.fullmatch(name):
        raise RecordError(
            "{name!r} cannot name a scenario; use letters, digits, blanks, - and _, 80 at most",
            name=name,
        )
    return folder_of(store) / f"{name}.json"


def save(saved: Saved, path: Kept) -> None:
    """Write a scenario; one of another content under the same name is never replaced."""
    write_record(plain(saved), path)


def plain(saved: Saved) -> dict[str, Any]:
    """Return a saved scenario as dicts, texts and numbers."""
    made = asdict(saved)
    made["scenario"]["aggregation"] = saved.scenario.aggregation.value
    return {**made, "level": saved.level.value, "format": FORMAT}


def load(path: Kept) -> Saved:
    """Read a scenario, alone or inside a decision.

    Parameters
    ----------
    path : Path or Row
        The file.

    Returns
    -------
    Saved
        As it was written.

    Raises
    ------
    RecordError
        Where it is absent, changed or of another format.
    """
    if not path.is_file():
        known = [other.stem for other in path.parent.glob("*.json")]
        raise RecordError(
            "there is no scenario {path}{near}; geoapp scenario list names all",
            path=path,
            near=nearest(path.stem, known),
        )
    content = read_record(path)
    content = content.get("frozen", content)
    try:
        if content["format"] != FORMAT:
            raise RecordError("{path} is of another version; save it again", path=path)
        given = dict(content["scenario"])
        given["aggregation"] = Aggregation(given["aggregation"])
        for pairs in ("weights", "least"):
            given[pairs] = tuple((str(layer), float(number)) for layer, number in given[pairs])
        given["places"] = tuple(given["places"])
        return Saved(
            scenario=Scenario(**given),
            level=AdminLevel(content["level"]),
            inputs=dict(content["inputs"]),
            ranking={code: (rank, score) for code, (rank, score) in content["ranking"].items()},
            answer=content["answer"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError(
            "{path} is not a scenario ({error}); name another file", path=path, error=error
        ) from error


def compare(one: Saved, other: Saved) -> dict[str, Any]:
    """Say in what two scenarios differ: settings, inputs and places.

    Parameters
    ----------
    one, other : Saved
        Before and after.

    Returns
    -------
    dict
        settings (by field, both values), inputs (sources whose file differs), moved (units with
        another place, those that move furthest first) and entered and left, units that only one
        of them has.
    """
    ours, theirs = plain(one), plain(other)
    fields = {**ours["scenario"], "level": ours["level"]}
    others = {**theirs["scenario"], "level": theirs["level"]}
    both = [code for code in one.ranking if code in other.ranking]
    last = len(one.ranking) + len(other.ranking)

    def distance(code: str) -> int:
        return abs((other.ranking[code][0] or last) - (one.ranking[code][0] or last))

    moved = sorted(
        (code for code in both if one.ranking[code][0] != other.ranking[code][0]),
        key=distance,
        reverse=True,
    )
    return {
        "settings": {
            name: [fields[name], others[name]] for name in fields if fields[name] != others[name]
        },
        "inputs": sorted(
            name
            for name in {**one.inputs, **other.inputs}
            if one.inputs.get(name) != other.inputs.get(name)
        ),
        "moved": [
            {"ubigeo": code, "before": one.ranking[code][0], "after": other.ranking[code][0]}
            for code in moved
        ],
        "entered": sorted(set(other.ranking) - set(one.ranking)),
        "left": sorted(set(one.ranking) - set(other.ranking)),
    }
