"""A map of a scenario as one file that opens anywhere: map, legend, first units and sources."""

import html
from pathlib import Path

from branca.element import Element

from geoapp.exports.frame import ExportFrame, licences_of
from geoapp.maps.page import figure_of, page_of, unit_map
from geoapp.numbers import show_number
from geoapp.style import INK, LINE, SURFACE
from geoapp.words import say

_LANGUAGE = "es"
_FIRST = 50
"""Units of the table."""
_SHEET = (
    f"body{{display:flex;flex-direction:column;background:{SURFACE};color:{INK};"
    "font:15px/1.45 system-ui,sans-serif}"
    "header{order:0;padding:12px 16px}h1{font-size:20px;margin:0}"
    ".folium-map{order:1;flex:none;height:70vh!important}"
    ".key{top:84px!important}"
    "main{order:2;padding:12px 16px;max-width:60em}"
    "table{border-collapse:collapse}td,th{text-align:left;padding:2px 12px 2px 0;"
    f"border-bottom:1px solid {LINE}}}"
    "html,body{height:auto!important}"
)


def write_html(frame: ExportFrame, path: Path) -> None:
    """Write the page; it asks no network for anything, and names are told as text.

    Parameters
    ----------
    frame : ExportFrame
        What the page says.
    path : Path
        The file.

    Raises
    ------
    ExportError
        Where the outlines may not be passed on.
    """
    made = unit_map(frame, language=_LANGUAGE)
    root = figure_of(made)
    root.header.add_child(Element(f"<style>{_SHEET}</style>"))
    root.html.add_child(Element(_head(frame)))
    root.html.add_child(Element(f"<main>{_ranking(frame)}{_sources(frame)}{_origin(frame)}</main>"))
    path.write_text(page_of(made, frame.title, _LANGUAGE), encoding="utf-8")


def _head(frame: ExportFrame) -> str:
    told = say(
        "maps.head",
        _LANGUAGE,
        date=frame.date,
        scenario=frame.provenance["escenario"],
        hash=frame.provenance["escenario_hash"],
    )
    return f"<header><h1>{html.escape(frame.title)}</h1><div>{html.escape(told)}</div></header>"


def _ranking(frame: ExportFrame) -> str:
    first = frame.rows.dropna(subset=["rank"]).sort_values("rank").head(_FIRST)
    columns = [name for name in ("name", "province", "region") if name in frame.rows]
    heads = ["rank", *(columns or ["ubigeo"]), "score"]
    rows = [
        "".join(
            f"<td>{html.escape(text)}</td>"
            for text in (
                str(row["rank"]),
                *(str(row[name] or "") for name in heads[1:-1]),
                show_number(row["score"], 1),
            )
        )
        for row in first.to_dict("records")
    ]
    titles = "".join(
        f"<th>{html.escape(say(f'export.column.{name}', _LANGUAGE))}</th>" for name in heads
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    named = html.escape(say("maps.first", _LANGUAGE, count=len(first)))
    return f"<h2>{named}</h2><table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def _sources(frame: ExportFrame) -> str:
    """Return the sources of what is on the page: score, names and outlines."""
    shown = frame.dictionary["columna"].isin(["score", "name", "geometry"])
    used = {name for text in frame.dictionary.loc[shown, "fuente"] for name in text.split("; ")}
    rows = [
        f'<li><a href="{html.escape(row["enlace"])}">{html.escape(row["publicador"])}</a>, '
        f"{html.escape(row['fecha'])}. {html.escape(row['cita'])}. {html.escape(row['licencia'])}.</li>"
        for row in frame.sources.to_dict("records")
        if row["id"] in used
    ]
    return f"<h2>{html.escape(say('page.sources', _LANGUAGE))}</h2><ul>{''.join(rows)}</ul>"


def _origin(frame: ExportFrame) -> str:
    told = say(
        "maps.origin",
        _LANGUAGE,
        build=frame.provenance["construccion"],
        version=frame.provenance["version"],
        weights=frame.provenance["pesos"],
        licences=", ".join(licences_of(frame.dictionary)),
    )
    return f"<p>{html.escape(told)}</p>"
