"""What ``--help`` says around our own sentences, in Spanish as they are."""

import inspect
import re
from functools import partial
from typing import Any

from typer.core import TyperCommand, TyperGroup

_USAGE = "Uso: "
_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
_REST = {"[OPTIONS]": "[OPCIONES]", "COMMAND [ARGS]...": "COMANDO [ARGUMENTOS]..."}
_PANELS = {
    "ARGUMENTS_PANEL_TITLE": "Argumentos",
    "OPTIONS_PANEL_TITLE": "Opciones",
    "COMMANDS_PANEL_TITLE": "Comandos",
    "DEFAULT_STRING": "[por omisión: {}]",
    "REQUIRED_LONG_STRING": "[obligatorio]",
}
_HELP = {
    "help": "Muestra esta ayuda.",
    "install_completion": "Instala el autocompletado en la terminal que se usa.",
    "show_completion": "Muestra ese autocompletado, para copiarlo o cambiarlo.",
}
"""Of the options that typer adds, by their names."""
_KINDS = {
    "bool": "",
    "str": "texto",
    "list[str]": "texto",
    "int": "entero",
    "int range": "entero",
    "float": "número",
    "float range": "número",
    "file": "archivo",
    "path": "archivo",
    "directory": "carpeta",
}
"""By what typer calls a kind of value; one that is chosen from a list is called by the list."""


def _kind(param: Any, ctx: Any) -> str:
    told = str(param.display_type(ctx))
    return _KINDS.get(told.strip("<>"), told)


class _InSpanish:
    """Changes the words that typer has no setting for."""

    help: str | None

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options, those that typer adds with our words."""
        found: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in found:
            param.help = _HELP.get(param.name, getattr(param, "help", None))
            param.display_type_rich = partial(_kind, param)
        return found

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line of usage."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        told = " ".join(_REST.get(piece, piece) for piece in pieces)
        formatter.write_usage(ctx.command_path, told, prefix=_USAGE)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        # Loaded only here: it takes long, and few commands show their help.
        from typer import rich_utils

        for name, words in _PANELS.items():
            setattr(rich_utils, name, words)
        # A paragraph is as wide as the terminal, and not as the file that it stands in.
        self.help = _LINE_END.sub(" ", inspect.cleandoc(self.help or ""))
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Command(_InSpanish, TyperCommand):
    """A command whose help is in Spanish."""


class Group(_InSpanish, TyperGroup):
    """A group of commands whose help is in Spanish."""
