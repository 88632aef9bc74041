"""Territorio: all that is known of one unit, as a sheet that is read or printed."""

from typing import Any

from dash import Dash, Output, html, no_update
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.sheet import empty_sheet, sheet
from geoapp.app.folds import open_themes
from geoapp.app.sheet import around, neighbours_of_unit, other_of, sheet_of
from geoapp.app.state import Page, ViewState
from geoapp.app.view import Views
from layers.decide.scenario import Scenario
from layers.spec import CountryProfile

PAGE = Page.TERRITORY


def left(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return nothing: search and map choose the unit."""
    return []


def right(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return the panel of the sheet."""
    return [html.Section(id=ids.SHEET, className="panel sheet")]


def parts() -> dict[str, Output]:
    """Return what the answer to an act fills here."""
    return {
        "sheet": Output(ids.SHEET, "children"),
        "overlay": Output(ids.overlay_id(PAGE), "data"),
    }


def answer(views: Views, view: ViewState, before: ViewState | None) -> dict[str, Any]:
    """Return the sheet of the chosen unit, and its neighbours named on the map."""
    if view.unit is None:
        return {"sheet": empty_sheet(view), "overlay": None}
    facts = sheet_of(views, view, open_themes(views.catalogue, ids.SHEET, view, before))
    neighbours = neighbours_of_unit(views, view)
    has_overlay = before is not None and before.unit == view.unit
    return {
        "sheet": sheet(view, facts, neighbours, other_of(views, view)),
        "overlay": no_update if has_overlay else around(views, view, neighbours),
    }


def register(app: Dash, views: Views) -> None:
    """Register nothing: the page has no controls of its own."""
