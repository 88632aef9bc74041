"""What exists, declared once and read by every step. Declarations only."""

from layers.catalogue.hazards import HAZARDS
from layers.catalogue.needs import NEEDS
from layers.catalogue.population import MIGRANTS, POPULATION
from layers.catalogue.risk import RISK
from layers.catalogue.sources import SOURCES
from layers.catalogue.vulnerability import COPING, VULNERABILITY
from layers.spec import Catalogue

CATALOGUE = Catalogue.of(
    sources=SOURCES,
    layers=(*POPULATION, *MIGRANTS, *NEEDS, *HAZARDS, *VULNERABILITY, *COPING, *RISK),
)
