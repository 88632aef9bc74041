"""What a file of a raster says: the cells that a layer is measured on, and where they come from."""

from dataclasses import dataclass

from geoapp.exports.columns import closed_among
from geoapp.words import words
from layers.built import Build
from layers.errors import ExportError
from layers.harmonise.grid import Grid
from layers.measure import read_cells
from layers.sources.locate import Places
from layers.spec import Catalogue, LayerSpec
from layers.terms import Sensitivity


@dataclass(frozen=True)
class RasterFrame:
    """The cells of one layer, whatever the format."""

    layer: LayerSpec
    title: str
    unit: str
    grid: Grid
    provenance: dict[str, str]


def make_raster(
    built: Build,
    named: str,
    catalogue: Catalogue,
    places: Places,
    *,
    date: str,
    everything: bool = False,
) -> RasterFrame:
    """Gather what an export of a raster says.

    Parameters
    ----------
    built : Build
        The build.
    named : str
        A layer that is measured on a raster.
    catalogue : Catalogue
        Declares layers and sources.
    places : Places
        Where files may lie.
    date : str
        Day of the export, ISO 8601.
    everything : bool
        Pass on what may not be, for use inside the organisation.

    Returns
    -------
    RasterFrame
        In the unit of the layer.

    Raises
    ------
    ExportError
        Where the layer has no raster, or it may not be passed on.
    """
    layer = catalogue.layer(named)
    if not layer.to_unit.is_zonal or not layer.source:
        raise ExportError(
            "layer {layer} is measured on no raster; use {known}",
            layer=named,
            known=", ".join(one.id for one in catalogue.layers.values() if one.to_unit.is_zonal),
        )
    closed = () if everything else closed_among((layer.source,), catalogue)
    if closed:
        raise ExportError(
            "layer {layer} rests on {sources}, which no stated licence lets pass on; --all gives "
            "it for use inside the organisation",
            layer=named,
            sources=", ".join(closed),
        )
    if built.disclosure and layer.sensitivity is Sensitivity.RESTRICTED:
        raise ExportError(
            "layer {layer} is restricted: the public edition tells no single cell of it",
            layer=named,
        )
    source = catalogue.source(layer.source)
    known = words("es")
    return RasterFrame(
        layer=layer,
        title=known.get(f"layer.{named}.title", named),
        unit=known[f"unit.{layer.unit}"],
        grid=read_cells(layer, source, places),
        provenance={
            "producto": "geoapp",
            "version": built.version,
            "construccion": built.hash,
            "pais": built.country,
            "capa": named,
            "fuente": source.id,
            "publicador": source.publisher,
            "fecha_de_la_fuente": source.vintage,
            "licencia": source.licence.value,
            "enlace": source.landing,
            "cita": source.citation,
            "sha256": source.sha256,
            "fecha": date,
        },
    )
