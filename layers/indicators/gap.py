"""What is left of the needs after what partners did and mean to do (methods, section 8)."""

import pandas as pd


def pending_target(planned: pd.Series, reached: pd.Series) -> pd.Series:
    """Return the people whom partners mean to reach and have not reached yet.

    max(0, planned − reached): a target of the year takes in those already reached, so that
    taking both from the need would count these twice.

    Parameters
    ----------
    planned, reached : Series of float
        People by partner; missing is not reported.

    Returns
    -------
    Series of float
        People; missing where no target is reported.
    """
    return (planned - reached.fillna(0.0)).clip(lower=0.0)


def gap(need: pd.Series, targeted: pd.Series, reached: pd.Series) -> pd.DataFrame:
    """Return what is left of a need: gap = need − targeted − reached.

    Parameters
    ----------
    need : Series of float
        People in need by unit.
    targeted, reached : Series of float
        People whom partners have yet to reach and have reached; one that is missing where the
        other is known was not reported, and nothing is taken off for it.

    Returns
    -------
    DataFrame of float
        gap, never below 0, and beyond: by how much the reports pass the need. Both missing
        where nothing is reported: no report is unknown, and never no activity.
    """
    answered = targeted.add(reached, fill_value=0.0).reindex(need.index)
    left = need - answered
    return pd.DataFrame({"gap": left.clip(lower=0.0), "beyond": (-left).clip(lower=0.0)})


def unmet_share(gaps: pd.DataFrame, need: pd.DataFrame, unknown: pd.DataFrame) -> pd.DataFrame:
    """Return the share of the needs that nobody has reached or means to reach.

    Σ gap / Σ (need − unknown) over the sectors with a report. Its range: low takes every need
    without a report as met, high as unmet.

    Parameters
    ----------
    gaps, need, unknown : DataFrame of float
        By unit, one column per sector; ``unknown`` is the need of places without a report.

    Returns
    -------
    DataFrame of float
        value, low and high by unit, 0–100 %; missing where no sector has a report.
    """
    told = (need - unknown).where(gaps.notna()).sum(axis=1, min_count=1)
    left = gaps.sum(axis=1, min_count=1)
    whole = need.sum(axis=1, min_count=1)
    silent = (whole - told).clip(lower=0.0)
    percent = {
        "value": left / told.where(told > 0),
        "low": left / whole.where(whole > 0),
        "high": (left + silent) / whole.where(whole > 0),
    }
    found = pd.DataFrame(percent).clip(0.0, 1.0) * 100.0
    return found.where(found["value"].notna())
