"""A QGIS project over the GeoPackage beside it: every layer of the file with the page's legend."""

from pathlib import Path
from xml.etree import ElementTree as Xml

from geoapp.exports.files import zipped
from geoapp.exports.frame import ExportFrame, shapes_of
from geoapp.exports.gpkg import write_gpkg
from geoapp.exports.qml import SCORE, styles_of
from geoapp.words import say, words
from layers.spec import LayerSpec

_ID = "geoapp_"
"""QGIS gives a layer whose id has ten letters or fewer another one."""
_PLACE = {
    "proj4": "+proj=longlat +datum=WGS84 +no_defs",
    "srsid": "3452",
    "srid": "4326",
    "authid": "EPSG:4326",
    "description": "WGS 84",
    "geographicflag": "true",
}


def write_qgz(frame: ExportFrame, path: Path) -> None:
    """Write a project, and beside it the GeoPackage that it draws.

    Parameters
    ----------
    frame : ExportFrame
        What the project shows: the score, and below it the other layers by what they speak of.
    path : Path
        For instance ``distritos.qgz``; it looks for ``distritos.gpkg`` beside itself.

    Raises
    ------
    ExportError
        Where the shapes may not be passed on.
    """
    shapes_of(frame)
    beside = path.with_suffix(".gpkg")
    write_gpkg(frame, beside)
    text = project_of(frame, beside.name)
    path.write_bytes(zipped({f"{path.stem}.qgs": text.encode()}))


def project_of(frame: ExportFrame, file: str) -> str:
    """Return the project as QGIS writes it.

    Parameters
    ----------
    frame : ExportFrame
        What it shows.
    file : str
        Name of the GeoPackage in the same folder.

    Returns
    -------
    str
        XML.
    """
    root = Xml.Element("qgis", version="3.22.0", projectname=frame.title)
    Xml.SubElement(root, "title").text = frame.title
    Xml.SubElement(root, "homePath", path="")
    _place(Xml.SubElement(root, "projectCrs"))
    tree = Xml.SubElement(root, "layer-tree-group")
    canvas = Xml.SubElement(root, "mapcanvas", name="theMapCanvas")
    Xml.SubElement(canvas, "units").text = "degrees"
    _box(canvas, frame)
    _place(Xml.SubElement(canvas, "destinationsrs"))
    layers = Xml.SubElement(root, "projectlayers")
    source = f"./{file}|layername={frame.level}"
    styles = styles_of(frame)
    groups: dict[str, Xml.Element] = {}
    specs = {layer.id: layer for layer in frame.layers}
    for column, renderer in styles.items():
        named = _title(column, specs.get(column))
        layers.append(_layer(column, named, source, renderer, frame))
        parent = _group(tree, groups, specs[column]) if column in specs else tree
        Xml.SubElement(
            parent,
            "layer-tree-layer",
            id=f"{_ID}{column}",
            name=named,
            source=source,
            providerKey="ogr",
            checked="Qt::Checked" if column == SCORE else "Qt::Unchecked",
            expanded="1" if column == SCORE else "0",
        )
    properties = Xml.SubElement(root, "properties")
    paths = Xml.SubElement(properties, "Paths")
    Xml.SubElement(paths, "Absolute", type="bool").text = "false"
    system = Xml.SubElement(properties, "SpatialRefSys")
    Xml.SubElement(system, "ProjectionsEnabled", type="int").text = "1"
    told = Xml.SubElement(root, "projectMetadata")
    Xml.SubElement(told, "abstract").text = _abstract(frame)
    Xml.indent(root, " ")
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + Xml.tostring(
        root, encoding="unicode"
    )


def _layer(
    column: str, named: str, source: str, renderer: Xml.Element, frame: ExportFrame
) -> Xml.Element:
    layer = Xml.Element(
        "maplayer", type="vector", geometry="Polygon", wkbType="MultiPolygon", styleCategories=""
    )
    Xml.SubElement(layer, "id").text = f"{_ID}{column}"
    Xml.SubElement(layer, "datasource").text = source
    Xml.SubElement(layer, "layername").text = named
    _place(Xml.SubElement(layer, "srs"))
    Xml.SubElement(layer, "provider", encoding="UTF-8").text = "ogr"
    described = frame.dictionary.set_index("columna").loc[column]
    Xml.SubElement(layer, "abstract").text = f"{described['nota']} {described['unidad']}".strip()
    Xml.SubElement(layer, "attribution").text = described["publicador"]
    layer.append(renderer)
    Xml.SubElement(layer, "previewExpression").text = '"name"'
    return layer


def _group(tree: Xml.Element, groups: dict[str, Xml.Element], layer: LayerSpec) -> Xml.Element:
    named = say(f"dimension.{layer.dimension}", "es")
    if named not in groups:
        groups[named] = Xml.SubElement(
            tree, "layer-tree-group", name=named, checked="Qt::Checked", expanded="0"
        )
    return groups[named]


def _title(column: str, layer: LayerSpec | None) -> str:
    if layer is None:
        return say("export.column.score", "es")
    return words("es").get(f"layer.{column}.title", column)


def _place(parent: Xml.Element) -> None:
    system = Xml.SubElement(parent, "spatialrefsys")
    for name, text in _PLACE.items():
        Xml.SubElement(system, name).text = text


def _box(canvas: Xml.Element, frame: ExportFrame) -> None:
    extent = Xml.SubElement(canvas, "extent")
    edges = shapes_of(frame).total_bounds
    for name, edge in zip(("xmin", "ymin", "xmax", "ymax"), edges, strict=True):
        Xml.SubElement(extent, name).text = f"{edge:.6f}"


def _abstract(frame: ExportFrame) -> str:
    keys = ("construccion", "escenario", "escenario_hash", "fecha", "licencias")
    return "\n".join(f"{key}: {frame.provenance[key]}" for key in keys)
