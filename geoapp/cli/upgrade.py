"""geoapp upgrade."""

from typing import Annotated

import typer

from geoapp.cli.output import log, tell
from geoapp.cli.stored import make_build
from geoapp.settings import read_settings
from geoapp.store.builds import read_build
from geoapp.store.upgrade import Survey, survey
from geoapp.store.written import refuse_newer
from layers.errors import StoreError


def upgrade(
    anyway: Annotated[
        bool,
        typer.Option("--anyway", help="Arma aunque falten fuentes que la tabla anterior tenía."),
    ] = False,
) -> None:
    """Lleva a esta versión un almacén de una anterior: arma de nuevo y conserva lo demás.

    Lo cargado, los escenarios y las decisiones siguen donde están. Las tablas de otra versión no se
    tocan. Se hace una vez por edición (GEOAPP_EDITION).

    Ejemplo: geoapp upgrade
    """
    settings = read_settings()
    refuse_newer(settings.builds)
    found = survey(settings.kept, settings.builds, settings.country.catalogue, settings.places)
    for line in _kept(found):
        log(line)
    try:
        read_build(settings.builds, settings.country.catalogue)
    except StoreError as error:
        if found.format is not None and found.lacking and not anyway:
            raise StoreError(
                "the build that is served had {names}, which this machine lacks now; run geoapp "
                "fetch or set GEOAPP_MIRROR, or build without it: geoapp upgrade --anyway",
                names=", ".join(found.lacking),
            ) from error
        built = make_build(settings)
        print(f"{settings.builds}: armada {built.hash}")
    else:
        print(f"{settings.builds}: ya es de esta versión")
    for name, number in found.older:
        log(f"sin tocar: {settings.builds} {name} (formato {number})")


def _kept(found: Survey) -> list[str]:
    counts = (
        f"se conservan {found.scenarios} escenarios, {found.decisions} decisiones y "
        f"{found.loaded} archivos cargados"
    )
    return [counts, *(tell(problem) for problem in found.problems)]
