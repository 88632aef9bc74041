"""How commands take a scenario: a saved one or the default, with weights changed."""

from collections.abc import Sequence

from geoapp.planners.scenarios import load, path_of
from geoapp.settings import Settings
from layers.decide.scenario import Scenario
from layers.decide.scenarios import with_activity
from layers.errors import ScenarioError
from layers.spec import Catalogue


def chosen_scenario(
    settings: Settings, catalogue: Catalogue, name: str | None, weights: Sequence[str] | None
) -> Scenario:
    """Return the scenario that options name.

    Parameters
    ----------
    settings : Settings
        Folder of the store, and the country whose scenario is the default.
    catalogue : Catalogue
        Of the build; the default weighs the gap where activity of partners is loaded.
    name : str or None
        Of a saved scenario, or a path to one; None for the default.
    weights : sequence of str, optional
        layer:number.

    Returns
    -------
    Scenario
        With these weights.
    """
    saved = load(path_of(settings.kept, name)) if name else None
    scenario = saved.scenario if saved else with_activity(settings.country.scenario, catalogue)
    return scenario.with_weights(dict(weight_of(text) for text in weights or ()))


def weight_of(text: str, option: str = "--weight") -> tuple[str, float]:
    """Return layer and number of a text like ``venezuelan_people:5``, or say what is wrong with it."""
    layer, separator, number = text.rpartition(":")
    try:
        if not separator:
            raise ValueError(text)
        return layer, float(number)
    except ValueError:
        raise ScenarioError(
            "{option} {text!r} is not layer:number, as in venezuelan_people:5",
            option=option,
            text=text,
        ) from None
