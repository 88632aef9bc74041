"""The command line as a person runs it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geoapp.cli import app
from layers.countries import COUNTRIES, Country
from layers.errors import LayersError

Run = Callable[..., tuple[int, str, str]]


def speak_of(monkeypatch: pytest.MonkeyPatch, store: Path, mirror: Path, country: Country) -> None:
    """Let the command line speak of a store, of the mirror behind it, and of its country."""
    monkeypatch.setenv("GEOAPP_STORE", str(store))
    monkeypatch.setenv("GEOAPP_MIRROR", str(mirror))
    monkeypatch.setitem(COUNTRIES, country.id, country)
    monkeypatch.setenv("GEOAPP_COUNTRY", country.id)


def run_words(*words: object) -> tuple[int, str, str]:
    """Run a command; return its exit code, output and messages.

    A fault of the product is told by its sentence, as the entry point does.
    """
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, LayersError):
        return 1, result.stdout, str(result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.stdout, result.stderr
