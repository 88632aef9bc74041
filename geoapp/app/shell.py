"""What all pages share: the words around them, the lists to choose from, and the notice."""

from typing import Any

from dash import ALL, Output, Patch, no_update
from dash.development.base_component import Component

from geoapp.access.gate import access_now
from geoapp.app import ids
from geoapp.app.address import encode
from geoapp.app.components.account import account
from geoapp.app.looks import look_words
from geoapp.app.options import layer_options, level_options, objective_options
from geoapp.app.pages import PAGES
from geoapp.app.second import paint_both
from geoapp.app.state import ViewState
from geoapp.app.view import Views
from geoapp.numbers import show_number
from geoapp.words import say
from layers.countries import COUNTRIES
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


def parts() -> dict[str, Output]:
    """Return what the answer to an act fills here."""
    return {
        "view": Output(ids.VIEW, "data"),
        "paint": Output(ids.PAINT, "data"),
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
    }


def answer(views: Views, view: ViewState, before: ViewState | None) -> dict[str, Any]:
    """Return what all pages share; words and lists that the view before had as they are stay."""
    language = view.language
    layers = layer_options(views, view)
    has_layers = before is not None and not views.own() and layer_options(views, before) == layers
    words = _words(views, language)
    if before is not None and before.language == language:
        words = {**dict.fromkeys(words, no_update), "links": [no_update] * len(PAGES)}
    return {
        "view": encode(view),
        "paint": _paint(views, view, before),
        "notice": _notice(views, view),
        "layers": no_update if has_layers else layers,
        "skip": say(f"skip.{view.page}", language),
        "heading": say(f"nav.{view.page}", language),
        "account": _account(views, language),
        **words,
    }


def _paint(views: Views, view: ViewState, before: ViewState | None) -> dict[str, Any] | Patch:
    """Return what the map is drawn from; where another unit is chosen, that unit alone."""
    if before is not None and before.with_(unit=view.unit) == view:
        patch = Patch()
        patch["unit"] = view.unit
        return patch
    return paint_both(views, view) | _page_words(views, view) | look_words(views, view)


def _words(views: Views, language: str) -> dict[str, Any]:
    """Return what hangs on the language alone."""
    return {
        "levels": level_options(views, language),
        "layer_words": {"search": say("page.search_layer", language)},
        "objectives": objective_options(views, language),
        "links": [say(f"nav.{page.PAGE}", language) for page in PAGES],
        "layer_head": say("page.layer", language),
        "objective_head": say("page.frame", language),
        "tools_head": say("map.title", language),
        "search": say("page.search", language),
        "offline": say("page.offline", language),
        "help": say("tour.help", language),
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
    return say(
        "page.coarse",
        language,
        regions=show_number(len(views.level(AdminLevel.REGION).units), 0),
        count=show_number(len(built.capitals), 0),
    )
