"""Slides with editable text and real tables, and a deck whose bytes depend on nothing else."""

import io
import zipfile
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from geoapp.style import BRAND, INK, INK_SOFT, LINE, SURFACE

WIDTH, HEIGHT = 13.333, 7.5
"""Inches: a screen of 16:9."""
FONT = "Arial"
"""On every machine that shows slides; Inter is not."""
_TITLE_ONLY = 5
_TITLE = (0.5, 0.3, 12.33, 0.75)
_FOOT = (0.5, 7.05, 12.33, 0.3)
_DOS_EPOCH = (1980, 1, 1, 0, 0, 0)
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""A table of PowerPoint without fills and lines of its own."""
Place = tuple[float, float, float, float]
"""Left, top, width and height in inches."""


def new_deck(title: str, language: str, made: datetime) -> Any:
    """Return an empty deck of 16:9 with its title and date.

    Parameters
    ----------
    title : str
        Of the file.
    language : str
        A language of the product.
    made : datetime
        When it was made; nothing else of the moment is kept.

    Returns
    -------
    Presentation
        Of python-pptx.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    moment = made.replace(tzinfo=None, microsecond=0)
    about = deck.core_properties
    about.title, about.author, about.last_modified_by = title, "geoapp", "geoapp"
    about.language, about.revision = language, 1
    about.created = about.modified = about.last_printed = moment
    layout = deck.slide_layouts[_TITLE_ONLY]
    _put(layout.placeholders[0], _TITLE)
    for shape in list(layout.placeholders)[1:]:
        shape.element.getparent().remove(shape.element)
    return deck


def add_slide(deck: Any, title: str, foot: str, language: str) -> Any:
    """Add a slide with its title and the line at its foot."""
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    frame = slide.shapes.title.text_frame
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.word_wrap = True
    _write(frame.paragraphs[0], title, language, size=26, bold=True, colour=BRAND)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    add_text(slide, _FOOT, [foot], language, size=10, colour=INK_SOFT)
    return slide


def add_text(
    slide: Any,
    place: Place,
    lines: list[str],
    language: str,
    *,
    size: float = 14,
    bold: bool = False,
    colour: str = INK,
    bullet: bool = False,
) -> None:
    """Add a box of text, one paragraph a line.

    Parameters
    ----------
    slide : Slide
        Of python-pptx.
    place : tuple of float
        Left, top, width and height, inches.
    lines : list of str
        Its paragraphs.
    language : str
        For those who have it read aloud, and for the spelling.
    size : float
        Points.
    bold : bool
        Of all of it.
    colour : str
        As ``#RRGGBB``.
    bullet : bool
        Put a dash before each line.
    """
    frame = slide.shapes.add_textbox(*(Inches(part) for part in place)).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * 0.3)
        shown = f"– {line}" if bullet else line
        _write(paragraph, shown, language, size=size, bold=bold, colour=colour)


def add_table(
    slide: Any,
    place: Place,
    heads: list[str],
    rows: list[list[str]],
    widths: tuple[float, ...],
    language: str,
    size: float = 12,
) -> None:
    """Add a table: texts to the left in the first column, figures to the right in the others.

    Parameters
    ----------
    slide : Slide
        Of python-pptx.
    place : tuple of float
        Left, top, width and height, inches.
    heads : list of str
        Of the columns.
    rows : list of list of str
        The cells.
    widths : tuple of float
        Parts of the width that the columns take; their sum is 1.
    language : str
        Of the texts.
    size : float
        Points.
    """
    left, top, width, height = (Inches(part) for part in place)
    shape = slide.shapes.add_table(len(rows) + 1, len(heads), left, top, width, height)
    shape._element.graphic.graphicData.tbl.tblPr.find(_tag("tableStyleId")).text = _NO_STYLE
    table = shape.table
    table.first_row, table.horz_banding = True, False
    for column, part in zip(table.columns, widths, strict=True):
        column.width = int(width * part)
    for number, row in enumerate([heads, *rows]):
        table.rows[number].height = int(height / (len(rows) + 1))
        for place_of, text in enumerate(row):
            cell = table.cell(number, place_of)
            cell.margin_top = cell.margin_bottom = Inches(0.02)
            cell.margin_left = cell.margin_right = Inches(0.06)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = _rgb(LINE if number == 0 else SURFACE)
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.LEFT if place_of == 0 else PP_ALIGN.RIGHT
            _write(paragraph, text, language, size=size, bold=number == 0 or place_of == 0)


def add_picture(slide: Any, place: Place, content: bytes, alt: str) -> None:
    """Add a picture, as large as the place allows, with the text that stands for it."""
    left, top, width, height = (Inches(part) for part in place)
    picture = slide.shapes.add_picture(io.BytesIO(content), left, top)
    fit = min(width / picture.width, height / picture.height)
    picture.width, picture.height = int(picture.width * fit), int(picture.height * fit)
    picture._element.nvPicPr.cNvPr.set("descr", alt)


def deck_bytes(deck: Any) -> bytes:
    """Return the file, the same for the same slides: its parts bear no moment."""
    made = io.BytesIO()
    deck.save(made)
    target = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            part = zipfile.ZipInfo(item.filename, _DOS_EPOCH)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(part, old.read(item))
    return target.getvalue()


def _put(shape: Any, place: Place) -> None:
    shape.left, shape.top, shape.width, shape.height = (Inches(part) for part in place)


def _write(
    paragraph: Any,
    text: str,
    language: str,
    *,
    size: float,
    bold: bool = False,
    colour: str = INK,
) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = _rgb(colour)
    run._r.get_or_add_rPr().set("lang", language)


def _rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))  # type: ignore[no-untyped-call]


def _tag(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}"
