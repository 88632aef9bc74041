"""``geoapp event -o``: the flash brief as a file."""

import os
from datetime import UTC, datetime, time
from pathlib import Path

import typer

from geoapp.day import export_date
from geoapp.event.answer import Rates, page_answer
from geoapp.event.told import first_rates, told_event
from geoapp.reports.flash import Flash, make_flash
from geoapp.reports.flash_slides import make_slides
from geoapp.reports.report import write_report
from geoapp.settings import Settings
from geoapp.words import LANGUAGES
from layers.built import Build
from layers.decide.footprint import Footprint
from layers.errors import Sentence
from layers.spec import Catalogue

_MAKE = {".pdf": make_flash, ".pptx": make_slides}


def check_output(output: Path | None, language: str) -> None:
    """Refuse, before anything is worked out, a file or language that there is not."""
    if output and output.suffix.lower() not in _MAKE:
        raise typer.BadParameter(
            Sentence("{output} does not end in {known}", output=output, known=" / ".join(_MAKE)),
            param_hint="-o",
        )
    if language not in LANGUAGES:
        raise typer.BadParameter(
            Sentence(
                "{language!r} is no language; use one of {known}",
                language=language,
                known=", ".join(LANGUAGES),
            )
        )


def write_brief(
    settings: Settings,
    built: Build,
    catalogue: Catalogue,
    footprint: Footprint,
    rates: Rates,
    way: str,
    language: str,
    output: Path,
) -> Path:
    """Write the flash brief of an event.

    It bears the day of the build, or that of SOURCE_DATE_EPOCH: the same request, the same bytes.

    Parameters
    ----------
    settings : Settings
        Name the country.
    built, catalogue
        The build and its declarations.
    footprint : Footprint
        The event.
    rates : mapping
        Share of people displaced by band, over the assumptions.
    way : str
        How the event was given, as ``told_event`` takes it.
    language : str
        A language of the product.
    output : Path
        Ends in .pdf or .pptx.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    LayersError
        One sentence.
    """
    answer = page_answer(built, catalogue, footprint, displaced=rates, country=settings.country)
    told = told_event(catalogue, settings.country, answer["brief"], way)
    is_dated = bool(os.environ.get("SOURCE_DATE_EPOCH"))
    day = datetime.fromisoformat(export_date()).date() if is_dated else built.on
    flash = Flash(
        built=built,
        country=settings.country,
        told=told,
        ground=answer["footprint"],
        rates=first_rates(told),
        language=language,
        made=datetime.combine(day, time(), UTC),
    )
    write_report(_MAKE[output.suffix.lower()](flash), output)
    return output
