"""Services that people and the response reach: health by category, warehouses, ways in.

Limits were frozen on 2026-11-22 (build of RENIPRESS d044ab0c, warehouses e9cd0ef1, INEI 4b099742)
as round numbers near the 95th percentile of the districts.
"""

from layers.spec import LayerSpec
from layers.spec.layer import Limits
from layers.terms import Dimension, Direction, Model, ToUnit, Unit

FIRST_LEVEL = ("I-1", "I-2", "I-3", "I-4")
SECOND_LEVEL = ("II-1", "II-2", "II-E")
THIRD_LEVEL = ("III-1", "III-2", "III-E")
"""Categories of NTS 021-MINSA; category 0 (support services, mobile teams) is in none of them."""
_FACILITIES = "minsa_facilities_2022"
_SETTLEMENTS = "settlements_geonames"


def _count(layer_id: str, source: str, categories: tuple[str, ...] = ()) -> LayerSpec:
    return LayerSpec(
        id=layer_id,
        dimension=Dimension.COPING,
        unit=Unit.COUNT,
        direction=Direction.NEUTRAL,
        source=source,
        to_unit=ToUnit.PLACES,
        where=(("category", categories),) if categories else (),
    )


def _per_10000(name: str, breaks: tuple[float, ...], limits: Limits | None = None) -> LayerSpec:
    """Of one category alone, few is neither good nor bad: the next category may stand there."""
    return LayerSpec(
        id=f"{name}_per_10000",
        dimension=Dimension.COPING,
        unit=Unit.PER_10000,
        direction=Direction.LESS_IS_WORSE if limits else Direction.NEUTRAL,
        to_unit=ToUnit.MODEL,
        model=Model.RATIO,
        inputs=(f"{name}_count", "population_people"),
        factor=10_000.0,
        limits=limits,
        breaks=breaks,
    )


def _distance(
    name: str,
    source: str,
    limits: Limits | None,
    breaks: tuple[float, ...],
    where: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> LayerSpec:
    return LayerSpec(
        id=f"{name}_distance_km",
        dimension=Dimension.COPING,
        unit=Unit.KM,
        direction=Direction.MORE_IS_WORSE if limits else Direction.NEUTRAL,
        source=source,
        to_unit=ToUnit.NEAREST_PLACE,
        homes=_SETTLEMENTS,
        where=where,
        limits=limits,
        valid_range=(0.0, 2500.0),
        breaks=breaks,
    )


# The list of posts ends with an airport, whose neighbour is "air".
_LAND_BORDERS = ("Ecuador", "Colombia/Brazil", "Brazil/Colombia", "Brazil", "Bolivia", "Chile")
_RARE = (0.05, 0.1, 0.25, 0.5, 1.0)
_COMMON = (1.0, 2.5, 5.0, 10.0, 20.0)

SERVICES: tuple[LayerSpec, ...] = (
    _count("health_first_level_count", _FACILITIES, FIRST_LEVEL),
    _per_10000("health_first_level", _COMMON, (0.0, 20.0)),
    _count("hospitals_count", _FACILITIES, (*SECOND_LEVEL, *THIRD_LEVEL)),
    _per_10000("hospitals", _RARE, (0.0, 0.5)),
    _count("health_i1_count", _FACILITIES, ("I-1",)),
    _per_10000("health_i1", _COMMON),
    _count("health_i2_count", _FACILITIES, ("I-2",)),
    _per_10000("health_i2", _COMMON),
    _count("health_i3_count", _FACILITIES, ("I-3",)),
    _per_10000("health_i3", _COMMON),
    _count("health_i4_count", _FACILITIES, ("I-4",)),
    _per_10000("health_i4", _RARE),
    _count("health_ii_count", _FACILITIES, SECOND_LEVEL),
    _per_10000("health_ii", _RARE),
    _count("health_iii_count", _FACILITIES, THIRD_LEVEL),
    _per_10000("health_iii", _RARE),
    _distance(
        "health_first_level",
        _FACILITIES,
        # Districts: 95th percentile 6.3, largest 54.6.
        (0.0, 10.0),
        (0.5, 1.0, 2.5, 5.0, 10.0),
        (("category", FIRST_LEVEL),),
    ),
    _distance(
        "hospital",
        _FACILITIES,
        # Districts: 95th percentile 85, largest 369.
        (0.0, 100.0),
        (5.0, 15.0, 30.0, 60.0, 120.0),
        (("category", (*SECOND_LEVEL, *THIRD_LEVEL)),),
    ),
    _count("warehouses_count", "warehouses_2017"),
    _distance("warehouse", "warehouses_2017", (0.0, 100.0), (10.0, 25.0, 50.0, 100.0, 200.0)),
    _distance("airport", "ne_airports", (0.0, 1000.0), (50.0, 150.0, 300.0, 500.0, 800.0)),
    _distance("port", "ne_ports", (0.0, 500.0), (50.0, 100.0, 200.0, 300.0, 400.0)),
    _distance(
        "border_post",
        "border_posts",
        # Neither near nor far is worse: it says where people arrive.
        None,
        (25.0, 50.0, 100.0, 250.0, 500.0),
        (("category", _LAND_BORDERS),),
    ),
)
