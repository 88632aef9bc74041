"""What the first to ask would wait for, worked out at the start of a server."""

from contextlib import suppress

from geoapp.app.state import ViewState
from geoapp.app.unit_facts import figures_of, unit_facts
from geoapp.app.view import Views
from geoapp.event.answer import footprint_of_quake, page_answer
from geoapp.work.aside import StoppedError
from layers.errors import LayersError


def work_ahead(views: Views) -> None:
    """Ask once what makes the tables, grounds and draws that all visitors share.

    Parameters
    ----------
    views : Views
        Answers of the build, which keep them.
    """
    for level in views.levels:
        unit = str(views.level(level).units.index[0])
        unit_facts(views, ViewState(level=level, unit=unit))
        figures_of(views, level, unit, views.level(level).table.sources)
    views.chains.prepare()
    # A country without offices, or without people to count, answers no event.
    with suppress(LayersError):
        _shake(views)
    # A server that ends meanwhile needs nothing any more.
    with suppress(StoppedError):
        views.live.prepare()


def _shake(views: Views) -> None:
    """Answer an earthquake: all that have no map of shaking share their grid."""
    built = views.stored.build
    west, south, east, north = views.country.box
    quake = footprint_of_quake(built, (west + east) / 2, (south + north) / 2, 10.0, 6.0)
    page_answer(built, views.catalogue, quake, ground=views.event_ground)
