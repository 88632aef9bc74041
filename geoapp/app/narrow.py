"""Which units of a level a view looks at: those of its filters, and of its chosen quadrant."""

from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from geoapp.answers.patterns import quadrant_sectors, quadrants_of
from geoapp.app.state import JOINT, Page, ViewState
from layers.built import Build
from layers.countries import COUNTRIES
from layers.decide.narrow import Filters, Residents, kept_by
from layers.decide.pattern import Quadrants
from layers.table.need_decisions import JOINT_NEED
from layers.table.units import UnitTable
from layers.terms import AdminLevel, Model


class Narrow:
    """Units of one build by filter and by quadrant, each made once."""

    def __init__(self, built: Build) -> None:
        self._built = built
        country = COUNTRIES[built.country]
        density = country.catalogue.of_kind(Model.DENSITY, of=country.population)
        self._residents = Residents(country.population, density.id if density else None)
        self.offices = country.offices
        self.sectors = (
            (JOINT, *quadrant_sectors(built)) if JOINT_NEED in self._finest.values else ()
        )
        self._kept = lru_cache(maxsize=64)(self._keep)
        self._quadrants = lru_cache(maxsize=64)(self._part)

    @property
    def _finest(self) -> UnitTable:
        return next(iter(self._built.levels.values())).table

    @cached_property
    def _regions(self) -> frozenset[str]:
        return frozenset(self._finest.values.index.str[: AdminLevel.REGION.digits])

    @property
    def has_people(self) -> bool:
        """True where the build counts people and their density, so that both can be asked."""
        return {self._residents.people, self._residents.density} <= {*self._finest.values}

    def is_narrowed(self, view: ViewState) -> bool:
        """True where a view leaves some units out of sight."""
        is_here = view.page is Page.PRIORITIES
        return is_here and (view.filters != Filters() or view.quadrant is not None)

    def inside(self, view: ViewState) -> npt.NDArray[np.bool_]:
        """Return which units a view looks at, in the order of the table."""
        kept = self._kept(view.level, view.filters)
        if view.quadrant is None or view.sector is None:
            return kept
        kinds = self.quadrants(view.level, view.sector).units["quadrant"]
        inside: npt.NDArray[np.bool_] = kept & (kinds == view.quadrant).to_numpy(dtype=bool)
        return inside

    def outside(self, view: ViewState) -> str:
        """Return one character per unit, 1 where it is out of sight; empty where none is."""
        if not self.is_narrowed(view):
            return ""
        return "".join("01"[not one] for one in self.inside(view))

    def quadrants(self, level: AdminLevel, sector: str) -> Quadrants:
        """Return the quadrants of a level and sector."""
        return self._quadrants(level, sector)

    def unknown(self, view: ViewState) -> dict[str, str]:
        """Return the fields of a view that this build cannot answer, and how they were told."""
        offices = {office.id for office in self.offices}
        lost = {}
        if not {*view.regions} <= self._regions:
            lost["regions"] = f"region={','.join(view.regions)}"
        if view.office not in (None, *offices):
            lost["office"] = f"office={view.office}"
        if view.sector not in (None, *self.sectors):
            lost["sector"] = f"sector={view.sector}"
        if view.quadrant is not None and ("sector" in lost or view.sector is None):
            lost["quadrant"] = f"quadrant={view.quadrant}"
        if not self.has_people and (view.least_people or view.settling):
            lost |= {"least_people": "people", "settling": "area"}
        return lost

    def _keep(self, level: AdminLevel, filters: Filters) -> npt.NDArray[np.bool_]:
        made = self._built.levels[level]
        finest = self._built.levels.get(AdminLevel.DISTRICT)
        below = None if finest is None or finest is made else finest.table
        points = made.units[["lon", "lat"]]
        kept: npt.NDArray[np.bool_] = kept_by(
            filters, made.table, points, self.offices, below, self._residents
        ).to_numpy(dtype=bool)
        return kept

    def _part(self, level: AdminLevel, sector: str) -> Quadrants:
        return quadrants_of(self._built, level, "" if sector == JOINT else sector)
