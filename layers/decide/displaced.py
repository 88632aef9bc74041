"""People displaced by band under rates that a planner edits in place."""

from collections.abc import Mapping

from layers.errors import EventError

Rate = tuple[float, float]
"""Share of people, low and high, 0 to 1."""


def check_rate(rate: Rate) -> None:
    """Raise EventError where a rate is not a rising range of shares."""
    low, high = rate
    if not 0.0 <= low <= high <= 1.0:
        raise EventError(
            "{low:g}-{high:g} is no range of displaced people in %; give 1-5",
            low=100 * low,
            high=100 * high,
        )


def displaced_people(
    people: Mapping[str, float | None], rates: Mapping[str, Rate]
) -> tuple[dict[str, Rate | None], Rate | None]:
    """Return displaced people by band and in all, as `layers.decide.event.expose` would.

    Within a band every unit has the same rate, so that people of the band x rate is the sum
    over its units: a new assumption needs no new footprint.

    Parameters
    ----------
    people : mapping
        People by band; None where those of no unit are known.
    rates : mapping
        Share displaced (low, high) of each band.

    Returns
    -------
    tuple
        People displaced (low, high) by band, None where unknown; and their sum over the bands
        that are known, None where none is.

    Raises
    ------
    EventError
        Where a rate is not a rising range of shares.
    """
    for rate in rates.values():
        check_rate(rate)
    found: dict[str, Rate | None] = {
        band: None if count is None else (count * rates[band][0], count * rates[band][1])
        for band, count in people.items()
    }
    known = [pair for pair in found.values() if pair is not None]
    total = (sum(low for low, _ in known), sum(high for _, high in known)) if known else None
    return found, total
