"""A visitor without a browser: answers the page's callbacks as Dash's own script would.

Values live by (id, property). A change posts every server callback that listens to it,
keeps what comes back, and goes on with the callbacks that listen to that, each once.
Callbacks that run in the browser are left out.
"""

import gzip
import json
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

_MATCH = '["MATCH"]'
_GZIP = {"Accept-Encoding": "gzip"}


@dataclass
class Cost:
    """What one act of the visitor cost."""

    seconds: float = 0.0
    bytes: int = 0
    requests: int = 0


class Client(Protocol):
    """What asks: a test client of Flask, or a connection (``bench.wire``)."""

    get: Any
    post: Any


@dataclass
class Visitor:
    """A page that is open, as a client of a server sees it."""

    client: Client
    values: dict[tuple[str, str], Any] = field(default_factory=dict)
    callbacks: list[dict[str, Any]] = field(default_factory=list)
    _patterned: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Ids of several words, as they are written and as they are read."""

    def open(self, address: str = "/") -> Cost:
        """Load the layout and ask for an address, as the script of the page does at first."""
        self._keep(self.client.get("/_dash-layout").json)
        asked = self.client.get("/_dash-dependencies").json
        self.callbacks = [one for one in asked if not one.get("clientside_function")]
        cost = Cost()
        for callback in self.callbacks:
            if not callback.get("prevent_initial_call"):
                self._post(callback, [], cost)
        first = self.change("asked", "data", {"address": address})
        return Cost(
            cost.seconds + first.seconds, cost.bytes + first.bytes, cost.requests + first.requests
        )

    def change(self, part: str, prop: str, value: Any) -> Cost:
        """Set a property as a hand would and follow what it sets off.

        Parameters
        ----------
        part : str
            Id of the part, as Dash writes it.
        prop : str
            The property.
        value : object
            Its new value.

        Returns
        -------
        Cost
            Of all callbacks together.
        """
        self.values[part, prop] = value
        cost, done = Cost(), set()
        waiting = {f"{part}.{prop}"}
        while waiting:
            ready = [
                one
                for callback in self.callbacks
                for one in self._bound(callback, waiting)
                if one["output"] not in done and waiting & set(self._names(one["inputs"]))
            ]
            now, waiting = waiting, set()
            for callback in ready:
                done.add(callback["output"])
                changed = sorted(now & set(self._names(callback["inputs"])))
                waiting |= self._post(callback, changed, cost)
        return cost

    def _keep(self, component: Any) -> None:
        if isinstance(component, list):
            for part in component:
                self._keep(part)
        elif isinstance(component, dict) and "props" in component:
            props = component["props"]
            if "id" in props:
                name = written_id(props["id"])
                if name.startswith("{"):
                    self._patterned[name] = props["id"]
                for prop, value in props.items():
                    self.values[name, prop] = value
            for value in props.values():
                self._keep(value)

    def _forget(self, component: Any) -> None:
        """Take a component out that another one replaces, with all that is inside it."""
        if isinstance(component, list):
            for part in component:
                self._forget(part)
        elif isinstance(component, dict) and "props" in component:
            props = component["props"]
            name = written_id(props["id"]) if "id" in props else ""
            for prop, given in props.items():
                # What a callback has put inside it is newer than what it came with.
                self._forget(self.values.pop((name, prop), given) if name else given)
            self._patterned.pop(name, None)

    def _bound(self, callback: dict[str, Any], waiting: set[str]) -> list[dict[str, Any]]:
        """Return a callback for each part that sets it off, where its ids say MATCH."""
        if _MATCH not in callback["output"]:
            return [callback]
        found = []
        for asked in callback["inputs"]:
            pattern = json.loads(asked["id"])
            for part in self._parts(asked["id"]):
                if f"{part}.{asked['property']}" in waiting:
                    of_part = self._patterned[part]
                    text = json.dumps(callback)
                    for key, value in pattern.items():
                        if value == ["MATCH"]:
                            old = json.dumps(f'"{key}":{_MATCH}')[1:-1]
                            new = json.dumps(f'"{key}":{json.dumps(of_part[key])}')[1:-1]
                            text = text.replace(old, new)
                    found.append({**json.loads(text), "pattern": callback["output"]})
        return found

    def _names(self, asked: list[dict[str, Any]]) -> list[str]:
        return [f"{part}.{one['property']}" for one in asked for part in self._parts(one["id"])]

    def _parts(self, wanted: str) -> list[str]:
        """Return the ids that an id stands for: itself, or those that a pattern fits."""
        if not wanted.startswith("{"):
            return [wanted]
        if not _is_pattern(wanted):
            return [wanted]
        pattern = json.loads(wanted)
        return [name for name, part in self._patterned.items() if _fits(part, pattern)]

    def _asked(self, asked: list[dict[str, Any]]) -> list[Any]:
        found: list[Any] = []
        for one in asked:
            values = [
                {
                    "id": _read(part),
                    "property": one["property"],
                    "value": self.values.get((part, one["property"])),
                }
                for part in self._parts(one["id"])
            ]
            found.append(values if _is_pattern(one["id"]) else values[0])
        return found

    def _outputs(self, text: str) -> Any:
        def one(name: str) -> Any:
            part, _, prop = name.rpartition(".")
            found = [{"id": _read(known), "property": prop} for known in self._parts(part)]
            return found if _is_pattern(part) else found[0]

        if text.startswith(".."):
            return [one(name) for name in text[2:-2].split("...")]
        return one(text)

    def _post(self, callback: dict[str, Any], changed: list[str], cost: Cost) -> set[str]:
        body = {
            "output": callback.get("pattern", callback["output"]),
            "outputs": self._outputs(callback["output"]),
            "inputs": self._asked(callback["inputs"]),
            "state": self._asked(callback["state"]),
            "changedPropIds": changed,
        }
        started = time.perf_counter()
        answer = self.client.post("/_dash-update-component", json=body, headers=_GZIP)
        cost.seconds += time.perf_counter() - started
        cost.bytes += len(answer.data)
        cost.requests += 1
        if answer.status_code == 204:
            return set()
        if answer.status_code != 200:
            raise RuntimeError(f"{callback['output']} answered {answer.status_code}")
        return self._apply(_body(answer)["response"])

    def value(self, part: str, prop: str) -> Any:
        """Return what a part of the page holds, or None."""
        return self.values.get((part, prop))

    def parts_like(self, **kind: str) -> list[str]:
        """Return the ids of the parts that some words of their ids tell."""
        return [name for name, part in self._patterned.items() if kind.items() <= part.items()]

    def _apply(self, response: dict[str, dict[str, Any]]) -> set[str]:
        set_now = set()
        for part, props in response.items():
            for prop, sent in props.items():
                former = self.values.get((part, prop))
                value = _patched(former, sent)
                self._forget(former)
                self.values[part, prop] = value
                self._keep(value)
                set_now.add(f"{part}.{prop}")
        return set_now


def _patched(former: Any, sent: Any) -> Any:
    """Return what was sent; of a patch, the former value with its parts assigned."""
    if not isinstance(sent, dict) or "__dash_patch_update" not in sent:
        return sent
    changed = {one["location"][0]: one["params"]["value"] for one in sent["operations"]}
    return {**former, **changed}


def _body(answer: Any) -> Any:
    if hasattr(answer, "body"):
        return json.loads(answer.body)
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return json.loads(gzip.decompress(answer.data) if packed else answer.data)


def written_id(part: Any) -> str:
    """Return an id as Dash writes it in a body: sorted, without blanks."""
    return (
        json.dumps(part, sort_keys=True, separators=(",", ":")) if isinstance(part, dict) else part
    )


def _read(part: str) -> Any:
    return json.loads(part) if part.startswith("{") else part


def _is_pattern(part: str) -> bool:
    return part.startswith("{") and any(isinstance(v, list) for v in json.loads(part).values())


def _fits(part: dict[str, Any], pattern: dict[str, Any]) -> bool:
    return part.keys() == pattern.keys() and all(
        isinstance(value, list) or part[key] == value for key, value in pattern.items()
    )
