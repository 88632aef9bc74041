"""The chain of a cell as lines of text."""

from collections.abc import Iterator
from typing import Any

from geoapp.answers.chain import show_step
from geoapp.words import say

_MOST_PARTS = 6


def chain_lines(step: dict[str, Any]) -> list[str]:
    """Write a chain as a tree, one number and its formula after the other.

    Parameters
    ----------
    step : dict
        As ``why_answer`` returns it, in Spanish.

    Returns
    -------
    list of str
        Without a line end; of the parts of a coarser figure the first ones only.
    """
    return [_head(step), *_below(step, "")]


def _below(step: dict[str, Any], margin: str) -> Iterator[str]:
    rail = "│ " if step["inputs"] else "  "
    yield f"{margin}{rail} {step['formula']}"
    if step["record"]:
        yield from (f"{margin}{rail} {line}" for line in _record(step["record"]))
    inputs = step["inputs"]
    is_long = len(inputs) > _MOST_PARTS and inputs[0]["rule"] == "part"
    shown = inputs[:_MOST_PARTS] if is_long else inputs
    for place, below in enumerate(shown, start=1):
        is_last = place == len(shown) and not is_long
        yield f"{margin}{'└─' if is_last else '├─'} {_head(below)}"
        if below["rule"] != "part":
            yield from _below(below, margin + ("   " if is_last else "│  "))
    if is_long:
        yield f"{margin}└─ {say('why.more', 'es', count=len(inputs) - len(shown))}"


def _head(step: dict[str, Any]) -> str:
    place = f" · {step['name'] or ''} {step['ubigeo']}" if step["ubigeo"] else ""
    method = say(f"method.{step['method']}", "es") if step["method"] else ""
    return f"{step['title']}{place}: {show_step(step, 'es')}{f' [{method}]' if method else ''}"


def _record(record: dict[str, Any]) -> Iterator[str]:
    columns = record["columns"]
    parts = [say("why.row", "es", row=record["row"])] if record["row"] else []
    if len(columns) > 3:
        said = say("why.columns", "es", count=len(columns), first=columns[0], last=columns[-1])
        parts.append(said)
    elif columns:
        parts.append(say("why.column", "es", columns=", ".join(columns)))
    parts += [f"{name} = {' | '.join(texts)}" for name, texts in record["where"].items()]
    yield " · ".join(filter(None, (f"{record['source']}: {record['title']}", *parts)))
    if record["note"]:
        yield record["note"]
    yield f"{record['vintage']} · {record['licence']} · {record['landing']}"
    if record["sha256"]:
        yield f"sha256 {record['sha256']}"
