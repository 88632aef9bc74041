"""What visitors bring, each for themselves: few, small, short-lived, and kept by no address.

A visitor is known by an unguessable word in a cookie of the session. Every server process has
its own shelf in a folder that goes with it: with several processes a visitor must stay on one.
"""

import secrets
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
import pandas as pd
from flask import has_request_context, request

from geoapp.app.shown import Shown
from layers.errors import LayersError
from layers.indicators.quintiles import quintile_limits
from layers.own.asked import Asked
from layers.own.levels import figures_at
from layers.table.confidence import Confidence
from layers.terms import AdminLevel, Unit

COOKIE = "geoapp_own"
MAX_SPACES = 32
MAX_BYTES = 256 * 2**20
MAX_AGE = 2 * 3600.0
"""Seconds after which what nobody asked for is gone."""
MAX_LAYERS = 12
"""Of one visitor; one more takes the place of the oldest."""


@dataclass(frozen=True, kw_only=True)
class OwnLayer:
    """A layer of one visitor."""

    id: str
    title: str
    file: str
    unit: Unit
    level: AdminLevel
    figures: pd.Series
    """By ubigeo of the level."""

    def at(self, level: AdminLevel, units: pd.Index, people: pd.Series) -> pd.Series:
        """Return its figures at a level; ``people`` are those of its own level."""
        return figures_at(self.figures, self.level, units, level, people, self.unit)

    def shown(self, level: AdminLevel, units: pd.Index, people: pd.Series) -> Shown:
        """Return it ready to be drawn; nobody has said how far to trust it."""
        values = self.at(level, units, people)
        classes = pd.Series(Confidence.LOW.value, index=units)
        if self.unit.is_extensive:
            return Shown(values, self.unit, (), classes, note="own.legend")
        limits = quintile_limits(values)
        return Shown(values, self.unit, limits, classes, note="own.legend_classes")

    def cell(self, values: pd.Series, shown: str) -> dict[str, Any]:
        """Return its figure of one unit as plain data."""
        value = float(values.iloc[0])
        return {
            "layer": self.id,
            "title": self.title,
            "file": self.file,
            "unit": self.unit.value,
            "value": None if np.isnan(value) else value,
            "is_shown": self.id == shown,
        }


@dataclass
class Space:
    """What one visitor has here."""

    folder: Path
    touched: float
    name: str = ""
    """Of the file that is looked at."""
    size: int = 0
    seen: dict[str, Any] | None = None
    asked: Asked = field(default_factory=Asked)
    taken: dict[str, Any] | None = None
    refusal: LayersError | None = None
    layers: dict[str, OwnLayer] = field(default_factory=dict)
    told: str = ""
    """What the last act came to."""
    made: int = 0
    """Layers that it has ever had: a number is not used twice."""

    @property
    def path(self) -> Path:
        """Where the file lies, under a name of our own."""
        return self.folder / "file"

    def forget_file(self) -> None:
        """Forget the file and what was read of it; layers stay."""
        self.path.unlink(missing_ok=True)
        self.name, self.size = "", 0
        self.seen = self.taken = self.refusal = None
        self.asked = Asked()

    def add(self, **made: Any) -> OwnLayer:
        """Keep a layer under a number of its own."""
        self.made += 1
        layer = OwnLayer(id=f"own_{self.made}", **made)
        self.layers[layer.id] = layer
        while len(self.layers) > MAX_LAYERS:
            self.layers.pop(next(iter(self.layers)))
        return layer


class Shelf:
    """The spaces of the visitors of one server process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._root: tempfile.TemporaryDirectory[str] | None = None
        self._spaces: dict[str, Space] = {}
        self._lock = RLock()

    def folder(self) -> Path:
        """Return the folder of the shelf, which is removed with the process."""
        with self._lock:
            if self._root is None:
                self._root = tempfile.TemporaryDirectory(prefix="geoapp-own-")
            return Path(self._root.name)

    def open(self, token: str) -> tuple[str, Space]:
        """Return the space of a visitor, or a new one with a new word."""
        with self._lock:
            found = self.find(token)
            if found is not None:
                return token, found
            word = secrets.token_urlsafe(32)
            folder = self.folder() / secrets.token_hex(16)
            folder.mkdir(mode=0o700)
            self._spaces[word] = Space(folder, self._clock())
            self._tidy()
            return word, self._spaces[word]

    def find(self, token: str) -> Space | None:
        """Return the space of a word, and keep it young; None where there is none."""
        with self._lock:
            self._tidy()
            found = self._spaces.get(token)
            if found is not None:
                found.touched = self._clock()
            return found

    def give(self, space: Space, name: str, data: bytes) -> None:
        """Put a file into a space, in the place of the one before it."""
        with self._lock:
            space.forget_file()
            space.path.write_bytes(data)
            space.name, space.size = name, len(data)
            self._tidy()

    def of_visitor(self) -> Space | None:
        """Return the space of who asks, by the cookie of the request."""
        if not self._spaces or not has_request_context():
            return None
        return self.find(request.cookies.get(COOKIE, ""))

    def layers_of_visitor(self) -> dict[str, OwnLayer]:
        """Return the layers of who asks."""
        space = self.of_visitor()
        return dict(space.layers) if space else {}

    def _tidy(self) -> None:
        """Let go of what is old, and of the oldest where there is too much."""
        now = self._clock()
        ordered = sorted(self._spaces, key=lambda word: self._spaces[word].touched)
        size = sum(space.size for space in self._spaces.values())
        left = len(ordered)
        for word in ordered:
            space = self._spaces[word]
            is_old = now - space.touched > MAX_AGE
            is_last = left == 1
            if is_old or ((left > MAX_SPACES or size > MAX_BYTES) and not is_last):
                shutil.rmtree(space.folder, ignore_errors=True)
                del self._spaces[word]
                size -= space.size
                left -= 1
