"""The chain of a cell as plain data, with its sentences and sources: for command line and page."""

import math
from typing import Any

import pandas as pd

from geoapp.answers.cells import mask_answer
from geoapp.answers.chain_words import formula_of
from geoapp.numbers import is_told, shown_cell
from geoapp.words import say, words
from layers.built import Build
from layers.codes import level_of
from layers.countries import COUNTRIES
from layers.spec import Catalogue, CountryProfile
from layers.table.evidence import Evidence
from layers.table.published import Rows
from layers.table.step import Record, Rule, Step, Term
from layers.table.why import explain
from layers.terms import Unit


def evidence_of(built: Build, catalogue: Catalogue, country: CountryProfile) -> Evidence:
    """Gather what the chains of a build are told from.

    Parameters
    ----------
    built : Build
        The build.
    catalogue : Catalogue
        Declares layers and sources.
    country : CountryProfile
        Controls, population and source of the national figures.

    Returns
    -------
    Evidence
        Nothing is read from files.
    """
    return Evidence(
        catalogue=catalogue,
        tables={level: made.table for level, made in built.levels.items()},
        area_km2={level: made.units["area_km2"] for level, made in built.levels.items()},
        population=country.population,
        figures=country.figures,
        national=built.national,
        notes=built.figure_notes,
        controls=country.controls,
        phase_limits=built.phase_limits,
        rows={
            name: Rows(
                {used: told for told, used in status.repaired},
                frozenset(status.without),
                is_lost=status.place is None,
            )
            for name, status in built.statuses.items()
        },
        places=pd.DataFrame(built.places.drop(columns="geometry")),
        inside=pd.DataFrame(next(iter(built.levels.values())).units[["lon", "lat"]]),
    )


def why_answer(
    built: Build,
    catalogue: Catalogue,
    layer: str,
    ubigeo: str,
    language: str = "es",
    country: CountryProfile | None = None,
) -> dict[str, Any]:
    """Tell how a cell came to be, down to the published numbers.

    Parameters
    ----------
    built : Build
        The build.
    catalogue : Catalogue
        Declares layers and sources.
    layer : str
        The layer.
    ubigeo : str
        The unit.
    language : str
        Language of titles and sentences.
    country : CountryProfile, optional
        That of the build if not given.

    Returns
    -------
    dict
        layer, title, ubigeo, name, value, unit, method, rule, formula, terms, recomputed, record
        and inputs, each input being such a dict; masked where the public edition tells a range.

    Raises
    ------
    UnknownIdError, UnknownUbigeoError
        Where there is no such layer or unit.
    """
    return Chains(built, catalogue, country).tell(layer, ubigeo, language)


class Chains:
    """The chains of a build: what they are told from is gathered once for all of them.

    Parameters
    ----------
    built : Build
        The build.
    catalogue : Catalogue
        Declares layers and sources.
    country : CountryProfile, optional
        That of the build if not given.
    """

    def __init__(
        self, built: Build, catalogue: Catalogue, country: CountryProfile | None = None
    ) -> None:
        self._evidence = evidence_of(built, catalogue, country or COUNTRIES[built.country])
        self._names = {
            str(code): str(name)
            for made in built.levels.values()
            for code, name in made.table.names["name"].items()
        }

    def prepare(self) -> None:
        """Look at what the models looked at, which the first chain would wait for."""
        _ = self._evidence.inputs

    def tell(self, layer: str, ubigeo: str, language: str) -> dict[str, Any]:
        """Tell one chain, as `why_answer`."""
        answer = _Answer(self._evidence, self._names, language)
        return answer.of(explain(self._evidence, layer, ubigeo))


class _Answer:
    """Turns the steps of a chain into dicts in one language."""

    def __init__(self, evidence: Evidence, names: dict[str, str], language: str) -> None:
        self.evidence = evidence
        self.names = names
        self.language = language

    def of(self, step: Step) -> dict[str, Any]:
        unit = self._unit(step)
        mask = self._mask(step)
        return {
            "layer": step.layer,
            "title": self._title(step),
            "ubigeo": step.unit or None,
            "name": self.names.get(step.unit),
            # The middle of a range is what is computed with, and no figure.
            "value": None if mask and mask[2] else _plain(step.value),
            "unit": unit.value,
            "method": step.method or None,
            "rule": step.rule,
            "formula": formula_of(step, self.evidence, self.language),
            "terms": {name: _plain_term(term) for name, term in step.terms.items()},
            "recomputed": _plain(step.recomputed),
            "record": self._record(step.record) if step.record else None,
            "inputs": [self.of(below) for below in step.inputs],
            **({"masked": mask_answer(mask)} if mask else {}),
        }

    def _mask(self, step: Step) -> tuple[float, float, bool] | None:
        """Return what the public edition tells of the figure of a unit; None where it is shown."""
        if step.unit not in self.names or step.layer not in self.evidence.catalogue.layers:
            return None
        return self.evidence.tables[level_of(step.unit)].mask_of(step.unit, step.layer)

    def _unit(self, step: Step) -> Unit:
        layers = self.evidence.catalogue.layers
        if step.rule == Rule.HOMES:
            return Unit.COUNT
        return layers[step.layer].unit if step.layer in layers else Unit.PEOPLE

    def _title(self, step: Step) -> str:
        known = words(self.language)
        title = known.get(f"layer.{step.layer}.title", step.layer)
        if step.rule == Rule.NATIONAL:
            # The national figure of a layer bears the name of the layer.
            own = known.get(f"figure.{step.layer}", title)
            return say("why.national_total", self.language, title=own)
        named = f"why.{step.rule}_title"
        return say(named, self.language, title=title) if named in known else title

    def _record(self, record: Record) -> dict[str, Any]:
        source = self.evidence.catalogue.source(record.source)
        return {
            "source": source.id,
            "publisher": source.publisher,
            "title": source.citation,
            "vintage": source.vintage,
            "licence": source.licence.value,
            "landing": source.landing,
            "sha256": source.sha256,
            "row": record.row or None,
            "columns": list(record.columns),
            "where": {column: list(accepted) for column, accepted in record.where},
            "note": record.note or None,
        }


def _plain(value: float) -> float | None:
    return None if math.isnan(value) or math.isinf(value) else float(value)


def _plain_term(term: Term) -> float | list[float | None] | None:
    return _plain(term) if isinstance(term, float) else [_plain(float(part)) for part in term]


def show_step(step: dict[str, Any], language: str) -> str:
    """Return the figure of a step with its unit, as people read it."""
    if not is_told(step):
        return say("page.missing", language)
    unit = say(f"unit.{step['unit']}", language)
    return f"{shown_cell(step)} {unit}"
