"""What every test may use: the toy country, and the real one where a mirror is at hand."""

import os
import pickle
import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

import hypothesis
import pytest
from dash import Dash
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.app.routes import make_geometries
from geoapp.settings import read_settings
from geoapp.store.builds import Stored, read_build, write_build
from layers.built import Build
from layers.countries import COUNTRIES
from layers.pipeline import build
from layers.sources.locate import Places
from layers.sources.lock import hold
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.editions import known
from tests.loopback import Server
from tests.toy import COUNTRY, as_country, make_toy, places_in

# A slow machine is no fault of the code: no test has a deadline.
hypothesis.settings.register_profile("geoapp", deadline=None, max_examples=50)
hypothesis.settings.load_profile("geoapp")


_TURN = (
    "tests/peru/test_check.py",
    "tests/unit/test_cli_load.py",
    "tests/journeys/",
    "tests/peru/",
    "tests/contract/",
    "tests/faults/",
)
"""The longest first, so that no worker is left with one when the others are done. The first
worker begins with Peru, which it builds for all; the next with what does not wait for it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: [not item.nodeid.startswith(part) for part in _TURN])


@pytest.fixture(scope="session", autouse=True)
def toy_is_known() -> Iterator[None]:
    """Let every answer find the profile of the toy country; ``toy`` adds what it declares."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(COUNTRIES, COUNTRY.id, as_country(Catalogue()))
        yield


@dataclass(frozen=True)
class Made:
    """The toy country as it is made once for all tests of a process; each works on a copy."""

    folder: Path
    """Its mirror, and a store with its build."""
    catalogue: Catalogue
    built: Build
    stored: Stored


@pytest.fixture(scope="session")
def toy_made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("toy")
    catalogue, places = make_toy(folder / "mirror")
    with known(catalogue):
        built = build(catalogue, COUNTRY, places)
        write_build(built, folder / "store")
        return Made(folder, catalogue, built, read_build(folder / "store"))


@pytest.fixture
def toy(
    toy_made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Catalogue, Places]:
    """The toy country and what it declares."""
    shutil.copytree(toy_made.folder / "mirror", tmp_path / "mirror")
    monkeypatch.setitem(COUNTRIES, COUNTRY.id, as_country(toy_made.catalogue))
    return toy_made.catalogue, places_in(tmp_path / "mirror")


@pytest.fixture
def toy_build(toy_made: Made, toy: tuple[Catalogue, Places]) -> Build:
    return deepcopy(toy_made.built)


@pytest.fixture
def toy_store(
    toy_made: Made,
    toy: tuple[Catalogue, Places],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A store with the build of the toy country, of which the command line speaks."""
    shutil.copytree(toy_made.folder / "store", tmp_path / "store")
    monkeypatch.setenv("GEOAPP_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("GEOAPP_COUNTRY", COUNTRY.id)
    return tmp_path / "store"


@pytest.fixture(scope="session")
def mirror() -> Path:
    """The folder of real data; its absence skips the test by name."""
    folder = read_settings(os.environ).mirror
    if folder is None:
        pytest.skip("no mirror: set GEOAPP_MIRROR or put shared/mirror beside the checkout")
    return folder


@pytest.fixture(scope="session")
def peru(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    settings = read_settings(
        {"GEOAPP_MIRROR": str(mirror), "GEOAPP_STORE": str(tmp_path_factory.mktemp("store"))}
    )
    # The workers of one run share what the first of them made; the others wait for it.
    run = tmp_path_factory.getbasetemp()
    folder = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run
    made = folder / "peru.pickle"
    with hold(folder / "peru.lock", seconds=900.0):
        if made.exists():
            found: Build = pickle.loads(made.read_bytes())
            return found
        built = build(COUNTRIES["per"].catalogue, COUNTRIES["per"], settings.places)
        made.write_bytes(pickle.dumps(built))
    return built


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the proxies that the environment names."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server(no_proxy: None) -> Iterator[Server]:
    """A web server on loopback, asked without a proxy."""
    made = Server()
    yield made
    made.close()


@pytest.fixture
def toy_stored(toy_made: Made, toy: tuple[Catalogue, Places], tmp_path: Path) -> Stored:
    """The build of the toy country as it was read from a store of the test's own."""
    shutil.copytree(toy_made.folder / "store", tmp_path / "built")
    return replace(
        toy_made.stored, build=deepcopy(toy_made.stored.build), folder=tmp_path / "built"
    )


@pytest.fixture
def toy_page(toy_stored: Stored) -> Dash:
    return create_app(toy_stored)


@pytest.fixture
def client(toy_page: Dash) -> FlaskClient:
    return toy_page.server.test_client()


@pytest.fixture
def toy_addresses(toy_stored: Stored) -> dict[str, str]:
    return make_geometries(toy_stored, COUNTRY).addresses(AdminLevel.DISTRICT)
