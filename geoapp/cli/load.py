"""geoapp load."""

import re
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from geoapp.answers.build import loaded_answer
from geoapp.cli.load_request import KINDS, Request, described, fetched_before
from geoapp.cli.loaded_lines import balance_lines, unplaced_lines
from geoapp.cli.options import AsJson
from geoapp.cli.output import log, print_json
from geoapp.cli.stored import make_build, open_units
from geoapp.cli.unplaced_file import write_unplaced
from geoapp.planners.audit import Act, record, user_of_system
from geoapp.planners.loading import Loading, Origin, loaded_facts, with_answers
from geoapp.settings import Settings, read_settings
from geoapp.store.loaded import LoadedFolder
from geoapp.store.plain import plain_file
from geoapp.words import say
from layers.built import Build
from layers.errors import LayersError, Sentence, SourceDamagedError
from layers.loaded_catalogue import awaited_of
from layers.loaded_files import Checked
from layers.spec import LoadedFile
from layers.terms import AdminLevel, CodeScheme, FileKind, Licence, MonthRule

_VINTAGE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _known_vintage(text: str) -> str:
    if text and not _VINTAGE.fullmatch(text):
        raise typer.BadParameter(
            Sentence("{text!r} is not a date; write 2026-03-31, 2026-03 or 2026", text=text)
        )
    return text


def load(
    kind: Annotated[str, typer.Argument(help=f"Qué es: {KINDS}.")] = "",
    file: Annotated[Path | None, typer.Argument(help="El archivo.")] = None,
    publisher: Annotated[str, typer.Option(help="Quién responde por las cifras.")] = "",
    vintage: Annotated[
        str, typer.Option(callback=_known_vintage, help="De cuándo son: 2026-03-31, 2026-03, 2026.")
    ] = "",
    landing: Annotated[str, typer.Option(help="Página del original, si la hay.")] = "",
    licence: Annotated[
        Licence | None, typer.Option(help="Con qué licencia; sin decirlo, solo los hechos.")
    ] = None,
    redistributable: Annotated[
        bool,
        typer.Option("--redistributable", help="Sus cifras pueden salir en lo que se exporta."),
    ] = False,
    whole: Annotated[
        bool,
        typer.Option(
            "--whole", help="El mapa cubre todo el país: un distrito sin nada tiene cero."
        ),
    ] = False,
    scheme: Annotated[
        CodeScheme | None, typer.Option(help="inei o reniec, cuando la tabla no lo dice.")
    ] = None,
    months: Annotated[
        MonthRule | None,
        typer.Option(help="De un 5W: sum suma los nuevos de cada mes; largest toma el mes mayor."),
    ] = None,
    origin: Annotated[
        Origin | None,
        typer.Option(
            "--from",
            help="De qué es: hxl pide etiquetas; kobo cuenta respuestas de KoBo u ODK por distrito."
            " Sin decirlo se reconoce.",
        ),
    ] = None,
    fetched: Annotated[
        str,
        typer.Option(help="Carga lo que dio un servicio de geoapp fetch, con su fecha y licencia."),
    ] = "",
    report: Annotated[
        Path | None, typer.Option(help="Escribe en este CSV cada fila sin lugar, con su razón.")
    ] = None,
    no_build: Annotated[
        bool, typer.Option("--no-build", help="Solo guarda; la tabla se arma con geoapp build.")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="Lista lo cargado.")] = False,
    remove: Annotated[str, typer.Option(help="Quita lo cargado de este tipo.")] = "",
    as_json: AsJson = False,
) -> None:
    """Carga un archivo de los que faltan, lo revisa fila por fila y rehace la tabla con él.

    Si el archivo no sirve, o la tabla no puede armarse con él, lo que había queda igual.
    geoapp missing dice qué se espera, con qué plantilla y qué cambiaría. Lo que trajo geoapp fetch
    se carga con --fetched y su nombre.

    Ejemplo: geoapp load need pin.csv --publisher GTRM --vintage 2026-03-31
    """
    settings = read_settings()
    folder = LoadedFolder(settings.kept / "loaded")
    if listed:
        _list(folder, as_json)
    elif remove:
        _tell(_unload(settings, folder, remove, no_build), as_json)
    else:
        given: dict[str, Any] = {"kind": kind, "publisher": publisher, "vintage": vintage}
        given |= {"landing": landing, "licence": licence, "scheme": scheme}
        asked = fetched_before(settings, fetched, given) if fetched else described(file, given)
        more = {"redistributable": redistributable, "covers_country": whole, "months": months}
        asked = replace(asked, words=asked.words | more)
        with folder.only_one():
            answer = _load(settings, folder, asked, no_build, report, origin)
        _tell(answer, as_json)


