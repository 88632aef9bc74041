"""What every command uses to speak: data goes to stdout, log to stderr."""

import json
import sys
from typing import Any

from geoapp.settings import language_of
from geoapp.words import translate
from layers.errors import LayersError


def print_json(answer: dict[str, Any] | list[dict[str, Any]]) -> None:
    """Print an answer as JSON on stdout."""
    print(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))


def tell(told: str | LayersError) -> str:
    """Return an error or note in the language of the command line."""
    return translate(told, language_of())


def log(line: str) -> None:
    """Print a line of log on stderr, a sentence in the language of the command line."""
    print(tell(line), file=sys.stderr)
