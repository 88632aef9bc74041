"""Households and work of residents, and the counts that their percentages are of.

The meanings of GeoPerú's columns are read off their names (docs/methods/personas.md).
"""

from layers.catalogue.people import census_count
from layers.spec import LayerSpec
from layers.spec.layer import Limits
from layers.terms import Combine, Dimension, Direction, Model, ToUnit, Unit

_HOUSEHOLDS: tuple[LayerSpec, ...] = (
    census_count("households_2017_count", ("num_hog",), Unit.COUNT),
    census_count("private_dwellings_2017_count", ("num_viv_pa",), Unit.COUNT),
    LayerSpec(
        id="people_per_household",
        dimension=Dimension.POPULATION,
        unit=Unit.PEOPLE_PER_HOUSEHOLD,
        direction=Direction.NEUTRAL,
        to_unit=ToUnit.MODEL,
        model=Model.RATIO,
        inputs=("households_population_2017_people", "households_2017_count"),
        breaks=(2.5, 3.0, 3.5, 4.0, 4.5),
    ),
)


def _work_pct(
    layer_id: str,
    columns: tuple[str, ...],
    weight: str,
    direction: Direction,
    breaks: tuple[float, ...],
    limits: Limits | None = None,
) -> LayerSpec:
    return LayerSpec(
        id=layer_id,
        dimension=Dimension.POPULATION,
        unit=Unit.PERCENT,
        direction=direction,
        source="geoperu_distritos",
        columns=columns,
        combine=Combine.SHARE,
        factor=100.0,
        weight=weight,
        sector="integration",
        limits=limits,
        valid_range=(0.0, 100.0),
        breaks=breaks,
    )


# Limits are frozen on the districts of 2017, of which 95 % are below 16.5 % of unemployment and
# the employed are from 6.8 to 94.8 %.
_WORK: tuple[LayerSpec, ...] = (
    census_count("working_age_people", ("pet",), Unit.PEOPLE),
    census_count("active_people", ("pea",), Unit.PEOPLE),
    _work_pct(
        "activity_pct",
        ("pea", "pei"),
        "working_age_people",
        Direction.NEUTRAL,
        (40.0, 45.0, 50.0, 55.0, 60.0),
    ),
    _work_pct(
        "employed_pct",
        ("peao", "pead", "pei"),
        "working_age_people",
        Direction.LESS_IS_WORSE,
        (35.0, 40.0, 45.0, 50.0, 60.0),
        (0.0, 95.0),
    ),
    _work_pct(
        "unemployed_pct",
        ("pead", "peao"),
        "active_people",
        Direction.MORE_IS_WORSE,
        (2.0, 4.0, 6.0, 8.0, 15.0),
        (0.0, 20.0),
    ),
)

LIVELIHOODS: tuple[LayerSpec, ...] = (*_HOUSEHOLDS, *_WORK)
