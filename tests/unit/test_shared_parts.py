"""What many answers share is worked out once, and is what it would be without that."""

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from dash import html
from plotly.io.json import to_json_plotly

from bench.visitor import Visitor
from geoapp.answers.cells import cell_answer
from geoapp.app import create_app
from geoapp.app.components.figures import figure_rows
from geoapp.app.components.plain import plain, tag
from geoapp.store.builds import read_build, write_build
from layers.built import Build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.toy import SCENARIO


def test_elements_without_components_are_the_same_in_json() -> None:
    words: list[Any] = ["a", html.B("b", id={"type": "x", "n": 1}), None, 2.5]
    made = html.Div([html.Span(words), html.I(), html.Td(colSpan=2)], className="c")
    ours = tag(
        "Div",
        [
            tag("Span", ["a", tag("B", "b", id={"type": "x", "n": 1}), None, 2.5]),
            tag("I"),
            tag("Td", colSpan=2),
        ],
        className="c",
    )
    assert json.loads(to_json_plotly(ours)) == json.loads(to_json_plotly(made))
    assert plain(made) == ours
    assert plain([made, "a"]) == [ours, "a"]


def test_cells_are_those_of_the_frames(toy_build: Build, toy: tuple[Catalogue, Places]) -> None:
    table = toy_build.levels[AdminLevel.DISTRICT].table
    for layer in table.values:
        for code in table.values.index:
            value, method, confidence = table.cell(code, layer)
            assert value == table.values.at[code, layer] or math.isnan(value)
            assert math.isnan(value) == pd.isna(table.values.at[code, layer])
            assert method == table.methods.at[code, layer]
            assert confidence == table.confidence.at[code, layer]
    with pytest.raises(KeyError):
        table.cell("999999", layer)


def test_rows_of_two_units_and_two_panels_do_not_mix(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    table = toy_build.levels[AdminLevel.DISTRICT].table
    name = next(n for n in table.sources if table.values[n].nunique() > 1)
    first, other = (str(table.values[name].idxmin()), str(table.values[name].idxmax()))

    def told(unit: str, panel: str, language: str) -> str:
        cells = {name: cell_answer(table, toy[0], toy[0].layer(name), unit)}
        return to_json_plotly(figure_rows(cells, language, panel))

    assert told(first, "card", "es") == told(first, "card", "es")
    different = {
        told(first, "card", "es"),
        told(other, "card", "es"),
        told(first, "sheet", "es"),
        told(first, "card", "en"),
    }
    assert len(different) == 4


def test_lists_that_did_not_change_are_not_sent_again(
    toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    write_build(toy_build, tmp_path / "seen")
    app = create_app(read_build(tmp_path / "seen"), toy[0], SCENARIO)
    visitor = Visitor(app.server.test_client())
    visitor.open("/")

    def sent(part: str, prop: str, value: object) -> bool:
        visitor.values["layer", "options"] = "as before"
        visitor.change(part, prop, value)
        return visitor.values["layer", "options"] != "as before"

    assert not sent("picked", "data", {"u": "010101"})
    assert sent("level", "value", "region")
    assert sent("language", "value", "en")
    assert not sent("layer", "value", "score")
    assert sent("asked", "data", {"address": "/?lang=es", "t": 1})
