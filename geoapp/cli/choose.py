"""How commands take a scenario: a saved one or the default, with weights changed."""

from pathlib import Path

from geoapp.scenarios import load, path_of
from layers.decide.scenario import Scenario
from layers.decide.scenarios import DEFAULT
from layers.errors import ScenarioError


def chosen_scenario(store: Path, name: str | None, weights: list[str]) -> Scenario:
    """Return the scenario that options name.

    Parameters
    ----------
    store : Path
        Folder of the store.
    name : str or None
        Of a saved scenario, or a path to one; None for the default.
    weights : list of str
        layer:number.

    Returns
    -------
    Scenario
        With these weights.
    """
    scenario = load(path_of(store, name)).scenario if name else DEFAULT
    return scenario.with_weights(dict(weight_of(text) for text in weights))


def weight_of(text: str, option: str = "--weight") -> tuple[str, float]:
    """Return layer and number of a text like ``venezuelan_people:5``, or say what is wrong with it."""
    layer, separator, number = text.rpartition(":")
    try:
        if not separator:
            raise ValueError(text)
        return layer, float(number)
    except ValueError:
        raise ScenarioError(
            f"{option} {text!r} is not layer:number, as in venezuelan_people:5"
        ) from None
