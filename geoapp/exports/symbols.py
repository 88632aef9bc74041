"""Fills and circles as QGIS writes them."""

from xml.etree import ElementTree as Xml

from geoapp.style import CIRCLE, LINE

_OPAQUE = 255
_SEEN_THROUGH = 140


def add_symbol(symbols: Xml.Element, number: int) -> Xml.Element:
    """Add an empty symbol of areas, called by a number."""
    return Xml.SubElement(
        symbols, "symbol", name=str(number), type="fill", alpha="1", clip_to_extent="1"
    )


def add_fill(symbol: Xml.Element, colour: str) -> None:
    """Fill the areas of a symbol."""
    layer = Xml.SubElement(
        symbol, "layer", attrib={"class": "SimpleFill", "enabled": "1", "pass": "0"}
    )
    _options(
        layer,
        color=_rgba(colour, _OPAQUE),
        style="solid",
        outline_color=_rgba(LINE, _OPAQUE),
        outline_style="solid",
        outline_width="0.1",
        outline_width_unit="MM",
    )


def add_circle(symbol: Xml.Element, pixels: str) -> None:
    """Draw a circle inside the areas of a symbol, above every fill.

    Parameters
    ----------
    symbol : Element
        Of areas.
    pixels : str
        Across the circle: a number, or an expression on the columns.
    """
    layer = Xml.SubElement(
        symbol, "layer", attrib={"class": "CentroidFill", "enabled": "1", "pass": "1"}
    )
    _options(layer, point_on_surface="1", point_on_all_parts="0", clip_points="0")
    marker = Xml.SubElement(layer, "symbol", name="@0@0", type="marker", alpha="1")
    drawn = Xml.SubElement(
        marker, "layer", attrib={"class": "SimpleMarker", "enabled": "1", "pass": "0"}
    )
    is_fixed = pixels.replace(".", "").isdigit()
    _options(
        drawn,
        name="circle",
        color=_rgba(CIRCLE, _SEEN_THROUGH),
        outline_color=_rgba(CIRCLE, _OPAQUE),
        outline_style="solid",
        outline_width="0.2",
        size=pixels if is_fixed else "1",
        size_unit="Pixel",
    )
    if not is_fixed:
        _computed_size(drawn, pixels)


def _computed_size(layer: Xml.Element, expression: str) -> None:
    whole = Xml.SubElement(Xml.SubElement(layer, "data_defined_properties"), "Option", type="Map")
    Xml.SubElement(whole, "Option", name="name", type="QString", value="")
    properties = Xml.SubElement(whole, "Option", name="properties", type="Map")
    size = Xml.SubElement(properties, "Option", name="size", type="Map")
    # 3 is what QGIS calls a property that an expression gives.
    for name, kind, value in (
        ("active", "bool", "true"),
        ("expression", "QString", expression),
        ("type", "int", "3"),
    ):
        Xml.SubElement(size, "Option", name=name, type=kind, value=value)
    Xml.SubElement(whole, "Option", name="type", type="QString", value="collection")


def _options(layer: Xml.Element, **values: str) -> None:
    options = Xml.SubElement(layer, "Option", type="Map")
    for name, value in values.items():
        Xml.SubElement(options, "Option", name=name, type="QString", value=value)


def _rgba(colour: str, opacity: int) -> str:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"{red},{green},{blue},{opacity}"
