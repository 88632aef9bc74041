"""The memo of a scenario or of a decision: ranking, how firm it is, map, method and sources."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geoapp.answers.robust import robust_answer
from geoapp.numbers import show_number
from geoapp.planners.scenarios import Saved, compare, freeze, load, path_of
from geoapp.reports.drawn import country_map
from geoapp.reports.figures import Citations, cited_by
from geoapp.reports.paper import set_pages
from geoapp.reports.ranked import ranked_rows
from geoapp.reports.report import Asked, caption_of, foot_of
from geoapp.store.records import read_record
from geoapp.words import say
from layers.decide.draws import Rules

_TOP = 20
_PAPER = (1840, 1130)
_WORDS = (
    "rank",
    "unit_name",
    "place",
    "score",
    "score_range",
    "trust",
    "among",
    "places",
    "weighs",
    "weight",
    "weight_share",
    "proof_mark",
    "ranking",
    "firmness",
    "map",
    "method",
    "method_text",
    "sources",
    "hashes",
    "north",
)


@dataclass(frozen=True)
class _Subject:
    """What a memo is about."""

    saved: Saved | None
    record: dict[str, Any]
    """Name, reason, who and when of a decision; empty for a scenario."""


def make_memo(asked: Asked) -> bytes:
    """Return the memo of a scenario or decision.

    Parameters
    ----------
    asked : Asked
        Its subject is the name of a decision or a saved scenario, or a path to one; the
        default scenario where it is empty.

    Returns
    -------
    bytes
        PDF.

    Raises
    ------
    RecordError
        Where there is no such scenario, or it was changed.
    """
    subject = _subject_of(asked)
    if subject.saved:
        asked = replace(asked, scenario=subject.saved.scenario, level=subject.saved.level)
    return set_pages("memo", memo_data(asked, subject), asked.day)


def _subject_of(asked: Asked) -> _Subject:
    if not asked.subject:
        return _Subject(None, {})
    store = asked.settings.kept
    decided = store / "decisions" / f"{Path(asked.subject).stem}.json"
    is_decision = decided.is_file() and not asked.subject.endswith(".json")
    path = decided if is_decision else path_of(store, asked.subject)
    saved = load(path)
    record = read_record(path)
    return _Subject(saved, record if "frozen" in record else {})


def memo_data(asked: Asked, subject: _Subject) -> dict[str, Any]:
    """Return what a memo prints: texts, numbers as texts, and SVG."""
    language, level = asked.language, asked.level
    table = asked.made(level).table
    weighed = tuple(layer for layer in asked.scenario.shares if layer in table.sources)
    cited = cited_by(table, weighed)
    citations = Citations(asked.catalogue, cited, language)
    rules = Rules(seed=asked.scenario.seed)
    robust = robust_answer(table, asked.scenario, asked.catalogue, rules, _TOP)
    members = tuple(str(code) for code in table.values.index)
    units = say(f"levels.{level}", language)
    name = subject.record.get("name") or asked.scenario.id
    return {
        "language": language,
        "words": {word: say(f"report.{word}", language) for word in _WORDS},
        "title": say("report.memo_title", language, name=name),
        "about": _about(subject, language),
        "mark": citations.mark(tuple(cited)),
        "weights": _weights(asked, citations),
        "rows": _firm_rows(asked, robust, members),
        "firmness": _firmness(robust["robust"], language),
        "map": {
            "title": say("report.score_map", language, units=units),
            "caption": caption_of(asked),
            **country_map(asked, *_PAPER),
        },
        "sources": citations.lines(),
        "hashes": _hashes(asked, subject),
        "foot": foot_of(asked),
    }


def _about(subject: _Subject, language: str) -> list[str]:
    record = subject.record
    if record:
        facts = {key: record[key] for key in ("who", "when", "reason")}
        return [say(f"report.decision_{key}", language, text=text) for key, text in facts.items()]
    note = subject.saved.scenario.note if subject.saved else ""
    return [note] if note else [say("report.scenario_only", language)]


def _weights(asked: Asked, citations: Citations) -> list[list[str]]:
    sources = asked.made(asked.level).table.sources
    shares = asked.scenario.shares
    return [
        [
            say(f"layer.{layer}.title", asked.language),
            f"{weight:g}",
            f"{show_number(100 * shares[layer], 1)} %",
            citations.mark(sources[layer])
            if layer in sources
            else say("page.missing", asked.language),
        ]
        for layer, weight in asked.scenario.weights
        if layer in shares
    ]


def _firm_rows(asked: Asked, robust: dict[str, Any], members: tuple[str, ...]) -> list[list[str]]:
    """Return the rows of the ranking with how firm each place is."""
    rows = ranked_rows(asked, members, _TOP)
    firm = [unit["robust"] for unit in robust["units"] if unit["rank"] is not None]
    return [
        [
            *row,
            f"{show_number(100 * one['p_top'], 0)} %" if one else "–",
            f"{one['rank_low']}–{one['rank_high']}" if one else "–",
        ]
        for row, one in zip(rows, firm, strict=False)
    ]


def _firmness(robust: dict[str, Any], language: str) -> list[str]:
    told = say(
        "report.firmness_text",
        language,
        draws=show_number(float(robust["draws"]), 0),
        top=robust["top"],
        width=show_number(100 * robust["half_width"], 2),
        seed=robust["seed"],
    )
    return [told, robust["sentence"][language]]


def _hashes(asked: Asked, subject: _Subject) -> list[str]:
    now = freeze(asked.built, asked.scenario, asked.level, asked.catalogue)
    lines = [
        say("report.hash_scenario", asked.language, hash=asked.scenario.hash),
        say("report.hash_build", asked.language, hash=asked.built.hash),
        say("report.hash_answer", asked.language, hash=now.answer),
    ]
    if subject.saved:
        moved = len(compare(subject.saved, now)["moved"])
        is_same = subject.saved.answer == now.answer
        key = "report.same_answer" if is_same else "report.other_answer"
        lines.append(say(key, asked.language, moved=moved, hash=subject.saved.answer))
    return lines
