"""What a visitor did becomes a view, and the view becomes the parts of the page."""

from typing import Any

import dash
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from geoapp.access.gate import access_now
from geoapp.app import ids
from geoapp.app.address import encode, parts_of, read_parts
from geoapp.app.components.account import account
from geoapp.app.legends import legend_of
from geoapp.app.live import TOPS
from geoapp.app.map_state import plain_tools, tools_of
from geoapp.app.options import WHOLE_FRAME, layer_options, level_options, objective_options
from geoapp.app.pages import PAGES
from geoapp.app.second import paint_both
from geoapp.app.state import SCORE, Page, ViewState, changed_weights
from geoapp.app.view import Views
from geoapp.numbers import show_number
from geoapp.words import say
from layers.countries import COUNTRIES
from layers.decide.scenario import Scenario
from layers.errors import ScenarioError
from layers.terms import AdminLevel

_NAMED = (
    ids.LEVEL,
    ids.LAYER,
    ids.OBJECTIVE,
    ids.LANGUAGE,
    "drawer-toggle",
    "sheet-handle",
    "nav",
    ids.OFFICE_LEVEL,
    ids.OFFICE_DEMAND,
    ids.OFFICE_TODAY,
    ids.DATA_FIND,
    ids.LEAST,
    ids.OFFICE_PART,
    ids.EVENT_FILE,
    ids.EVENT_SCHEME,
    ids.EVENT_WAY,
    ids.MAP,
    ids.SEARCH,
    "map-place",
    "zoom-in",
    "zoom-out",
)
"""Controls that show a sign, or none, where their name would be."""


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
            "shell": {
                "view": Output(ids.VIEW, "data"),
                "paint": Output(ids.PAINT, "data"),
                "legend": Output(ids.LEGEND, "children"),
                "notice": Output(ids.NOTICE, "children"),
                "levels": Output(ids.LEVEL, "options"),
                "layers": Output(ids.LAYER, "options"),
                "layer_words": Output(ids.LAYER, "labels"),
                "objectives": Output(ids.OBJECTIVE, "options"),
                "links": Output(ids.nav_id(ALL), "children"),
                "layer_head": Output(ids.LAYER_HEAD, "children"),
                "objective_head": Output(ids.OBJECTIVE_HEAD, "children"),
                "tools_head": Output(ids.TOOLS_TOGGLE, "children"),
                "search": Output(ids.SEARCH, "placeholder"),
                "offline": Output(ids.OFFLINE, "children"),
                "skip": Output(ids.SKIP, "children"),
                "heading": Output(ids.HEADING, "children"),
                "help": Output(ids.HELP, "children"),
                "account": Output(ids.ACCOUNT, "children"),
                "as_table": Output(ids.AS_TABLE, "children"),
            },
            "controls": {
                "page": Output(ids.PAGE, "data"),
                "level": Output(ids.LEVEL, "value"),
                "layer": Output(ids.LAYER, "value"),
                "objective": Output(ids.OBJECTIVE, "value"),
                "language": Output(ids.LANGUAGE, "value"),
                "weights": Output(ids.weight_id(ALL), "value"),
                "picked": Output(ids.PICKED, "data"),
                "tools": Output(ids.MAP_TOOLS, "data"),
                "parts": Output(ids.PARTS, "data"),
                "other": Output(ids.OTHER, "data"),
            },
            "pages": {str(page.PAGE): page.parts() for page in PAGES},
        },
        inputs={
            "asked": Input(ids.ASKED, "data"),
            "page": Input(ids.PAGE, "data"),
            "level": Input(ids.LEVEL, "value"),
            "layer": Input(ids.LAYER, "value"),
            "objective": Input(ids.OBJECTIVE, "value"),
            "language": Input(ids.LANGUAGE, "value"),
            "weights": Input(ids.weight_id(ALL), "value"),
            "reset": Input(ids.RESET, "n_clicks"),
            "picked": Input(ids.PICKED, "data"),
            "tools": Input(ids.MAP_TOOLS, "data"),
            "parts": Input(ids.PARTS, "data"),
            "other": Input(ids.OTHER, "data"),
        },
        state={"current": State(ids.VIEW, "data"), "ready": State(ids.READY, "data")},
        prevent_initial_call=True,
    )
    def on_change(
        current: str | None, ready: bool | None, asked: dict[str, Any] | None, **given: Any
    ) -> dict[str, Any]:
        trigger = dash.ctx.triggered_id
        if current is None or trigger == ids.ASKED:
            view = views.possible(views.read((asked or {}).get("address", "/")))
            former = views.read(current) if current else None
            return {
                "shell": _shell(views, view, None),
                "controls": _all_controls(views, view),
                "pages": _pages(views, view, former),
            }
        before = views.read(current)
        view = views.possible(_next_view(before, trigger, given, views))
        return {
            "shell": _shell(views, view, before),
            "controls": _kept_controls(view, trigger, given, views.base),
            "pages": _pages(views, view, before),
        }


def _register_scripts(app: Dash) -> None:
    for name, *others in (
        ("start", Output(ids.ASKED, "data"), Input(ids.START, "data")),
        ("address", Input(ids.VIEW, "data")),
        ("show", Input(ids.PAINT, "data")),
        ("overlay", Input(ids.overlay_id(ALL), "data")),
        ("keepParts", Input(ids.PARTS, "data")),
    ):
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("geoapp", name), *others
        )


