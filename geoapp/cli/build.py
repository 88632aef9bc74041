"""geoapp build."""

import typer

from geoapp.answers.build import build_answer
from geoapp.cli.loaded_lines import balance_lines
from geoapp.cli.options import AsJson
from geoapp.cli.output import log, print_json, tell
from geoapp.cli.stored import make_build
from geoapp.cluster import workers_of
from geoapp.loaded import catalogue_of
from geoapp.settings import read_settings


def build(
    workers: str = typer.Option(
        "", help="Reparte por regiones: número de procesos, o tcp://… de un dask.distributed."
    ),
    as_json: AsJson = False,
    fresh: bool = typer.Option(
        False, "--fresh", help="Rehace todos los pasos, aunque sus datos no hayan cambiado."
    ),
) -> None:
    """Lee las fuentes, arma la tabla de unidades y la guarda.

    Solo se rehacen los pasos cuyos datos cambiaron desde la última vez.

    Ejemplo: geoapp build --json
    """
    settings = read_settings()
    with workers_of(workers) as several:
        built = make_build(settings, several, fresh=fresh)
    answer = build_answer(built, catalogue_of(built, settings.country.catalogue))
    for lacking in answer["missing"]:
        log(f"sin fuente {lacking['source']}: {tell(lacking['problem'])}")
    if as_json:
        print_json(answer)
        return
    units = ", ".join(f"{count} {level}" for level, count in answer["units"].items())
    print(f"{units}; {answer['layers']} capas; {answer['seconds']} s; {answer['hash']}")
    for line in balance_lines(answer["loaded"]):
        print(line)
    for name, source in answer["sources"].items():
        if source["repaired_codes"]:
            print(f"{name}: {source['repaired_codes']} códigos sin su cero inicial, reparados")
