"""The sentence of a step of a chain, with its numbers, in one language."""

import math
from collections.abc import Iterable

from geoapp.numbers import show_exact
from geoapp.words import say, words
from layers.spec import LayerSpec
from layers.table.evidence import Evidence
from layers.table.step import Step, Term, Terms
from layers.terms import Direction, Transform

_MOST = 4
"""Columns that a sentence lists one by one."""


def formula_of(step: Step, evidence: Evidence, language: str) -> str:
    """Return how a number follows from what stands below it.

    Parameters
    ----------
    step : Step
        The number.
    evidence : Evidence
        Declares its layer, and which layer weighs means.
    language : str
        Language of the sentence.

    Returns
    -------
    str
        One sentence without a full stop. A number that is missing is "no data".
    """
    sentence = words(language)[f"why.{step.words or step.rule}"]
    return sentence.format_map(_Sentence(step, evidence, language).places())


class _Sentence:
    """What fills the sentence of one step."""

    def __init__(self, step: Step, evidence: Evidence, language: str) -> None:
        self.step = step
        self.evidence = evidence
        self.language = language
        self.known = words(language)
        self.layer = evidence.catalogue.layers.get(step.layer)

    def places(self) -> dict[str, str]:
        """Return every place that a sentence of this step can have."""
        step = self.step
        shown = [self._shown(below.value) for below in step.inputs]
        rounded = _tuple(step.terms, "rounded")
        return {
            **{f"in{place}": text for place, text in enumerate(shown)},
            **{f"rounded{place}": self._shown(part) for place, part in enumerate(rounded)},
            **{name: show_exact(x) for name, x in step.terms.items() if isinstance(x, float)},
            "value": self._shown(step.value),
            "all": "; ".join(self._named(step.inputs)),
            "rest": "; ".join(self._named(step.inputs[1:])),
            "count": show_exact(float(len(step.inputs))),
            "weighed": self._weighed(),
            "signed": self._signed(),
            "scores": "; ".join(self._scores()),
            "scaled": "; ".join(self._scaled()),
            "limits": _listed(step.terms.get("limits", ())),
            "weigher": self._weigher(),
            "cap": self._say("at_cap" if step.terms.get("is_capped") else "below_cap"),
            "among": self._among(),
            "unit": step.unit,
            "layer": step.layer,
            **(_of_declaration(self.layer, self.language) if self.layer else {}),
        }

    def _say(self, key: str, **values: object) -> str:
        return say(f"why.{key}", self.language, **values)

    def _shown(self, value: float) -> str:
        return say("page.missing", self.language) if math.isnan(value) else show_exact(value)

    def _named(self, steps: Iterable[Step]) -> Iterable[str]:
        for step in steps:
            name = self.known.get(f"layer.{step.layer}.short", step.layer)
            yield f"{name} {self._shown(step.value)}"

    def _weighed(self) -> str:
        pairs = zip(_tuple(self.step.terms, "shares"), self.step.inputs, strict=False)
        return " + ".join(f"{show_exact(part)} × {self._shown(one.value)}" for part, one in pairs)

    def _signed(self) -> str:
        pairs = zip(_tuple(self.step.terms, "signs"), self.step.inputs, strict=False)
        signed = (f"{'+' if sign > 0 else '−'} {self._shown(one.value)}" for sign, one in pairs)
        return " ".join(signed).removeprefix("+ ")

    def _scores(self) -> Iterable[str]:
        """Yield each input of an index with its score; an index is a score already."""
        parts, lows, highs = (_tuple(self.step.terms, name) for name in ("parts", "lows", "highs"))
        inputs = self.step.inputs
        named = self._named(inputs)
        for below, name, part, low, high in zip(inputs, named, parts, lows, highs, strict=False):
            layer = self.evidence.catalogue.layer(below.layer)
            if layer.is_index:
                yield name
                continue
            said = [self._say("between", low=show_exact(low), high=show_exact(high))]
            if layer.transform is Transform.LOG1P:
                said.append(self._say("log"))
            if layer.direction is Direction.LESS_IS_WORSE:
                said.append(self._say("less_is_worse"))
            score = "" if math.isnan(part) else f" → {show_exact(part)}"
            yield f"{name} ({', '.join(said)}){score}"

    def _scaled(self) -> Iterable[str]:
        parts = _tuple(self.step.terms, "scaled_parts")
        named = zip(self._named(self.step.inputs), parts, strict=False)
        for number, (name, part) in enumerate(named, start=1):
            yield name if math.isnan(part) else f"{name} → a{number} = {show_exact(part)}"

    def _weigher(self) -> str:
        weight = (self.layer.weight if self.layer else None) or self.evidence.population
        return self.known.get(f"layer.{weight}.title", weight)

    def _among(self) -> str:
        """Say which units what is left of a total goes to."""
        total, given, left = (self.step.terms.get(name) for name in ("total", "given", "left"))
        if not (isinstance(total, float) and isinstance(given, float) and isinstance(left, float)):
            return ""
        if given == 0 and left == total:
            return self._say("among_all")
        return self._say("among_free", total=show_exact(total), given=show_exact(given))


def _of_declaration(layer: LayerSpec, language: str) -> dict[str, str]:
    """Return what the declaration of a layer says of its columns, bands, words and factor."""
    bands = tuple(f"b{band}" for band in layer.bands)
    names = layer.columns or bands
    places = {
        "first": names[0],
        "others": _few(names[1:]),
        "columns": _few(names),
        "number": show_exact(float(len(names))),
        "times": "" if layer.factor == 1 else f" × {show_exact(layer.factor)}",
        "meanings": ", ".join(f"{word} = {show_exact(value)}" for word, value in layer.words),
    }
    places["way"] = say(f"why.combine.{layer.combine}", language, **places)
    is_of_bands = layer.to_unit.is_zonal and len(bands) > 1
    places["bands"] = say("why.bands", language, **places) if is_of_bands else ""
    return places


def _few(names: tuple[str, ...]) -> str:
    return ", ".join(names) if len(names) <= _MOST else f"{names[0]} … {names[-1]}"


def _tuple(terms: Terms, name: str) -> tuple[float, ...]:
    term = terms.get(name, ())
    return (term,) if isinstance(term, float) else term


def _listed(term: Term) -> str:
    return show_exact(term) if isinstance(term, float) else ", ".join(map(show_exact, term))
