"""What people do in the five views: each act with the requests that a browser makes for it."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bench.visitor import Visitor
from bench.wire import Wire
from geoapp.app import ids
from geoapp.app.state import Page

LATER = "figures that come later"
"""How firm places are: asked for after the answer, and shown when it is there."""
OPEN = "open the page"
VIEWS = tuple(page.value for page in Page)
_TRIES = 40
_PAUSE = 0.5


@dataclass
class Person:
    """One visitor with a hand of their own."""

    wire: Wire
    chance: random.Random
    tell: Callable[[str, float], None]
    """Receives the name of an act and its milliseconds."""
    layers: list[str]
    units: list[str]
    """Of the finest level."""
    levels: list[str]
    box: tuple[float, float, float, float]
    page: Visitor = field(init=False)

    def __post_init__(self) -> None:
        self.page = Visitor(self.wire)

    def open(self, assets: list[str], geometry: list[str], view: str) -> None:
        """Open the page, as with an empty cache, and go to a view."""
        started = self.wire.seconds
        self.wire.get("/")
        for address in (*assets, *geometry):
            self.wire.get(address)
        self.page.open("/")
        self.tell(OPEN, 1000 * (self.wire.seconds - started))
        self.page.change(ids.READY, "data", {"t": 1})
        self._later()
        self._go(view)

    def act(self) -> None:
        """Do one thing in the view that is open, or go to another one."""
        if self.chance.random() < 0.15:
            self._go(self.chance.choice(VIEWS))
            return
        choices = ACTS[self._open_page()]
        self.chance.choice(choices)(self)

    def change(self, name: str, part: str, prop: str, value: Any) -> None:
        """Change a part of the page and tell how long its answers took."""
        started = self.wire.seconds
        self.page.change(part, prop, value)
        self.tell(f"{self._open_page()}: {name}", 1000 * (self.wire.seconds - started))

    def _open_page(self) -> str:
        return str(self.page.value(ids.PAGE, "data") or Page.PRIORITIES.value)

    def _go(self, page: str) -> None:
        started = self.wire.seconds
        self.page.change(ids.PAGE, "data", page)
        self.tell(f"go to {page}", 1000 * (self.wire.seconds - started))
        self._follow_plan()

    def _later(self) -> None:
        """Ask for what the table asks after an answer: how firm the places are."""
        rows = self.page.value(ids.ROWS, "data") or self.page.value(ids.FIRST_ROWS, "data")
        if rows and self._open_page() == Page.PRIORITIES:
            started = self.wire.seconds
            self.wire.get(rows["scoring"]["firmness"])
            self.tell(LATER, 1000 * (self.wire.seconds - started))

    def _stamp(self) -> int:
        return int(1000 * time.time())

    def layer(self) -> None:
        self.change("layer", ids.LAYER, "value", self.chance.choice(self.layers))

    def pick(self) -> None:
        level = str(self.page.value(ids.LEVEL, "value") or self.levels[0])
        digits = {"district": 6, "province": 4, "region": 2}[level]
        unit = self.chance.choice(self.units)[:digits]
        self.change("pick a unit", ids.PICKED, "data", {"u": unit, "t": self._stamp()})

    def weigh(self) -> None:
        slider = self.chance.choice(self.page.parts_like(type="weight"))
        self.change("weight", slider, "value", float(self.chance.randint(1, 10)))
        self._later()

    def level(self) -> None:
        self.change("level", ids.LEVEL, "value", self.chance.choice(self.levels))
        self._later()

    def why(self) -> None:
        buttons = self.page.parts_like(type="why")
        if buttons:
            self.change("why", self.chance.choice(buttons), "n_clicks", 1)
        else:
            self.pick()

    def unfold(self) -> None:
        heads = self.page.parts_like(type="fold-head")
        if heads:
            head = self.chance.choice(heads)
            clicks = self.page.value(head, "n_clicks") + 1
            self.change("open a group", head, "n_clicks", clicks)
        else:
            self.pick()

    def quake(self) -> None:
        west, south, east, north = self.box
        asked = {
            "way": "quake",
            "lon": self.chance.uniform(west, east),
            "lat": self.chance.uniform(south, north),
            "depth": 30,
            "magnitude": self.chance.choice([6, 6.5, 7, 7.5, 8]),
            "t": self._stamp(),
        }
        self.change("earthquake", ids.EVENT_ASKED, "data", asked)

    def draw(self) -> None:
        west, south, east, north = self.box
        x, y = self.chance.uniform(west, east), self.chance.uniform(south, north)
        ring = [[x, y], [x + 0.5, y], [x + 0.5, y + 0.5], [x, y + 0.5], [x, y]]
        asked = {"way": "drawing", "ring": ring, "t": self._stamp()}
        self.change("drawing", ids.EVENT_ASKED, "data", asked)

    def sites(self) -> None:
        self.change("offices", ids.OFFICE_SITES, "value", self.chance.randint(7, 12))
        self._follow_plan()

    def reach(self) -> None:
        self.change("reach", ids.OFFICE_WITHIN, "value", self.chance.choice([100, 150, 200]))
        self._follow_plan()

    def _follow_plan(self) -> None:
        """Ask how far a plan is until it is there, as the page does."""
        job = self.page.value(ids.OFFICE_JOB, "data") or {}
        if self._open_page() != Page.OFFICES or "wait" not in job:
            return
        for _ in range(_TRIES):
            if self.wire.get(job["wait"]).json["over"]:
                break
            time.sleep(_PAUSE)
        self.page.change(ids.OFFICE_READY, "data", {"t": self._stamp()})

    def part(self) -> None:
        address = f"/datos?part={self.chance.choice(['sources', 'quality', 'missing'])}"
        self.change("part", ids.ASKED, "data", {"address": address, "t": self._stamp()})


Act = Callable[[Person], None]
ACTS: dict[str, list[Act]] = {
    Page.PRIORITIES: [
        *(Person.layer, Person.pick, Person.pick, Person.unfold, Person.weigh, Person.level),
    ],
    Page.TERRITORY: [
        *(Person.pick, Person.pick, Person.layer, Person.unfold, Person.why, Person.level),
    ],
    Page.EMERGENCY: [Person.quake, Person.draw, Person.layer],
    Page.OFFICES: [Person.sites, Person.reach, Person.pick],
    Page.DATA: [Person.part, Person.part, Person.layer],
}
"""By view, what is done there; what is done more often stands more often."""
