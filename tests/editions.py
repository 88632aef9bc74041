"""The toy country in both editions, made once, with small counts that the public one hides."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from geoapp.store.builds import Stored, read_build, write_build
from layers.countries import COUNTRIES
from layers.pipeline import build
from layers.spec import Catalogue, DisclosureRules
from layers.terms import Sensitivity
from tests.toy import COUNTRY, as_country, make_toy

RESTRICTED = ("toy_people", "toy_migrants", "toy_in_need")


def restricted(catalogue: Catalogue) -> Catalogue:
    """Return declarations whose counts of people are not for everybody."""
    layers = {
        name: replace(layer, sensitivity=Sensitivity.RESTRICTED) if name in RESTRICTED else layer
        for name, layer in catalogue.layers.items()
    }
    return replace(catalogue, layers=layers)


@contextmanager
def known(catalogue: Catalogue) -> Iterator[None]:
    """Let the product know the toy country."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(COUNTRIES, COUNTRY.id, as_country(catalogue))
        yield


def make_editions(folder: Path) -> tuple[Catalogue, Stored, Stored]:
    """Write both editions into a store as ``geoapp build`` does.

    Returns
    -------
    tuple
        Declarations, the full edition, the public one.
    """
    catalogue, places = make_toy(folder / "mirror")
    catalogue = restricted(catalogue)
    store = folder / "store"
    write_build(build(catalogue, COUNTRY, places), store)
    rules = DisclosureRules()
    write_build(build(catalogue, COUNTRY, places, disclosure=rules), store / "public")
    return catalogue, read_build(store, catalogue), read_build(store / "public", catalogue)
