"""Check the table of limits that says what a deficit means as severity of a sector."""

from collections.abc import Iterable, Mapping

import pandas as pd

from layers.errors import SourceDamagedError, nearest
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
        raise SourceDamagedError(f"{file} has no column {', '.join(absent)}; add it to the header")
    known = list(sectors)
    found: dict[str, PhaseLimits] = {}
    faults: list[str] = []
    for row, cells in zip(rows.index, rows[list(_COLUMNS)].to_dict("records"), strict=True):
        fault = _fault(cells, known, found, catalogue)
        if fault:
            faults.append(f"{file}, row {row}: {fault}")
        else:
            found[cells["sector"]] = _limits_of(cells)
    if faults:
        more = [f"and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else []
        raise SourceDamagedError("\n".join([*faults[:_SHOWN], *more]))
    return found


def _fault(
    cells: Mapping[str, str], sectors: list[str], found: Mapping[str, object], catalogue: Catalogue
) -> str | None:
    """Return what is wrong with a row and what to do, or None."""
    sector, layer = cells["sector"], cells["layer"]
    if sector not in sectors:
        return f"no sector {sector!r}{nearest(sector, sectors)}; write one of {', '.join(sectors)}"
    if sector in found:
        return f"sector {sector} has a row above; keep one"
    if not cells["source"]:
        return f"sector {sector} has no source; write who set its limits and when"
    if not layer:
        has_limits = any(cells[name] for name in _LIMITS)
        return f"sector {sector} has limits and no layer; name the layer" if has_limits else None
    spec = catalogue.layers.get(layer)
    own = deficits_of(sector, catalogue)
    if spec is None or layer not in own:
        near = nearest(layer, own)
        return f"layer {layer!r} is no deficit of {sector}{near}; write one of {', '.join(own)}"
    if cells["direction"] not in (Direction.MORE_IS_WORSE, Direction.LESS_IS_WORSE):
        return f"direction {cells['direction']!r} is unknown; write more_is_worse or less_is_worse"
    return _fault_of_limits(cells, spec.valid_range)


def _fault_of_limits(cells: Mapping[str, str], valid: tuple[float, float]) -> str | None:
    try:
        limits = [float(cells[name]) for name in _LIMITS]
    except ValueError:
        shown = ", ".join(repr(cells[name]) for name in _LIMITS)
        return f"limits {shown} are not four numbers; write each with a decimal point"
    if not all(valid[0] <= limit <= valid[1] for limit in limits):
        return f"a limit is outside {valid[0]:g} to {valid[1]:g}, the range of {cells['layer']}"
    rising = limits if cells["direction"] == Direction.MORE_IS_WORSE else limits[::-1]
    if sorted(set(rising)) != rising:
        way = "rise" if rising is limits else "fall"
        return (
            f"the limits of phases 2 to 5 do not {way}; each phase must begin worse than the last"
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
