"""CKAN and its cousin DKAN: what a data set is, and which of its files to take."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layers.errors import Sentence
from layers.sources.clients.asking import Ask, address
from layers.sources.network import Reason

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One file of a data set."""

    name: str
    format: str
    """As the catalogue writes it, lower case: csv, xlsx, geojson, zipped geojson."""
    url: str
    version: str
    """When it was last changed, with its address; empty where the catalogue does not say."""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A data set of a catalogue."""

    title: str
    licence: str
    vintage: str
    resources: tuple[Resource, ...]


def dataset(ask: Ask, name: str) -> Dataset:
    """Ask a catalogue for a data set.

    Parameters
    ----------
    ask : Ask
        Its ``spec.url`` ends in ``/api/3/action``.
    name : str
        Name of the data set, as its page has it.

    Returns
    -------
    Dataset
        DKAN wraps it in a list of one, which is undone.

    Raises
    ------
    DownloadError
        Where the catalogue does not know it or answers with something else.
    """
    answer = ask.json(address(f"{ask.spec.url}/package_show", {"id": name}))
    result = _result(ask, answer, name)
    files = [one for one in _listed(result) if isinstance(one, dict)]
    if not files:
        raise ask.refuse(Reason.NOTHING, Sentence("lists no file in {name}", name=name))
    return Dataset(
        title=str(result.get("title") or name),
        licence=str(result.get("license_title") or result.get("license_id") or ""),
        vintage=_day(str(result.get("dataset_date") or result.get("metadata_modified") or "")),
        resources=tuple(_resource(one) for one in files),
    )


def _result(ask: Ask, answer: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(answer, dict) or answer.get("success") is not True:
        said = answer.get("error") if isinstance(answer, dict) else answer
        message = said.get("message") if isinstance(said, dict) else said
        raise ask.refuse(
            Reason.REFUSED,
            Sentence("does not give {name}: {said}", name=name, said=str(message)[:200]),
        )
    result = answer.get("result")
    if isinstance(result, list) and len(result) == 1:
        result = result[0]
    if not isinstance(result, dict) or "resources" not in result:
        raise ask.refuse(Reason.SCHEMA, Sentence("answered {name} without its files", name=name))
    return result


def _listed(result: Mapping[str, Any]) -> Sequence[Any]:
    listed = result["resources"]
    return listed if isinstance(listed, list) else []


def _resource(one: Mapping[str, Any]) -> Resource:
    changed = one.get("hash") or one.get("last_modified") or one.get("created") or ""
    url = str(one.get("url") or "")
    return Resource(
        name=str(one.get("name") or url.rpartition("/")[2]),
        format=str(one.get("format") or "").strip().casefold(),
        url=url,
        version=f"{changed} {url}" if changed else "",
    )


def _day(text: str) -> str:
    """Return the last day that a text names: ``[2020-07-14T00:00:00 TO *]``."""
    days = _DAY.findall(text)
    return days[-1] if days else ""
