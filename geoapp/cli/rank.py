"""geoapp rank."""

import typer

from geoapp.answers import level_of_build, ranking_answer
from geoapp.cli.output import open_store, print_json
from geoapp.loaded import catalogue_of
from geoapp.numbers import show_number
from geoapp.settings import read_settings
from geoapp.words import say
from layers.decide.scenarios import with_activity
from layers.decide.score import rank_units
from layers.errors import ScenarioError
from layers.terms import AdminLevel


def rank(
    level: AdminLevel = typer.Option(AdminLevel.DISTRICT, help="Nivel de las unidades."),
    top: int = typer.Option(20, min=1, help="Cuántas unidades."),
    weight: list[str] = typer.Option([], help="Peso de una capa, capa:número; se repite."),
    as_json: bool = typer.Option(False, "--json", help="Escribe JSON en la salida."),
) -> None:
    """Ordena las unidades por prioridad.

    Ejemplo: geoapp rank --level district --top 5 --json
    """
    settings = read_settings()
    country = settings.country
    built = open_store(settings).build
    catalogue = catalogue_of(built, country.catalogue)
    made = level_of_build(built, level)
    scenario = with_activity(country.scenario, catalogue).with_weights(
        dict(weight_of(text) for text in weight)
    )
    answer = ranking_answer(rank_units(made.table, scenario, catalogue), made.table, top)
    if as_json:
        print_json(answer)
        return
    for unit in answer["units"]:
        place = ", ".join(filter(None, (unit["province"], unit["region"])))
        score, low, high = (show_number(unit[key], 1) for key in ("score", "low", "high"))
        rank_text = unit["rank"] if unit["rank"] is not None else "–"
        sure = say("confidence.is", "es", level=unit["confidence"]["class"])
        head = f"{rank_text:>4}  {unit['ubigeo']}  {score:>5} ({low}–{high})  {sure:<15}"
        line = f"{head}  {unit['name']}"
        print(f"{line} ({place})" if place else line)


def weight_of(text: str) -> tuple[str, float]:
    """Return layer and weight of a text like ``venezuelan_people:5``, or say what is wrong with it."""
    layer, separator, number = text.rpartition(":")
    try:
        if not separator:
            raise ValueError(text)
        return layer, float(number)
    except ValueError:
        raise ScenarioError(
            f"--weight {text!r} is not layer:number, as in venezuelan_people:5"
        ) from None
