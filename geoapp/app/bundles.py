"""The scripts and styles of the page, put together so that a visit asks for three and not for thirty."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort

from geoapp.app.forever import FOREVER, name_of
from geoapp.style import style_sheet

ON_DEMAND = "late_"
"""How scripts and styles begin that a visitor may never need: ``geoapp.need(name)`` asks."""
FIRST = ("arcs.js", "hatch.js", "hover.js", "map.js", "page.js", "start.js")
"""What draws the map, in this order; all other scripts run after its polygons."""
_ASSETS = Path(__file__).parent / "assets"


@dataclass(frozen=True)
class Bundle:
    """Files one after the other, under a name that changes with them."""

    name: str
    content: str

    @property
    def address(self) -> str:
        """Where it is served."""
        return f"/bundle/{self.name}"


@dataclass(frozen=True)
class Bundles:
    """All that the page loads of its own."""

    style: Bundle
    first: Bundle
    rest: Bundle


def make_bundles() -> Bundles:
    """Read the scripts and styles of the page.

    Returns
    -------
    Bundles
        Without those that come on demand.
    """
    files = sorted(file for file in _ASSETS.iterdir() if not file.name.startswith(ON_DEMAND))
    texts = {file.name: file.read_text("utf-8") for file in files}
    rest = [name for name in texts if name.endswith(".js") and name not in FIRST]
    styles = [text for name, text in texts.items() if name.endswith(".css")]
    return Bundles(
        style=_bundle("css", [style_sheet(), *styles]),
        first=_bundle("js", [texts[name] for name in FIRST]),
        rest=_bundle("js", [texts[name] for name in rest]),
    )


def _bundle(kind: str, texts: list[str]) -> Bundle:
    content = "\n".join(texts)
    return Bundle(f"{name_of(content.encode())}.{kind}", content)


def on_demand() -> list[Path]:
    """Return the files that come when they are needed."""
    return sorted(_ASSETS.glob(f"{ON_DEMAND}*"))


def add_bundle_routes(server: Flask, bundles: Bundles) -> None:
    """Serve the bundles, which browsers keep for ever.

    Parameters
    ----------
    server : Flask
        The server.
    bundles : Bundles
        What ``/bundle`` answers.
    """
    made = {one.name: one for one in (bundles.style, bundles.first, bundles.rest)}

    @server.get("/bundle/<name>")
    def bundle(name: str) -> Response:
        if name not in made:
            abort(404)
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        answer = Response(made[name].content, mimetype=kind)
        answer.headers["Cache-Control"] = FOREVER
        return answer
