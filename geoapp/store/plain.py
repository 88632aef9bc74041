"""Loaded files and sentences as JSON and back, without a library."""

from dataclasses import asdict
from datetime import date
from typing import Any

from layers.errors import Sentence
from layers.spec import LoadedFile
from layers.terms import CodeScheme, Licence, MonthRule


def plain_file(file: LoadedFile) -> dict[str, Any]:
    """Return the record of a loaded file as texts, numbers and truths."""
    return {**asdict(file), "loaded_on": file.loaded_on.isoformat()}


def read_file(found: dict[str, Any]) -> LoadedFile:
    """Return the record that ``plain_file`` wrote.

    Parameters
    ----------
    found : dict
        As it was read from JSON.

    Returns
    -------
    LoadedFile
        Equal to the one that was written.

    Raises
    ------
    TypeError, ValueError, KeyError
        Where the dict is none such.
    """
    scheme, months = found["scheme"], found.get("months")
    words = {
        "licence": Licence(found["licence"]),
        "scheme": None if scheme is None else CodeScheme(scheme),
        "months": None if months is None else MonthRule(months),
        "loaded_on": date.fromisoformat(found["loaded_on"]),
    }
    return LoadedFile(**{**found, **words})


def plain_sentence(told: Any) -> Any:
    """Return a sentence as its template and values, so that it can be translated when read back."""
    if not isinstance(told, Sentence):
        return told
    values = {name: plain_sentence(value) for name, value in told.values.items()}
    return {"template": told.template, "values": values}


def read_sentence(found: Any) -> Any:
    """Return the sentence that ``plain_sentence`` wrote, and anything else as it is."""
    if not isinstance(found, dict):
        return found
    values = {name: read_sentence(value) for name, value in found["values"].items()}
    return Sentence(found["template"], **values)
