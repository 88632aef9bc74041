"""Is a build sound, as a plain dict: boundaries, totals, codes and what is missing."""

from dataclasses import asdict, replace
from math import hypot
from typing import Any

from geoapp.answers.build import loaded_answer
from layers.built import Build
from layers.harmonise.boundary_report import Gap, GapKind
from layers.harmonise.repairs import Action
from layers.spec import Catalogue, CountryProfile, Expectations
from layers.table.lacking import Had, list_lacking
from layers.table.loaded_need import Balance
from layers.table.reconcile import (
    Comparison,
    Finding,
    check_levels,
    check_published,
    check_totals,
)
from layers.terms import Discrepancy

_NEAR_DEGREES = 0.05
_NEAR_SHARE = 0.05
_SHOWN = 10


def check_answer(
    built: Build, catalogue: Catalogue, country: CountryProfile, expected: Expectations
) -> dict[str, Any]:
    """Prove a build: every difference is listed, with its reason where one is declared.

    Parameters
    ----------
    built : Build
        The build.
    catalogue : Catalogue
        Layers and sources.
    country : CountryProfile
        Names the sources of the boundaries and of the population.
    expected : Expectations
        Totals and known differences.

    Returns
    -------
    dict
        boundaries, totals, published, codes, places, missing, loaded, ok. ``ok`` is false where a unit has
        no boundary, where lines or gaps are not declared as known, or where a sum differs
        from what it should be for no declared reason.
    """
    tables = {level: made.table.values for level, made in built.levels.items()}
    boundaries = _boundaries(built, country, expected)
    compared = check_published(tables, built.published, catalogue, expected)
    findings = [
        *check_levels(tables, catalogue),
        *_explained(check_totals(tables, expected.totals, built.national), built),
        *(finding for one in compared for finding in one.differing),
    ]
    had = Had(
        lost=[name for name, status in built.statuses.items() if status.problem],
        without={name: frozenset(status.without) for name, status in built.statuses.items()},
        population=country.population,
        figures=country.figures,
    )
    return {
        "boundaries": boundaries,
        "totals": [_finding(one) for one in findings],
        "published": [_comparison(one) for one in compared],
        "codes": [
            {
                "source": status.id,
                "rows": status.rows,
                "repaired": len(status.repaired),
                "unmatched": list(status.unmatched),
            }
            for status in built.statuses.values()
            if status.place and catalogue.source(status.id).code_column
        ],
        "places": [
            {"source": status.id, **asdict(status.points)}
            for status in built.statuses.values()
            if status.points
        ],
        "missing": [
            {
                "layer": lack.layer,
                "level": lack.level.value,
                "units": len(lack.units),
                "reason": lack.reason.value,
                "first": list(lack.units[:_SHOWN]),
            }
            for lack in list_lacking(tables, catalogue, had)
        ],
        "loaded": loaded_answer(built),
        "ok": boundaries["ok"] and all(one.ok for one in findings),
    }


def _explained(findings: tuple[Finding, ...], built: Build) -> list[Finding]:
    """Give totals that loaded figures moved their reason."""
    moved = {
        one.layer: Discrepancy(one.balance.value)
        for one in built.balances
        if one.balance is not Balance.KEPT
    }
    return [
        one if one.ok else replace(one, reason=moved.get(one.layer, one.reason)) for one in findings
    ]


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "layer": one.layer,
        "level": one.level.value,
        "unit": one.unit,
        "sum": one.sum,
        "expected": one.expected,
        "difference": one.difference,
        "reason": one.reason.value if one.reason else None,
        "ok": one.ok,
    }


def _comparison(one: Comparison) -> dict[str, Any]:
    return {
        "layer": one.layer,
        "compared": one.compared,
        "differing": len(one.differing),
        "largest": one.largest,
        "reasons": sorted({found.reason.value for found in one.differing if found.reason}),
        "ok": all(found.ok for found in one.differing),
    }


def _boundaries(built: Build, country: CountryProfile, expected: Expectations) -> dict[str, Any]:
    report = built.boundaries
    source = country.coarse_boundaries if built.is_coarse else country.boundaries
    known = set(expected.unmatched.get(source, ()))
    gaps = [{**asdict(gap), "name": _name(gap, expected)} for gap in report.gaps]
    overlapping = {code for one in report.overlaps for code in (one.first, one.second)}
    unexplained = {
        "unrepaired": [one.ubigeo for one in built.repairs if one.action is Action.UNREPAIRED],
        "unmatched": sorted((set(report.unmatched) | overlapping) - known),
        "gaps": sum(
            gap.kind is GapKind.UNCLASSIFIED and _name(gap, expected) is None for gap in report.gaps
        ),
    }
    levels = {
        level.value: {
            "units": len(made.units),
            "empty": int(made.units.geometry.is_empty.sum()),
            "invalid": int((~made.units.geometry.is_valid).sum()),
        }
        for level, made in built.levels.items()
    }
    return {
        "source": source,
        "published": {
            "units": report.units,
            "absent": list(report.absent),
            "unexpected": list(report.unexpected),
            "empty": list(report.empty),
            "invalid": [{"ubigeo": code, "reason": why} for code, why in report.invalid],
        },
        "levels": levels,
        "unmatched": list(report.unmatched),
        "unmatched_degrees": report.unmatched_degrees,
        "overlaps": [asdict(one) for one in report.overlaps],
        "gaps": gaps,
        "areas": None if report.areas is None else asdict(report.areas),
        "repairs": [asdict(one) for one in built.repairs],
        "unexplained": unexplained,
        "ok": not any(unexplained.values())
        and not any(one["empty"] or one["invalid"] for one in levels.values()),
    }


def _name(gap: Gap, expected: Expectations) -> str | None:
    """Return the name under which a gap is known to be no error."""
    for known in expected.gaps:
        is_there = hypot(gap.lon - known.lon, gap.lat - known.lat) <= _NEAR_DEGREES
        if is_there and abs(gap.km2 / known.km2 - 1) <= _NEAR_SHARE:
            return known.name
    return None
