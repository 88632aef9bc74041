"""The chain of a cell as plain data, with its sentences and sources: for command line and page."""

import math
from collections.abc import Iterable
from typing import Any

from geoapp.numbers import show_exact, show_value
from geoapp.words import say, words
from layers.countries import COUNTRIES
from layers.pipeline import Build
from layers.spec import Catalogue, CountryProfile
from layers.table.published import Rows
from layers.table.step import Record, Rule, Step, Term, Terms
from layers.table.why import Evidence, explain
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
            name: Rows({used: told for told, used in status.repaired}, frozenset(status.without))
            for name, status in built.statuses.items()
        },
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
        and inputs, each input being such a dict.

    Raises
    ------
    UnknownIdError, UnknownUbigeoError
        Where there is no such layer or unit.
    """
    evidence = evidence_of(built, catalogue, country or COUNTRIES[built.country])
    names = {
        str(code): str(name)
        for made in built.levels.values()
        for code, name in made.table.names["name"].items()
    }
    return _Answer(evidence, names, language).of(explain(evidence, layer, ubigeo))


class _Answer:
    """Turns the steps of a chain into dicts in one language."""

    def __init__(self, evidence: Evidence, names: dict[str, str], language: str) -> None:
        self.evidence = evidence
        self.names = names
        self.language = language

    def of(self, step: Step) -> dict[str, Any]:
        unit = self._unit(step)
        return {
            "layer": step.layer,
            "title": self._title(step),
            "ubigeo": step.unit or None,
            "name": self.names.get(step.unit),
            "value": _plain(step.value),
            "unit": unit.value,
            "method": step.method or None,
            "rule": step.rule,
            "formula": self._formula(step),
            "terms": {name: _plain_term(term) for name, term in step.terms.items()},
            "recomputed": _plain(step.recomputed),
            "record": self._record(step.record) if step.record else None,
            "inputs": [self.of(below) for below in step.inputs],
        }

    def _unit(self, step: Step) -> Unit:
        layers = self.evidence.catalogue.layers
        return layers[step.layer].unit if step.layer in layers else Unit.PEOPLE

    def _title(self, step: Step) -> str:
        title = self._layer_title(step.layer)
        if step.rule != Rule.NATIONAL:
            return title
        # The national figure of a layer bears the name of the layer.
        own = words(self.language).get(f"figure.{step.layer}", title)
        return say("why.national_total", self.language, title=own)

    def _layer_title(self, layer: str) -> str:
        return words(self.language).get(f"layer.{layer}.title", layer)

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

    def _shown(self, step: Step) -> str:
        if math.isnan(step.value):
            return say("page.missing", self.language)
        return show_exact(step.value)

    def _formula(self, step: Step) -> str:
        key = f"why.{step.words or step.rule}"
        known = words(self.language)
        # A model of which nobody wrote the sentence is told by its inputs.
        sentence = known.get(key, known["why.inputs"])
        return sentence.format_map(_Places(self._places(step)))

    def _places(self, step: Step) -> dict[str, str]:
        shown = [self._shown(below) for below in step.inputs]
        places = {f"in{place}": text for place, text in enumerate(shown)}
        places |= {
            name: show_exact(term) for name, term in step.terms.items() if isinstance(term, float)
        }
        rest = step.inputs[1:]
        return places | {
            "value": self._shown(step),
            "all": "; ".join(self._named(step.inputs)),
            "rest": "; ".join(self._named(rest)),
            "count": show_exact(float(len(step.inputs))),
            "weighed": self._products(step, "shares"),
            "signed": self._products(step, "signs"),
            "scaled": "; ".join(self._scaled(step)),
            "limits": _listed(step.terms.get("limits", ())),
            "weigher": self._weigher(step),
            "cap": say(f"why.{_cap(step)}", self.language),
            "unit": step.unit,
            "layer": step.layer,
            **self._reading(step),
        }

    def _named(self, steps: Iterable[Step]) -> Iterable[str]:
        known = words(self.language)
        for step in steps:
            name = known.get(f"layer.{step.layer}.short", step.layer)
            yield f"{name} {self._shown(step)}"

    def _products(self, step: Step, name: str) -> str:
        factors = _tuple(step.terms, name)
        if len(factors) != len(step.inputs):
            return ""
        pairs = zip(factors, step.inputs, strict=True)
        if name == "signs":
            signed = (f"{'+' if sign > 0 else '−'} {self._shown(below)}" for sign, below in pairs)
            return " ".join(signed).removeprefix("+ ")
        return " + ".join(f"{show_exact(share)} × {self._shown(below)}" for share, below in pairs)

    def _scaled(self, step: Step) -> Iterable[str]:
        parts, lows, highs = (_tuple(step.terms, name) for name in ("parts", "lows", "highs"))
        for name, part, low, high in zip(
            self._named(step.inputs), parts, lows, highs, strict=False
        ):
            where = say("why.between", self.language, low=show_exact(low), high=show_exact(high))
            yield f"{name} ({where}) → {show_exact(part)}"

    def _weigher(self, step: Step) -> str:
        layer = self.evidence.catalogue.layers.get(step.layer)
        return self._layer_title((layer.weight if layer else None) or self.evidence.population)

    def _reading(self, step: Step) -> dict[str, str]:
        """Say how columns and rows become the figure."""
        layer = self.evidence.catalogue.layers.get(step.layer)
        if layer is None:
            return {"reading": "", "times": ""}
        times = "" if layer.factor == 1 else f" × {show_exact(layer.factor)}"
        if step.record is None:
            return {"reading": "", "times": times}
        many = len(step.record.columns) > 1
        way = layer.to_unit.value if layer.to_unit.value != "as_is" else layer.combine.value
        key = way if many or layer.to_unit.value != "as_is" else "one"
        return {"reading": words(self.language).get(f"why.reading.{key}", ""), "times": times}


class _Places(dict[str, str]):
    """What fills a sentence; a place that a step has nothing for is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def _cap(step: Step) -> str:
    return "at_cap" if step.terms.get("is_capped") else "below_cap"


def _tuple(terms: Terms, name: str) -> tuple[float, ...]:
    term = terms.get(name, ())
    return (term,) if isinstance(term, float) else term


def _listed(term: Term) -> str:
    return show_exact(term) if isinstance(term, float) else ", ".join(map(show_exact, term))


def _plain(value: float) -> float | None:
    return None if math.isnan(value) or math.isinf(value) else float(value)


def _plain_term(term: Term) -> float | list[float | None] | None:
    return _plain(term) if isinstance(term, float) else [_plain(float(part)) for part in term]


def show_step(step: dict[str, Any], language: str) -> str:
    """Return the figure of a step with its unit, as people read it."""
    if step["value"] is None:
        return say("page.missing", language)
    unit = Unit(step["unit"])
    return f"{show_value(step['value'], unit)} {say(f'unit.{unit}', language)}"
