"""Needs of units as plain dicts: by sector, joint, flagged, decided."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from geoapp.answers.build import level_of_build, plain_number
from geoapp.store.loaded import LoadedFolder
from layers.built import Build
from layers.catalogue.awaited import AWAITED
from layers.catalogue.sectors import JIAF_2, R4V, STANDING
from layers.codes import level_of
from layers.countries import COUNTRIES
from layers.errors import NeedsError, Sentence
from layers.loaded_catalogue import awaited_of
from layers.loaded_files import equivalence_from
from layers.spec import AwaitedColumn, Vocabulary
from layers.table.disclosure import mask_alone
from layers.table.need_assessment import NeedAssessment, assess_need
from layers.table.need_decisions import NeedDecision
from layers.terms import AdminLevel, Method, Model
from layers.user_files import read_cells

_JIAF_KINDS = ("need", "severity")


@dataclass(frozen=True)
class Needs:
    """Figures by sector of the units of a level, and what follows from them."""

    vocabulary: Vocabulary
    level: AdminLevel
    names: pd.DataFrame
    in_need: pd.DataFrame
    methods: pd.DataFrame
    phases: pd.DataFrame
    assessed: NeedAssessment


def needs_of(
    built: Build,
    level: AdminLevel,
    vocabulary: Vocabulary,
    decisions: tuple[NeedDecision, ...],
    folder: LoadedFolder,
) -> Needs:
    """Return the needs of the units of a level in the words of one platform.

    Parameters
    ----------
    built : Build
        The build.
    level : AdminLevel
        Level of the units.
    vocabulary : Vocabulary
        Whose sectors enter. JIAF 2 counts loaded figures and severities only.
    decisions : tuple of NeedDecision
        Of the group; those of other levels are left alone.
    folder : LoadedFolder
        Holds the loaded files, which JIAF 2 reads again in its own sectors.

    Returns
    -------
    Needs
        By ubigeo.

    Raises
    ------
    NeedsError
        Where JIAF 2 is asked for without loaded figures and severities of districts.
    StoreError
        Where the build has no such level.
    """
    here = tuple(one for one in decisions if level_of(one.ubigeo) is level)
    made = level_of_build(built, level)
    if vocabulary is JIAF_2:
        return _loaded_needs(built, level, here, folder)
    table = made.table
    sectors = [name for name in vocabulary.entering if f"pin_{name}" in table.values]
    in_need = table.values[[f"pin_{name}" for name in sectors]].set_axis(sectors, axis=1)
    methods = table.methods[[f"pin_{name}" for name in sectors]].set_axis(sectors, axis=1)
    phases = pd.DataFrame(
        {name: table.values.get(f"severity_{name}") for name in vocabulary.entering},
        index=table.values.index,
        dtype=float,
    )
    people = table.layer(_people_of(built))
    assessed = assess_need(in_need, phases, people, here)
    return Needs(vocabulary, level, table.names, in_need, methods, phases, assessed)


def _loaded_needs(
    built: Build, level: AdminLevel, decisions: tuple[NeedDecision, ...], folder: LoadedFolder
) -> Needs:
    files = {file.kind: file for file in built.loaded}
    absent = [kind for kind in _JIAF_KINDS if kind not in files]
    if absent:
        raise NeedsError(
            "jiaf2 counts figures and severities loaded by district only: load {kinds} first",
            kinds=Sentence("need and severity") if len(absent) > 1 else absent[0],
        )
    if level is not AdminLevel.DISTRICT:
        raise NeedsError(
            "jiaf2 counts figures and severities loaded by district only: ask for --level district"
        )
    table = level_of_build(built, level).table
    rows = equivalence_from(table.names)
    found = {}
    for kind in _JIAF_KINDS:
        spec = replace(awaited_of(kind), columns=_columns(kind))
        path = folder.copy_behind(files[kind])
        found[kind] = read_cells(path, spec, rows, stated=files[kind].scheme).values
    units = found["need"].index.union(found["severity"].index)
    in_need, phases = (
        found[kind].reindex(index=units, columns=list(JIAF_2.entering)).astype(float)
        for kind in _JIAF_KINDS
    )
    rules = built.disclosure
    if rules:
        in_need = in_need.apply(
            lambda people: mask_alone(
                people, least=rules.least_of(str(people.name)), rounding=rules.rounding
            )
        )
    methods = in_need.notna().replace({True: Method.OBSERVED.value, False: Method.MISSING.value})
    people = table.layer(_people_of(built)).reindex(units)
    known = tuple(one for one in decisions if one.ubigeo in units)
    assessed = assess_need(in_need, phases, people, known, methods)
    return Needs(JIAF_2, level, table.names.loc[units], in_need, methods, phases, assessed)


def _people_of(built: Build) -> str:
    """Return the layer of the people among whom those in need are counted."""
    declared = COUNTRIES[built.country].catalogue.of_kind(Model.PEOPLE_IN_NEED)
    if declared is None:
        raise NeedsError(
            "country {country} declares no people in need, so that there is nothing to tell; "
            "declare a layer of the model {model}",
            country=built.country,
            model=Model.PEOPLE_IN_NEED.value,
        )
    return declared.inputs[0]


def _columns(kind: str) -> tuple[AwaitedColumn, ...]:
    """Return the columns of the sectors of JIAF 2, by the names that they have for R4V."""
    declared = next(spec for spec in AWAITED if spec.id == kind).columns
    known = {column.layer.partition("_")[2]: column for column in declared}
    prefix = {"need": "pin", "severity": "severity"}[kind]
    return tuple(
        replace(known[sector], layer=sector)
        if sector in known
        else AwaitedColumn(layer=sector, names=(f"{prefix}_{sector}",))
        for sector in JIAF_2.entering
    )


def needs_answer(needs: Needs, units: list[str]) -> dict[str, Any]:
    """Describe needs: sectors that enter, totals, and each unit with its flags and decisions.

    Parameters
    ----------
    needs : Needs
        Of a level.
    units : list of str
        Codes to describe, in order.

    Returns
    -------
    dict
        standing, vocabulary, level, sectors, entering, leaving, shown_only, total, beyond, units.
    """
    enter, leave = R4V.switched_to(needs.vocabulary)
    low, high = needs.assessed.total
    return {
        "standing": STANDING,
        "vocabulary": needs.vocabulary.id,
        "level": needs.level.value,
        "sectors": list(needs.vocabulary.entering),
        "entering": list(enter),
        "leaving": list(leave),
        "shown_only": list(needs.vocabulary.shown_only),
        "total": {"low": low, "high": high, "final": float(needs.assessed.need.values.sum())},
        "beyond": list(needs.assessed.beyond),
        "units": [_unit(needs, unit) for unit in units],
    }


def _unit(needs: Needs, unit: str) -> dict[str, Any]:
    found = needs.assessed
    return {
        "ubigeo": unit,
        "name": str(needs.names.at[unit, "name"]),
        "region": str(needs.names.at[unit, "region"]),
        "sectors": {
            name: {
                "people": plain_number(needs.in_need.at[unit, name]),
                "method": str(needs.methods.at[unit, name]),
                "severity": plain_number(needs.phases.at[unit, name]),
            }
            for name in needs.in_need
        },
        "joint": {
            **{name: plain_number(found.joint.at[unit, name]) for name in ("low", "high", "value")},
            "flags": _flags(found.need_flags, unit),
            "final": plain_number(found.need.values[unit]),
            "reason": found.need.reasons[unit] or None,
        },
        "severity": {
            **{
                name: plain_number(found.severity.at[unit, name])
                for name in ("low", "high", "value")
            },
            "flags": _flags(found.severity_flags, unit),
            "final": plain_number(found.final_severity.values[unit]),
            "reason": found.final_severity.reasons[unit] or None,
        },
    }


def _flags(flags: pd.DataFrame, unit: str) -> list[str]:
    up = flags.loc[unit].fillna(False).astype(bool)
    return [str(name) for name in up.index[up]]
