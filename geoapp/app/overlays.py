"""What can be drawn over the units: places, lines and pictures, as the browser gets them."""

import io
from dataclasses import dataclass, replace
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
from PIL import Image

from geoapp.app.forever import name_of
from geoapp.app.map_state import MapTools
from geoapp.app.tiles import Tiles
from geoapp.store.builds import Stored, page_geojson
from geoapp.style import picture_colours
from layers.spec import CountryProfile
from layers.table.picture import NOTHING, Picture
from layers.terms import PlaceKind

LABELS = "labels"
TILES = "tiles"
RIVERS = "rivers"
_DRAWN = (
    PlaceKind.SETTLEMENT,
    PlaceKind.HEALTH_FACILITY,
    PlaceKind.BORDER_POST,
    PlaceKind.WAREHOUSE,
    PlaceKind.AIRPORT,
    PlaceKind.PORT,
)
_CITY, _TOWN = 100_000, 20_000
"""People from which a settlement is seen on the whole country, and on a region."""
_HOSPITAL, _CENTRE = ("II", "III"), ("I-3", "I-4")
"""Categories of the ministry of health: hospitals; centres with a physician."""


@dataclass(frozen=True)
class Overlay:
    """One thing that can be drawn, as a file that never changes."""

    name: str
    """As the address of the page calls it; of a picture, its layer."""
    content: bytes
    """GeoJSON, or PNG."""
    sources: tuple[str, ...]

    @property
    def hash(self) -> str:
        """What the file is called."""
        return name_of(self.content)

    @property
    def is_picture(self) -> bool:
        """True for a PNG."""
        return self.content.startswith(b"\x89PNG")

    @property
    def address(self) -> str:
        """Where the browser asks for it."""
        return f"/overlay/{self.hash}.{'png' if self.is_picture else 'geojson'}"


class Overlays:
    """What a build and this machine can draw over the units; files are made when first asked for."""

    def __init__(self, stored: Stored, country: CountryProfile, tiles: Tiles | None) -> None:
        self._build = stored.build
        self._country = country
        self.tiles = tiles
        self.pictures = {picture.layer: picture for picture in self._build.pictures}
        places = frozenset(self._build.places["kind"])
        self._kinds = tuple(kind for kind in _DRAWN if kind.value in places)
        self._sources = tuple(dict.fromkeys(self._build.features["source"]))
        self.names = frozenset(
            {LABELS, *self._kinds, *(self.name_of(source) for source in self._sources)}
            | ({TILES} if tiles else set())
        )

    def possible(self, tools: MapTools, layer: str) -> tuple[MapTools, tuple[str, ...]]:
        """Return what of some tools there is to draw, and the parts of the address that ask more.

        A layer is not compared with itself: the second goes where it becomes the first.
        """
        over = tuple(name for name in tools.over if name in self.names)
        picture = tools.picture if tools.picture in self.pictures else None
        second = None if tools.second == layer else tools.second
        absent = [f"over={name}" for name in tools.over if name not in self.names]
        if tools.picture != picture:
            absent.append(f"raster={tools.picture}")
        return replace(tools, second=second, over=over, picture=picture), tuple(absent)

    def name_of(self, source: str) -> str:
        """Return what the address of the page calls the features of a source."""
        return RIVERS if source == self._country.rivers else source

    @cached_property
    def drawn(self) -> dict[str, Overlay]:
        """Places and features by name, in the order of the panel."""
        lines = [self._lines(source) for source in self._sources]
        return {one.name: one for one in (*map(self._points, self._kinds), *lines)}

    @cached_property
    def names_of_units(self) -> Overlay:
        """Names of the units of every level: level from 1, people, degrees from west to east."""
        found = []
        for level, made in self._build.levels.items():
            bounds = made.units.geometry.bounds
            people = made.table.values.get(self._country.population, pd.Series(dtype=float))
            told = pd.DataFrame(
                {
                    "n": made.table.names["name"],
                    "k": level.digits // 2,
                    "p": people.reindex(made.units.index).fillna(0).astype(int),
                    "w": (bounds["maxx"] - bounds["minx"]).round(3),
                }
            )
            points = gpd.points_from_xy(made.units["lon"], made.units["lat"])
            found.append(gpd.GeoDataFrame(told, geometry=points, crs=4326))
        every = pd.concat(found)
        content = page_geojson(every.geometry, pd.DataFrame(every.drop(columns="geometry")))
        return Overlay(LABELS, content, ())

    @cached_property
    def painted(self) -> dict[str, Overlay]:
        """Pictures by layer."""
        found = {}
        for layer, picture in self.pictures.items():
            behind = next(iter(self._build.levels.values())).table.sources.get(layer, ())
            found[layer] = Overlay(layer, png_of(picture), tuple(behind))
        return found

    @cached_property
    def files(self) -> dict[str, Overlay]:
        """All of them by hash."""
        every = (*self.drawn.values(), *self.painted.values(), self.names_of_units)
        return {one.hash: one for one in every}

    def _points(self, kind: PlaceKind) -> Overlay:
        here = self._build.places_of(kind).dropna(subset=["lon", "lat"])
        told = pd.DataFrame({"n": here["name"].astype(str), "k": _ranks(here, kind)})
        if kind is PlaceKind.SETTLEMENT:
            told["p"] = here["people"].fillna(0).astype(int)
            order = told.sort_values(["k", "p"], ascending=[True, False], kind="stable").index
        else:
            order = told.sort_values("k", kind="stable").index
        sources = tuple(dict.fromkeys(here["source"]))
        return Overlay(kind, page_geojson(here.geometry[order], told.loc[order]), sources)

    def _lines(self, source: str) -> Overlay:
        features = self._build.features
        here: gpd.GeoDataFrame = features[features["source"] == source]
        content = page_geojson(here.geometry, pd.DataFrame({"n": here["name"].astype(str)}))
        return Overlay(self.name_of(source), content, (source,))


def _ranks(places: pd.DataFrame, kind: PlaceKind) -> pd.Series:
    """Return from which zoom a place is drawn: 1 the country, 2 a region, 3 nearer."""
    ranks = pd.Series(1, index=places.index)
    if kind is PlaceKind.SETTLEMENT:
        people = places["people"].fillna(0)
        return ranks.mask(people < _CITY, 2).mask(people < _TOWN, 3)
    if kind is PlaceKind.HEALTH_FACILITY:
        category = places["category"].astype(str)
        is_hospital = category.str.partition("-")[0].isin(_HOSPITAL)
        return ranks.mask(~is_hospital, 3).mask(category.isin(_CENTRE), 2)
    return ranks


def png_of(picture: Picture) -> bytes:
    """Return a picture as PNG with a palette, clear where it has no figure.

    Parameters
    ----------
    picture : Picture
        Classes of pixels.

    Returns
    -------
    bytes
        Deterministic.
    """
    colours = picture_colours(len(picture.breaks) + 1)
    classes = np.where(picture.classes == NOTHING, len(colours), picture.classes)
    drawn = Image.fromarray(classes.astype(np.uint8), "P")
    flat = [int(colour[at : at + 2], 16) for colour in colours for at in (1, 3, 5)]
    drawn.putpalette([*flat, 255, 255, 255])
    file = io.BytesIO()
    drawn.save(file, "PNG", optimize=True, transparency=len(colours))
    return file.getvalue()
