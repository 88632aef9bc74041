"""Any answer as a page that a person can read and walk through."""

from html import escape
from typing import Any

from geoapp.words import say

_MOST = 200
"""Entries of one list that a page shows; the rest is in the JSON."""


def html_of(document: Any, title: str, language: str, home: str) -> str:
    """Return an answer as a page without scripts.

    Parameters
    ----------
    document : object
        Dicts, lists, texts and numbers.
    title : str
        Of the page.
    language : str
        es or en.
    home : str
        Address of the landing page.

    Returns
    -------
    str
        HTML; whatever stands in the answer is text.
    """
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/tokens.css"></head>'
        f'<body style="margin: 1rem; font-family: Inter, sans-serif">'
        f'<p><a href="{escape(home)}?f=html">geoapp API</a></p><h1>{escape(title)}</h1>'
        f"{_shown(document, language)}</body></html>"
    )


def _shown(value: Any, language: str) -> str:
    if isinstance(value, dict):
        if isinstance(value.get("href"), str) and "rel" in value:
            text = escape(str(value.get("title") or value["href"]))
            return f'{escape(value["rel"])}: <a href="{escape(value["href"])}">{text}</a>'
        rows = (
            f"<dt>{escape(str(k))}</dt><dd>{_shown(v, language)}</dd>" for k, v in value.items()
        )
        return f"<dl>{''.join(rows)}</dl>"
    if isinstance(value, list):
        items = [f"<li>{_shown(one, language)}</li>" for one in value[:_MOST]]
        if len(value) > _MOST:
            items.append(f"<li>{escape(say('api.more', language, count=len(value) - _MOST))}</li>")
        return f"<ul>{''.join(items)}</ul>"
    return "–" if value is None else escape(str(value))
