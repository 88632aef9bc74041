"""geoapp backtest."""

from typing import Any

from geoapp.answers.build import level_of_build
from geoapp.cli.options import AsJson
from geoapp.cli.output import print_json
from geoapp.cli.stored import open_store
from geoapp.numbers import show_number
from geoapp.settings import read_settings
from layers.decide.backtest_2017 import NOT_AVAILABLE, OBSERVED, Backtest, run_test_of_2017
from layers.indicators.needs import POPULATION_SHARE
from layers.terms import AdminLevel

_DECIMALS = 6


def backtest(
    as_json: AsJson = False,
) -> None:
    """Prueba de 2017: cuánto acierta cada peso al ubicar a los venezolanos del censo.

    Ejemplo: geoapp backtest --json
    """
    settings = read_settings()
    made = level_of_build(open_store(settings).build, AdminLevel.DISTRICT)
    found = run_test_of_2017(made.table, settings.country.catalogue)
    if as_json:
        print_json(backtest_answer(found))
        return
    print(f"Prueba de 2017: {show_number(found.people, 0)} personas, {found.units} distritos")
    print(f"{'mal ubicadas':>12} {'error mediano':>14} {'rangos':>7} {'50 mayores':>11}  peso")
    for name, row in found.scores.iterrows():
        print(
            f"{row['misplaced_share']:>12.1%} {row['median_absolute_error']:>14.2f} "
            f"{row['rank_correlation']:>7.2f} {row['top_hits']:>11.0%}  {name}"
        )
    print(f"λ por la regla: {found.chosen:g}; en uso: {POPULATION_SHARE:g}")


def backtest_answer(found: Backtest) -> dict[str, Any]:
    """Describe the test as a plain dict.

    Parameters
    ----------
    found : Backtest
        The test.

    Returns
    -------
    dict
        year, units, people, withheld, candidates, not_available, curves, lambda.
    """
    return {
        "year": 2017,
        "units": found.units,
        "people": round(found.people),
        "withheld": OBSERVED,
        "candidates": [
            {"id": str(name), **{str(k): round(float(v), _DECIMALS) for k, v in row.items()}}
            for name, row in found.scores.iterrows()
        ],
        "not_available": list(NOT_AVAILABLE),
        "curves": {
            str(name): {str(share): round(float(v), _DECIMALS) for share, v in curve.items()}
            for name, curve in found.curves.items()
        },
        "lambda": {"chosen": found.chosen, "in_use": POPULATION_SHARE},
    }
