"""Print the limits to freeze for the indicators of the indices, from the stored build.

Run once when an indicator enters an index; what it prints is rounded outward and typed into
the catalogue with the hash and the date. Nothing recomputes it afterwards.
"""

import sys
from datetime import UTC, datetime

from geoapp.settings import read_settings
from geoapp.store.builds import read_build
from layers.catalogue import CATALOGUE
from layers.indicators.inform import frozen_limits
from layers.table.index_models import indicators_of
from layers.terms import AdminLevel


def main() -> None:
    """Write one line per indicator: declared limits, range, and range under a Tukey cap."""
    built = read_build(read_settings().store).build
    values = built.levels[AdminLevel.DISTRICT].table.values
    sys.stdout.write(f"build {built.hash}, {datetime.now(UTC).date()}\n")
    for name in used_by_risk():
        layer = CATALOGUE.layer(name)
        ends = [
            frozen_limits(values[name], layer.transform, is_capped=cap) for cap in (False, True)
        ]
        shown = "; ".join(f"{low:.4g} to {high:.4g}" for low, high in ends)
        sys.stdout.write(f"{name} {layer.transform}: declared {layer.limits}; {shown}\n")


def used_by_risk() -> tuple[str, ...]:
    """Return the indicators below the two risks, each once."""
    risks = (CATALOGUE.layer("risk_index"), CATALOGUE.layer("risk_migrants_index"))
    return tuple(dict.fromkeys(name for one in risks for name in indicators_of(one, CATALOGUE)))


if __name__ == "__main__":
    main()
