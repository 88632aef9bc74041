"""geoapp explain."""

from enum import StrEnum

import typer

from geoapp.answers.build import level_of_build
from geoapp.answers.robust import explain_answer
from geoapp.cli.choose import chosen_scenario
from geoapp.cli.options import AsJson, SavedScenario, Weights
from geoapp.cli.output import print_json
from geoapp.cli.stored import open_build
from geoapp.settings import read_settings
from layers.codes import clean_code, level_of


class Language(StrEnum):
    """In which words to explain."""

    ES = "es"
    EN = "en"


def explain(
    ubigeo: str = typer.Argument(help="Código de una región, provincia o distrito."),
    top: int = typer.Option(50, min=1, help="Cuántas unidades cuentan como las primeras."),
    weight: Weights = None,
    scenario: SavedScenario = None,
    lang: Language = typer.Option(Language.ES, help="Idioma de las frases."),
    as_json: AsJson = False,
) -> None:
    """Dice por qué una unidad tiene su puesto y qué tendría que cambiar.

    Las frases salen de las contribuciones al puntaje; los cambios, de resolver una
    ecuación lineal por cifra y por peso, con todo lo demás quieto.

    Ejemplo: geoapp explain 240101 --top 50
    """
    settings = read_settings()
    code = clean_code(ubigeo)
    built, catalogue = open_build(settings)
    table = level_of_build(built, level_of(code)).table
    chosen = chosen_scenario(settings, catalogue, scenario, weight)
    answer = explain_answer(table, chosen, catalogue, code, top)
    if as_json:
        print_json(answer)
        return
    print("\n".join(answer["sentences"][lang.value]))
