"""A page is one module and one line: what the shell needs of each follows from ``PAGES``."""

import re
from pathlib import Path
from typing import Any

import pytest
from dash import Dash, Output, html

from bench.visitor import Visitor
from geoapp.app import create_app, ids, shell
from geoapp.app import pages as pages_room
from geoapp.app.callbacks import view as view_callbacks
from geoapp.app.pages import PAGES
from geoapp.app.state import Page
from geoapp.store.builds import read_build, write_build
from geoapp.words import LANGUAGES, words
from layers.built import Build

NAMES = ("left", "right", "parts", "answer", "register")


class Toy:
    """A page as another would write it."""

    PAGE = Page.OFFICES

    def left(self, country: Any, scenario: Any) -> list[Any]:
        return []

    def right(self, country: Any, scenario: Any) -> list[Any]:
        return [html.Section(id="toy-panel")]

    def parts(self) -> dict[str, Output]:
        return {"panel": Output("toy-panel", "children")}

    def answer(self, views: Any, view: Any, before: Any) -> dict[str, Any]:
        return {"panel": f"{view.unit} {before is None}"}

    def register(self, app: Dash, views: Any) -> None:
        """Nothing of its own."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.PAGE))
def test_a_page_has_the_names_of_the_contract_and_words(page: Any) -> None:
    assert all(callable(getattr(page, name)) for name in NAMES)
    for language in LANGUAGES:
        assert f"nav.{page.PAGE}" in words(language)


def test_pages_are_declared_once_and_served(client: Any) -> None:
    assert len({page.PAGE for page in PAGES}) == len(PAGES)
    assert PAGES[0].PAGE is Page.PRIORITIES
    for page in PAGES:
        answer = client.get(page.PAGE.path)
        assert answer.status_code == 200
        assert f'data-page="{page.PAGE}"' in answer.text
    for absent in set(Page) - {page.PAGE for page in PAGES}:
        assert client.get(absent.path).status_code == 404


@pytest.fixture
def with_toy(toy_build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dash:
    # It stands in for the page of that name.
    wider = (*(page for page in PAGES if page.PAGE is not Toy.PAGE), Toy())
    for room in (pages_room, shell, view_callbacks):
        monkeypatch.setattr(room, "PAGES", wider)
    for name in ("geoapp.app.PAGES", "geoapp.app.layout.PAGES"):
        monkeypatch.setattr(name, wider)
    write_build(toy_build, tmp_path / "with-toy")
    return create_app(read_build(tmp_path / "with-toy"))


def test_one_more_page_is_one_line(with_toy: Dash) -> None:
    client = with_toy.server.test_client()
    assert 'data-page="offices"' in client.get("/oficinas?u=010101").text
    visitor = Visitor(client)
    visitor.open("/oficinas?u=010101")
    assert visitor.values["toy-panel", "children"] == "010101 True"
    assert visitor.values["view", "data"] == "/oficinas?u=010101"
    visitor.change("picked", "data", {"u": "010102"})
    assert visitor.values["toy-panel", "children"] == "010102 False"
    assert visitor.values["sheet", "children"] is None
    assert visitor.values["card", "children"] is None


def test_a_closed_page_is_not_answered_and_an_opened_one_is_new(with_toy: Dash) -> None:
    visitor = Visitor(with_toy.server.test_client())
    visitor.open("/territorio?u=010101")
    assert visitor.values["sheet", "children"]
    assert visitor.values["toy-panel", "children"] is None
    visitor.change("page", "data", "offices")
    assert visitor.values["toy-panel", "children"] == "010101 True"


def test_an_address_sets_every_control(toy_page: Dash) -> None:
    visitor = Visitor(toy_page.server.test_client())
    visitor.open("/territorio?level=province&u=0101")
    for part, value in (("page", "territory"), ("picked", {"u": "0101"})):
        assert visitor.values[part, "data"] == value
    assert visitor.values["level", "value"] == "province"
    # back, as the browser tells it
    visitor.change("asked", "data", {"address": "/?u=020101"})
    assert visitor.values["level", "value"] == "district"
    assert visitor.values["view", "data"] == "/?u=020101"


def test_no_two_components_share_an_id() -> None:
    named = re.findall(r"^([A-Z_]+) = \"(.+)\"$", Path(ids.__file__).read_text("utf-8"), re.M)
    for part in (0, 1):
        told = [pair[part] for pair in named]
        assert sorted({name for name in told if told.count(name) > 1}) == []
