"""What partners leave unanswered, as plain dicts: need, targeted, reached, gap and who reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geoapp.answers.build import level_of_build, plain_number
from geoapp.store.loaded import LoadedFolder
from layers.built import Build
from layers.catalogue.sectors import R4V, STANDING
from layers.errors import SourceUnavailableError, UnknownIdError, nearest
from layers.loaded_catalogue import awaited_of
from layers.loaded_files import equivalence_from
from layers.spec import LoadedFile
from layers.table.activity import Activity, reports_of
from layers.table.gaps import Reports, sector_gaps
from layers.table.masks import mask_reports
from layers.terms import AdminLevel
from layers.user_files import read_activity

KIND = "activity"
PRESENCE = "presence"
_PARTS = ("need", "targeted", "reached", "gap", "beyond", "unknown")


@dataclass(frozen=True)
class Gaps:
    """Need and answer of the units of one level, sector by sector."""

    level: AdminLevel
    file: LoadedFile
    names: pd.DataFrame
    activity: Activity
    present: pd.DataFrame
    """unit (of any level), sector and partner: who reports, or is listed without people."""
    reports: pd.DataFrame
    """unit (of any level), sector, partner, reached and planned."""
    sectors: dict[str, pd.DataFrame]
    """By sector and ubigeo: need, targeted, reached, gap, beyond, unknown."""


def gaps_of(built: Build, level: AdminLevel, folder: LoadedFolder, sector: str = "") -> Gaps:
    """Return need, answer and gap of the units of a level.

    Parameters
    ----------
    built : Build
        A build with activity of partners loaded.
    level : AdminLevel
        Level of the units.
    folder : LoadedFolder
        Holds the loaded file.
    sector : str, optional
        One sector; all that the build has people in need of if empty.

    Returns
    -------
    Gaps
        By sector.

    Raises
    ------
    SourceUnavailableError
        Where no activity is loaded.
    UnknownIdError
        Where there is no such sector.
    """
    files = {one.kind: one for one in built.loaded if one.kind in (KIND, PRESENCE)}
    file = files.get(KIND) or files.get(PRESENCE)
    if file is None:
        raise SourceUnavailableError(
            "no activity of partners is loaded, so that the gap is unknown everywhere; "
            "geoapp load activity FILE --publisher … --vintage … takes it in, "
            "and data/needs/per/activity_template.csv is its form"
        )
    known = [
        name for name in R4V.entering if f"pin_{name}" in level_of_build(built, level).table.values
    ]
    if sector and sector not in known:
        raise UnknownIdError(
            "no sector {sector!r}{near}", sector=sector, near=nearest(sector, known)
        )
    finest = next(iter(built.levels.values())).table
    read = {
        kind: read_activity(
            folder.copy_behind(one),
            awaited_of(kind),
            R4V,
            equivalence_from(finest.names),
            one.scheme,
            one.months,
        )
        for kind, one in files.items()
    }
    activity = read[file.kind]
    reports = reports_of(activity)
    if built.disclosure:
        # The file is read again, and the public edition tells no more of it than its table does.
        reports = mask_reports(Reports(rows=reports), built.disclosure).rows
    return Gaps(
        level=level,
        file=file,
        names=built.levels[level].table.names,
        activity=activity,
        present=pd.concat([one.present for one in read.values()], ignore_index=True),
        reports=reports,
        sectors={
            name: sector_gaps(
                {one: made.table.layer(f"pin_{name}") for one, made in built.levels.items()},
                reports[reports["sector"] == name],
            )[level]
            for name in ([sector] if sector else known)
        },
    )


def largest_gaps(gaps: Gaps) -> list[str]:
    """Return the units with a report, the largest gap first, and then those without any."""
    left = pd.DataFrame({name: frame["gap"] for name, frame in gaps.sectors.items()})
    # The gap of the worst sector: sectors are never added, since a person is in several.
    order = left.max(axis=1).sort_values(ascending=False, kind="stable", na_position="last")
    return [str(code) for code in order.index]


def gap_answer(gaps: Gaps, units: Sequence[str]) -> dict[str, Any]:
    """Describe gaps: totals by sector, and each unit with who reports.

    Parameters
    ----------
    gaps : Gaps
        Of a level.
    units : sequence of str
        Codes to describe, in order.

    Returns
    -------
    dict
        standing, level, source, months, rows, unplaced, partners, sectors and units.
    """
    file, activity = gaps.file, gaps.activity
    return {
        "standing": STANDING,
        "level": gaps.level.value,
        "source": {"publisher": file.publisher, "vintage": file.vintage, "name": file.name},
        "months": activity.months.value,
        "rows": activity.counted,
        "unplaced": len(activity.unused),
        "partners": sorted(gaps.present["partner"].unique()),
        "sectors": {name: _total(frame) for name, frame in gaps.sectors.items()},
        "units": [_unit(gaps, unit) for unit in units],
    }


def _total(frame: pd.DataFrame) -> dict[str, Any]:
    told = int(frame["gap"].notna().sum())
    sums = {part: plain_number(frame[part].sum(min_count=1)) for part in _PARTS}
    return {**sums, "units_with_report": told, "units_without_report": len(frame) - told}


def _unit(gaps: Gaps, unit: str) -> dict[str, Any]:
    names = gaps.names.loc[unit]
    return {
        "ubigeo": unit,
        **{part: str(names[part]) for part in ("name", "province", "region")},
        "sectors": {
            name: {
                **{part: plain_number(frame.at[unit, part]) for part in _PARTS},
                **_reporters(gaps.reports, name, unit),
                "present": _present(gaps, name, unit),
            }
            for name, frame in gaps.sectors.items()
        },
    }


def _reporters(reports: pd.DataFrame, sector: str, unit: str) -> dict[str, list[str]]:
    here = reports[reports["sector"] == sector]
    inside = here["unit"].str[: len(unit)] == unit
    above = here["unit"].map(lambda code: len(code) < len(unit) and unit.startswith(code))
    return {
        "reported_by": sorted(here.loc[inside, "partner"].unique()),
        "reported_above": sorted(here.loc[above.astype(bool), "partner"].unique()),
    }


def _present(gaps: Gaps, sector: str, unit: str) -> list[str]:
    """Return who is listed in a unit or a part of it and reports no people there."""
    told = set(_reporters(gaps.reports, sector, unit)["reported_by"])
    named = gaps.present[gaps.present["sector"] == sector]
    return sorted(set(named.loc[named["unit"].str[: len(unit)] == unit, "partner"]) - told)
