"""geoapp fetch: the only command that uses the network."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from tqdm import tqdm

from geoapp.cli.options import AsJson
from geoapp.cli.output import log
from geoapp.cli.service_lines import list_lines, plain_result, result_line
from geoapp.cli.source_lines import lost, remedy, roles
from geoapp.cli.sources import read_settings_or_exit
from layers.countries import Country
from layers.errors import Sentence, UnknownIdError
from layers.sources.download import Progress
from layers.sources.fetch import FetchResult, FetchRules, Outcome, Reason, fetch_all
from layers.sources.services import Wanted, fetch_services
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
    Reason.SCHEMA: "las columnas no son las conocidas",
    Reason.REFUSED: "el servicio no responde a lo pedido",
    Reason.NOTHING: "el servicio no tiene nada de lo pedido",
}
_PLACES = {"store": "el almacén", "mirror": "el espejo", "starter": "los datos incluidos"}


def fetch(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            help="Fuentes o servicios; sin ninguno, todas las fuentes declaradas. Tras un servicio"
            " que lo pide, el conjunto o la capa: datosabiertos CONJUNTO."
        ),
    ] = None,
    as_json: AsJson = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Dice qué se descargaría, sin usar la red.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="Lista los servicios y lo que hay de ellos.")
    ] = False,
    accept_schema: Annotated[
        bool,
        typer.Option(
            "--accept-schema",
            help="Acepta las columnas nuevas de un servicio, después de haberlas mirado.",
        ),
    ] = False,
    patience: Annotated[
        float,
        typer.Option(
            min=0.1, help="Segundos de espera de la primera respuesta; súbalo con enlaces lentos."
        ),
    ] = FetchRules.patience,
) -> None:
    """Descarga las fuentes que faltan en este equipo y las verifica, o pregunta a un servicio.

    Lo que da un servicio queda en el almacén con su fecha, licencia y huella; se usa con
    geoapp load --fetched. Si falla, queda lo que había.

    Sale con 0 si todo está, con 1 si algo no se pudo conseguir, con 2 si el pedido está mal.

    Ejemplo: geoapp fetch --dry-run
    """
    settings = read_settings_or_exit()
    country = settings.country
    if listed:
        typer.echo("\n".join(list_lines(country.services, settings.places)))
        return
    words = ids or list(country.catalogue.sources)
    specs, wanted = _parted(words, country)
    rules = _rules(patience)
    with _shown(sys.stderr.isatty()) as progress:
        results = fetch_all(specs, settings.places, rules=rules, progress=progress, dry_run=dry_run)
    answers = fetch_services(
        wanted,
        settings.places,
        country.id.upper(),
        datetime.now(UTC),
        identifier=settings.hapi_identifier,
        rules=rules,
        accepts_schema=accept_schema,
        dry_run=dry_run,
    )
    _log(results)
    for note in (note for one in answers for note in one.notes):
        log(note)
    if as_json:
        rows = [plain_result(one, settings.places) for one in answers]
        typer.echo(json.dumps([*_plain(results, country), *rows], ensure_ascii=False, indent=2))
    else:
        lines = [_sentence(one, country) for one in results]
        typer.echo("\n".join([*lines, *map(result_line, answers)]))
    outcomes = [*(one.outcome for one in results), *(one.outcome for one in answers)]
    raise typer.Exit(1 if Outcome.FAILED in outcomes else 0)


def _rules(patience: float) -> FetchRules:
    """Return the rules of a fetch; tests put others in their place."""
    return FetchRules(patience=patience)


def _parted(words: list[str], country: Country) -> tuple[list[SourceSpec], list[Wanted]]:
    """Return the sources and the services among some words, a service with what it takes."""
    services = {spec.id: spec for spec in country.services}
    left, sources, wanted = list(words), [], []
    while left:
        word = left.pop(0)
        spec = services.get(word)
        if spec is None:
            sources.append(word)
        elif spec.takes and not left:
            raise typer.BadParameter(
                Sentence(
                    "{id} takes the name of a {takes} behind it",
                    id=word,
                    takes=spec.takes,
                )
            )
        else:
            wanted.append(Wanted(spec=spec, argument=left.pop(0) if spec.takes else ""))
    return _named(sources, country), wanted


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


def _plain(results: tuple[FetchResult, ...], country: Country) -> list[dict[str, Any]]:
    catalogue = country.catalogue
    return [
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
