"""What one act on the page costs the server, without a browser."""

from bench.measure import Measure, kilobytes
from bench.visitor import Cost, Visitor, written_id
from geoapp.app import create_app, ids
from geoapp.store.builds import Stored
from layers.decide.scenario import Scenario
from layers.spec import Catalogue


def measure_page(
    stored: Stored, catalogue: Catalogue, scenario: Scenario, runs: int
) -> list[Measure]:
    """Measure the answers to a change of layer and to a change of weight.

    Parameters
    ----------
    stored : Stored
        The build.
    catalogue : Catalogue
        Its layers; those that the scenario weighs are shown in turn.
    scenario : Scenario
        Whose first weight is moved.
    runs : int
        How often; each run asks for something that was not asked for before.

    Returns
    -------
    list of Measure
        Time and bytes of each act.
    """
    app = create_app(stored, catalogue, scenario)
    visitor = Visitor(app.server.test_client())
    visitor.open()
    shown = [name for name, layer in catalogue.layers.items() if layer.breaks] or list(
        catalogue.layers
    )
    weight = written_id(ids.weight_id(scenario.weights[0][0]))
    layers = [
        visitor.change(ids.LAYER, "value", shown[run % len(shown)]) for run in range(runs + 1)
    ][1:]
    visitor.change(ids.LAYER, "value", "score")
    weights = [visitor.change(weight, "value", 1.0 + run) for run in range(runs + 1)][1:]
    return [*_measures("layer change", layers), *_measures("weight change", weights)]


def _measures(name: str, costs: list[Cost]) -> list[Measure]:
    return [
        Measure(
            name=f"{name}: server", unit="ms", samples=tuple(1000 * cost.seconds for cost in costs)
        ),
        Measure(
            name=f"{name}: gzipped answer",
            unit="KB",
            samples=kilobytes([cost.bytes for cost in costs]),
        ),
        Measure(
            name=f"{name}: requests",
            unit="requests",
            samples=tuple(float(cost.requests) for cost in costs),
        ),
    ]
