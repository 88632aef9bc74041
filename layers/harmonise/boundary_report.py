"""What is right and wrong with a set of boundaries, measured and listed."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.harmonise.geometry import areas_km2, union_by_prefix
from layers.harmonise.official_areas import AreaCheck, check_areas
from layers.harmonise.polygons import holes, is_sliver, polygonal, sound_polygons

LEAST_OVERLAP_KM2 = 0.0001
"""A hundred square metres; below it, an overlap is rounding."""
_LEAST_LAKE_SHARE = 0.5
_REGION_DIGITS = 2


class GapKind(StrEnum):
    """What a hole inside the country is, as far as the evidence goes."""

    LAKE = "lake"
    MISMATCH = "mismatch"
    UNCLASSIFIED = "unclassified"


@dataclass(frozen=True)
class Overlap:
    """Two units that claim the same ground."""

    first: str
    second: str
    km2: float


@dataclass(frozen=True)
class Gap:
    """A hole that no unit claims, closed on all sides by units."""

    lon: float
    lat: float
    km2: float
    kind: GapKind
    neighbours: tuple[str, ...]


@dataclass(frozen=True)
class BoundaryReport:
    """The state of a set of boundaries; ``dataclasses.asdict`` of it is JSON."""

    units: int
    absent: tuple[str, ...]
    """Expected codes that no row bears."""
    unexpected: tuple[str, ...]
    empty: tuple[str, ...]
    """Units whose geometry is null or empty."""
    invalid: tuple[tuple[str, str], ...]
    """(ubigeo, reason given by GEOS)."""
    unmatched: tuple[str, ...]
    """Units with edges that do not match those of a neighbour."""
    unmatched_degrees: float
    """Length of these edges, those of both neighbours counted."""
    overlaps: tuple[Overlap, ...]
    """Largest first."""
    gaps: tuple[Gap, ...]
    """Largest first; an opening to the sea or a neighbouring country cannot be seen."""
    areas: AreaCheck | None
    """None where no official areas are given."""

    @property
    def broken(self) -> tuple[str, ...]:
        """Units that cannot be used as published: absent, without a geometry or invalid."""
        return (*self.absent, *self.empty, *(code for code, _ in self.invalid))


def broken_units(units: gpd.GeoDataFrame, expected: Collection[str]) -> tuple[str, ...]:
    """Return the units that a report would call broken, without measuring anything else.

    Parameters
    ----------
    units : GeoDataFrame
        By ubigeo; geometries may be null, empty or invalid.
    expected : collection of str
        The codes that should be there.

    Returns
    -------
    tuple of str
        As ``BoundaryReport.broken``.
    """
    has_none, wrong = _unusable(units.geometry.to_numpy())
    absent = pd.Index(sorted(expected)).difference(units.index)
    return (*absent, *units.index[has_none], *units.index[wrong])


def _unusable(drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return which shapes are none, and which are invalid."""
    has_none = shapely.is_missing(drawn) | shapely.is_empty(drawn)
    return has_none, ~has_none & ~shapely.is_valid(drawn)


def report_boundaries(
    units: gpd.GeoDataFrame,
    area_crs: str,
    official_km2: pd.Series | None = None,
    expected: Collection[str] | None = None,
    lakes: gpd.GeoDataFrame | None = None,
) -> BoundaryReport:
    """Measure what is wrong with a set of boundaries; nothing is changed.

    Parameters
    ----------
    units : GeoDataFrame
        By ubigeo, in degrees; geometries may be null, empty or invalid.
    area_crs : str
        An equal-area reference system.
    official_km2 : Series of float, optional
        Official areas by ubigeo, NaN where there is none.
    expected : collection of str, optional
        The codes that should be there.
    lakes : GeoDataFrame, optional
        Lakes in degrees; a gap most of which is lake is called one.

    Returns
    -------
    BoundaryReport
        Counts and lists.
    """
    drawn = units.geometry.to_numpy()
    has_none, wrong = _unusable(drawn)
    sound = gpd.GeoSeries(sound_polygons(drawn), index=units.index, crs=units.crs)[~has_none]
    edges = shapely.coverage_invalid_edges(sound.to_numpy())
    unmatched = sound.index[~shapely.is_empty(edges)]
    wanted = units.index if expected is None else pd.Index(sorted(expected))
    return BoundaryReport(
        units=len(units),
        absent=tuple(wanted.difference(units.index)),
        unexpected=tuple(units.index.difference(wanted)),
        empty=tuple(units.index[has_none]),
        invalid=tuple(zip(units.index[wrong], shapely.is_valid_reason(drawn[wrong]), strict=True)),
        unmatched=tuple(unmatched),
        unmatched_degrees=float(shapely.length(edges).sum()),
        overlaps=_overlaps(sound, unmatched, area_crs),
        gaps=_gaps(sound, set(unmatched), area_crs, lakes),
        areas=None if official_km2 is None else check_areas(sound, area_crs, official_km2),
    )


def _overlaps(sound: gpd.GeoSeries, unmatched: pd.Index, area_crs: str) -> tuple[Overlap, ...]:
    # Of two valid polygons that overlap one at least has edges that do not match;
    # the one that holds the other may have none.
    shapes = sound.to_numpy()
    at = sound.index.get_indexer(unmatched)
    first, second = shapely.STRtree(shapes).query(shapes[at], predicate="intersects")
    pairs = np.unique(np.sort(np.column_stack([at[first], second]), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]
    shared = shapely.intersection(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    km2 = areas_km2(gpd.GeoSeries([polygonal(part) for part in shared], crs=sound.crs), area_crs)
    found = [
        Overlap(sound.index[one], sound.index[other], float(size))
        for (one, other), size in zip(pairs, km2, strict=True)
        if size >= LEAST_OVERLAP_KM2
    ]
    return tuple(sorted(found, key=lambda overlap: -overlap.km2))


def _gaps(
    sound: gpd.GeoSeries, unmatched: set[str], area_crs: str, lakes: gpd.GeoDataFrame | None
) -> tuple[Gap, ...]:
    country = shapely.union_all(union_by_prefix(sound, _REGION_DIGITS).to_numpy())
    parts = shapely.get_parts(country)
    islands, units = shapely.STRtree(parts), shapely.STRtree(sound.to_numpy())
    water = shapely.Polygon() if lakes is None else shapely.union_all(lakes.geometry.to_numpy())
    found = []
    for hole in holes(country):
        inside = parts[islands.query(hole, "contains")]
        bare = shapely.difference(hole, shapely.union_all(inside)) if len(inside) else hole
        beside = tuple(sound.index[np.sort(units.query(hole, "intersects"))])
        lake_area = shapely.intersection(bare, water).area
        if lake_area > 0 and lake_area >= _LEAST_LAKE_SHARE * bare.area:
            kind = GapKind.LAKE
        elif is_sliver(hole) and unmatched.intersection(beside):
            kind = GapKind.MISMATCH
        else:
            kind = GapKind.UNCLASSIFIED
        point = shapely.point_on_surface(bare)
        km2 = float(areas_km2(gpd.GeoSeries([bare], crs=sound.crs), area_crs)[0])
        found.append(Gap(float(point.x), float(point.y), km2, kind, beside))
    return tuple(sorted(found, key=lambda gap: -gap.km2))
