"""geoapp rank."""

from typing import Any

import typer

from geoapp.answers.build import level_of_build, ranking_answer
from geoapp.answers.robust import robust_answer
from geoapp.cli.choose import chosen_scenario
from geoapp.cli.options import AsJson, SavedScenario, UnitLevel, Weights
from geoapp.cli.output import print_json
from geoapp.cli.stored import open_build
from geoapp.numbers import show_number
from geoapp.settings import read_settings
from geoapp.words import say
from layers.codes import clean_code
from layers.decide.draws import Rules
from layers.decide.score import rank_units
from layers.errors import Sentence
from layers.terms import AdminLevel


def _two_codes(text: str | None) -> str | None:
    if text is not None and len(text.split(",")) != 2:
        raise typer.BadParameter(
            Sentence("{text!r} is not two codes; use 150135,240101", text=text)
        )
    return text


def rank(
    level: UnitLevel = AdminLevel.DISTRICT,
    top: int = typer.Option(20, min=1, help="Cuántas unidades."),
    weight: Weights = None,
    scenario: SavedScenario = None,
    robust: bool = typer.Option(
        False, "--robust", help="Dice cuán firme es cada puesto ante otros pesos y cifras."
    ),
    draws: int = typer.Option(10_000, min=1, help="Con --robust: cuántos sorteos."),
    kappa: float = typer.Option(
        50.0, min=0.01, help="Con --robust: 50 sigue de cerca los pesos acordados, 10 de lejos."
    ),
    any_weights: bool = typer.Option(
        False, "--any-weights", help="Con --robust: cualquier peso vale igual, en vez de --kappa."
    ),
    seed: int = typer.Option(
        None, min=0, help="Con --robust: semilla; la del escenario si no se da."
    ),
    weights_alone: bool = typer.Option(
        False, "--weights-alone", help="Con --robust: las cifras no se sortean en su rango."
    ),
    pair: str = typer.Option(
        None, callback=_two_codes, help="Con --robust: dos unidades que comparar, 150135,240101."
    ),
    as_json: AsJson = False,
) -> None:
    """Ordena las unidades por prioridad.

    Ejemplo: geoapp rank --level district --top 5 --json
    """
    settings = read_settings()
    built, catalogue = open_build(settings)
    made = level_of_build(built, level)
    chosen = chosen_scenario(settings, catalogue, scenario, weight)
    if robust:
        rules = Rules(
            draws=draws,
            kappa=None if any_weights else kappa,
            seed=chosen.seed if seed is None else seed,
            with_ranges=not weights_alone,
        )
        codes = [clean_code(code.strip()) for code in pair.split(",")] if pair else None
        two = (codes[0], codes[1]) if codes else None
        answer = robust_answer(made.table, chosen, catalogue, rules, top, two)
    else:
        answer = ranking_answer(rank_units(made.table, chosen, catalogue), made.table, top)
    if as_json:
        print_json(answer)
        return
    for unit in answer["units"]:
        print(_line(unit))
    if robust:
        _print_robust(answer["robust"])


def _line(unit: dict[str, Any]) -> str:
    place = ", ".join(filter(None, (unit["province"], unit["region"])))
    score, low, high = (show_number(unit[key], 1) for key in ("score", "low", "high"))
    rank_text = unit["rank"] if unit["rank"] is not None else "–"
    sure = say("confidence.is", "es", level=unit["confidence"]["class"])
    head = f"{rank_text:>4}  {unit['ubigeo']}  {score:>5} ({low}–{high})  {sure:<15}"
    line = f"{head}  {unit['name']}"
    line = f"{line} ({place})" if place else line
    found = unit.get("robust")
    if found is None:
        return line
    among = show_number(100 * found["p_top"], 0)
    return f"{line}  {among} % · puestos {found['rank_low']}–{found['rank_high']}"


def _print_robust(found: dict[str, Any]) -> None:
    width = show_number(100 * found["half_width"], 2)
    print(
        f"% de {found['draws']} sorteos entre los {found['top']} primeros (± {width}) y puestos "
        f"del 5 al 95 %; semilla {found['seed']}."
    )
    if found["pair"]:
        two = found["pair"]
        one, other = (show_number(100 * two[key], 1) for key in ("one_wins", "other_wins"))
        print(f"{two['one']} gana a {two['other']} en {one} %; pierde en {other} %.")
    print(found["sentence"]["es"])
