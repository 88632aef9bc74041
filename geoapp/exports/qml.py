"""The style of the score as QGIS reads it, by the one palette."""

from xml.etree import ElementTree as Xml

from geoapp.style import NO_DATA, SCORE_BREAKS, SURFACE, colours_of
from geoapp.words import say
from layers.terms import AdminLevel

_HIGHEST = 100.0
_MISSING = -1.0


def score_style(level: AdminLevel) -> str:
    """Return a QML document: the score in classes, units without one in grey.

    Parameters
    ----------
    level : AdminLevel
        Level of the units, which has its own limits.

    Returns
    -------
    str
        Classes from high to low: QGIS gives a value on a limit to the first class
        that holds it, and here that is the class above.
    """
    edges = (0.0, *SCORE_BREAKS[level], _HIGHEST)
    colours = colours_of(len(edges) - 1)
    classes = [
        (low, high, f"{low:g} – {high:g}", colour)
        for low, high, colour in zip(edges, edges[1:], colours, strict=False)
    ][::-1]
    classes.append((_MISSING, _MISSING, say("page.missing", "es"), NO_DATA))
    root = Xml.Element("qgis", version="3.34.0", styleCategories="Symbology")
    renderer = Xml.SubElement(
        root,
        "renderer-v2",
        type="graduatedSymbol",
        # A graduated style hides nulls; those without a score must be seen as such.
        attr=f'coalesce("score", {_MISSING:g})',
        graduatedMethod="GraduatedColor",
        symbollevels="0",
        enableorderby="0",
        forceraster="0",
        referencescale="-1",
    )
    ranges = Xml.SubElement(renderer, "ranges")
    symbols = Xml.SubElement(renderer, "symbols")
    for number, (low, high, label, colour) in enumerate(classes):
        Xml.SubElement(
            ranges,
            "range",
            lower=f"{low:.6f}",
            upper=f"{high:.6f}",
            symbol=str(number),
            label=label,
            render="true",
        )
        _add_symbol(symbols, number, colour)
    Xml.SubElement(root, "layerGeometryType").text = "2"
    text = Xml.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}\n"


def _add_symbol(symbols: Xml.Element, number: int, colour: str) -> None:
    symbol = Xml.SubElement(
        symbols, "symbol", name=str(number), type="fill", alpha="1", clip_to_extent="1"
    )
    layer = Xml.SubElement(symbol, "layer", attrib={"class": "SimpleFill", "enabled": "1"})
    options = Xml.SubElement(layer, "Option", type="Map")
    for name, value in (
        ("color", _rgba(colour)),
        ("style", "solid"),
        ("outline_color", _rgba(SURFACE)),
        ("outline_style", "solid"),
        ("outline_width", "0.1"),
        ("outline_width_unit", "MM"),
    ):
        Xml.SubElement(options, "Option", name=name, type="QString", value=value)


def _rgba(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"{red},{green},{blue},255"
