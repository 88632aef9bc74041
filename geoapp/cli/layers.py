"""geoapp layers."""

from typing import Annotated

import typer

from geoapp.answers.layer_list import list_layers
from geoapp.cli.options import AsJson
from geoapp.cli.output import print_json
from geoapp.settings import read_settings
from geoapp.words import say


def layers(
    objective: Annotated[
        str, typer.Option(help="Objetivo del marco de resultados: 1.1, 2.2 y demás.")
    ] = "",
    sdg: Annotated[int, typer.Option(help="ODS, del 1 al 17, del pilar a que sirve la capa.")] = 0,
    gcm: Annotated[
        int, typer.Option(help="Objetivo del Pacto Mundial, del 1 al 23, del pilar.")
    ] = 0,
    sector: Annotated[str, typer.Option(help="Sector: wash, health y demás.")] = "",
    as_json: AsJson = False,
) -> None:
    """Lista las capas y los objetivos del marco de resultados a los que sirven.

    Los ODS y los objetivos del Pacto Mundial son los del pilar: el marco no los da por objetivo.

    Ejemplo: geoapp layers --objective 1.1 --sector wash --json
    """
    catalogue = read_settings().country.catalogue
    answer = list_layers(
        catalogue, objective=objective or None, sdg=sdg or None, gcm=gcm or None, sector=sector
    )
    if as_json:
        print_json(answer)
        return
    for layer in answer["layers"]:
        serves = ", ".join(layer["objectives"]) or "–"
        sectors = ", ".join(say(f"sector.{name}", "es") for name in layer["sectors"])
        more = f"  [{sectors}]" if sectors else ""
        print(f"{layer['id']:<36} {serves:<20} {layer['title']}{more}")
    print(f"{len(answer['layers'])} capas. {say('frame.by_pillar', 'es')}")
