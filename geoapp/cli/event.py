"""``geoapp event``: who and what an event strikes, and which office answers."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from geoapp.cli.event_file import check_output, write_brief
from geoapp.cli.event_recent import print_recent
from geoapp.cli.options import AsJson
from geoapp.cli.output import log, print_json
from geoapp.cli.stored import open_build
from geoapp.event.answer import event_answer, footprint_of_quake, footprint_of_upload
from geoapp.event.brief import event_brief
from geoapp.settings import Settings, read_settings
from geoapp.words import DEFAULT_LANGUAGE, LANGUAGES
from layers.built import Build
from layers.decide.footprint import Footprint, FootprintKind
from layers.errors import EventError, Sentence, SourceUnavailableError, said_by_system
from layers.sources.recent import shakemap_of

KINDS = tuple(kind.value for kind in FootprintKind if kind is not FootprintKind.EPICENTRE)
MAX_BYTES = 300 * 2**20


def event(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="Huella: grid.xml o cont_mmi.json de un ShakeMap, GeoJSON, GeoTIFF o lista de distritos."
        ),
    ] = None,
    districts: Annotated[
        Path | None, typer.Option(help="Lista de distritos (CSV, XLSX o texto), como un decreto.")
    ] = None,
    usgs: Annotated[str, typer.Option(help="Sismo del USGS: descarga su ShakeMap.")] = "",
    epicentre: Annotated[
        str, typer.Option(help="LON,LAT de un sismo que aún no tiene mapa; cálculo aproximado.")
    ] = "",
    depth: Annotated[float, typer.Option(help="Profundidad del sismo, km.")] = -1.0,
    magnitude: Annotated[float, typer.Option(help="Magnitud del sismo.")] = -1.0,
    kind: Annotated[str, typer.Option(help=f"Qué es el archivo: {', '.join(KINDS)}.")] = "",
    buffer_km: Annotated[
        float, typer.Option(help="Distancia alrededor de líneas o polígonos que también cuenta.")
    ] = 0.0,
    thresholds: Annotated[
        str, typer.Option(help="Umbrales crecientes de un ráster, por ejemplo 0.5,1,2.")
    ] = "",
    scheme: Annotated[
        str, typer.Option(help="inei o reniec: de los códigos de una lista sin nombres.")
    ] = "",
    displaced: Annotated[
        list[str] | None,
        typer.Option(
            help="Supuesto de desplazados en %, BAJO-ALTO o BANDA:BAJO-ALTO (7:1-5); se repite."
        ),
    ] = None,
    recent: Annotated[
        bool, typer.Option("--recent", help="Lista los eventos recientes del USGS y de GDACS.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Informe rápido que se escribe: .pdf o .pptx."),
    ] = None,
    language: Annotated[
        str,
        typer.Option("--lang", help=f"Del informe rápido: {', '.join(LANGUAGES)}."),
    ] = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """Dice a quiénes alcanza un evento, qué servicios hay dentro y qué oficina responde.

    Con -o escribe el informe rápido: un PDF de dos páginas o un PPTX de cuatro diapositivas.

    Ejemplo: geoapp event grid.xml --displaced 7:1-5 -o informe.pdf
    """
    settings = read_settings()
    if recent:
        print_recent(settings, as_json)
        return
    _check_options([name for name in (file, districts, usgs, epicentre) if name], kind, scheme)
    check_output(output, language)
    rates = dict(rate_of(text) for text in displaced or ())
    built, catalogue = open_build(settings)
    if epicentre:
        footprint = _quake(built, epicentre, depth, magnitude)
    elif usgs:
        footprint = _shakemap(built, usgs, settings)
    else:
        limits = _numbers(thresholds, "--thresholds")
        given = "districts" if districts else kind
        path = districts or file or Path()
        footprint = _of_file(built, path, given, buffer_km, limits, scheme)
    if output:
        way = "quake" if epicentre else "file"
        print(write_brief(settings, built, catalogue, footprint, rates, way, language, output))
        return
    answer = event_answer(built, catalogue, footprint, displaced=rates)
    if as_json:
        print_json(answer)
    else:
        print(event_brief(answer))


def _of_file(
    built: Build,
    path: Path,
    kind: str,
    buffer_km: float,
    thresholds: tuple[float, ...],
    scheme: str,
) -> Footprint:
    return footprint_of_upload(
        built,
        _bytes_of(path),
        path.name,
        kind=kind,
        buffer_km=buffer_km,
        thresholds=thresholds,
        scheme=scheme,
    )


def _check_options(given: list[Path | str], kind: str, scheme: str) -> None:
    if len(given) != 1:
        raise typer.BadParameter(
            Sentence("give one of FILE, --districts, --usgs, --epicentre or --recent")
        )
    if kind and kind not in KINDS:
        raise typer.BadParameter(
            Sentence("{kind!r} is not one of {known}", kind=kind, known=", ".join(KINDS)),
            param_hint="--kind",
        )
    if scheme not in ("", "inei", "reniec"):
        raise typer.BadParameter(
            Sentence("{scheme!r} is not inei or reniec", scheme=scheme), param_hint="--scheme"
        )


def rate_of(text: str) -> tuple[str, tuple[float, float]]:
    """Return band and shares of a text like ``7:1-5`` (percent), or say what is wrong with it."""
    band, _, span = text.rpartition(":")
    try:
        low, high = (float(part) / 100 for part in span.removesuffix("%").split("-"))
    except ValueError:
        raise EventError(
            "--displaced {text!r} is not LOW-HIGH in %, as in 1-5 or 7:1-5", text=text
        ) from None
    return band, (low, high)


def _quake(built: Build, text: str, depth: float, magnitude: float) -> Footprint:
    place = _numbers(text, "--epicentre")
    if len(place) != 2 or depth < 0 or magnitude < 0:
        raise EventError("an earthquake needs --epicentre LON,LAT, --depth KM and --magnitude M")
    return footprint_of_quake(built, place[0], place[1], depth, magnitude)


def _shakemap(built: Build, event_id: str, settings: Settings) -> Footprint:
    kept = shakemap_of(event_id, settings.store / "feeds", datetime.now(UTC))
    if kept.problem:
        log(
            Sentence(
                "geoapp: {problem}; using the copy of {when} UTC",
                problem=kept.problem,
                when=f"{kept.asked:%Y-%m-%d %H:%M}",
            )
        )
    return footprint_of_upload(built, kept.body, f"{event_id}.xml", kind="shakemap")


def _numbers(text: str, option: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(",")) if text else ()
    except ValueError:
        raise EventError(
            "{option} {text!r} is not numbers with commas between them", option=option, text=text
        ) from None


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise EventError(
                "{path} is larger than {most} MB; cut it to the event",
                path=path,
                most=MAX_BYTES // 2**20,
            )
        return path.read_bytes()
    except OSError as error:
        raise SourceUnavailableError(
            "{path} cannot be opened ({error}); correct its name",
            path=path,
            error=said_by_system(error),
        ) from error
