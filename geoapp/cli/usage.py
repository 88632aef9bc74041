"""A request that cannot be understood, in one sentence of the house."""

import re

import typer

from layers.errors import Sentence

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What typer raises of a wrong request; it gives no public name to it."""

_HELP = "NoArgsIsHelpError"
_SAID = (
    Sentence("Invalid value for {parameter}: {problem}"),
    Sentence("Invalid value: {problem}"),
    Sentence("Value error, {problem}"),
    Sentence("Missing argument {name}"),
    Sentence("Missing option {name}"),
    Sentence("No such command {name}. Did you mean one of: {known}?"),
    Sentence("No such command {name}. Did you mean {known}?"),
    Sentence("No such command {name}"),
    Sentence("No such option: {name} (Possible options: {known})"),
    Sentence("No such option: {name}"),
    Sentence("Option {name} requires an argument"),
    Sentence("Option {name} does not take a value"),
    Sentence("Got unexpected extra argument(s) ({names})"),
    Sentence("{value} is not one of {known}"),
    Sentence("Input should be a valid integer, unable to parse string as an integer"),
    Sentence("Input should be a valid number, unable to parse string as a number"),
    Sentence("Input should be greater than or equal to {least}"),
)
"""What typer says of a wrong request, without its full stop: templates to be read backwards."""


def asks_for_help(error: Exception) -> bool:
    """Return whether typer only wants to show how a command is used."""
    return type(error).__name__ == _HELP


def usage_sentence(error: Exception) -> Sentence:
    """Return what is wrong with a request, and which command tells how it is made.

    Parameters
    ----------
    error : Exception
        A ``UsageError``.

    Returns
    -------
    Sentence
        What typer knows no template of is kept as it says it.
    """
    own = getattr(error, "message", "")
    problem = _read_back(error.format_message(), own)  # type: ignore[attr-defined]
    context = getattr(error, "ctx", None)
    if context is None:
        return problem
    return Sentence(
        "{problem}; {command} --help shows how", problem=problem, command=context.command_path
    )


def _read_back(text: str, own: str) -> Sentence:
    """Return what typer said as a sentence with its fields; ``own`` is said by the house."""
    if isinstance(own, Sentence) and text == own:
        return own
    text = text.removesuffix(".")
    for template in _SAID:
        fields = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(template))
        found = re.fullmatch(fields, text, re.DOTALL)
        if found:
            values = found.groupdict()
            nested = {"problem": _read_back(values["problem"], own)} if "problem" in values else {}
            return Sentence(template, **values | nested)
    return Sentence(text)
