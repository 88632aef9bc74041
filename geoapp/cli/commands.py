"""The commands by name: the module of one is imported when it is run, and only read to list it."""

import ast
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand

from geoapp.cli.help_words import Command, Group

MODULES = {
    "sources": "sources",
    "fetch": "fetch",
    "missing": "missing",
    "load": "load",
    "layers": "layers",
    "build": "build",
    "check": "check",
    "codes": "codes",
    "rank": "rank",
    "explain": "explain",
    "show": "show",
    "needs": "needs",
    "decide-need": "needs",
    "decide": "decide",
    "focus": "focus",
    "gap": "gap",
    "pattern": "pattern",
    "quadrants": "pattern",
    "event": "event",
    "export": "export",
    "report": "report",
    "backtest": "backtest",
    "backup": "backup",
    "restore": "backup",
    "upgrade": "upgrade",
    "serve": "serve",
    "audit": "audit",
    "scenario": "scenario",
}
"""By command, in the order of the help, the module of this folder with a function of its name; the
members of a group stand in ``commands`` of its module."""


def command_of(name: str) -> Any:
    """Import a command or a group of commands, as typer runs it."""
    module = import_module(f"geoapp.cli.{MODULES[name]}")
    group = getattr(module, "commands", None)
    if group is None:
        group = typer.Typer(add_completion=False)
        group.command(name, cls=Command)(getattr(module, _function(name)))
    return typer.main.get_command(group)


class Commands(Group):
    """The commands of the product, as a list shows them until one of them is run."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        # Their names alone, in their order; what each is comes from the two methods below.
        self.commands = dict.fromkeys(MODULES, TyperCommand(None))

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:
        """Return the name and the help of a command."""
        return TyperCommand(cmd_name, help=_help(cmd_name)) if cmd_name in MODULES else None

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that is to be run, and what is left of the words."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, name and command_of(name), rest


def _help(name: str) -> str | None:
    """Return the help of a command from the text of its module, without the libraries it needs."""
    text = (Path(__file__).parent / f"{MODULES[name]}.py").read_text("utf-8")
    functions = (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))
    return next((ast.get_docstring(one) for one in functions if one.name == _function(name)), None)


def _function(name: str) -> str:
    return name.replace("-", "_")
