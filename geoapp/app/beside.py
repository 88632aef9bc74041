"""What the page of priorities tells beside the ranking itself, as plain data."""

from typing import Any

from geoapp.answers.cells import ranges_of
from geoapp.app.live import TOPS, top_of
from geoapp.app.office_choices import Choices
from geoapp.app.office_plans import OfficePlans
from geoapp.app.state import JOINT, ViewState
from geoapp.app.view import Views
from geoapp.numbers import show_number
from geoapp.style import QUADRANTS
from geoapp.words import say
from layers.decide.pattern import SEVERE
from layers.errors import LayersError
from layers.terms import AdminLevel

_MARKS = {kind: str(place) for place, kind in enumerate(QUADRANTS)}


class Beside:
    """What narrows, counts and parts the units of one build."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._plans = OfficePlans(views)
        self._sets: tuple[tuple[str, tuple[str, ...]], ...] | None = None

    def tools(self, view: ViewState) -> dict[str, Any]:
        """Return what the controls above the ranking offer and hold."""
        narrow = self._views.narrow
        inside = narrow.inside(view)
        regions = self._views.level(AdminLevel.REGION).table.names["name"]
        return {
            "tops": TOPS[view.level],
            "top": top_of(view),
            "regions": [(str(code), str(name)) for code, name in regions.items()],
            "sets": self._region_sets(),
            "offices": [(office.id, office.name) for office in narrow.offices],
            "has_people": narrow.has_people,
            "has_sectors": bool(narrow.sectors),
            "left": int(inside.sum()),
            "all": len(inside),
        }

    def _region_sets(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the regions with an office, and the twelve of the mission: both as Oficinas has them."""
        if self._sets is None:
            self._sets = self._find_sets()
        return self._sets

    def _find_sets(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        try:
            plan = self._plans.regions(Choices(), self._views.base)
        except LayersError:
            return ()
        today = tuple(sorted(set(plan.ground.today.values())))
        return (("of_offices", today), ("of_twelve", tuple(sorted(plan.sites))))

    def quadrants(self, view: ViewState) -> dict[str, Any]:
        """Return sectors, counts and median of the quadrants of a view."""
        found = self._views.narrow.quadrants(view.level, view.sector or JOINT)
        counts = found.units["quadrant"].value_counts()
        return {
            "sectors": self._views.narrow.sectors,
            "median": found.median,
            "counts": {str(kind): int(count) for kind, count in counts.items()},
        }

    def _told(self, view: ViewState, codes: list[str]) -> dict[int, str]:
        """Return by place the ends of each number of people of which no more may be told."""
        table = self._views.level(view.level).table
        ranges = ranges_of(table, f"pin_{view.sector}")
        return {} if ranges is None else {codes.index(code): text for code, text in ranges.items()}

    def chart(self, view: ViewState) -> dict[str, Any] | None:
        """Return what the browser draws the quadrants from, in the order of the geometry."""
        if view.sector is None:
            return None
        language = view.language
        found = self._views.narrow.quadrants(view.level, view.sector)
        units = found.units
        people = units["people"].fillna(-1.0).round(1)
        phase = units["severity_low"].fillna(0.0).astype(int)
        return {
            "address": self._views.geometries.addresses(view.level)["units"],
            "people": people.tolist(),
            "told": self._told(view, list(units.index)),
            "phases": "".join(map(str, phase)),
            "kinds": "".join(_MARKS.get(str(kind), "-") for kind in units["quadrant"]),
            "names": list(QUADRANTS),
            "colours": list(QUADRANTS.values()),
            "median": found.median,
            "severe": SEVERE,
            "title": say(
                "quadrants.title",
                language,
                units=say(f"levels.{view.level}", language),
                median=show_number(found.median, 0),
            ),
            "across": say("quadrants.across", language),
            "upward": say("quadrants.upward", language),
        }
