"""What a visitor does with a file of their own: give, look, check, use, remove, accept."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from geoapp.access.gate import access_now
from geoapp.app.components.own_form import first_asked
from geoapp.app.shelf import OwnLayer, Space
from geoapp.app.view import Views
from geoapp.planners.audit import Act, record
from geoapp.planners.loading import Loading, loaded_facts
from geoapp.store.kept import Kept
from geoapp.store.loaded import LoadedFolder
from geoapp.words import say, translate
from geoapp.work.apart import read_apart
from layers.countries import COUNTRIES
from layers.errors import LayersError, UserFileError
from layers.loaded_files import Checked, equivalence_from
from layers.own.asked import Asked
from layers.own.ground import Ground
from layers.sources.guard import format_of_file
from layers.sources.locate import Places, starter_folder
from layers.spec import LoadedFile
from layers.terms import AdminLevel, CodeScheme, Unit

_MOST_NAME = 120
_ACCEPT_WAIT = 10.0
"""Seconds that a visitor waits for a file that somebody else loads."""
_VINTAGE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class OwnFiles:
    """Reads what visitors give, each in a process of its own, and keeps it on the shelf."""

    def __init__(self, views: Views) -> None:
        self._views = views

    def give(self, space: Space, sent: Mapping[str, Any], most: int) -> None:
        """Keep the bytes of a file and look at them; the space holds what was seen or refused."""
        name = Path(str(sent.get("name") or "")).name[:_MOST_NAME]
        data = _bytes_of(sent)
        self._views.shelf.give(space, name, data or b"")
        if sent.get("isLarge"):
            space.refusal = UserFileError(
                "{name} is larger than {most} MB; keep what is needed, or use geoapp load",
                name=name,
                most=most,
            )
        elif data is None:
            space.refusal = UserFileError("{name} came damaged; give it again", name=name)
        else:
            self.look(space, "")

    def look(self, space: Space, system: str) -> None:
        """Look at the file of a space."""
        space.seen = space.taken = space.refusal = None
        space.told = ""
        space.asked = replace(space.asked, system=system)
        try:
            format_of_file(space.path, space.name)
            space.seen = read_apart(space.path, space.name, self._ground(), None, system)
            space.asked = first_asked(space.seen, system)
        except LayersError as error:
            space.refusal = error

    def check(self, space: Space, form: Mapping[str, Any]) -> None:
        """Take the figures of the file of a space, as its form says."""
        space.taken = space.refusal = None
        try:
            space.asked = asked_of(form, space.asked)
            space.taken = read_apart(space.path, space.name, self._ground(), space.asked)
        except LayersError as error:
            space.refusal = error
        except ValueError:
            space.refusal = UserFileError(
                "{name}: the form asks for what cannot be; choose again", name=space.name
            )

    def use(self, space: Space, language: str) -> OwnLayer | None:
        """Put what was taken into the visitor's view; return the first layer."""
        made = [
            space.add(
                title=_title(space, layer, language),
                file=space.name,
                unit=Unit(layer["unit"]),
                level=AdminLevel(layer["level"]),
                figures=pd.Series(layer["figures"], dtype=float),
            )
            for layer in (space.taken or {}).get("layers", [])
        ]
        return made[0] if made else None

    def accept(self, space: Space, store: Kept, form: Mapping[str, Any], language: str) -> str:
        """Load the file for everybody, as ``geoapp load`` does, and say what follows.

        Parameters
        ----------
        space : Space
            Holds the file, which was checked.
        store : Path or Row
            The store of the product.
        form : mapping
            publisher and vintage.
        language : str
            A language of the product.

        Returns
        -------
        str
            What was kept and what to run next, or why it was not kept.
        """
        publisher, vintage = (str(form.get(key) or "").strip() for key in ("publisher", "vintage"))
        if not publisher or not _VINTAGE.fullmatch(vintage):
            return say("own.accept_lacks", language)
        folder = LoadedFolder(store / "loaded")
        copies = folder.copies
        places = Places(store=copies / "sources", starter=starter_folder(), loaded=copies)
        made = self._views.level(AdminLevel.DISTRICT)
        country = COUNTRIES[self._views.stored.build.country]
        loading = Loading(folder, places, lambda: made.units, made.table.names, country)
        words = {"kind": space.asked.kind, "publisher": publisher, "vintage": vintage}
        try:
            with folder.only_one(_ACCEPT_WAIT):
                file, checked = _keep(loading, space, words | {"scheme": space.asked.scheme})
                record(store, access_now().visitor().name, Act.LOAD, **loaded_facts(file))
        except LayersError as error:
            return say("own.accept_failed", language, error=translate(error, language))
        return say("own.accepted", language, units=checked.units, file=space.name)

    def _ground(self) -> Ground:
        """Return the units as a process of its own can read them; written once."""
        folder = self._views.shelf.folder() / "ground"
        built = self._views.stored.build
        ground = Ground(folder, COUNTRIES[built.country].box)
        if not folder.is_dir():
            made = self._views.level(AdminLevel.DISTRICT)
            part = folder.with_name("ground.part")
            part.mkdir(exist_ok=True)
            whole = Ground(part, ground.box)
            whole.write(made.units, equivalence_from(made.table.names))
            part.rename(folder)
        return ground


def _keep(loading: Loading, space: Space, words: dict[str, Any]) -> tuple[LoadedFile, Checked]:
    try:
        file = loading.describe(space.path, space.name, words)
        before = {one.kind: one for one in loading.folder.files()}.get(file.kind)
        checked = loading.check(file, space.path)
        loading.folder.keep(file, before)
    finally:
        # A file that was refused leaves nothing behind.
        loading.folder.tidy()
    return file, checked


def asked_of(form: Mapping[str, Any], before: Asked) -> Asked:
    """Return what a form asks; what it has no field for stays.

    Raises
    ------
    ValueError
        Where a field holds what it cannot.
    """
    known = {
        key: form[key] for key in ("kind", "title", "unit", "code", "value", "band") if key in form
    }
    plain = before.plain() | known
    if "scheme" in form:
        plain["scheme"] = CodeScheme(form["scheme"]) if form["scheme"] else None
    if "repeated" in form:
        plain["adds_rows"] = form["repeated"] == "add"
    return Asked.of(plain)


def _title(space: Space, layer: Mapping[str, Any], language: str) -> str:
    """Return what the visitor calls a layer, or the product, or the column."""
    if layer["layer"]:
        return say(f"layer.{layer['layer']}.title", language)
    return space.asked.title or str(layer["title"]) or space.name


def _bytes_of(sent: Mapping[str, Any]) -> bytes | None:
    """Return the bytes of a file; a browser writes them as base64 after a comma."""
    try:
        return base64.b64decode(str(sent.get("contents") or "").partition(",")[2], validate=True)
    except binascii.Error:
        return None
