"""The chain of a figure, from the cell to the published numbers, as nested lines."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.answers.chain import show_step
from geoapp.words import say

_MOST_PARTS = 12
_OPEN = 2
"""Levels of the chain that are open at first."""


def chain(step: dict[str, Any], language: str, depth: int = 0) -> Component:
    """Return a chain, the cell first; deeper levels are folded.

    Parameters
    ----------
    step : dict
        As ``why_answer`` returns it.
    language : str
        Language of the words around its own.
    depth : int
        Levels above it.

    Returns
    -------
    Component
        One block.
    """
    lines: list[Component] = []
    if depth:
        place = f" · {step['name']}" if step["name"] else ""
        lines.append(html.Div([html.B(f"{step['title']}{place}: "), show_step(step, language)]))
    lines.append(html.P(step["formula"]))
    if step["record"]:
        lines.append(_record(step["record"], language))
    below = [chain(one, language, depth + 1) for one in step["inputs"][:_MOST_PARTS]]
    left = len(step["inputs"]) - len(below)
    if left > 0:
        below.append(html.P(say("why.more", language, count=left)))
    if below and depth >= _OPEN:
        head = html.Summary(say("why.title", language))
        below = [html.Details([head, *below])]
    return html.Div([*lines, *below], className="why")


def _record(record: dict[str, Any], language: str) -> Component:
    columns = record["columns"]
    place = [say("why.row", language, row=record["row"])] if record["row"] else []
    if columns:
        said = columns[0] if len(columns) == 1 else f"{columns[0]} … {columns[-1]}"
        place.append(say("why.column", language, columns=said))
    terms = [record["vintage"], record["licence"]]
    if record["sha256"]:
        terms.append(f"sha256 {record['sha256'][:12]}…")
    link = html.A(
        record["title"], href=record["landing"], target="_blank", rel="noopener noreferrer"
    )
    parts: list[Component | str] = [link, f" · {' · '.join([*place, *terms])}"]
    if record["note"]:
        parts.append(f" · {record['note']}")
    return html.P(parts)