def _unload(settings: Settings, folder: LoadedFolder, kind: str, no_build: bool) -> dict[str, Any]:
    """Take away what is loaded of a kind; return what the command tells."""
    with folder.only_one():
        built = _swap(settings, folder, folder.remove(kind), None, no_build)
        record(settings.store, user_of_system(), Act.UNLOAD, kind=kind)
        folder.tidy()
    return {"removed": kind, "balances": loaded_answer(built) if built else []}


def _load(
    settings: Settings,
    folder: LoadedFolder,
    asked: Request,
    no_build: bool,
    report: Path | None,
    origin: Origin | None,
) -> dict[str, Any]:
    """Check, keep and build; return what the command tells."""
    kind = awaited_of(asked.words["kind"])
    # Boundaries are what a machine without districts can do with.
    level = None if kind.kind is FileKind.BOUNDARIES else AdminLevel.DISTRICT
    names, units = open_units(settings, level)
    loading = Loading(folder, settings.places, units, names, settings.country)
    with TemporaryDirectory() as room:
        # Answers to a form are counted first, so that what is kept has nobody's name in it.
        answers = loading.count(asked.path, kind, origin, asked.words["scheme"])
        path, name, words = asked.path, asked.name, asked.words
        if answers is not None:
            counted = with_answers(Checked(rows=0, units=answers.counted), answers)
            if not answers.counted:
                _write_report(counted, report)
            _refuse_placeless(asked.path, counted)
            path, name = Path(room) / "answers.csv", f"{Path(asked.name).stem}.csv"
            path.write_bytes(answers.body)
            # Whatever codes the answers had, they were counted by those of INEI.
            words = words | {"scheme": CodeScheme.INEI}
        file = loading.describe(path, name, words)
        before = {one.kind: one for one in folder.files()}.get(file.kind)
        try:
            checked = with_answers(loading.check(file, path), answers)
            _write_report(checked, report)
            _refuse_placeless(asked.path, checked)
            built = _swap(settings, folder, before, file, no_build)
            record(settings.store, user_of_system(), Act.LOAD, **loaded_facts(file))
        finally:
            # A file that was refused leaves nothing behind.
            folder.tidy()
    return {
        "kind": file.kind,
        "sha256": file.sha256,
        "rows": checked.rows,
        "units": checked.units,
        "unplaced": [asdict(row) for row in checked.unplaced],
        "notes": list(checked.notes),
        "feeds": list(checked.feeds),
        "balances": loaded_answer(built) if built else [],
    }


def _write_report(checked: Checked, report: Path | None) -> None:
    if report is not None:
        write_unplaced([asdict(row) for row in checked.unplaced], report)
        log(f"{report}: {len(checked.unplaced)} filas sin lugar")


def _refuse_placeless(path: Path, checked: Checked) -> None:
    if checked.unplaced and not checked.units:
        first = "\n".join(unplaced_lines([asdict(row) for row in checked.unplaced]))
        raise SourceDamagedError(
            "{path}: of {rows} rows none has its place; --report FILE.csv lists them all\n{first}",
            path=path,
            rows=checked.rows,
            first=first,
        )


def _swap(
    settings: Settings,
    folder: LoadedFolder,
    before: LoadedFile | None,
    after: LoadedFile | None,
    no_build: bool,
) -> Build | None:
    """Put a record in the place of another and build; where that fails, put it back."""
    if after is not None:
        folder.keep(after, before)
    if no_build:
        return None
    try:
        return make_build(settings)
    except LayersError:
        if before is not None:
            folder.keep(before, after)
        elif after is not None:
            folder.remove(after.kind)
        raise


def _list(folder: LoadedFolder, as_json: bool) -> None:
    files = folder.files()
    if as_json:
        print_json({"loaded": [plain_file(one) for one in files]})
        return
    for one in files:
        terms = "redistribuible" if one.redistributable else "no redistribuible"
        title = say(f"awaited.{one.kind}.title", "es")
        print(f"{one.kind}: {title}; {one.name} ({one.publisher}, {one.vintage}; {terms})")
    if not files:
        print("Nada cargado; geoapp missing dice qué se espera.")


def _tell(answer: dict[str, Any], as_json: bool) -> None:
    for note in answer.get("notes", []):
        log(note)
    if as_json:
        print_json(answer)
        return
    if "removed" in answer:
        print(f"{answer['removed']}: quitado")
    else:
        feeds = ", ".join(answer["feeds"]) or say(f"awaited.{answer['kind']}.title", "es")
        print(
            f"{answer['kind']}: {answer['rows']} filas, {answer['units']} unidades con cifra, "
            f"{len(answer['unplaced'])} sin lugar; alimenta {feeds}"
        )
    for line in (*unplaced_lines(answer.get("unplaced", [])), *balance_lines(answer["balances"])):
        print(line)
