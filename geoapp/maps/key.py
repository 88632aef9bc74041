"""The legend of a map in one file."""

import html

from geoapp.exports.frame import ExportFrame
from geoapp.maps.classes import Class, layer_classes, score_classes
from geoapp.numbers import round_counts, show_number
from geoapp.style import CIRCLE, INK, LINE, NO_DATA, SURFACE
from geoapp.words import say, words
from layers.spec import LayerSpec

_LARGEST = 52
_BOX = (
    f"position:absolute;z-index:1000;right:10px;top:10px;background:{SURFACE};color:{INK};"
    f"border:1px solid {LINE};border-radius:6px;padding:8px 10px;font:13px system-ui,sans-serif;"
    "max-width:16em"
)


def key_of(frame: ExportFrame, column: str, spec: LayerSpec | None, language: str) -> str:
    """Return the legend of a column: its title, its classes or circles, and what is missing.

    Parameters
    ----------
    frame : ExportFrame
        What the map shows.
    column : str
        ``score`` or a layer.
    spec : LayerSpec or None
        The layer; None for the score.
    language : str
        Of its words.

    Returns
    -------
    str
        HTML.
    """
    if spec is None:
        title = say("export.column.score", language)
        body = _swatches(score_classes(frame.score_breaks, language))
    else:
        known = words(language)
        unit = known[f"unit.{spec.unit}"]
        title = f"{known.get(f'layer.{column}.title', column)} · {unit}"
        if spec.unit.is_extensive:
            body = _circles(float(frame.rows[column].fillna(0).max()))
        else:
            body = _swatches(layer_classes(spec, language))
    missing = _swatch(NO_DATA, say("page.missing", language))
    return f'<div class="key" style="{_BOX}"><b>{html.escape(title)}</b>{body}{missing}</div>'


def _swatches(classes: tuple[Class, ...]) -> str:
    return "".join(_swatch(one.colour, one.label) for one in reversed(classes))


def _swatch(colour: str, label: str) -> str:
    return (
        f'<div><span style="display:inline-block;width:14px;height:14px;margin-right:6px;'
        f'vertical-align:-2px;border:1px solid {LINE};background:{colour}"></span>'
        f"{html.escape(label)}</div>"
    )


def _circles(largest: float) -> str:
    rows = []
    for count in round_counts(largest):
        across = round(_LARGEST * (count / largest) ** 0.5)
        rows.append(
            f'<div><span style="display:inline-block;width:{across}px;height:{across}px;'
            f"margin-right:6px;vertical-align:middle;border-radius:50%;opacity:.6;"
            f'background:{CIRCLE}"></span>{show_number(count, 0)}</div>'
        )
    return "".join(rows)
