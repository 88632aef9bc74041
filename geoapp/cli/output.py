"""What every command uses to speak: data goes to stdout, log to stderr."""

import json
import re
import sys
from typing import Any

from geoapp.settings import language_of
from geoapp.words import translate
from layers.errors import LayersError

_ORDERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def print_json(answer: dict[str, Any] | list[dict[str, Any]]) -> None:
    """Print an answer as JSON on stdout."""
    print(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))


def tell(told: str | LayersError) -> str:
    """Return an error or note in the language of the command line.

    What a server or a file says may be in it; it gives no orders to the terminal.
    """
    return _ORDERS.sub("·", translate(told, language_of()))


def log(line: str) -> None:
    """Print a line of log on stderr, a sentence in the language of the command line."""
    print(tell(line), file=sys.stderr)
