"""How a build came to be, as JSON and back: sources, boundaries and their repairs."""

from dataclasses import asdict, dataclass
from typing import Any

from geoapp.store.plain import plain_file, plain_sentence, read_file, read_sentence
from layers.harmonise.boundary_report import BoundaryReport, Gap, GapKind, Overlap
from layers.harmonise.official_areas import AreaCheck, AreaDifference
from layers.harmonise.points import PointsReport
from layers.harmonise.repairs import Action, Fault, Reason, Repair
from layers.indicators.severity import PhaseLimits
from layers.reading import SourceStatus
from layers.spec import LoadedFile
from layers.table.balances import LayerBalance
from layers.table.loaded_need import Balance
from layers.terms import Direction


@dataclass(frozen=True)
class Facts:
    """What a manifest keeps of a build beside its tables."""

    statuses: dict[str, SourceStatus]
    boundaries: BoundaryReport
    repairs: tuple[Repair, ...]
    loaded: tuple[LoadedFile, ...] = ()
    balances: tuple[LayerBalance, ...] = ()


def plain_facts(facts: Facts) -> dict[str, Any]:
    """Return facts as lists, dicts, texts and numbers.

    Parameters
    ----------
    facts : Facts
        Of a build.

    Returns
    -------
    dict
        sources, boundaries, repairs, loaded, balances.
    """
    return {
        "sources": {name: _plain_status(status) for name, status in facts.statuses.items()},
        "boundaries": asdict(facts.boundaries),
        "repairs": [asdict(repair) for repair in facts.repairs],
        "loaded": [plain_file(file) for file in facts.loaded],
        "balances": [plain_balance(balance) for balance in facts.balances],
    }


def read_facts(manifest: dict[str, Any]) -> Facts:
    """Return the facts that a manifest keeps.

    Parameters
    ----------
    manifest : dict
        With the keys that ``plain_facts`` writes.

    Returns
    -------
    Facts
        Equal to those that were written.
    """
    return Facts(
        statuses={name: _status(found) for name, found in manifest["sources"].items()},
        boundaries=_report(manifest["boundaries"]),
        repairs=tuple(_repair(found) for found in manifest["repairs"]),
        loaded=tuple(read_file(found) for found in manifest["loaded"]),
        balances=tuple(_balance(found) for found in manifest["balances"]),
    )


def plain_balance(balance: LayerBalance) -> dict[str, Any]:
    """Return where loaded figures stand beside a published total, as texts and numbers."""
    return {**asdict(balance), "balance": balance.balance.value}


def _balance(found: dict[str, Any]) -> LayerBalance:
    words = {"regions": tuple(found["regions"]), "balance": Balance(found["balance"])}
    return LayerBalance(**{**found, **words})


def read_limits(found: dict[str, dict[str, Any]]) -> dict[str, PhaseLimits]:
    """Return the limits of severity that a manifest keeps, by sector."""
    return {
        sector: PhaseLimits(
            **{**one, "direction": Direction(one["direction"]), "limits": tuple(one["limits"])}
        )
        for sector, one in found.items()
    }


def _plain_status(status: SourceStatus) -> dict[str, Any]:
    # Its parts are plain already; they are thousands, and are not copied.
    points = None if status.points is None else vars(status.points)
    return {**vars(status), "points": points, "problem": plain_sentence(status.problem)}


def _status(found: dict[str, Any]) -> SourceStatus:
    lists = {key: tuple(found[key]) for key in ("unmatched", "without", "layers")}
    points = None if found["points"] is None else _points(found["points"])
    return SourceStatus(
        **{
            **found,
            **lists,
            "problem": read_sentence(found["problem"]),
            "repaired": _pairs(found["repaired"]),
            "points": points,
        }
    )


def _points(found: dict[str, Any]) -> PointsReport:
    return PointsReport(**{key: _frozen(value) for key, value in found.items()})


def _frozen(value: Any) -> Any:
    """Return lists of lists as tuples of tuples."""
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def _report(found: dict[str, Any]) -> BoundaryReport:
    lists = {key: tuple(found[key]) for key in ("absent", "unexpected", "empty", "unmatched")}
    return BoundaryReport(
        **{
            **found,
            **lists,
            "invalid": _pairs(found["invalid"]),
            "overlaps": tuple(Overlap(**one) for one in found["overlaps"]),
            "gaps": tuple(_gap(one) for one in found["gaps"]),
            "areas": None if found["areas"] is None else _areas(found["areas"]),
        }
    )


def _gap(found: dict[str, Any]) -> Gap:
    neighbours = tuple(found["neighbours"])
    return Gap(**{**found, "kind": GapKind(found["kind"]), "neighbours": neighbours})


def _areas(found: dict[str, Any]) -> AreaCheck:
    return AreaCheck(**{**found, "worst": tuple(AreaDifference(**one) for one in found["worst"])})


def _repair(found: dict[str, Any]) -> Repair:
    words = {"fault": Fault(found["fault"]), "action": Action(found["action"])}
    reason = None if found["reason"] is None else Reason(found["reason"])
    return Repair(**{**found, **words, "reason": reason})


def _pairs(found: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in found)