def _next_view(view: ViewState, trigger: Any, given: dict[str, Any], views: Views) -> ViewState:
    """Return the view that all controls tell together.

    An act may come before the answer to the one before it, whose view is then not yet kept
    in the page: so no act is read alone.
    """
    base = views.base
    level = AdminLevel(given["level"] or view.level)
    unit = given["picked"]["u"] if given["picked"] else view.unit
    other = given["other"].get("u") if given["other"] else view.other
    weights = view.weights
    if trigger == ids.RESET:
        weights = ()
    elif None not in given["weights"]:
        names = [layer for layer, _ in base.weights]
        pairs = {n: float(v) for n, v in zip(names, given["weights"], strict=True)}
        try:
            weights = changed_weights(base.with_weights(pairs), base)
        except ScenarioError:
            # All weights at 0 rank nothing: the last ranking stays and the sliders go back.
            weights = view.weights
    # Parts are told all together; before the first answer none is.
    parts, unread = ({}, ()) if given["parts"] is None else read_parts(given["parts"])
    top = parts.get("top", view.top)
    if level is not view.level and top not in TOPS[level]:
        parts = {**parts, "top": None}
    return view.with_(
        **parts,
        unread=unread,
        page=Page(given["page"] or view.page),
        level=level,
        unit=unit,
        other=other,
        layer=str(given["layer"] or view.layer),
        objective=_objective(given["objective"], view),
        language=str(given["language"] or view.language),
        weights=weights,
        tools=tools_of(given["tools"], view.tools, views.layers | {SCORE}),
    )


def _objective(given: str | None, view: ViewState) -> str | None:
    """Return the objective that a control tells; before the first answer it tells none."""
    if given is None:
        return view.objective
    return None if given == WHOLE_FRAME else given


def _all_controls(views: Views, view: ViewState) -> dict[str, Any]:
    """Return what every control holds for a view that an address tells."""
    return {
        "page": view.page.value,
        "level": view.level.value,
        "layer": view.layer,
        "objective": view.objective or WHOLE_FRAME,
        "language": view.language,
        "weights": [weight for _, weight in view.scenario(views.base).weights],
        "picked": {"u": view.unit},
        "parts": parts_of(view),
        "other": {"u": view.other},
        "tools": plain_tools(view.tools),
    }


def _kept_controls(
    view: ViewState, trigger: Any, given: dict[str, Any], base: Scenario
) -> dict[str, Any]:
    """Return the controls as the visitor left them, but weights that could not be taken.

    A hand may be moving a slider still: the answer must not pull it back.
    """
    weights = [weight for _, weight in view.scenario(base).weights]
    is_taken = trigger != ids.RESET and [float(v or 0) for v in given["weights"]] == weights
    told = {key: text for key, text in (given["parts"] or {}).items() if text}
    return {
        **dict.fromkeys(
            ("page", "level", "objective", "language", "picked", "other", "tools"), no_update
        ),
        "layer": no_update if given["layer"] in (None, view.layer) else view.layer,
        "parts": no_update if told == parts_of(view) else parts_of(view),
        "weights": [no_update] * len(weights) if is_taken else weights,
    }


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


def _shell(views: Views, view: ViewState, before: ViewState | None) -> dict[str, Any]:
    """Return what all pages share; lists that the view before had as they are stay."""
    language = view.language
    layers = layer_options(views, view)
    has_layers = before is not None and not views.own() and layer_options(views, before) == layers
    has_words = before is not None and before.language == language
    return {
        "view": encode(view),
        "paint": paint_both(views, view) | _page_words(views, view),
        "legend": legend_of(views, view),
        "notice": _notice(views, view),
        "levels": level_options(views, language),
        "layers": no_update if has_layers else layers,
        "layer_words": {"search": say("page.search_layer", language)},
        "objectives": no_update if has_words else objective_options(views, language),
        "links": [say(f"nav.{page.PAGE}", language) for page in PAGES],
        "layer_head": say("page.layer", language),
        "objective_head": say("page.frame", language),
        "tools_head": say("map.title", language),
        "search": say("page.search", language),
        "offline": say("page.offline", language),
        "skip": say(f"skip.{view.page}", language),
        "heading": say(f"nav.{view.page}", language),
        "help": say("tour.help", language),
        "account": _account(views, language),
        "as_table": say("figures.open", language),
    }


def _account(views: Views, language: str) -> list[Component]:
    access = access_now()
    visitor = access.visitor()
    return account(
        language,
        is_public=views.stored.build.disclosure is not None,
        has_sign_in=access.has_sign_in,
        name=visitor.name,
        role=visitor.role.word,
    )


def _page_words(views: Views, view: ViewState) -> dict[str, Any]:
    """Return which page is open, its title and the names of controls that show none."""
    language = view.language
    country = COUNTRIES[views.stored.build.country].own_name
    return {
        "page": view.page.value,
        "heading": f"{say(f'nav.{view.page}', language)} · geoapp {country}",
        "names": {control: say(f"name.{control}", language) for control in _NAMED},
    }


def _notice(views: Views, view: ViewState) -> str:
    language = view.language
    if view.unread:
        return say("page.unread", language, parts=", ".join(view.unread))
    built = views.stored.build
    if not built.is_coarse:
        return ""
    lost = [views.catalogue.source(s.id).publisher for s in built.statuses.values() if s.problem]
    return say(
        "page.coarse",
        language,
        regions=show_number(len(views.level(AdminLevel.REGION).units), 0),
        count=show_number(len(built.capitals), 0),
        sources="; ".join(dict.fromkeys(lost)),
    )
