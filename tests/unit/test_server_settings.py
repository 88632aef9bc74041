"""What a server refuses to start without, in one sentence; a single user needs none of it."""

import secrets
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geoapp.access.role_file import read_roles
from geoapp.access.roles import Role
from geoapp.app.components.account import account
from geoapp.cli import app
from geoapp.planners.audit import read_audit
from geoapp.settings import read_settings
from geoapp.store.builds import read_build
from geoapp.store.loaded import LoadedFolder
from layers.countries import COUNTRIES
from layers.errors import LayersError
from tests.editions import restricted
from tests.toy import COUNTRY, as_country, make_toy

WHOLE = {
    "GEOAPP_MODE": "server",
    "GEOAPP_URL": "https://mapa.ejemplo.test/",
    "GEOAPP_OIDC_ISSUER": "https://cuentas.ejemplo.test",
    "GEOAPP_OIDC_CLIENT": "geoapp",
    "GEOAPP_OIDC_SECRET": "given by the issuer",
    "GEOAPP_SESSION_SECRET": secrets.token_urlsafe(48),
}


def test_a_whole_server_is_read() -> None:
    settings = read_settings({**WHOLE, "GEOAPP_STORE": "/s", "GEOAPP_HOSTS": "mapa, otro.test"})
    server = settings.server
    assert server is not None
    assert server.sign_in is not None
    assert (server.url, server.is_https) == ("https://mapa.ejemplo.test", True)
    assert server.hosts == {"mapa.ejemplo.test", "mapa", "otro.test"}
    assert (server.sign_in.minutes, server.sign_in.roles) == (60, Path("/s/roles.toml"))
    assert settings.is_both
    assert settings.public.builds == Path("/s/public")
    for kept in (WHOLE["GEOAPP_SESSION_SECRET"], WHOLE["GEOAPP_OIDC_SECRET"]):
        assert kept not in repr(settings)


def test_a_single_user_is_asked_for_nothing() -> None:
    assert read_settings({}).server is None


def test_a_server_of_the_public_edition_alone_has_no_secret() -> None:
    told = {name: WHOLE[name] for name in ("GEOAPP_MODE", "GEOAPP_URL")}
    settings = read_settings({**told, "GEOAPP_EDITION": "public"})
    assert settings.server is not None
    assert (settings.server.sign_in, settings.is_both) == (None, False)


@pytest.mark.fault(56)
@pytest.mark.parametrize("name", sorted(WHOLE.keys() - {"GEOAPP_MODE"}))
def test_a_server_does_not_start_without(name: str) -> None:
    with pytest.raises(LayersError, match=f"GEOAPP_MODE=server needs {name}"):
        read_settings({**WHOLE, name: ""})


@pytest.mark.fault(56)
@pytest.mark.parametrize(
    "secret",
    [
        "x7Qm",
        "a" * 64,
        "change-me-change-me-change-me-1234567890",
        "this-is-my-secret-0123456789-abcdefghij",
        "Default-Key-0123456789-abcdefghijklmnop",
        "q8Zt1LwXv5Rk2NbY7cJd0e",
    ],
)
def test_a_weak_secret_is_refused_and_not_repeated(secret: str) -> None:
    with pytest.raises(
        LayersError, match="GEOAPP_SESSION_SECRET is too short or no random"
    ) as told:
        read_settings({**WHOLE, "GEOAPP_SESSION_SECRET": secret})
    assert secret not in str(told.value)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("GEOAPP_MODE", "servidor", "GEOAPP_MODE is 'servidor'; give local or server"),
        ("GEOAPP_URL", "http://mapa.ejemplo.test", "begins with https://"),
        ("GEOAPP_URL", "mapa.ejemplo.test", "begins with https://"),
        ("GEOAPP_OIDC_ISSUER", "http://cuentas.ejemplo.test", "begins with https://"),
        ("GEOAPP_SESSION_MINUTES", "0", "a whole number from 5 to 1440"),
        ("GEOAPP_SESSION_MINUTES", "mucho", "a whole number from 5 to 1440"),
        ("GEOAPP_SESSION_SECRET_FILE", "/none/such", "/none/such, which cannot be read"),
    ],
)
def test_what_is_unsafe_is_told(name: str, value: str, said: str) -> None:
    with pytest.raises(LayersError) as told:
        read_settings({**WHOLE, name: value})
    assert said in str(told.value)


