"""What a ranking says of a unit, in plain sentences made from its contributions alone."""

import pandas as pd

from geoapp.numbers import show_number, show_value
from geoapp.words import say
from layers.decide.explain import Explanation, Reason
from layers.spec import Catalogue
from layers.terms import Choice

SHOWN = 3
"""Layers and changes of each kind that are told; the rest stands in the table."""
_DIGITS = 2


def tell_unit(told: Explanation, name: str, catalogue: Catalogue, language: str) -> list[str]:
    """Say why a unit stands where it stands and what would turn it.

    Parameters
    ----------
    told : Explanation
        The facts.
    name : str
        Of the unit.
    catalogue : Catalogue
        Units of the figures.
    language : str
        es or en.

    Returns
    -------
    list of str
        One sentence each.
    """
    if told.rank is None or told.score is None:
        missing = show_number(100 * told.missing_weight, 0)
        return [say("standing.no_rank", language, name=name, missing=missing)]
    score = show_number(told.score, _DIGITS)
    rank = say(
        "standing.rank", language, name=name, rank=told.rank, ranked=told.ranked, score=score
    )
    return [
        rank,
        _tell_threshold(told, language),
        *_tell_reasons(told.reasons, catalogue, language),
        *(_tell_turns(told, catalogue, language) if told.threshold is not None else ()),
    ]


def _tell_threshold(told: Explanation, language: str) -> str:
    if told.threshold is None:
        return say("standing.all_inside", language, top=told.top)
    key = "standing.inside" if told.is_in else "standing.outside"
    threshold = show_number(told.threshold, _DIGITS)
    return say(key, language, top=told.top, threshold=threshold)


def _tell_reasons(reasons: tuple[Reason, ...], catalogue: Catalogue, language: str) -> list[str]:
    sentences = []
    for key, sign in (("standing.above", 1), ("standing.below", -1)):
        found = [reason for reason in reasons if sign * (reason.adds - reason.typical) > 0]
        parts = [_tell_reason(reason, catalogue, language) for reason in found[:SHOWN]]
        if parts:
            sentences.append(say(key, language, layers="; ".join(parts)))
    return sentences


def _tell_reason(reason: Reason, catalogue: Catalogue, language: str) -> str:
    apart = reason.adds - reason.typical
    return say(
        "standing.part",
        language,
        title=_title(reason.layer, language),
        value=_figure(reason.value, reason.layer, catalogue, language),
        adds=show_number(reason.adds, _DIGITS),
        apart=("+" if apart > 0 else "") + show_number(apart, _DIGITS),
    )


def _tell_turns(told: Explanation, catalogue: Catalogue, language: str) -> list[str]:
    way = "out" if told.is_in else "in"
    sentences = []
    for kind, turns in (("figure", told.figures), ("weight", told.weights)):
        if not turns:
            sentences.append(say(f"standing.no_{kind}_{way}", language))
        for turn in turns[:SHOWN]:
            now, then = (
                _figure(value, turn.layer, catalogue, language)
                if kind == "figure"
                else show_number(value, _DIGITS)
                for value in (turn.now, turn.then)
            )
            side = say(f"standing.{'more' if turn.rises else 'less'}", language)
            title = _title(turn.layer, language)
            key = f"standing.{kind}_{way}"
            sentences.append(say(key, language, title=title, then=then, now=now, side=side))
    return sentences


def _title(layer: str, language: str) -> str:
    return say(f"layer.{layer}.title", language)


def _figure(value: float | None, layer: str, catalogue: Catalogue, language: str) -> str:
    if value is None:
        return say("standing.no_figure", language)
    unit = catalogue.layer(layer).unit
    return f"{show_value(value, unit)} {say(f'unit.{unit.value}', language)}".strip()


def tell_choice(alternatives: pd.DataFrame, top: int, language: str) -> str:
    """Say which choice of method moves the first units most.

    Parameters
    ----------
    alternatives : DataFrame
        Of ``layers.decide.alternatives``, the one that moves most at the head.
    top : int
        How many count as the first.
    language : str
        es or en.

    Returns
    -------
    str
        One sentence.
    """
    first = alternatives.iloc[0]
    if not first["entered"]:
        return say("choice.moves_none", language, top=top)
    choice = Choice(first["choice"])
    title = _title(first["layer"], language) if choice is Choice.LEFT_OUT else ""
    told = say(f"choice.{choice.value}", language, title=title)
    return say("choice.moves", language, top=top, choice=told, entered=first["entered"])
