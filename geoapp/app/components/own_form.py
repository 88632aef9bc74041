"""A visitor's file: what it is, how it is to be read, and what of the product it could be."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.numbers import show_number
from geoapp.words import say
from layers.own.asked import OWN, SYSTEMS, UNITS, Asked
from layers.terms import Unit

_MAPS = ("geojson", "gpkg")
_MOST_SHOWN = 6
"""Columns of the preview; the rest is named below it."""


def preview(seen: Mapping[str, Any], asked: Asked, language: str) -> list[Component]:
    """Return what a file is, its first rows, and the form.

    Parameters
    ----------
    seen : mapping
        As ``look_at`` returns it.
    asked : Asked
        What the form holds.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        Ends with the button that checks the file row by row.
    """
    return [
        html.H3(seen["name"]),
        html.P(_facts(seen, language), className="note"),
        *(_first_rows(seen, language) if seen.get("columns") else []),
        html.Div(_fields(seen, asked, language), className="own-fields"),
        tells("check", say("own.check", language), "act"),
    ]


def tells(act: str, text: str, look: str, **told: str) -> Component:
    """Return a button that tells the page of the own file what to do."""
    marks: dict[str, Any] = {f"data-{key}": value for key, value in told.items()}
    marks |= {"data-tells": ids.OWN_ACT, "data-act": act}
    return html.Button(text, className=look, **marks)


def _facts(seen: Mapping[str, Any], language: str) -> str:
    """Say format, size, encoding, separator, scheme of codes, system: all that was assumed."""
    facts = dict(seen["facts"])
    said = [say(f"own.format.{seen['format']}", language)]
    if "row_count" in seen:
        key = "own.features" if seen["format"] in _MAPS else "own.rows"
        said.append(say(key, language, count=show_number(seen["row_count"], 0)))
    if "bands" in seen:
        said.append(
            say(
                "own.grid",
                language,
                width=show_number(seen["width"], 0),
                height=show_number(seen["height"], 0),
                bands=show_number(seen["bands"], 0),
            )
        )
    if seen.get("shape"):
        said.append(say(f"own.shape.{seen['shape']}", language))
    if "separator" in facts:
        known = ("comma", "semicolon", "tab", "bar")
        name = facts["separator"]
        facts["separator"] = say(f"own.separator.{name}", language) if name in known else name
    said += [say(f"own.fact.{key}", language, value=value) for key, value in facts.items()]
    if seen.get("tags"):
        said.append(say("own.tags", language, tags=", ".join(seen["tags"].values())))
    if seen.get("scheme"):
        said.append(say(f"own.scheme.{seen['scheme']['scheme']}", language))
    return " · ".join(said)


def _first_rows(seen: Mapping[str, Any], language: str) -> list[Component]:
    header = seen["columns"][:_MOST_SHOWN]
    rows = [
        html.Tr([html.Td(str(cell)) for cell in cells[: _MOST_SHOWN + 1]])
        for cells in seen["first"]
    ]
    head = [html.Th(say("own.column.row", language)), *map(html.Th, header)]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="own-rows")
    focus: dict[str, Any] = {"tabIndex": 0, "aria-label": say("own.first", language)}
    found: list[Component] = [html.Div(table, className="own-scroll", role="group", **focus)]
    more = seen["columns"][_MOST_SHOWN:]
    if more:
        found.append(
            html.P(say("own.more_columns", language, names=", ".join(more)), className="note")
        )
    return found


def _fields(seen: Mapping[str, Any], asked: Asked, language: str) -> list[Component]:
    kinds = {
        kind: say("own.kind", language) if kind == OWN else say(f"awaited.{kind}.title", language)
        for kind in seen["kinds"]
    }
    units = {unit.value: say(f"unit.{unit}", language) for unit in UNITS}
    fields = [
        _choice("kind", kinds, asked.kind, language),
        _text("title", asked.title, language),
    ]
    if seen.get("columns"):
        columns = {name: name for name in seen["columns"]}
        codes = {"": say("own.by_name", language), **columns}
        values = {"": say("own.measured", language), **columns} if seen.get("shape") else columns
        fields += [
            _choice("code", codes, asked.code, language),
            _choice("value", values, asked.value, language),
        ]
    fields.append(_choice("unit", units, asked.unit.value, language))
    if seen.get("columns"):
        schemes = {"": say("own.scheme.detect", language), "inei": "INEI", "reniec": "RENIEC"}
        repeated = {
            "": say("own.repeated.refuse", language),
            "add": say("own.repeated.add", language),
        }
        fields += [
            _choice("scheme", schemes, asked.scheme or "", language),
            _choice("repeated", repeated, "add" if asked.adds_rows else "", language),
        ]
    if int(seen.get("bands", 1)) > 1:
        bands = {str(band): str(band) for band in range(1, int(seen["bands"]) + 1)}
        fields.append(_choice("band", bands, str(asked.band), language))
    return fields


def system_choice(asked: Asked, language: str) -> list[Component]:
    """Return the choice of a reference system, where a map does not say its own."""
    named = {"": say("own.system.file", language)}
    named |= {
        system: say(f"own.system.{system.replace(':', '_').lower()}", language)
        for system in SYSTEMS
    }
    return [
        html.Div([_choice("system", named, asked.system, language)], className="own-fields"),
        tells("look", say("own.look", language), "act"),
    ]


def _choice(name: str, options: Mapping[str, str], value: str, language: str) -> Component:
    return html.Label(
        [
            html.Span(say(f"own.ask.{name}", language)),
            dcc.Dropdown(
                id=ids.own_ask_id(name),
                options=[{"label": label, "value": key} for key, label in options.items()],
                value=value if value in options else next(iter(options)),
                clearable=False,
                searchable=len(options) > _MOST_SHOWN,
            ),
        ]
    )


def _text(name: str, value: str, language: str) -> Component:
    field = dcc.Input(id=ids.own_ask_id(name), value=value, maxLength=80, autoComplete="off")
    return html.Label([html.Span(say(f"own.ask.{name}", language)), field])


def first_asked(seen: Mapping[str, Any], system: str = "") -> Asked:
    """Return what the form holds at first: what can be told from the file itself."""
    numeric = seen.get("numeric") or []
    is_map = bool(seen.get("shape"))
    kinds = seen["kinds"]
    return Asked(
        # A file that looks like one that is awaited is more likely that than any other.
        kind=kinds[0] if not is_map and "bands" not in seen else OWN,
        title=(numeric[0] if numeric and not is_map else seen["name"].rpartition(".")[0])[:80],
        unit=Unit.PERCENT if seen.get("shape") == "polygons" else Unit.COUNT,
        code=(seen.get("guess") or {}).get("code", ""),
        value=numeric[0] if numeric and not is_map else "",
        system=system,
    )
