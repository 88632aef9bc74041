"""The countries that the product knows, one profile a file."""

from layers.countries.per import PERU
from layers.spec import CountryProfile

COUNTRIES: dict[str, CountryProfile] = {PERU.id: PERU}
