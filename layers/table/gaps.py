"""Targeted, reached, gap and unmet share of the units of every level."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from layers.indicators.gap import gap, pending_target, unmet_share
from layers.spec import Catalogue, LayerSpec
from layers.terms import AdminLevel, Model

_PARTS = ["need", "targeted", "reached", "gap", "beyond", "unknown"]


@dataclass(frozen=True)
class Reports:
    """What partners report, added up by place."""

    rows: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(
            columns=["unit", "sector", "partner", "reached", "planned"]
        )
    )
    """unit (of any level), sector, partner, reached and planned (people)."""
    present: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["unit", "sector", "partner"])
    )
    """unit (of any level), sector and partner: who reports or is listed, with figures or not."""

    def of(self, sector: str | None) -> pd.DataFrame:
        """Return the reports of one sector."""
        return self.rows[self.rows["sector"] == sector]


NO_REPORTS = Reports()
"""Where nobody reports anything; not to be changed."""


def sector_gaps(
    need: Mapping[AdminLevel, pd.Series], reports: pd.DataFrame
) -> dict[AdminLevel, pd.DataFrame]:
    """Return need, answer and gap of one sector at every level.

    A unit that partners report on itself is compared as a whole with all reports on it and on
    its parts. Of a unit that they report on by parts only, the parts with a report are added,
    and the need of the others is unknown. Reports on a unit are never divided among its parts.

    Parameters
    ----------
    need : Mapping
        People in need by ubigeo of each level, finest first.
    reports : DataFrame
        unit, partner, reached and planned of one sector.

    Returns
    -------
    dict
        By level and ubigeo: need, targeted, reached, gap, beyond and unknown, with
        need + beyond = targeted + reached + gap + unknown; unknown is all the need of a
        unit without a report, whose other columns are missing.
    """
    found: dict[AdminLevel, pd.DataFrame] = {}
    finer: pd.DataFrame | None = None
    for level, here in need.items():
        whole = _told_whole(here, reports, level, is_finest=finer is None)
        if finer is not None:
            parts = finer[finer[["targeted", "reached"]].notna().any(axis=1)]
            added = parts.groupby(parts.index.str[: level.digits]).sum(min_count=1)
            here_of = here.reindex(added.index)
            told = added["need"] - added["unknown"]
            added = added.assign(need=here_of, unknown=(here_of - told).clip(lower=0.0))
            whole = pd.concat([whole, added[~added.index.isin(whole.index)]])
        frame = whole.reindex(index=here.index, columns=_PARTS).astype(float)
        finer = frame.assign(need=here, unknown=frame["unknown"].where(frame["gap"].notna(), here))
        found[level] = finer
    return found


def _told_whole(
    need: pd.Series, reports: pd.DataFrame, level: AdminLevel, is_finest: bool
) -> pd.DataFrame:
    """Compare the units that have a report of their own with all that is reported inside them."""
    units = reports["unit"].astype(str)
    codes = units.str[: level.digits]
    is_own = (units.str.len() >= level.digits) if is_finest else units == codes
    inside = reports[codes.isin(codes[is_own & (codes.str.len() == level.digits)])]
    by_partner = (
        inside.assign(unit=inside["unit"].astype(str).str[: level.digits])
        .groupby(["unit", "partner"])[["reached", "planned"]]
        .sum(min_count=1)
        .astype(float)
    )
    by_partner["targeted"] = pending_target(by_partner["planned"], by_partner["reached"])
    answer = by_partner.groupby("unit")[["targeted", "reached"]].sum(min_count=1)
    answer = answer[answer.index.isin(need.index)]
    wanted = need.reindex(answer.index)
    left = gap(wanted, answer["targeted"], answer["reached"])
    return pd.concat([wanted.rename("need"), answer, left], axis=1).assign(unknown=0.0)


def activity_layer(
    layer: LayerSpec,
    values: Mapping[AdminLevel, Mapping[str, pd.Series]],
    units: Mapping[AdminLevel, pd.Index],
    reports: Reports,
    catalogue: Catalogue,
) -> dict[AdminLevel, pd.DataFrame]:
    """Return a layer of what partners do at every level, with the range of a share.

    Parameters
    ----------
    layer : LayerSpec
        Its model is one of activity; people in need are among its inputs, by sector.
    values : Mapping
        Layers made so far, by level (finest first) and id.
    units : Mapping
        Codes of the units by level, finest first.
    reports : Reports
        What partners report.
    catalogue : Catalogue
        Tells the sector of each people in need.

    Returns
    -------
    dict
        By level and ubigeo: value, and for a share low and high.
    """
    if layer.model is Model.PARTNERS:
        return {level: partners_in(reports.present, codes) for level, codes in units.items()}
    specs = [catalogue.layer(name) for name in layer.inputs]
    needs = {str(one.sector): one.id for one in specs if one.model is Model.PEOPLE_IN_NEED}
    by_sector = {
        sector: sector_gaps(
            {level: made[name] for level, made in values.items()}, reports.of(sector)
        )
        for sector, name in needs.items()
    }
    if layer.model is Model.UNMET_SHARE:
        return {level: _unmet(by_sector, level) for level in values}
    if layer.model is Model.GAP:
        found, column = by_sector[str(layer.sector)], "gap"
    else:
        # What was reported does not hang on the need.
        nobody = {level: pd.Series(float("nan"), index=codes) for level, codes in units.items()}
        found = sector_gaps(nobody, reports.of(layer.sector))
        column = "targeted" if layer.model is Model.TARGETED else "reached"
    return {level: frame[[column]].set_axis(["value"], axis=1) for level, frame in found.items()}


def partners_in(present: pd.DataFrame, units: pd.Index) -> pd.DataFrame:
    """Count the partners of units of one level, each once.

    Parameters
    ----------
    present : DataFrame
        unit (of any level) and partner.
    units : Index of str
        Codes of the level.

    Returns
    -------
    DataFrame
        By ubigeo: value, the partners in the unit or a part of it; missing where none is known.
        One that works in the region somewhere says nothing of a district.
    """
    digits = len(units[0]) if len(units) else 0
    inside = present[present["unit"].astype(str).str.len() >= digits]
    codes = inside["unit"].astype(str).str[:digits]
    counted = inside["partner"].groupby(codes).nunique()
    return counted.reindex(units).astype(float).to_frame("value")


def _unmet(
    by_sector: Mapping[str, Mapping[AdminLevel, pd.DataFrame]], level: AdminLevel
) -> pd.DataFrame:
    gaps, need, unknown = (
        pd.DataFrame({sector: found[level][part] for sector, found in by_sector.items()})
        for part in ("gap", "need", "unknown")
    )
    return unmet_share(gaps, need, unknown)
