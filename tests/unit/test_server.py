"""A server of both editions: who signs in sees the full one, and nobody else anything of it."""

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
from itsdangerous import URLSafeTimedSerializer
from joserfc.jwk import OctKey, RSAKey
from werkzeug.test import Client, TestResponse

from geoapp.access.front import Front
from geoapp.access.permits import ROUTES, SESSION_ROUTES
from geoapp.access.role_file import RoleFile
from geoapp.access.roles import Role, Visitor
from geoapp.access.server import make_front
from geoapp.access.sessions import Sessions
from geoapp.access.sign_in import RATE
from geoapp.app import create_app
from geoapp.planners.audit import read_audit
from geoapp.settings.server import ServerSettings, SignIn
from geoapp.store.builds import Stored
from layers.spec import Catalogue
from tests.editions import known, make_editions
from tests.provider import CLIENT, SECRET, Provider, provide
from tests.toy import SCENARIO

HOME = "https://mapa.ejemplo.test"
KEY = "kJ8v0YxQ2mZr7TgWnB4sLpD6fHcA1eUo"
ROLES = """
[groups]
aliados = "partner"
edicion = "editor"

[people]
"Jefa@ejemplo.test" = "administrator"
"s-9" = "partner"
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with provide() as made:
        yield made


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, Stored, Stored]:
    return make_editions(tmp_path_factory.mktemp("editions"))


@pytest.fixture(scope="module")
def settings(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> ServerSettings:
    roles = tmp_path_factory.mktemp("roles") / "roles.toml"
    roles.write_text(ROLES, "utf-8")
    sign_in = SignIn(
        issuer=provider.issuer,
        client=CLIENT,
        client_secret=SECRET,
        session_secret=KEY,
        minutes=60,
        groups="groups",
        roles=roles,
    )
    return ServerSettings(HOME, frozenset({"mapa.ejemplo.test"}), "", sign_in)


@pytest.fixture
def roles(settings: ServerSettings) -> Iterator[Path]:
    """The file of roles, as it was when the test is done."""
    assert settings.sign_in is not None
    yield settings.sign_in.roles
    settings.sign_in.roles.write_text(ROLES, "utf-8")


@pytest.fixture
def sessions(roles: Path) -> Sessions:
    """The sessions of the server, as it reads them."""
    return Sessions(KEY, RoleFile(roles), 60)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def front(editions: Any, settings: ServerSettings, store: Path) -> Front:
    catalogue, full, public = editions
    with known(catalogue):
        return make_front(
            settings,
            store,
            public=lambda access: create_app(public, catalogue, SCENARIO, access=access),
            full=lambda access: create_app(full, catalogue, SCENARIO, store, access=access),
        )


@pytest.fixture
def honest(provider: Provider) -> Iterator[Provider]:
    """The provider as it is, whatever a test makes of it."""
    before = dict(vars(provider))
    yield provider
    vars(provider).update(before)


class Browser(Client):
    """A browser with cookies of its own, at an address of its own."""

    number = 0

    def __init__(self, front: Front) -> None:
        super().__init__(front)
        Browser.number += 1
        self.address = f"10.1.{Browser.number // 250}.{Browser.number % 250}"

    def ask(self, path: str, method: str = "GET", **options: Any) -> TestResponse:
        environ = {"REMOTE_ADDR": self.address}
        return self.open(path, base_url=HOME, method=method, environ_overrides=environ, **options)

    def enter(self, provider: Provider, **person: Any) -> TestResponse:
        """Sign in as somebody."""
        provider.person = {"sub": "s-1", **person}
        return self.ask(self.way(provider))

    def way(self, provider: Provider) -> str:
        """Return the address by which the provider sends the browser back."""
        away = self.ask("/session/sign-in")
        assert away.status_code == 302
        assert away.location.startswith(f"{provider.issuer}/authorize?")
        back = requests.get(away.location, allow_redirects=False, timeout=10).headers["Location"]
        assert back.startswith(f"{HOME}/session/callback?")
        return back.removeprefix(HOME)

    @property
    def session(self) -> str | None:
        found = self.get_cookie("__Host-geoapp", "mapa.ejemplo.test")
        return found.value if found else None


@pytest.fixture
def browser(front: Front) -> Browser:
    return Browser(front)


def edition(browser: Browser) -> str:
    """Return which edition the page is of, by what its scripts ask."""
    text = browser.ask("/").text
    return (
        "full" if 'src="/full/_dash' in text else "public" if 'src="/public/_dash' in text else ""
    )


def test_a_partner_signs_in_and_sees_the_full_edition(
    browser: Browser, honest: Provider, editions: Any, store: Path
) -> None:
    _, full, public = editions
    assert edition(browser) == "public"
    assert browser.ask("/readyz").json["build"] == public.build.hash
    answer = browser.enter(
        honest, groups=["aliados"], email="ana@ejemplo.test", email_verified=True
    )
    assert (answer.status_code, answer.location) == (303, "/")
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-geoapp="))
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=3600"):
        assert part in cookie
    assert "Domain" not in cookie
    assert edition(browser) == "full"
    assert browser.ask("/readyz").json["build"] == full.build.hash
    entry = read_audit(store).entries[-1]
    assert (entry.who, entry.act, entry.facts) == (
        "ana@ejemplo.test",
        "sign_in",
        {"role": "partner"},
    )
    gone = browser.ask("/session/sign-out", "POST")
    assert (gone.status_code, gone.location) == (303, "/")
    assert gone.headers["Clear-Site-Data"] == '"cache"'
    assert browser.session is None
    assert edition(browser) == "public"


def test_the_way_out_is_protected_by_state_nonce_and_proof(
    browser: Browser, honest: Provider
) -> None:
    browser.way(honest)
    asked = honest.asked[-1]
    assert asked["redirect_uri"] == f"{HOME}/session/callback"
    assert asked["code_challenge_method"] == "S256"
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert asked["response_type"] == "code"


@pytest.mark.fault(53)
@pytest.mark.parametrize("way", ["?next=//evil.example", "?next=/%5Cevil.example"])
def test_no_address_of_a_visitor_is_followed(browser: Browser, honest: Provider, way: str) -> None:
    honest.person = {"sub": "s-9"}
    away = browser.ask(f"/session/sign-in{way}")
    back = requests.get(away.location, allow_redirects=False, timeout=10).headers["Location"]
    answer = browser.ask(back.removeprefix(HOME) + way.replace("?", "&"))
    assert (answer.status_code, answer.location) == (303, "/")


@pytest.mark.parametrize(
    ("person", "role"),
    [
        ({"groups": ["aliados"]}, Role.PARTNER),
        ({"groups": ["otros", "edicion", "aliados"]}, Role.EDITOR),
        ({"email": "jefa@ejemplo.test", "email_verified": True}, Role.ADMINISTRATOR),
        ({"sub": "s-9"}, Role.PARTNER),
        # What the provider has not verified is anybody's word, and so is a subject like an e-mail.
        ({"email": "jefa@ejemplo.test", "email_verified": False}, None),
        ({"email": "jefa@ejemplo.test", "email_verified": "true"}, None),
        ({"email": "jefa@ejemplo.test"}, None),
        ({"sub": "jefa@ejemplo.test"}, None),
        ({"groups": "aliados"}, None),
        ({"groups": ["s-9"]}, None),
        ({"sub": "S-9"}, None),
        ({}, None),
    ],
)
def test_a_role_is_what_the_file_gives_a_person(
    browser: Browser,
    honest: Provider,
    sessions: Sessions,
    person: dict[str, Any],
    role: Role | None,
) -> None:
    answer = browser.enter(honest, **person)
    if role is None:
        assert (answer.status_code, browser.session) == (403, None)
        assert "no tiene un papel" in answer.text
        assert edition(browser) == "public"
    else:
        read = sessions.read(browser.session or "")
        assert read is not None
        assert read.role is role


def _other_key(provider: Provider) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})


def _unsigned(provider: Provider) -> None:
    provider.header = {"alg": "HS256", "kid": "one"}
    provider.signs_with = OctKey.import_key(KEY, {"kid": "one"})
    provider.algorithms = ["HS256", "RS256", "none"]


def _claim(**claims: Any) -> Any:
    def change(provider: Provider) -> None:
        provider.forge = lambda told: {
            name: value for name, value in {**told, **claims}.items() if value is not None
        }

    return change


@pytest.mark.parametrize(
    "wrong",
    [
        _other_key,
        _unsigned,
        _claim(iss="https://other.example"),
        _claim(iss=None),
        _claim(aud="another client"),
        _claim(aud=None),
        _claim(nonce="of another visit"),
        _claim(nonce=None),
        _claim(exp=int(time.time()) - 600),
        _claim(exp=None),
        _claim(sub=None),
        _claim(sub=""),
    ],
)
def test_a_token_that_is_not_for_this_visit_lets_nobody_in(
    browser: Browser, honest: Provider, store: Path, wrong: Any
) -> None:
    wrong(honest)
    answer = browser.enter(honest, groups=["aliados"])
    assert (answer.status_code, browser.session) == (401, None)
    assert read_audit(store).entries[-1].act == "refused"
    assert edition(browser) == "public"


def test_another_visit_or_none_at_all_lets_nobody_in(
    browser: Browser, front: Front, honest: Provider
) -> None:
    honest.person = {"sub": "s-9"}
    way = browser.way(honest)
    # Somebody else is sent the address: they have not begun to sign in.
    assert Browser(front).ask(way).status_code == 401
    assert browser.ask("/session/callback").status_code == 401
    assert browser.ask("/session/callback?code=a&state=b").status_code == 401
    assert browser.ask("/session/callback?error=access_denied").status_code == 401
    changed = way.replace("code=", "code=x")
    assert browser.ask(changed).status_code == 401
    assert browser.session is None


def test_an_address_lets_in_once(browser: Browser, honest: Provider) -> None:
    honest.person = {"sub": "s-9"}
    way = browser.way(honest)
    assert browser.ask(way).status_code == 303
    assert browser.ask(way).status_code == 401


def test_what_a_browser_had_before_is_not_kept(
    browser: Browser, honest: Provider, sessions: Sessions
) -> None:
    planted = sessions.write("eva@ejemplo.test", [("groups", "aliados")])
    browser.set_cookie("__Host-geoapp", planted, domain="mapa.ejemplo.test")
    browser.enter(honest, groups=["edicion"], email="ana@ejemplo.test", email_verified=True)
    read = sessions.read(browser.session or "")
    assert read == Visitor("ana@ejemplo.test", Role.EDITOR)


def altered(cookie: str, at: int) -> str:
    return cookie[:at] + ("A" if cookie[at] != "A" else "B") + cookie[at + 1 :]


def signed(key: str, name: str, group: str) -> str:
    """Return the cookie of a member of a group; the file of roles is not asked to write one."""
    return Sessions(key, RoleFile(Path()), 60).write(name, [("groups", group)])


OLDER = URLSafeTimedSerializer(
    KEY, salt="geoapp session", signer_kwargs={"digest_method": hashlib.sha256}
)
"""Signs what a session of a version before this one held."""
GOOD = signed(KEY, "ana@ejemplo.test", "aliados")


@pytest.mark.fault(54)
@pytest.mark.parametrize(
    "cookie",
    [
        altered(GOOD, 3),
        altered(GOOD, GOOD.index(".") + 2),
        altered(GOOD, len(GOOD) - 5),
        signed("another key of thirty-two bytes!", "a", "edicion"),
        signed(KEY, "a", "un grupo sin papel"),
        OLDER.dumps(["a", "administrator"]),
        GOOD.split(".")[0],
        "",
        "administrator",
        "x" * 3000,
    ],
    ids=[
        "who",
        "when",
        "signature",
        "another-key",
        "no-role",
        "older-form",
        "unsigned",
        "empty",
        "a-word",
        "long",
    ],
)
def test_a_cookie_that_is_not_ours_ends_and_is_taken(browser: Browser, cookie: str) -> None:
    browser.set_cookie("__Host-geoapp", cookie, domain="mapa.ejemplo.test")
    answer = browser.ask("/", headers={"Accept": "text/html"})
    assert answer.status_code == 401
    assert "Su sesión terminó" in answer.text
    assert browser.session is None
    assert edition(browser) == "public"


@pytest.mark.fault(54)
def test_a_session_ends_and_no_other_edition_answers_in_its_place(
    browser: Browser, honest: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.enter(honest, groups=["aliados"])
    assert browser.ask("/_dash-layout").status_code == 200
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3602)
    act = {"output": "x", "outputs": [], "inputs": []}
    ended = browser.ask("/full/_dash-update-component", "POST", json=act)
    assert ended.status_code == 401
    assert ended.json["said"]["es"].startswith("Su sesión terminó")
    # The cookie is gone: what the page of the full edition asks is still not answered by another.
    assert browser.session is None
    again = browser.ask("/full/_dash-update-component", "POST", json=act)
    assert again.status_code == 401


@pytest.mark.fault(54)
def test_a_role_is_not_written_into_a_cookie_by_hand(browser: Browser, honest: Provider) -> None:
    browser.enter(honest, groups=["aliados"])
    payload, *rest = (browser.session or "").split(".")
    editor = signed("of the attacker, thirty-two bytes", "s-1", "edicion")
    browser.set_cookie(
        "__Host-geoapp", ".".join([editor.split(".")[0], *rest]), domain="mapa.ejemplo.test"
    )
    assert payload != editor.split(".")[0]
    assert browser.ask("/readyz").status_code == 401


@pytest.mark.fault(54)
def test_a_role_that_is_taken_away_ends_with_the_next_question(
    browser: Browser, honest: Provider, roles: Path
) -> None:
    browser.enter(honest, groups=["edicion"])
    assert edition(browser) == "full"
    cookie = browser.session
    roles.write_text(ROLES.replace('edicion = "editor"\n', ""), "utf-8")
    ended = browser.ask("/", headers={"Accept": "text/html"})
    assert ended.status_code == 401
    assert browser.session is None
    # Whoever kept the cookie has no more of it than who let it go.
    browser.set_cookie("__Host-geoapp", cookie or "", domain="mapa.ejemplo.test")
    assert browser.ask("/_dash-layout").status_code == 401


def test_a_role_that_is_changed_counts_at_once(
    browser: Browser, honest: Provider, roles: Path
) -> None:
    browser.enter(honest, groups=["edicion"])
    assert browser.ask("/session/audit.jsonl").status_code == 403
    roles.write_text(ROLES.replace('edicion = "editor"', 'edicion = "administrator"'), "utf-8")
    assert browser.ask("/session/audit.jsonl").status_code == 200


def test_while_the_roles_cannot_be_read_no_session_passes_and_none_is_lost(
    browser: Browser, front: Front, honest: Provider, roles: Path
) -> None:
    browser.enter(honest, groups=["edicion"])
    roles.write_text("[groups", "utf-8")
    for path in ("/", "/_dash-layout", "/session/audit.jsonl"):
        assert browser.ask(path).status_code == 503
    page = browser.ask("/", headers={"Accept": "text/html"})
    assert "quién tiene qué papel" in page.text
    act = browser.ask("/full/_dash-update-component", "POST", json={})
    assert (act.status_code, "quién tiene qué papel" in act.json["said"]["es"]) == (503, True)
    other = Browser(front)
    assert edition(other) == "public"
    honest.person = {"sub": "s-9"}
    assert other.ask(other.way(honest)).status_code == 503
    assert other.session is None
    roles.unlink()
    assert browser.ask("/").status_code == 503
    roles.write_text(ROLES, "utf-8")
    assert edition(browser) == "full"


def test_only_an_administrator_reads_who_did_what(browser: Browser, honest: Provider) -> None:
    assert browser.ask("/session/audit.jsonl").status_code == 401
    browser.enter(honest, groups=["edicion"])
    assert browser.ask("/session/audit.jsonl").status_code == 403
    browser.enter(honest, email="jefa@ejemplo.test", email_verified=True)
    answer = browser.ask("/session/audit.jsonl")
    assert answer.status_code == 200
    assert json.loads(answer.text.splitlines()[-1])["who"] == "jefa@ejemplo.test"
    assert SECRET not in answer.text
    assert KEY not in answer.text


def test_every_route_of_signing_in_has_its_permit(front: Front) -> None:
    assert front._sign_in is not None
    assert {rule.rule for rule in front._sign_in.url_map.iter_rules()} == set(SESSION_ROUTES)


def test_a_decision_bears_who_had_signed_in(
    browser: Browser, honest: Provider, store: Path
) -> None:
    parts = {"name": "Apertura", "reason": "Acta 12", "who": "Comité"}
    outputs = [("told", "children"), ("name", "value"), ("reason", "value")]
    body = {
        "output": "..decision-told.children...decision-name.value...decision-reason.value..",
        "outputs": [{"id": f"decision-{name}", "property": prop} for name, prop in outputs],
        "inputs": [{"id": "decision-save", "property": "n_clicks", "value": 1}],
        "changedPropIds": ["decision-save.n_clicks"],
        "state": [
            *(
                {"id": f"decision-{name}", "property": "value", "value": text}
                for name, text in parts.items()
            ),
            {"id": "view", "property": "data", "value": "/?w=toy_people:2"},
        ],
    }
    address = "/full/_dash-update-component"
    browser.enter(honest, groups=["aliados"])
    assert browser.ask(address, "POST", json=body).status_code == 403
    assert not (store / "decisions").exists()
    browser.enter(honest, groups=["edicion"], email="ed@ejemplo.test", email_verified=True)
    answer = browser.ask(address, "POST", json=body)
    assert "Guardada en" in answer.json["response"]["decision-told"]["children"]
    (path,) = (store / "decisions").iterdir()
    entry = read_audit(store).entries[-1]
    assert (entry.who, entry.act, entry.facts["file"]) == ("ed@ejemplo.test", "decision", path.name)
    # The public edition knows no such question at all.
    assert browser.ask(address.replace("full", "public"), "POST", json=body).status_code == 400


def test_many_attempts_leave_room_in_the_cookie(browser: Browser, honest: Provider) -> None:
    for _ in range(8):
        away = browser.ask("/session/sign-in")
    cookie = max(away.headers.getlist("Set-Cookie"), key=len)
    assert len(cookie) < 1500
    honest.person = {"sub": "s-9"}
    back = requests.get(away.location, allow_redirects=False, timeout=10).headers["Location"]
    assert browser.ask(back.removeprefix(HOME)).status_code == 303


def test_foreign_pages_sign_nobody_out(browser: Browser, honest: Provider) -> None:
    browser.enter(honest, groups=["aliados"])
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert browser.ask("/session/sign-out", "POST", headers=headers).status_code == 403
    assert browser.ask("/session/sign-out").status_code == 405
    assert edition(browser) == "full"


@pytest.mark.fault(55)
def test_attempts_are_counted_by_address(front: Front, browser: Browser) -> None:
    burst, _ = RATE
    for _ in range(burst):
        assert browser.ask("/session/callback?code=a&state=b").status_code == 401
    late = browser.ask("/session/sign-in", headers={"X-Forwarded-For": "10.9.9.9"})
    assert late.status_code == 429
    assert int(late.headers["Retry-After"]) > 0
    assert Browser(front).ask("/session/sign-in").status_code == 302


@pytest.mark.fault(52)
@pytest.mark.parametrize(
    "host", ["evil.example", "mapa.ejemplo.test.evil.example", "127.0.0.1", ""]
)
def test_the_page_has_its_own_name_and_no_other(front: Front, host: str) -> None:
    client = Client(front)
    assert client.get("/", headers={"Host": host}).status_code == 400
    assert client.get("/session/sign-in", headers={"Host": host}).status_code == 400
    # A machine that only asks whether it lives may call it as it likes.
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_browsers_are_told_to_come_by_https_alone(browser: Browser) -> None:
    for path in ("/", "/healthz", "/nowhere"):
        assert "Strict-Transport-Security" in browser.ask(path).headers


def test_a_provider_that_is_another_or_absent_is_told(
    editions: Any, settings: ServerSettings, honest: Provider, tmp_path: Path
) -> None:
    catalogue, full, public = editions

    def another(issuer: str) -> Browser:
        told = replace(settings, sign_in=replace(settings.sign_in, issuer=issuer))  # type: ignore[type-var]
        with known(catalogue):
            made = make_front(
                told,
                tmp_path,
                public=lambda access: create_app(public, catalogue, SCENARIO, access=access),
                full=lambda access: create_app(full, catalogue, SCENARIO, access=access),
            )
        return Browser(made)

    absent = another("http://127.0.0.1:9")
    answer = absent.ask("/session/sign-in")
    assert (answer.status_code, "no responde" in answer.text) == (503, True)
    assert edition(absent) == "public"
    honest.named_issuer = "https://other.example"
    assert another(honest.issuer).ask("/session/sign-in").status_code == 503


def test_nobody_reaches_the_full_edition_by_any_address(browser: Browser, editions: Any) -> None:
    _, full, _ = editions
    for rule in ROUTES:
        path = rule.replace("<path:path>", "territorio").replace("<level>", "district")
        for at in (
            f"{path}漢",
            path,
            f"/full{path}漢",
            f"/full{path}",
            f"/public{path}",
            f"/full//{path}",
            f"/%66ull{path}",
        ):
            for method in ("GET", "POST", "DELETE"):
                answer = browser.ask(at, method, json={} if method == "POST" else None)
                assert full.build.hash.encode() not in answer.data
                if at.startswith("/full"):
                    assert answer.status_code in (401, 404, 405), at


def test_shared_caches_hold_the_same_of_both_or_nothing(
    browser: Browser, honest: Provider, editions: Any
) -> None:
    def addresses() -> set[str]:
        menu = browser.ask("/map/menu-es.json").text
        page = browser.ask("/").text
        found = {part.split('"')[0] for text in (menu, page) for part in text.split('"/')}
        return {
            f"/{path}" for path in found if path.startswith(("geometry/", "overlay/", "vendor/"))
        }

    public = {path: browser.ask(path) for path in addresses()}
    assert len(public) > 1
    menu = browser.ask("/map/menu-es.json")
    assert (menu.headers["Cache-Control"], "Cookie" in menu.vary) == ("no-cache", True)
    browser.enter(honest, groups=["aliados"])
    for path, answer in public.items():
        full = browser.ask(path)
        assert "public" not in full.headers["Cache-Control"]
        # An address that may be kept for ever has one content, whoever asks.
        if "immutable" in answer.headers["Cache-Control"] and full.status_code == 200:
            assert full.data == answer.data
    assert browser.ask("/").headers["Cache-Control"] == "no-store"


def test_a_server_of_the_public_edition_alone_asks_nobody_in(editions: Any, tmp_path: Path) -> None:
    catalogue, _, public = editions

    def never(access: Any) -> Any:
        raise AssertionError("the full edition was opened")

    told = ServerSettings(HOME, frozenset({"mapa.ejemplo.test"}), "", None)
    with known(catalogue):
        made = make_front(
            told,
            tmp_path,
            public=lambda access: create_app(public, catalogue, SCENARIO, access=access),
            full=never,
        )
    browser = Browser(made)
    assert edition(browser) == "public"
    assert browser.ask("/session/sign-in").status_code == 404
    assert browser.ask("/full/_dash-layout").status_code == 404
