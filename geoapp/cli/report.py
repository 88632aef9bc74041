"""geoapp report."""

import os
from pathlib import Path

import typer

from geoapp.cli.choose import chosen_scenario
from geoapp.cli.options import AsJson, SavedScenario, Weights
from geoapp.cli.output import log, print_json
from geoapp.cli.stored import open_build
from geoapp.reports import REPORTS
from geoapp.reports.batch import make_sheets
from geoapp.reports.report import Asked, Subject, write_report
from geoapp.settings import read_settings
from geoapp.words import DEFAULT_LANGUAGE, LANGUAGES
from layers.errors import Sentence
from layers.terms import AdminLevel

_BATCH = "sheets"
_KINDS = (*REPORTS, _BATCH)


def _known_language(name: str) -> str:
    if name not in LANGUAGES:
        raise typer.BadParameter(
            Sentence("{name!r} is no language; use {known}", name=name, known=", ".join(LANGUAGES))
        )
    return name


def report(
    kind: str = typer.Argument(None, help=f"{', '.join(_KINDS)}."),
    subject: str = typer.Argument(
        "", help="Con sheet, el código de la unidad; con memo, un escenario o una decisión."
    ),
    output: Path = typer.Option(
        None, "--output", "-o", help="Archivo que se escribe; con sheets, la carpeta."
    ),
    language: str = typer.Option(
        DEFAULT_LANGUAGE, "--lang", callback=_known_language, help=f"{', '.join(LANGUAGES)}."
    ),
    level: AdminLevel = typer.Option(
        AdminLevel.DISTRICT, help="Nivel de las unidades; sheet lo toma del código."
    ),
    scenario: SavedScenario = None,
    weight: Weights = None,
    jobs: int = typer.Option(os.cpu_count() or 1, min=1, help="Con sheets: procesos a la vez."),
    resume: bool = typer.Option(
        False, "--resume", help="Con sheets: deja las que un intento anterior ya escribió."
    ),
    listed: bool = typer.Option(False, "--list", help="Nombra los informes que hay."),
    as_json: AsJson = False,
) -> None:
    """Escribe un informe: ficha, memorando, atlas o libro de cálculo, o las fichas de un nivel.

    Las cifras son las de la pantalla, cada una con su fuente. El mismo pedido da los
    mismos bytes: la fecha es la de la construcción, o la de SOURCE_DATE_EPOCH.

    Ejemplo: geoapp report sheet 240101 -o tumbes.pdf
    """
    if listed:
        _list(as_json)
        return
    _check(kind, subject)
    settings = read_settings()
    built, catalogue = open_build(settings)
    chosen = chosen_scenario(settings, catalogue, scenario, weight)
    asked = Asked(built, settings, language, chosen, level, subject)
    if kind == _BATCH:
        target = output or Path(_BATCH)
        count = _batch(asked, target, jobs, resume)
    else:
        made = REPORTS[kind]
        target = output or Path("-".join(filter(None, (kind, Path(subject).stem))) + made.suffix)
        if target.suffix.lower() != made.suffix:
            raise typer.BadParameter(
                Sentence("{target} does not end in {suffix}", target=target, suffix=made.suffix),
                param_hint="-o",
            )
        write_report(made.make(asked), target)
        count = 1
    if as_json:
        told = {"report": kind, "path": str(target), "files": count, "hash": built.hash}
        print_json({**told, "date": asked.date})
        return
    print(target)


def _check(kind: str | None, subject: str) -> None:
    if kind not in _KINDS:
        raise typer.BadParameter(
            Sentence(
                "{kind} is no report; use {known}",
                kind=kind or Sentence("nothing"),
                known=", ".join(_KINDS),
            )
        )
    needs_one = kind in REPORTS and REPORTS[kind].subject is Subject.UNIT
    if needs_one and not subject:
        raise typer.BadParameter(Sentence("{kind} needs the code of a unit, as 240101", kind=kind))
    takes_one = kind in REPORTS and REPORTS[kind].subject is not Subject.COUNTRY
    if subject and not takes_one:
        raise typer.BadParameter(
            Sentence(
                "{kind} is of the whole country: it takes no {subject!r}",
                kind=kind,
                subject=subject,
            )
        )


def _batch(asked: Asked, folder: Path, jobs: int, resume: bool) -> int:
    done = 0
    for done, total in make_sheets(asked, folder, jobs, resume):
        if done % 100 < 8 or done == total:
            log(f"{done} de {total} fichas")
    return done


def _list(as_json: bool) -> None:
    rows = [
        {"report": name, "suffix": one.suffix, "subject": one.subject.value}
        for name, one in REPORTS.items()
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        print(f"{row['report']:<10} {row['suffix']:<6} {row['subject']}")
