"""geoapp check."""

import typer

from geoapp.answers.checks import check_answer
from geoapp.cli.check_lines import check_lines
from geoapp.cli.options import AsJson
from geoapp.cli.output import print_json
from geoapp.cli.stored import open_build
from geoapp.settings import read_settings
from layers.errors import LayersError


def check(as_json: AsJson = False) -> None:
    """Comprueba límites, sumas, códigos y lo que falta; 1 si algo no tiene explicación.

    Ejemplo: geoapp check --json
    """
    settings = read_settings()
    country = settings.country
    if settings.disclosure:
        raise LayersError(
            "the totals of the public edition are rounded each by itself and do not add up; "
            "check the full one: GEOAPP_EDITION=full geoapp check"
        )
    built, catalogue = open_build(settings)
    answer = check_answer(built, catalogue, country, country.expected)
    if as_json:
        print_json(answer)
    else:
        for line in check_lines(answer):
            print(line)
    if not answer["ok"]:
        raise typer.Exit(1)
