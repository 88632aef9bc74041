"""The command line as a person runs it."""

from collections.abc import Callable

from typer.testing import CliRunner

from geoapp.cli import app
from layers.errors import LayersError

Run = Callable[..., tuple[int, str, str]]


def run_words(*words: object) -> tuple[int, str, str]:
    """Run a command; return its exit code, output and messages.

    A fault of the product is told by its sentence, as the entry point does.
    """
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, LayersError):
        return 1, result.stdout, str(result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.stdout, result.stderr
