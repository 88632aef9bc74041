"""The command line: stdout is data, stderr is log, exit codes are 0, 1 and 2."""

import gc
import sys

import typer

from geoapp.cli.commands import Commands
from geoapp.cli.output import log, tell
from geoapp.cli.usage import UsageError, asks_for_help, usage_sentence
from layers.errors import LayersError
from layers.identity import product_version

_RUBBISH = (50_000, 20, 20)
"""A command ends soon, and its rubbish with it: looking for it after every 700 parts, as Python
does, took 7 % of the time of a build after one changed table."""

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help="Dónde estar y para quién: migrantes, necesidades y riesgo, distrito a distrito.",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(product_version())
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Muestra la versión."
    ),
) -> None:
    """Dónde estar y para quién: migrantes, necesidades y riesgo, distrito a distrito."""


def main() -> None:
    """Run the command line; a LayersError is one sentence and exit code 1."""
    script = sys.modules.get("__main__")
    if sys.modules.get("__mp_main__", script) is not script:
        # A process that helps this one reads its script again: what is asked is asked once.
        return
    gc.set_threshold(*_RUBBISH)
    try:
        code = app(prog_name="geoapp", standalone_mode=False)
    except UsageError as error:
        if asks_for_help(error):
            error.show()  # type: ignore[attr-defined]
        else:
            log(f"geoapp: {tell(usage_sentence(error))}")
        raise SystemExit(2) from None
    except LayersError as error:
        log(f"geoapp: {tell(error)}")
        raise SystemExit(1) from None
    except typer.Abort:
        raise SystemExit(1) from None
    except BrokenPipeError:
        raise SystemExit(0) from None
    # The code of a command that ends by itself; one that returns has done what was asked.
    raise SystemExit(code if isinstance(code, int) else 0)
