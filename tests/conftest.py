"""What every test may use: the toy country, and the real one where a mirror is at hand."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from dash import Dash
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.app.routes import make_geometries
from geoapp.settings import read_settings
from geoapp.store.builds import read_build, write_build
from layers.countries import COUNTRIES
from layers.pipeline import Build, build
from layers.sources.locate import Places
from layers.sources.lock import hold
from layers.spec import Catalogue
from layers.steps import Steps
from layers.terms import AdminLevel
from tests.loopback import Server
from tests.toy import COUNTRY, as_country, make_toy

# A slow machine is no fault of the code: no test has a deadline.
hypothesis.settings.register_profile("geoapp", deadline=None, max_examples=50)
hypothesis.settings.load_profile("geoapp")


@pytest.fixture(scope="session", autouse=True)
def toy_is_known() -> Iterator[None]:
    """Let every answer find the profile of the toy country; ``toy`` adds what it declares."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(COUNTRIES, COUNTRY.id, as_country(Catalogue()))
        yield


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Catalogue, Places]:
    """The toy country and what it declares."""
    catalogue, places = make_toy(tmp_path / "mirror")
    monkeypatch.setitem(COUNTRIES, COUNTRY.id, as_country(catalogue))
    return catalogue, places


@pytest.fixture
def toy_build(toy: tuple[Catalogue, Places]) -> Build:
    catalogue, places = toy
    return build(catalogue, COUNTRY, places)


@pytest.fixture
def toy_store(toy_build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with the build of the toy country, of which the command line speaks."""
    write_build(toy_build, tmp_path / "store")
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
    with hold(folder / "peru.lock", seconds=900.0):
        steps = Steps(folder / "peru-steps")
        built = build(COUNTRIES["per"].catalogue, COUNTRIES["per"], settings.places, steps=steps)
        steps.keep()
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
def toy_page(toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path) -> Dash:
    write_build(toy_build, tmp_path / "built")
    return create_app(read_build(tmp_path / "built"))


@pytest.fixture
def client(toy_page: Dash) -> FlaskClient:
    return toy_page.server.test_client()


@pytest.fixture
def toy_addresses(toy_build: Build, tmp_path: Path) -> dict[str, str]:
    write_build(toy_build, tmp_path / "geometries")
    made = make_geometries(read_build(tmp_path / "geometries"), COUNTRY)
    return made.addresses(AdminLevel.DISTRICT)
