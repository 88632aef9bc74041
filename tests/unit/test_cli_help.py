"""The help of every command speaks one language."""

import re

import pytest
from typer.testing import CliRunner

from geoapp.cli import app
from geoapp.cli.commands import MODULES, command_of

COMMANDS = [
    *([], *([name] for name in MODULES)),
    *(["scenario", name] for name in command_of("scenario").commands),
]
OF_TYPER = (
    *("Usage", "OPTIONS", "ARGS", "Options", "Arguments", "Commands", "Show this", "Show compl"),
    *("Install", "default", "required", "bool", "str>", "range>", "list["),
)


def _help(words: list[str]) -> str:
    answer = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "100"}, color=False)
    assert answer.exit_code == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", answer.output)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_what_typer_says_is_said_in_spanish(words: list[str]) -> None:
    told = _help(words)
    assert "Uso: " in told
    assert [word for word in OF_TYPER if word in told] == []
    assert "Muestra esta ayuda." in told


def test_a_paragraph_fills_the_line() -> None:
    lines = [line.strip() for line in _help(["show"]).splitlines()]
    first = next(line for line in lines if line.startswith("Con --why"))
    assert 80 < len(first) <= 100
