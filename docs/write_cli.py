"""Write docs/cli.md: help from the commands themselves, shapes and words from beside it."""

import sys
from typing import Any

from cli_shapes import SHAPES
from cli_words import AFTER, EXAMPLES, EXITS
from generated import DOCS, table, write_or_check

from geoapp.cli.commands import MODULES, command_of

HEAD = """# The command line

Written by `docs/write_cli.py` from the commands; not edited by hand.

Data goes to standard output and log to standard error, so that `geoapp rank --json > a.json` holds
JSON and nothing else. Exit codes: **0** done, **1** could not be done (one sentence on standard error),
**2** the request is wrong. Settings are environment variables: [settings](settings.md). The JSON below is
what programs may rely on: a test compares every key of it with the answers. A missing figure is `null`,
never 0. `rank`, `explain`, `show`, `focus`, `scenario`, `decide`, `export`, `report` and `serve` build first where the
store is empty. Scenarios lie in `scenarios/` of the store, decisions in `decisions/`; both are JSON with their
own SHA-256, written once.
"""


def commands() -> dict[str, Any]:
    """Return every command by its words, those of a group one by one."""
    found: dict[str, Any] = {}
    for name in MODULES:
        command = command_of(name)
        members = getattr(command, "commands", None)
        found |= (
            {f"{name} {word}": one for word, one in members.items()} if members else {name: command}
        )
    return found


def command_section(name: str) -> list[str]:
    """Return the lines of one command."""
    command = commands()[name]
    about, *more = (command.help or "").strip().split("\n\n")
    rows = [
        (_spelt(parameter), _default(parameter), (getattr(parameter, "help", "") or "").strip())
        for parameter in command.params
        if parameter.name != "help"
    ]
    lines = [f"## geoapp {name}", "", _one_line(about), ""]
    for paragraph in more:
        if not paragraph.lstrip().startswith("Ejemplo:"):
            lines += [_one_line(paragraph), ""]
    if rows:
        lines += [*table(("argument or option", "default", "help"), rows), ""]
    lines += ["```sh", EXAMPLES[name], "```", "", f"Exit codes: {EXITS[name]}", ""]
    # "show --why" answers another shape than "show".
    for shown in (shown for shown in SHAPES if shown == name or shown.startswith(f"{name} --")):
        lines += [f"### JSON of geoapp {shown}", ""]
        shape = [(f"`{path}`", kind, meaning) for path, kind, meaning in SHAPES[shown]]
        lines += [*table(("path", "type", "meaning"), shape), ""]
    if name in AFTER:
        lines += [AFTER[name], ""]
    return lines


def _spelt(parameter: object) -> str:
    names = list(getattr(parameter, "opts", []))
    if getattr(parameter, "param_type_name", "") == "argument":
        return f"`{str(getattr(parameter, 'name', '')).upper()}`"
    return ", ".join(f"`{name}`" for name in names)


def _default(parameter: object) -> str:
    if getattr(parameter, "required", False):
        return "required"
    value = getattr(parameter, "default", None)
    if value in (None, False, "", []):
        return "–"
    return f"`{getattr(value, 'value', value)}`"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def page() -> str:
    """Return the text of the page."""
    lines = [HEAD]
    for name in commands():
        lines += command_section(name)
    lines += ["## geoapp --version", "", "Prints the version and exits with 0.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(write_or_check({DOCS / "cli.md": page()}, __doc__))
