"""The log of the server: one line for each event, with nothing in it that a visitor wrote."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import IO, Any

FORMS = ("text", "json")
LEVELS = ("debug", "info", "warning", "error")
_NAME = "geoapp"
_FACTS = "facts"
_MOST_PLACES = 12
"""Of a fault, the places in the code that are named, the innermost last."""


def log_event(event: str, level: str = "info", **facts: Any) -> None:
    """Write an event to the log.

    Parameters
    ----------
    event : str
        What happened, in one word.
    level : str
        One of ``LEVELS``.
    **facts
        Texts and numbers of our own: never an address, a question or a text of who asks.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    logging.getLogger(_NAME).log(number, event, extra={_FACTS: facts})


def log_fault(error: BaseException, level: str = "error", **facts: Any) -> None:
    """Write a fault to the log: its kind and where in the code, not what it says.

    What an error says may repeat what a visitor wrote.

    Parameters
    ----------
    error : BaseException
        As it was caught.
    level : str
        One of ``LEVELS``.
    **facts
        As of ``log_event``.
    """
    log_event("fault", level, **facts, **_told(error))


def start_logging(form: str, level: str, stream: IO[str] | None = None) -> logging.Handler:
    """Send the log of this process, that of its libraries included, to one stream.

    Parameters
    ----------
    form : str
        One of ``FORMS``.
    level : str
        The least that is written, one of ``LEVELS``.
    stream : file
        Standard error if None.

    Returns
    -------
    logging.Handler
        What writes.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Lines(form))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # A library that asks for everything would write what it is given.
    logging.getLogger(_NAME).setLevel(level.upper())
    # One line for each guarded driver that this GDAL was made without: they are off all the same.
    logging.getLogger("rasterio._env").addFilter(_is_news)
    return handler


def _is_news(record: logging.LogRecord) -> bool:
    return "Unable to find driver" not in record.getMessage()


class _Lines(logging.Formatter):
    """One line for each record."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC)
        told = {
            "time": when.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            **_facts_of(record),
        }
        if self._form == "json":
            return json.dumps(told, ensure_ascii=False, default=str)
        head = " ".join(str(told.pop(name)) for name in ("time", "level", "event"))
        return " ".join([head, *(f"{name}={value}" for name, value in told.items())])


def _facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what a record tells; of a library only what it has written itself."""
    facts = getattr(record, _FACTS, None)
    if facts is not None:
        return {"event": record.getMessage(), **facts}
    told = {"event": "library", "logger": record.name, "at": [f"{record.filename}:{record.lineno}"]}
    # With nothing to fill in, a message may have been filled in before, with what somebody asked.
    if record.args:
        told["message"] = str(record.msg)
    error = record.exc_info[1] if record.exc_info else None
    return {**told, **(_told(error) if error else {})}


def _told(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_PLACES:]
    places = [f"{_module(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return {"kind": type(error).__name__, "at": places}


def _module(path: str) -> str:
    """Return the last two parts of a path: where this machine keeps the code is nobody's."""
    return "/".join(path.replace("\\", "/").split("/")[-2:])
