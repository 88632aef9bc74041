"""How QGIS draws the figures of a file: the classes, colours and circles of the page."""

from xml.etree import ElementTree as Xml

from geoapp.exports.frame import ExportFrame
from geoapp.exports.symbols import add_circle, add_fill, add_symbol
from geoapp.maps.classes import Class, layer_classes, score_classes
from geoapp.numbers import round_counts, show_number
from geoapp.style import NO_DATA, SURFACE
from geoapp.words import say
from layers.spec import LayerSpec

_LANGUAGE = "es"
_FAR = 1e12
"""Beyond any figure: the outer classes have no end."""
_MISSING = -2 * _FAR
_LARGEST = 52
"""Pixels across the largest circle, as on the page."""
_NEVER = "FALSE"
SCORE = "score"


def styles_of(frame: ExportFrame) -> dict[str, Xml.Element]:
    """Return how each column that can be drawn is drawn, the score first.

    Parameters
    ----------
    frame : ExportFrame
        What the file says.

    Returns
    -------
    dict of Element
        By column, a ``renderer-v2``.
    """
    found = {SCORE: _areas(SCORE, score_classes(frame.score_breaks, _LANGUAGE))}
    for layer in frame.layers:
        is_count = layer.unit.is_extensive
        found[layer.id] = (
            _circles(layer, frame)
            if is_count
            else _areas(layer.id, layer_classes(layer, _LANGUAGE))
        )
    return found


def qml_of(renderer: Xml.Element) -> str:
    """Return a style as the text of a QML document."""
    root = Xml.Element("qgis", version="3.22.0", styleCategories="Symbology")
    root.append(renderer)
    Xml.SubElement(root, "layerGeometryType").text = "2"
    text = Xml.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}\n"


def _areas(column: str, classes: tuple[Class, ...]) -> Xml.Element:
    """Return classes from high to low: QGIS gives a value on a limit to the first class that
    holds it, and here that is the class above."""
    renderer = Xml.Element(
        "renderer-v2",
        type="graduatedSymbol",
        # A graduated style hides nulls; units without a figure must be seen as such.
        attr=f'coalesce("{column}", {_MISSING:.0f})',
        graduatedMethod="GraduatedColor",
        symbollevels="0",
        enableorderby="0",
        forceraster="0",
        referencescale="-1",
    )
    ranges = Xml.SubElement(renderer, "ranges")
    symbols = Xml.SubElement(renderer, "symbols")
    missing = Class(_MISSING, _MISSING, NO_DATA, say("page.missing", _LANGUAGE))
    for number, one in enumerate((*reversed(classes), missing)):
        Xml.SubElement(
            ranges,
            "range",
            lower=f"{-_FAR if one.low is None else one.low:.6f}",
            upper=f"{_FAR if one.high is None else one.high:.6f}",
            symbol=str(number),
            label=one.label,
            render="true",
        )
        add_fill(add_symbol(symbols, number), one.colour)
    return renderer


def _circles(layer: LayerSpec, frame: ExportFrame) -> Xml.Element:
    """Return circles whose area is the count, and rules that draw nothing but the legend."""
    largest = float(frame.rows[layer.id].fillna(0).max())
    renderer = Xml.Element(
        "renderer-v2", type="RuleRenderer", symbollevels="1", forceraster="0", enableorderby="0"
    )
    rules = Xml.SubElement(renderer, "rules", key=f"{{{layer.id}}}")
    symbols = Xml.SubElement(renderer, "symbols")

    def rule(chosen: str, label: str) -> Xml.Element:
        number = len(rules)
        Xml.SubElement(
            rules,
            "rule",
            key=f"{{{layer.id}-{number}}}",
            symbol=str(number),
            filter=chosen,
            label=label,
        )
        return add_symbol(symbols, number)

    unit = say(f"unit.{layer.unit}", _LANGUAGE)
    counted = rule(f'"{layer.id}" IS NOT NULL', unit)
    add_fill(counted, SURFACE)
    if largest > 0:
        add_circle(counted, f'{_LARGEST} * sqrt("{layer.id}" / {largest!r})')
    for count in round_counts(largest):
        size = _LARGEST * (count / largest) ** 0.5
        add_circle(rule(_NEVER, show_number(count, 0)), f"{size:.1f}")
    missing = f'"{layer.id}" IS NULL'
    if f"{layer.id}_range" in frame.rows:
        told = f'"{layer.id}_range"'
        add_fill(rule(f"{told} IS NOT NULL", say("classes.small", _LANGUAGE)), SURFACE)
        missing += f" AND {told} IS NULL"
    add_fill(rule(missing, say("page.missing", _LANGUAGE)), NO_DATA)
    return renderer
