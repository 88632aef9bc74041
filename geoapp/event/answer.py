"""The answer to an event as plain data: the same one for command line and page."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import shapely

from geoapp.event.facts import brief_of, event_layers
from layers.built import Build
from layers.countries import COUNTRIES
from layers.decide.event import Exposure, expose
from layers.decide.event_ground import EventGround, ground_of_event
from layers.decide.footprint import Footprint, FootprintKind
from layers.decide.footprint_shaking import footprint_of_epicentre
from layers.decide.outline import outlines
from layers.errors import EventError
from layers.event_files import read_footprint
from layers.spec import Catalogue, CountryProfile
from layers.terms import AdminLevel, CodeScheme

Rates = Mapping[str, tuple[float, float]]
"""Share of people displaced (low, high) by band; the band ``""`` stands for all."""


def footprint_of_upload(
    built: Build,
    data: bytes,
    name: str,
    *,
    kind: str = "",
    buffer_km: float = 0.0,
    thresholds: tuple[float, ...] = (),
    scheme: str = "",
) -> Footprint:
    """Read what a person uploads, draws (GeoJSON text) or pastes (a list of districts).

    Parameters
    ----------
    built : Build
        Whose units a list names.
    data : bytes
        The file, the drawing or the list.
    name : str
        What it is called in errors and provenance.
    kind : str
        shakemap, polygon, raster or districts; recognised where empty.
    buffer_km : float
        Ground around shapes that counts too.
    thresholds : tuple of float
        Lower limits of the bands of a raster.
    scheme : str
        inei or reniec: of the codes of a list, where the person states it.

    Returns
    -------
    Footprint
        Ready for `event_answer`.

    Raises
    ------
    LayersError
        One sentence.
    """
    equivalence = equivalence_of(built)
    if AdminLevel.DISTRICT not in built.levels and data.lstrip()[:1] not in (
        b"<",
        b"{",
        b"I",
        b"M",
    ):
        raise EventError("this build has no districts, so that a list of them cannot be matched")
    return read_footprint(
        data,
        name,
        equivalence,
        kind=FootprintKind(kind) if kind else None,
        buffer_km=buffer_km,
        thresholds=thresholds,
        scheme=CodeScheme(scheme) if scheme else None,
    )


def equivalence_of(built: Build) -> pd.DataFrame:
    """Return what a list of districts may name: the units of the finest level, with their codes."""
    names = built.levels[next(iter(built.levels))].table.names
    equivalence = names.rename_axis("ubigeo").reset_index()
    equivalence["reniec"] = equivalence["reniec"].where(equivalence["reniec"] != "")
    return equivalence


def footprint_of_quake(
    built: Build, lon: float, lat: float, depth_km: float, magnitude: float
) -> Footprint:
    """Return the rough footprint of an earthquake without a map of shaking."""
    box = COUNTRIES[built.country].box
    return footprint_of_epicentre(lon, lat, depth_km, magnitude, box)


def page_answer(
    built: Build,
    catalogue: Catalogue,
    footprint: Footprint,
    *,
    displaced: Rates | None = None,
    country: CountryProfile | None = None,
    ground: EventGround | None = None,
) -> dict[str, Any]:
    """Answer an event with its brief and the ground to draw.

    Parameters
    ----------
    built : Build
        The build.
    catalogue : Catalogue
        Its declarations.
    footprint : Footprint
        From `footprint_of_upload` or `footprint_of_quake`.
    displaced : mapping, optional
        Share of people displaced (low, high) by band, over the assumptions.
    country : CountryProfile, optional
        That of the build by default.
    ground : EventGround, optional
        Of `ground_of`, where it is there already.

    Returns
    -------
    dict
        ``brief`` (as ``geoapp event --json``, without the list of facilities) and ``footprint``
        (GeoJSON, one feature a band).

    Raises
    ------
    LayersError
        One sentence.
    """
    profile = country or COUNTRIES[built.country]
    exposed = _exposed(built, catalogue, footprint, displaced, profile, ground)
    return {
        "brief": brief_of(built, catalogue, exposed, profile, with_facilities=False),
        "footprint": footprint_geojson(built, footprint),
    }


def event_answer(
    built: Build,
    catalogue: Catalogue,
    footprint: Footprint,
    *,
    displaced: Rates | None = None,
    country: CountryProfile | None = None,
) -> dict[str, Any]:
    """Return the brief of `page_answer` alone, as ``geoapp event --json`` prints it."""
    profile = country or COUNTRIES[built.country]
    exposed = _exposed(built, catalogue, footprint, displaced, profile)
    return brief_of(built, catalogue, exposed, profile)


def footprint_geojson(built: Build, footprint: Footprint) -> dict[str, Any]:
    """Return the ground of each band alone as GeoJSON, simplified for the eye."""
    shapes = outlines(footprint, built.levels[next(iter(built.levels))].outlines)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"band": band},
                "geometry": json.loads(shapely.to_geojson(shape)),
            }
            for band, shape in shapes.items()
        ],
    }


def ground_of(
    built: Build, catalogue: Catalogue, country: CountryProfile | None = None
) -> EventGround:
    """Return what events ask of a build, for who answers many of them."""
    profile = country or COUNTRIES[built.country]
    made = built.levels[next(iter(built.levels))]
    layers = event_layers(catalogue, profile)
    return ground_of_event(made.units, made.table, built.places, profile.offices, layers)


def _exposed(
    built: Build,
    catalogue: Catalogue,
    footprint: Footprint,
    displaced: Rates | None,
    profile: CountryProfile,
    ground: EventGround | None = None,
) -> Exposure:
    return expose(footprint, ground or ground_of(built, catalogue, profile), dict(displaced or {}))
