"""What exists, declared once and read by every step. Declarations only."""

from layers.catalogue.frame import FRAME
from layers.catalogue.hardship import HARDSHIP
from layers.catalogue.hazard_kinds import HAZARD_KINDS
from layers.catalogue.hazards import HAZARDS
from layers.catalogue.livelihoods import LIVELIHOODS
from layers.catalogue.nationalities import NATIONALITIES
from layers.catalogue.needs import NEEDS
from layers.catalogue.people import RESIDENTS
from layers.catalogue.people_sources import PEOPLE_SOURCES
from layers.catalogue.population import MIGRANTS, POPULATION
from layers.catalogue.risk import RISK
from layers.catalogue.sectors import R4V
from layers.catalogue.series import SERIES
from layers.catalogue.services import SERVICES
from layers.catalogue.sources import SOURCES
from layers.catalogue.vulnerability import COPING, VULNERABILITY
from layers.spec import Catalogue

CATALOGUE = Catalogue.of(
    sources=(*SOURCES, *PEOPLE_SOURCES),
    layers=(
        *POPULATION,
        *RESIDENTS,
        *LIVELIHOODS,
        *MIGRANTS,
        *NATIONALITIES,
        *NEEDS,
        *HARDSHIP,
        *HAZARDS,
        *VULNERABILITY,
        *COPING,
        *SERVICES,
        *RISK,
    ),
    sectors=R4V.sectors,
    hazards=HAZARD_KINDS,
    series=SERIES,
    frame=FRAME,
)
