"""geoapp fetch: the only command that uses the network."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from tqdm import tqdm

from geoapp.cli.output import log
from geoapp.cli.source_lines import lost, remedy, roles
from geoapp.cli.sources import read_settings_or_exit
from layers.countries import Country
from layers.errors import Sentence, UnknownIdError
from layers.sources.download import Progress
from layers.sources.fetch import FetchResult, FetchRules, Outcome, Reason, fetch_all
from layers.spec import SourceSpec

REASONS: dict[Reason, str] = {
    Reason.NO_ADDRESS: "no tiene dirección de descarga",
    Reason.DAMAGED: "la copia de este equipo está dañada",
    Reason.DNS: "el nombre del servidor no se resuelve (¿hay conexión a internet?)",
    Reason.UNREACHABLE: "no se llega al servidor",
    Reason.TIMEOUT: "el servidor no respondió a tiempo",
    Reason.CERTIFICATE: "el certificado del servidor no es de confianza (¿un proxy? REQUESTS_CA_BUNDLE)",
    Reason.REFUSED_ADDRESS: "la dirección, o una a la que redirige, no se consulta por seguridad",
    Reason.HTTP_STATUS: "el servidor respondió con un error",
    Reason.TOO_LONG: "el servidor envía más de lo declarado: no es el mismo archivo",
    Reason.CUT_SHORT: "la descarga se cortó",
    Reason.WEB_PAGE: "el servidor envió una página web (¿inicio de sesión?) en vez del archivo",
    Reason.OTHER_FILE: "el archivo no es el declarado (tamaño o huella distintos)",
    Reason.BUSY: "otro geoapp fetch está en marcha",
    Reason.DISK: "no se puede escribir en el almacén (GEOAPP_STORE), lleno o de solo lectura",
}
_PLACES = {"store": "el almacén", "mirror": "el espejo", "starter": "los datos incluidos"}


def fetch(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Fuentes; sin ninguna, todas las declaradas.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Salida en JSON.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Dice qué se descargaría, sin usar la red.")
    ] = False,
    patience: Annotated[
        float,
        typer.Option(
            min=0.1, help="Segundos de espera de la primera respuesta; súbalo con enlaces lentos."
        ),
    ] = FetchRules.patience,
) -> None:
    """Descarga las fuentes que faltan en este equipo y las verifica.

    Sale con 0 si todo está, con 1 si algo no se pudo conseguir, con 2 si el pedido está mal.

    Ejemplo: geoapp fetch --dry-run
    """
    settings = read_settings_or_exit()
    country = settings.country
    specs = _named(ids or list(country.catalogue.sources), country)
    with _shown(sys.stderr.isatty()) as progress:
        results = fetch_all(
            specs,
            settings.places,
            rules=FetchRules(patience=patience),
            progress=progress,
            dry_run=dry_run,
        )
    _log(results)
    typer.echo(_as_json(results, country) if as_json else _as_text(results, country))
    is_well = all(result.outcome is not Outcome.FAILED for result in results)
    raise typer.Exit(0 if is_well else 1)


def _named(ids: list[str], country: Country) -> list[SourceSpec]:
    try:
        return [country.catalogue.source(source_id) for source_id in dict.fromkeys(ids)]
    except UnknownIdError as error:
        raise typer.BadParameter(error.sentence) from error


@contextmanager
def _shown(is_terminal: bool) -> Iterator[Progress | None]:
    """Show one bar a file on a terminal, nothing elsewhere."""
    if not is_terminal:
        yield None
        return
    bars: dict[str, Any] = {}

    def show(spec: SourceSpec, received: int) -> None:
        if spec.id not in bars:
            bars[spec.id] = tqdm(
                desc=spec.id, total=spec.bytes, unit="B", unit_scale=True, file=sys.stderr
            )
        bar = bars[spec.id]
        bar.n = received
        bar.refresh()

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.close()


def _log(results: tuple[FetchResult, ...]) -> None:
    for result in results:
        if result.problem:
            log(result.problem)
        elif result.outcome is Outcome.FETCHED:
            log(Sentence("{id}: fetched to {path}", id=result.id, path=result.path))


def _as_json(results: tuple[FetchResult, ...], country: Country) -> str:
    catalogue = country.catalogue
    rows = [
        {
            "id": result.id,
            "outcome": result.outcome.value,
            "place": result.place,
            "path": str(result.path) if result.path else None,
            "tries": result.tries,
            "reason": result.reason.value if result.reason else None,
            "problem": result.problem,
            "landing": catalogue.source(result.id).landing,
            "url": catalogue.source(result.id).url,
            "roles": roles(result.id, country),
            "layers": catalogue.layers_on(result.id),
        }
        for result in results
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _as_text(results: tuple[FetchResult, ...], country: Country) -> str:
    return "\n".join(_sentence(result, country) for result in results)


def _sentence(result: FetchResult, country: Country) -> str:
    spec = country.catalogue.source(result.id)
    if result.outcome is Outcome.PRESENT:
        return f"{spec.id}: ya está en {_PLACES[result.place or 'store']}."
    if result.outcome is Outcome.FETCHED:
        return f"{spec.id}: descargado y verificado ({spec.bytes:,} bytes)."
    if result.outcome is Outcome.PLANNED:
        return f"{spec.id}: se descargaría de {spec.url} ({spec.bytes:,} bytes)."
    why = REASONS[result.reason or Reason.UNREACHABLE]
    layers = lost(spec.id, country)
    if spec.url:
        return f"{spec.id}: {why}. El original está en {spec.landing}. {layers}"
    return f"{spec.id}: {why}; {remedy(spec, None)}. {layers}"
