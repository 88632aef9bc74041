"""What exists, declared once and read by every step. Declarations only."""

from layers.catalogue.frame import FRAME
from layers.catalogue.hazard_kinds import HAZARD_KINDS
from layers.catalogue.hazards import HAZARDS
from layers.catalogue.needs import NEEDS
from layers.catalogue.population import MIGRANTS, POPULATION
from layers.catalogue.sectors import R4V
from layers.catalogue.sources import SOURCES
from layers.catalogue.vulnerability import COPING, VULNERABILITY
from layers.spec import Catalogue

CATALOGUE = Catalogue.of(
    sources=SOURCES,
    layers=(*POPULATION, *MIGRANTS, *NEEDS, *HAZARDS, *VULNERABILITY, *COPING),
    sectors=R4V.sectors,
    hazards=HAZARD_KINDS,
    frame=FRAME,
)
