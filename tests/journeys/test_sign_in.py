"""A partner signs in and sees the full edition; after signing out, the public one by its name."""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from geoapp.access.server import make_front
from geoapp.app import create_app
from geoapp.settings.server import ServerSettings, SignIn
from tests.editions import known, make_editions
from tests.journeys.conftest import Visit
from tests.loopback import listening
from tests.provider import CLIENT, SECRET, provide
from tests.toy import SCENARIO

pytestmark = [pytest.mark.journey]
LINE = "Edición pública: los conteos pequeños se muestran como rango"


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@pytest.fixture
def visitor(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """A visitor of a server of both editions of the toy country, whom a provider knows."""
    catalogue, full, public = make_editions(tmp_path)
    roles = tmp_path / "roles.toml"
    roles.write_text('[groups]\naliados = "partner"\n', "utf-8")
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    with provide() as provider, known(catalogue):
        provider.person |= {"groups": ["aliados"], "email": "ana@ejemplo.test"}
        sign_in = SignIn(
            issuer=provider.issuer,
            client=CLIENT,
            client_secret=SECRET,
            session_secret="kJ8v0YxQ2mZr7TgWnB4sLpD6fHcA1eUo",
            minutes=60,
            groups="groups",
            roles=roles,
        )
        front = make_front(
            ServerSettings(home, frozenset({"127.0.0.1"}), "", sign_in),
            tmp_path,
            public=lambda access: create_app(public, catalogue, SCENARIO, access=access),
            full=lambda access: create_app(full, catalogue, SCENARIO, access=access),
        )
        with listening(front, port, threads=8):
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            yield Visit(page, home)
            page.close()


def test_in_and_out(visitor: Visit) -> None:
    page = visitor.open("?layer=toy_people")
    visitor.until(lambda: LINE in page.locator("#legend").inner_text())
    assert page.locator("#account .edition").inner_text() == "Edición pública"
    assert page.evaluate("window.geoapp.map.paint().labels[3]") == "1–4"
    page.click("#account a:has-text('Iniciar sesión')")
    page.wait_for_selector("#account form")
    visitor.open("?layer=toy_people")
    visitor.until(lambda: "Cerrar sesión (socio)" in page.locator("#account").inner_text())
    assert LINE not in page.locator("#legend").inner_text()
    assert page.evaluate("window.geoapp.map.paint().labels[3]") == "4"
    page.click("#account button")
    page.wait_for_selector("#account .edition")
    assert visitor.complaints == []
    # Nobody else is asked for anything but who somebody is.
    assert {urlsplit(url).path for url in visitor.foreign} == {"/authorize"}


def test_a_session_that_ends_is_told_and_nothing_else_is_shown(visitor: Visit) -> None:
    page = visitor.open()
    page.click("#account a:has-text('Iniciar sesión')")
    page.wait_for_selector("#account form")
    visitor.open("?layer=toy_people")
    page.context.clear_cookies()
    page.click("#level label:has-text('Región')")
    page.wait_for_selector("#refused:not([hidden])")
    assert "Su sesión terminó" in page.locator("#refused").inner_text()
    assert page.evaluate("window.geoapp.map.paint().labels.length") == 6
