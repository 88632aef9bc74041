"""The countries that the product knows, one module each and one line here."""

from layers.countries.country import Country
from layers.countries.per import PERU

__all__ = ["COUNTRIES", "Country"]

COUNTRIES: dict[str, Country] = {
    PERU.id: PERU,
}
