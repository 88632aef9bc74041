"""A new country or layer needs no change in general code: it names no layer of a country."""

import ast
from pathlib import Path

from layers.catalogue import CATALOGUE
from layers.catalogue.awaited import AWAITED
from layers.countries import COUNTRIES
from layers.terms import AdminLevel, Model, ToUnit, Unit

ROOT = Path(__file__).resolve().parents[2]
DECLARATIONS = {
    "layers/catalogue": "declares the layers",
    "layers/countries": "declares what a country tells first",
    "layers/decide/scenarios.py": "declares what Peru weighs",
    "layers/decide/backtest_2017.py": "is the test of one census",
    "layers/table/need_decisions.py": "names the two joint figures that a group decides on",
}
WORDS = {str(word) for kind in (AdminLevel, Model, ToUnit, Unit) for word in kind}
"""Severity is a unit, a model and the name of a layer."""


def test_general_code_names_no_layer() -> None:
    awaited = {column.layer for spec in AWAITED for column in spec.columns}
    layers = ({*CATALOGUE.layers} | awaited) - WORDS
    named = [
        f"{path.relative_to(ROOT)}, line {node.lineno}: {node.value}"
        for top in ("layers", "geoapp")
        for path in sorted((ROOT / top).rglob("*.py"))
        if not str(path.relative_to(ROOT)).startswith(tuple(DECLARATIONS))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in layers
    ]
    assert not named, "\n".join(["ask the catalogue or the country instead:", *named])


def test_what_is_exempt_is_there() -> None:
    assert [name for name in DECLARATIONS if not (ROOT / name).exists()] == []


def test_what_peru_tells_first_is_declared() -> None:
    peru = COUNTRIES["per"]
    told = {layer for _, layers in peru.headlines for layer in layers} | {*peru.beside}
    assert told - {*peru.catalogue.layers} == set()
    assert [name for name, _ in peru.headlines] == ["people", "risks", "services"]


def test_roles_are_found_by_how_a_layer_is_made() -> None:
    def found(kind: Model | ToUnit, of: str | None = None) -> str | None:
        layer = CATALOGUE.of_kind(kind, of)
        return layer.id if layer else None

    assert found(Model.DENSITY, "population_people") == "population_density_per_km2"
    assert found(Model.DENSITY, "venezuelan_people") is None
    assert found(ToUnit.ZONAL_SLOPE) == "slope_degrees"
    assert CATALOGUE.layer(str(found(Model.PEOPLE_IN_NEED))).inputs[0] == "venezuelan_people"
