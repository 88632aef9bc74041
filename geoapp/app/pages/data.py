"""Datos: what each figure rests on, and what is missing."""

from typing import Any

from dash import Dash, Output, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.source_list import source_list
from geoapp.app.state import Page, ViewState
from geoapp.app.view import Views
from layers.decide.scenario import Scenario
from layers.spec import CountryProfile

PAGE = Page.DATA


def left(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return nothing: the page has no controls of its own."""
    return []


def right(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return the panel of sources."""
    return [html.Section(id=ids.DATA_LIST, className="panel data-panel")]


def parts() -> dict[str, Output]:
    """Return what the answer to an act fills here."""
    return {"sources": Output(ids.DATA_LIST, "children")}


def answer(views: Views, view: ViewState, before: ViewState | None) -> dict[str, Any]:
    """Return the sources of the build, those that are missing first."""
    return {
        "sources": source_list(
            views.catalogue, views.stored.build.statuses, views.behind(), view.language
        )
    }


def register(app: Dash, views: Views) -> None:
    """Register nothing: the page has no controls of its own."""
