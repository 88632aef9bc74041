"""geoapp build."""

from typing import Any

import typer

from geoapp.answers.made import made_answer
from geoapp.cli.loaded_lines import balance_lines
from geoapp.cli.options import AsJson
from geoapp.cli.output import log, print_json, tell
from geoapp.settings import Settings, read_settings
from geoapp.unchanged import unchanged
from geoapp.work.cluster import refuse_strange
from layers.errors import Sentence


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

    Solo se rehacen los pasos cuyos datos cambiaron desde la última vez; si nada cambió, nada.

    Ejemplo: geoapp build --json
    """
    settings = read_settings()
    refuse_strange(workers)
    manifest = None if fresh else unchanged(settings)
    if manifest is None:
        manifest = _made(settings, workers, fresh)
    else:
        log(Sentence("nothing changed since build {hash}", hash=manifest["hash"]))
    answer = made_answer(manifest, settings.country.catalogue)
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


def _made(settings: Settings, workers: str, fresh: bool) -> dict[str, Any]:
    # The libraries of tables are loaded where one is made.
    from geoapp.cli.stored import make_build
    from geoapp.store.parts import manifest_of

    return manifest_of(make_build(settings, workers, fresh=fresh))
