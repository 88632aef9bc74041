"""The rasters behind the layers, and the shaking between their units, as pictures of a web map."""

from functools import partial

import shapely

from layers.errors import SourceDamagedError, SourceUnavailableError
from layers.harmonise.points import Box
from layers.reading import Reader
from layers.sources.locate import Places
from layers.spec import Catalogue, LayerSpec, SourceSpec
from layers.table.picture import Picture
from layers.terms import AdminLevel, ToUnit
from layers.workers import Units

_PICTURED = (
    ToUnit.ZONAL_MEAN,
    ToUnit.ZONAL_SLOPE,
    ToUnit.ZONAL_LOW_COAST,
    ToUnit.LARGEST_INTENSITY,
    ToUnit.INTENSITY_OF_50_YEARS,
)


_Pictured = tuple[LayerSpec, SourceSpec]


def read_pictures(reader: Reader, box: Box, units: Units) -> tuple[Picture, ...]:
    """Return a picture of each layer that a published raster or catalogue of earthquakes feeds.

    Parameters
    ----------
    reader : Reader
        Knows the catalogue and where the files lie. A source that cannot be had was said to be
        lost when its figures were read.
    box : tuple of float
        West, south, east and north of the country.
    units : dict
        Whose regions are the country; the rest of a picture is empty.

    Returns
    -------
    tuple of Picture
        In the order of the catalogue. A raster that a planner loaded has none: it may be of any
        size.
    """

    def inputs(one: _Pictured) -> tuple[object, ...]:
        return one[0], reader.files([one[1].id]), box, reader.ground

    def drawn(some: list[_Pictured]) -> list[Picture | None]:
        return reader.workers.whole(partial(_draw, some, reader.places, box), units)

    def picture(one: _Pictured) -> Picture | None:
        return ready[one[0].id] if one[0].id in ready else drawn([one])[0]

    pictured = _pictured(reader.catalogue)
    lacking = [one for one in pictured if not reader.steps.has("pictures", inputs(one))]
    # All at once: what they share is made for the first of them.
    ready = dict(
        zip((one[0].id for one in lacking), drawn(lacking) if lacking else [], strict=True)
    )
    found = [reader.steps.value("pictures", inputs(one), partial(picture, one)) for one in pictured]
    return tuple(picture for picture in found if picture is not None)


def _pictured(catalogue: Catalogue) -> list[_Pictured]:
    found = [
        (layer, catalogue.source(layer.source))
        for layer in catalogue.layers.values()
        if layer.to_unit in _PICTURED and layer.source
    ]
    return [(layer, spec) for layer, spec in found if not spec.is_loaded]


def _draw(some: list[_Pictured], places: Places, box: Box, units: Units) -> list[Picture | None]:
    # GDAL is loaded where something is drawn.
    from layers.drawing import cells_of_layer, picture_of

    land = shapely.union_all(units[AdminLevel.REGION].geometry.to_numpy())
    found: list[Picture | None] = []
    for layer, spec in some:
        try:
            cells = cells_of_layer(layer, spec, places, land)
            found.append(picture_of(layer, cells, box, land))
        except (SourceUnavailableError, SourceDamagedError):
            found.append(None)
    return found
