"""Groups of figures are empty until they are opened, and stay as the visitor left them."""

from pathlib import Path

import pytest

from bench.visitor import Visitor, written_id
from geoapp.app import create_app, ids
from geoapp.store.builds import read_build, write_build
from layers.built import Build
from layers.sources.locate import Places
from layers.spec import Catalogue
from tests.toy import SCENARIO


@pytest.fixture
def visitor(toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path) -> Visitor:
    write_build(toy_build, tmp_path / "folds")
    app = create_app(read_build(tmp_path / "folds"), toy[0], SCENARIO)
    found = Visitor(app.server.test_client())
    found.open("/")
    return found


def _pick(visitor: Visitor, unit: str) -> None:
    visitor.change(ids.PICKED, "data", {"u": unit})


def _press(visitor: Visitor, theme: str, unit: str, panel: str = ids.CARD, clicks: int = 1) -> None:
    head = written_id(ids.fold_id("head", theme, panel, unit))
    visitor.change(head, "n_clicks", clicks)


def _held(visitor: Visitor, theme: str, unit: str, panel: str = ids.CARD) -> tuple[bool, list[str]]:
    """Return whether a group was sent open, and the layers whose figures it holds."""
    whole, slot = (written_id(ids.fold_id(part, theme, panel, unit)) for part in ("whole", "slot"))
    told = str(visitor.value(slot, "children"))
    layers = [name for name in LAYERS if f"'layer': '{name}'" in told]
    return bool(visitor.value(whole, "open")), layers


LAYERS = ("toy_residents", "toy_people", "toy_hazard_index")


@pytest.fixture
def theme(toy: tuple[Catalogue, Places]) -> str:
    return toy[0].layer("toy_people").dimension.value


def test_a_group_is_empty_until_it_is_opened(visitor: Visitor, theme: str) -> None:
    _pick(visitor, "010101")
    assert _held(visitor, theme, "010101") == (False, [])
    _press(visitor, theme, "010101")
    assert "toy_people" in _held(visitor, theme, "010101")[1]
    assert "toy_hazard_index" not in _held(visitor, theme, "010101")[1]


def test_the_next_unit_has_the_groups_open_that_were_left_open(
    visitor: Visitor, theme: str
) -> None:
    _pick(visitor, "010101")
    _press(visitor, theme, "010101")
    _pick(visitor, "010102")
    is_open, layers = _held(visitor, theme, "010102")
    assert is_open
    assert "toy_people" in layers
    # Folded again, it is folded and empty for the one after.
    _press(visitor, theme, "010102")
    _pick(visitor, "010101")
    assert _held(visitor, theme, "010101") == (False, [])


def test_the_group_of_the_layer_opens_with_it_and_folds_with_the_next_one(
    visitor: Visitor, toy: tuple[Catalogue, Places], theme: str
) -> None:
    other = toy[0].layer("toy_hazard_index").dimension.value
    _pick(visitor, "010101")
    visitor.change(ids.LAYER, "value", "toy_people")
    assert _held(visitor, theme, "010101")[0]
    visitor.change(ids.LAYER, "value", "toy_hazard_index")
    assert _held(visitor, theme, "010101") == (False, [])
    assert _held(visitor, other, "010101")[0]


def test_the_sheet_folds_what_it_does_not_tell_first(visitor: Visitor, theme: str) -> None:
    _pick(visitor, "010101")
    visitor.change(ids.PAGE, "data", "territory")
    assert _held(visitor, theme, "010101", ids.SHEET) == (False, [])
    _press(visitor, theme, "010101", ids.SHEET)
    assert "toy_people" in _held(visitor, theme, "010101", ids.SHEET)[1]


@pytest.mark.parametrize(("asked", "unit"), [("nobody", "010101"), ("", "999999"), ("", "01")])
def test_a_group_or_a_unit_that_is_not_here_fills_nothing(
    visitor: Visitor, theme: str, asked: str, unit: str
) -> None:
    _pick(visitor, "010101")
    slot = ids.fold_id("slot", asked or theme, ids.CARD, unit)
    body = {
        "output": f"{written_id(ids.fold_id('slot', *[['MATCH']] * 3))}.children",
        "outputs": {"id": slot, "property": "children"},
        "inputs": [
            {"id": {**slot, "type": "fold-head"}, "property": "n_clicks", "value": 1},
        ],
        "state": [
            {"id": {**slot, "type": "fold-whole"}, "property": "open", "value": False},
            {"id": ids.VIEW, "property": "data", "value": "/"},
        ],
        "changedPropIds": [f"{written_id({**slot, 'type': 'fold-head'})}.n_clicks"],
    }
    answer = visitor.client.post("/_dash-update-component", json=body)
    assert (answer.status_code, answer.json["response"]) == (200, {})
