"""What exists, declared once and read by every step. Declarations only."""

from layers.catalogue.migrants import MIGRANTS
from layers.catalogue.needs import NEEDS
from layers.catalogue.sources import SOURCES
from layers.spec import Catalogue

CATALOGUE = Catalogue.of(sources=SOURCES, layers=(*MIGRANTS, *NEEDS))