def test_secrets_may_lie_in_files(tmp_path: Path) -> None:
    path = tmp_path / "session"
    path.write_text(f"{WHOLE['GEOAPP_SESSION_SECRET']}\n", "utf-8")
    told = {**WHOLE, "GEOAPP_SESSION_SECRET": "", "GEOAPP_SESSION_SECRET_FILE": str(path)}
    server = read_settings(told).server
    assert server is not None
    assert server.sign_in is not None
    assert server.sign_in.session_secret == WHOLE["GEOAPP_SESSION_SECRET"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "cannot be read"),
        ("[groups", "cannot be read"),
        ('[groups]\na = "boss"', "gives a the role 'boss'"),
        ("[groups]\na = 3", "gives a the role 3"),
        ('[grupos]\na = "editor"', "has a part 'grupos'"),
        ('people = "editor"', "has a part 'people'"),
    ],
)
def test_roles_that_cannot_be_meant_are_refused(
    tmp_path: Path, text: str | None, said: str
) -> None:
    path = tmp_path / "roles.toml"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(LayersError) as told:
        read_roles(path)
    assert said in str(told.value)


def test_roles_may_be_of_groups_alone(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    path.write_text('[groups]\na = "partner"\n', "utf-8")
    assert read_roles(path) == {"groups": {"a": Role.PARTNER}, "people": {}}


class Started:
    """What stands in for a server: it ends at once."""

    def __init__(self, *options: Any) -> None:
        *_, self.trusted = options

    def run(self, give_up: Any) -> bool:
        """Serve nobody."""
        return True


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    catalogue, _ = make_toy(tmp_path / "mirror")
    country = as_country(restricted(catalogue))
    monkeypatch.setitem(COUNTRIES, COUNTRY.id, country)
    for name, value in (
        ("GEOAPP_COUNTRY", COUNTRY.id),
        ("GEOAPP_STORE", tmp_path / "store"),
        ("GEOAPP_MIRROR", tmp_path / "mirror"),
    ):
        monkeypatch.setenv(name, str(value))
    return tmp_path / "store"


def test_others_are_not_served_without_a_sign_in(store: Path) -> None:
    result = CliRunner().invoke(app, ["serve"], env={"GEOAPP_HOST": "0.0.0.0"})
    assert isinstance(result.exception, LayersError)
    assert "GEOAPP_HOST is 0.0.0.0, which others reach" in str(result.exception)
    assert not (store / "builds").exists()


def test_a_server_builds_both_editions_and_believes_the_named_proxy_alone(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Started] = []

    def start(*options: Any) -> Started:
        started.append(Started(*options))
        return started[-1]

    # The package bears a command of the same name.
    monkeypatch.setattr(import_module("geoapp.cli.serve"), "Served", start)
    store.mkdir()
    (store / "roles.toml").write_text('[groups]\na = "partner"\n', "utf-8")
    for proxy in ("", "10.0.0.5"):
        result = CliRunner().invoke(app, ["serve"], env={**WHOLE, "GEOAPP_PROXY": proxy})
        assert result.exit_code == 0, result.exception
    assert [one.trusted.get("trusted_proxy") for one in started] == [None, "10.0.0.5"]
    full, public = (read_build(path).build for path in (store, store / "public"))
    assert (full.disclosure is None, public.disclosure is None) == (True, False)
    built = [entry.facts for entry in read_audit(store).entries if entry.act == "build"]
    assert built == [
        {"hash": full.hash, "edition": "full"},
        {"hash": public.hash, "edition": "public"},
    ]


def test_what_the_command_line_changes_is_kept_with_its_user(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "ana")
    run = CliRunner()
    assert run.invoke(app, ["scenario", "save", "norte"]).exit_code == 0
    decided = ["decide", "Apertura", "--reason", "Acta 12", "--who", "Comité"]
    assert run.invoke(app, decided).exit_code == 0
    found = [(entry.who, entry.act) for entry in read_audit(store).entries]
    assert found == [("ana", "build"), ("ana", "scenario"), ("ana", "decision")]
    assert read_audit(store).entries[1].facts["weights"]
    assert LoadedFolder(store / "loaded").files() == ()


def test_the_page_names_its_edition_and_the_way_in_and_out() -> None:
    assert account("es", is_public=False, has_sign_in=False) == []
    open_page = str(account("es", is_public=True, has_sign_in=True))
    assert "Edición pública" in open_page
    assert "href='/session/sign-in'" in open_page
    named = str(account("es", is_public=False, has_sign_in=True, name="ana", role="partner"))
    assert "Cerrar sesión (socio)" in named
    assert "method='post'" in named
    assert "Edición pública" not in named


def test_the_mirror_beside_the_checkout_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geoapp.__file__", str(tmp_path / "checkout" / "geoapp" / "__init__.py"))
    assert read_settings({}).mirror is None
    (tmp_path / "shared" / "mirror").mkdir(parents=True)
    assert read_settings({}).mirror == tmp_path / "shared" / "mirror"
