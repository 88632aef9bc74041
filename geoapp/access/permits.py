"""Every route and callback of the page, with the least role that may ask it.

What stands in no line is answered to nobody. A test walks the page and names what is missing.
"""

from dataclasses import dataclass

from geoapp.access.roles import Role


@dataclass(frozen=True)
class Permit:
    """Who may ask, and whether the answer is work that is counted."""

    least: Role = Role.PUBLIC
    is_heavy: bool = False
    is_kept: bool = False
    """Whether asking the same address again is no new work."""


_ALL = Permit()
_WORK = Permit(is_heavy=True)
_KEPT_WORK = Permit(is_heavy=True, is_kept=True)

ROUTES: dict[str, Permit] = {
    "/": _ALL,
    "/<path:path>": _ALL,
    "/_dash-layout": _ALL,
    "/_dash-dependencies": _ALL,
    # What is asked there is a callback, which has its own line below.
    "/_dash-update-component": _ALL,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": _ALL,
    "/_favicon.ico": _ALL,
    "/_reload-hash": _ALL,
    "/assets/<path:filename>": _ALL,
    "/bundle/<name>": _ALL,
    "/vendor/<path:name>": _ALL,
    "/tokens.css": _ALL,
    "/words/<language>.json": _ALL,
    "/healthz": _ALL,
    "/readyz": _ALL,
    "/version": _ALL,
    # Asks by itself whether this machine is asking: see ``geoapp.app.service_routes``.
    "/metrics": _ALL,
    "/geometry/<name>": _ALL,
    "/units/<name>/<int:zoom>/<int:column>/<int:row>": _ALL,
    "/points/<level>-<name>.bin": _ALL,
    "/firmness/<build>/<level>.json": _KEPT_WORK,
    "/map/menu-<language>.json": _ALL,
    "/look.json": _ALL,
    "/overlay/<name>.<ending>": _ALL,
    "/tiles/<int:zoom>/<int:column>/<int:row>": _ALL,
    "/own/report.csv": _ALL,
    "/template/<path:kind>": _ALL,
    # Written anew each time, which for a workbook is seconds.
    "/export/<name>": _WORK,
    # Only where GEOAPP_EMBED names who may show it.
    "/embed": _KEPT_WORK,
    "/event/brief.<kind>": _WORK,
    "/api": _ALL,
    "/api/conformance": _ALL,
    "/api/openapi.json": _ALL,
    "/api/collections": _ALL,
    "/api/collections/<collection>": _ALL,
    "/api/collections/<collection>/items": _ALL,
    "/api/collections/<collection>/items/<ubigeo>": _ALL,
    "/api/ranking": _ALL,
    "/api/focus": _KEPT_WORK,
    "/api/event": _WORK,
    "/api/provenance/<layer>/<ubigeo>": _ALL,
    "/api/layers": _ALL,
    "/api/sources": _ALL,
    "/api/stac": _ALL,
    "/api/stac/<collection>": _ALL,
    "/api/stac/<collection>/items/<item>": _ALL,
    "/api/rasters/<raster>": _WORK,
    "/offices/progress": _KEPT_WORK,
    "/offices/asignacion.csv": _WORK,
}
"""By rule of Flask. The edition that is asked adds its own least role: see ``Access``."""

SESSION_ROUTES: dict[str, Permit] = {
    "/session/sign-in": _WORK,
    "/session/callback": _WORK,
    "/session/sign-out": _ALL,
    "/session/audit.jsonl": Permit(Role.ADMINISTRATOR),
}
"""The same, of the app that signs people in."""

CALLBACKS: dict[str, Permit] = {
    "view.on_change": _ALL,
    "priorities.on_ready": _ALL,
    "why.on_why": _ALL,
    "unfold.on_unfold": _ALL,
    "explain.on_explain": _WORK,
    "emergency.on_event": _WORK,
    "emergency.on_held": _ALL,
    "emergency.on_rate": _ALL,
    "emergency.on_recent": _WORK,
    "offices.on_change": _WORK,
    "own.on_file": _WORK,
    "own.on_act": _ALL,
    "decide.on_save": Permit(Role.EDITOR),
}
"""By module and function."""

ACTS: dict[str, Permit] = {
    # Of ``own.on_act``, which also shows the visitor's own file to the visitor. Each of the first
    # two reads the file in a process of its own.
    "look": _WORK,
    "check": _WORK,
    "accept": Permit(Role.EDITOR, is_heavy=True),
}
"""By button, where one callback answers several."""
