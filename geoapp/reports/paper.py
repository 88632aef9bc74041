"""Set a page: a template, its data and the fonts of the house become a tagged PDF."""

import json
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import typst

from layers.errors import ExportError

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA: tagged, with a title, a language and a text for every picture."""

_DOTS = 220.0


@lru_cache(maxsize=8)
def _compiler(template: str) -> typst.Compiler:
    house = Path(str(resources.files("geoapp")))
    # The fonts inside typst stand in for what Inter lacks; those of the machine never do.
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[house / "vendor" / "inter"],
    )
    pages = house / "reports" / "pages"
    return typst.Compiler(pages / f"{template}.typ", root=pages, font_paths=fonts)


def set_pages(template: str, data: dict[str, Any], day: date) -> bytes:
    """Set the pages of a report.

    Parameters
    ----------
    template : str
        Name of a file of ``pages``.
    data : dict
        What the template prints: texts, numbers as texts, and SVG.
    day : date
        When the PDF says that it was made.

    Returns
    -------
    bytes
        PDF; the same for the same arguments.

    Raises
    ------
    ExportError
        Where a text cannot be set, for instance in a script that no font here has.
    """
    return _compiled(
        template,
        data,
        format="pdf",
        pdf_standards=STANDARD,
        timestamp=datetime.combine(day, time(), UTC),
    )


def set_picture(template: str, data: dict[str, Any]) -> bytes:
    """Set a page as a picture, for files that take no SVG.

    Parameters
    ----------
    template : str
        Name of a file of ``pages``.
    data : dict
        What the template prints.

    Returns
    -------
    bytes
        PNG of 220 dots an inch; the same for the same arguments.

    Raises
    ------
    ExportError
        Where a text cannot be set.
    """
    return _compiled(template, data, format="png", ppi=_DOTS)


def _compiled(template: str, data: dict[str, Any], **options: Any) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        made = _compiler(template).compile(sys_inputs=inputs, **options)
    except typst.TypstError as error:
        raise ExportError(
            "the {template} cannot be set ({error}); change the text that it names in the "
            "scenario or the loaded file",
            template=template,
            error=error.message,
        ) from error
    # One file is bytes; only pictures of many pages are a list.
    return made if isinstance(made, bytes) else b""
