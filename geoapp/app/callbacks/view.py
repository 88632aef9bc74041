"""What a visitor did becomes a view, and the view becomes the parts of the page."""

from typing import Any

import dash
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from geoapp.app import controls, folds, ids, shell
from geoapp.app.pages import PAGES
from geoapp.app.state import ViewState
from geoapp.app.view import Views

_AGAIN = (ids.PICKED, ids.PAGE)
"""Acts that may choose what is chosen already, to which nothing is answered: where all of a sheet
is as it was, its hundreds of parts tell each other so one by one, and the page stands still."""


def register(app: Dash, views: Views) -> None:
    """Register the callback of the view on an app.

    Parameters
    ----------
    app : Dash
        The app.
    views : Views
        Answers of the build.
    """
    _register_scripts(app)

    @app.callback(
        output={
            "shell": shell.parts(),
            "controls": controls.parts(),
            "pages": {str(page.PAGE): page.parts() for page in PAGES},
        },
        inputs=controls.acts(),
        state={
            "current": State(ids.VIEW, "data"),
            "ready": State(ids.READY, "data"),
            **folds.states(),
        },
        prevent_initial_call=True,
    )
    def on_change(
        current: str | None, ready: bool | None, asked: dict[str, Any] | None, **given: Any
    ) -> dict[str, Any]:
        trigger = dash.ctx.triggered_id
        if current is None or trigger == ids.ASKED:
            view = views.possible(views.read((asked or {}).get("address", "/")))
            former = views.read(current) if current else None
            if former == view and _tell(views, former, given) == view:
                raise PreventUpdate
            return {
                "shell": shell.answer(views, view, None),
                "controls": controls.all_of(views, view),
                "pages": _pages(views, view, former),
            }
        before = views.read(current)
        view = _tell(views, before, given, trigger)
        if view == before and trigger in _AGAIN:
            raise PreventUpdate
        return {
            "shell": shell.answer(views, view, before),
            "controls": controls.kept_of(view, trigger, given, views.base),
            "pages": _pages(views, view, before),
        }


def _tell(views: Views, before: ViewState, given: dict[str, Any], trigger: Any = None) -> ViewState:
    """Return the view that all controls tell together."""
    return views.possible(controls.next_view(before, trigger, given, views))


def _register_scripts(app: Dash) -> None:
    for name, *others in (
        ("start", Output(ids.ASKED, "data"), Input(ids.START, "data")),
        ("address", Input(ids.VIEW, "data")),
        ("show", Input(ids.PAINT, "data")),
        ("chooseLayer", Input(ids.LAYER, "value")),
        ("overlay", Input(ids.overlay_id(ALL), "data")),
        ("keepParts", Input(ids.PARTS, "data")),
    ):
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("geoapp", name), *others
        )


def _pages(views: Views, view: ViewState, former: ViewState | None) -> dict[str, Any]:
    """Return the parts of the open page; those of the others stay as they are."""
    asked = dash.ctx.outputs_grouping["pages"]
    parts: dict[str, Any] = {}
    for page in PAGES:
        if page.PAGE is view.page:
            before = former if former and former.page is view.page else None
            parts[str(page.PAGE)] = page.answer(views, view, before)
        else:
            parts[str(page.PAGE)] = {
                name: [no_update] * len(output) if isinstance(output, list) else no_update
                for name, output in asked[str(page.PAGE)].items()
            }
    return parts
