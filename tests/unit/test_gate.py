"""The gate: whoever asks, every route and callback has its permit, and nothing else answers."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from dash import Dash
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import TooManyRequests

from geoapp.access.gate import FORWARDED, Access, name_of, network_of
from geoapp.access.limits import MOST_REMEMBERED, Limits
from geoapp.access.permits import ACTS, CALLBACKS, ROUTES
from geoapp.access.roles import ANONYMOUS, VISITOR, Role, Visitor
from geoapp.app import create_app
from geoapp.app.callbacks import own
from geoapp.app.state import ViewState
from geoapp.store.builds import Stored
from layers.spec import Catalogue
from tests.editions import known, make_editions
from tests.toy import SCENARIO

Editions = tuple[Catalogue, Stored, Stored]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    return make_editions(tmp_path_factory.mktemp("editions"))


@pytest.fixture(scope="module")
def local(editions: Editions, tmp_path_factory: pytest.TempPathFactory) -> Dash:
    """The page of a single user at the machine itself."""
    catalogue, full, _ = editions
    with known(catalogue):
        store = tmp_path_factory.mktemp("decisions")
        # With all that settings can add.
        return create_app(full, catalogue, SCENARIO, store, embed=("https://example.org",))


@pytest.fixture(scope="module")
def full(editions: Editions, tmp_path_factory: pytest.TempPathFactory) -> Dash:
    """The full edition of a server."""
    catalogue, stored, _ = editions
    access = Access(is_server=True, least=Role.PARTNER, prefix="/full/")
    with known(catalogue):
        store = tmp_path_factory.mktemp("decisions")
        return create_app(stored, catalogue, SCENARIO, store, access=access)


def as_role(role: Role) -> dict[str, Any]:
    """Return the environment of a request of somebody who signed in."""
    return {VISITOR: Visitor(f"{role.word}@ejemplo.test", role)}


def callbacks(app: Dash) -> dict[str, str]:
    """Return the callbacks that the server answers: the output by the name."""
    return {
        name_of(entry["callback"]): output
        for output, entry in app.callback_map.items()
        if "callback" in entry
    }


def ask(client: FlaskClient, output: str, visitor: dict[str, Any]) -> int:
    body = {"output": output, "outputs": [], "inputs": [], "changedPropIds": []}
    path = "/_dash-update-component"
    return client.post(path, json=body, environ_overrides=visitor).status_code


def test_every_route_and_callback_has_its_permit_and_no_permit_is_idle(local: Dash) -> None:
    assert {rule.rule for rule in local.server.url_map.iter_rules()} == set(ROUTES)
    assert set(callbacks(local)) == set(CALLBACKS)


def test_what_has_no_permit_answers_nobody(
    editions: Editions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue, _, public = editions
    monkeypatch.delitem(ROUTES, "/readyz")
    monkeypatch.delitem(CALLBACKS, "why.on_why")
    with known(catalogue):
        app = create_app(public, catalogue, SCENARIO, tmp_path)
    client = app.server.test_client()
    assert client.get("/readyz").status_code == 404
    assert ask(client, callbacks(app)["why.on_why"], {}) == 404
    assert client.get("/healthz").status_code == 200


@pytest.mark.fault(58)
def test_nobody_gets_anything_of_the_full_edition(full: Dash) -> None:
    client = full.server.test_client()
    for rule in full.server.url_map.iter_rules():
        values = dict.fromkeys(rule.arguments, "1")
        _, path = rule.build(values, append_unknown=False) or ("", rule.rule)
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            answer = client.open(path, method=method, json={} if method == "POST" else None)
            assert answer.status_code in (401, 404), (method, path)
            assert full.title not in answer.text
    for output in callbacks(full).values():
        assert ask(client, output, {}) == 401
        assert ask(client, output, {VISITOR: ANONYMOUS}) == 401
        assert ask(client, output, {VISITOR: "administrator"}) == 401


@pytest.mark.fault(58)
@pytest.mark.parametrize("role", Role)
def test_a_callback_is_refused_in_itself_and_not_by_the_layout(full: Dash, role: Role) -> None:
    client = full.server.test_client()
    for name, output in callbacks(full).items():
        status = ask(client, output, as_role(role))
        may = role >= max(CALLBACKS[name].least, Role.PARTNER)
        # A question without its inputs is malformed to whoever may ask it.
        assert status in ((400, 204, 200) if may else (403,)), name


@pytest.mark.fault(58)
def test_only_an_editor_loads_tables_for_everybody() -> None:
    assert ACTS["accept"].least is Role.EDITOR
    assert CALLBACKS["decide.on_save"].least is Role.EDITOR


def test_a_partner_reads_the_full_edition_and_no_shared_cache_keeps_it(full: Dash) -> None:
    client = full.server.test_client()
    page = client.get("/", environ_overrides=as_role(Role.PARTNER))
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "Cookie" in page.vary
    assert 'src="/full/_dash-component-suites/' in page.text
    geometry = page.text.partition('rel="preload" href="')[2].partition('"')[0]
    file = client.get(geometry, environ_overrides=as_role(Role.PARTNER))
    assert file.headers["Cache-Control"] == "private, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/api", "/api/layers", "/api/collections/region/items"])
def test_no_shared_cache_keeps_what_the_api_tells_a_partner(full: Dash, path: str) -> None:
    answer = full.server.test_client().get(path, environ_overrides=as_role(Role.PARTNER))
    assert answer.status_code == 200
    assert "private" in answer.headers["Cache-Control"]
    assert "Cookie" in answer.vary


@pytest.mark.parametrize("name", FORWARDED)
def test_whoever_comes_by_a_proxy_does_not_sit_at_the_machine(local: Dash, name: str) -> None:
    client = local.server.test_client()
    host = {"Host": "127.0.0.1:8050"}
    away = {**host, name: "203.0.113.9"}
    assert client.get("/api", headers=away).status_code == 400
    answer = client.get("/", headers=away)
    assert (answer.status_code, "GEOAPP_MODE=server" in answer.text) == (400, True)
    assert client.get("/api", headers=host).status_code == 200


def test_whoever_sits_at_the_machine_needs_no_sign_in(local: Dash) -> None:
    client = local.server.test_client()
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"Host": "127.0.0.1:8050"}).status_code == 200
    assert client.get("/", headers={"Host": "[::1]:8050"}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "192.168.1.4:8050", "localhost.evil.example", "", "127.0.0.1@evil"]
)
def test_another_name_does_not_lead_to_this_machine(local: Dash, host: str) -> None:
    answer = local.server.test_client().get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "GEOAPP_MODE=server" in answer.get_json()["said"]["es"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost"}, 400),
        ({"Sec-Fetch-Site": "same-origin"}, 400),
    ],
)
def test_a_foreign_page_posts_nothing(local: Dash, headers: dict[str, str], status: int) -> None:
    client = local.server.test_client()
    answer = client.post("/_dash-update-component", json={}, headers=headers)
    assert answer.status_code == status


def test_a_text_is_no_question(local: Dash) -> None:
    answer = local.server.test_client().post(
        "/_dash-update-component", data="{}", content_type="text/plain"
    )
    assert answer.status_code == 415


def test_heavy_work_is_counted_by_visitor(editions: Editions) -> None:
    catalogue, _, public = editions
    access = Access(is_server=True, prefix="/public/", limits=Limits(2, 60.0))
    with known(catalogue):
        client = create_app(public, catalogue, SCENARIO, access=access).server.test_client()

    def brief(address: str, **visitor: Any) -> Any:
        overrides = {"REMOTE_ADDR": address, **visitor}
        return client.post("/event/brief.pdf", json={}, environ_overrides=overrides)

    assert [brief("10.0.0.1").status_code for _ in range(3)] == [400, 400, 429]
    refused = brief("10.0.0.1")
    assert int(refused.headers["Retry-After"]) in range(1, 61)
    assert json.loads(refused.text)["said"]["en"].startswith("Too many questions")
    # Another address, or somebody who signed in there, has work of their own.
    assert brief("10.0.0.2").status_code == 400
    assert brief("10.0.0.1", **as_role(Role.EDITOR)).status_code == 400
    # Nobody is another by a header: no proxy is trusted.
    spoofed = client.post(
        "/event/brief.pdf",
        json={},
        headers={"X-Forwarded-For": "10.9.9.9"},
        environ_overrides={"REMOTE_ADDR": "10.0.0.1"},
    )
    assert spoofed.status_code == 429


def test_a_file_that_is_written_anew_is_work_each_time(editions: Editions) -> None:
    catalogue, _, public = editions
    access = Access(is_server=True, prefix="/public/", limits=Limits(2, 60.0))
    with known(catalogue):
        client = create_app(public, catalogue, SCENARIO, access=access).server.test_client()
    assert [client.get("/export/csv").status_code for _ in range(3)] == [200, 200, 429]


def test_looking_at_an_own_file_is_work() -> None:
    # Each starts a process of its own; the page would let nobody in particular start any number.
    assert {name for name, permit in ACTS.items() if permit.is_heavy} == {"look", "check", "accept"}
    access = Access(is_server=True, limits=Limits(2, 60.0))
    server = Flask("acts")
    server.config["geoapp.access"] = access
    views: Any = SimpleNamespace()
    space: Any = SimpleNamespace(name="", seen=None)
    with server.test_request_context(environ_overrides={"REMOTE_ADDR": "10.0.0.1"}):
        for _ in range(2):
            own._do(views, views, space, ViewState(), {"act": "look"}, {})
        with pytest.raises(TooManyRequests):
            own._do(views, views, space, ViewState(), {"act": "check"}, {})


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10.0.0.1", "10.0.0.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("", "?", False),
    ],
)
def test_a_subscriber_of_ipv6_is_one_visitor(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_a_bucket_drips_full_again_and_forgets_nobody_else() -> None:
    now = [0.0]
    limits = Limits(2, 10.0, lambda: now[0])
    assert [limits.wait("ana") for _ in range(3)] == [0, 0, 10]
    assert limits.wait("eva") == 0
    now[0] = 5.0
    assert limits.wait("ana") == 5
    now[0] = 10.0
    assert [limits.wait("ana"), limits.wait("ana")] == [0, 10]
    now[0] = 1e6
    assert [limits.wait("ana") for _ in range(3)] == [0, 0, 10]


def test_an_answer_that_is_waited_for_is_watched_for_nothing() -> None:
    limits = Limits(1, 10.0, lambda: 0.0)
    assert [limits.wait("ana", "/plan?1") for _ in range(5)] == [0] * 5
    assert limits.wait("ana", "/plan?2") == 10
    generous = Limits(1000, 10.0, lambda: 0.0)
    for number in range(MOST_REMEMBERED + 1):
        generous.wait("ana", str(number))
    assert len(generous._bucket("ana").asked) == MOST_REMEMBERED
