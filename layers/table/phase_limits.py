"""Check the table of limits that says what a deficit means as severity of a sector."""

from collections.abc import Iterable, Mapping

import pandas as pd

from layers.errors import Sentence, SourceDamagedError, joined, nearest
from layers.indicators.severity import PhaseLimits
from layers.spec import Catalogue
from layers.terms import Direction

_LIMITS = ("phase_2", "phase_3", "phase_4", "phase_5")
_COLUMNS = ("sector", "layer", "direction", *_LIMITS, "source", "note")
_SHOWN = 10


def phase_limits(
    rows: pd.DataFrame, file: str, sectors: Iterable[str], catalogue: Catalogue
) -> dict[str, PhaseLimits]:
    """Return the limits of each sector, or every fault of the table.

    Parameters
    ----------
    rows : DataFrame of str
        Columns sector, layer, direction, phase_2 to phase_5 (first value of the phase),
        source and note; indexed by row of the file.
    file : str
        Named in the errors.
    sectors : iterable of str
        Sectors that may have a row.
    catalogue : Catalogue
        Declares the layers that may be named.

    Returns
    -------
    dict
        From the sector to its PhaseLimits.

    Raises
    ------
    SourceDamagedError
        With one sentence per fault: file, row, remedy.
    """
    absent = [name for name in _COLUMNS if name not in rows]
    if absent:
        raise SourceDamagedError(
            "{file} has no column {absent}; add it to the header",
            file=file,
            absent=", ".join(absent),
        )
    known = list(sectors)
    found: dict[str, PhaseLimits] = {}
    faults: list[Sentence] = []
    for row, cells in zip(rows.index, rows[list(_COLUMNS)].to_dict("records"), strict=True):
        fault = _fault(cells, known, found, catalogue)
        if fault:
            faults.append(Sentence("{file}, row {row}: {fault}", file=file, row=row, fault=fault))
        else:
            found[cells["sector"]] = _limits_of(cells)
    if faults:
        left = len(faults) - _SHOWN
        more = [Sentence("and {count} more", count=left)] if left > 0 else []
        raise SourceDamagedError(joined([*faults[:_SHOWN], *more]))
    return found


def _fault(
    cells: Mapping[str, str], sectors: list[str], found: Mapping[str, object], catalogue: Catalogue
) -> Sentence | None:
    """Return what is wrong with a row and what to do, or None."""
    sector, layer = cells["sector"], cells["layer"]
    if sector not in sectors:
        return Sentence(
            "no sector {sector!r}{near}; write one of {known}",
            sector=sector,
            near=nearest(sector, sectors),
            known=", ".join(sectors),
        )
    if sector in found:
        return Sentence("sector {sector} has a row above; keep one", sector=sector)
    if not cells["source"]:
        return Sentence(
            "sector {sector} has no source; write who set its limits and when", sector=sector
        )
    if not layer:
        if not any(cells[name] for name in _LIMITS):
            return None
        return Sentence("sector {sector} has limits and no layer; name the layer", sector=sector)
    spec = catalogue.layers.get(layer)
    own = deficits_of(sector, catalogue)
    if spec is None or layer not in own:
        return Sentence(
            "layer {layer!r} is no deficit of {sector}{near}; write one of {known}",
            layer=layer,
            sector=sector,
            near=nearest(layer, own),
            known=", ".join(own),
        )
    if cells["direction"] not in (Direction.MORE_IS_WORSE, Direction.LESS_IS_WORSE):
        return Sentence(
            "direction {direction!r} is unknown; write more_is_worse or less_is_worse",
            direction=cells["direction"],
        )
    return _fault_of_limits(cells, spec.valid_range)


def _fault_of_limits(cells: Mapping[str, str], valid: tuple[float, float]) -> Sentence | None:
    try:
        limits = [float(cells[name]) for name in _LIMITS]
    except ValueError:
        shown = ", ".join(repr(cells[name]) for name in _LIMITS)
        return Sentence(
            "limits {limits} are not four numbers; write each with a decimal point", limits=shown
        )
    if not all(valid[0] <= limit <= valid[1] for limit in limits):
        return Sentence(
            "a limit is outside {low:g} to {high:g}, the range of {layer}",
            low=valid[0],
            high=valid[1],
            layer=cells["layer"],
        )
    rising = limits if cells["direction"] == Direction.MORE_IS_WORSE else limits[::-1]
    if sorted(set(rising)) != rising:
        return Sentence(
            "the limits of phases 2 to 5 do not {way}; each phase must begin worse than the last",
            way=Sentence("rise") if rising is limits else Sentence("fall"),
        )
    return None


def deficits_of(sector: str, catalogue: Catalogue) -> list[str]:
    """Return the layers that may tell the severity of a sector: the inputs of its own layer."""
    judged = catalogue.layers.get(f"severity_{sector}")
    return list(judged.inputs) if judged else []


def _limits_of(cells: Mapping[str, str]) -> PhaseLimits:
    layer = cells["layer"] or None
    return PhaseLimits(
        sector=cells["sector"],
        layer=layer,
        direction=Direction(cells["direction"]) if layer else Direction.MORE_IS_WORSE,
        limits=tuple(float(cells[name]) for name in _LIMITS) if layer else (),
        source=cells["source"],
        note=cells["note"],
    )
