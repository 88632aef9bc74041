"""Layers of the resident population."""

from layers.spec import LayerSpec, Published
from layers.terms import (
    AdminLevel,
    Dimension,
    Direction,
    Model,
    Sensitivity,
    ToUnit,
    Transform,
    Unit,
)

POPULATION: tuple[LayerSpec, ...] = (
    LayerSpec(
        id="population_people",
        dimension=Dimension.POPULATION,
        unit=Unit.PEOPLE,
        direction=Direction.NEUTRAL,
        source="inei_population_2018_2022",
        columns=("population",),
        where=(("year", ("2022",)),),
        published=Published(source="regions_published", column="population_2022"),
    ),
    LayerSpec(
        id="population_2017_people",
        dimension=Dimension.POPULATION,
        unit=Unit.PEOPLE,
        direction=Direction.NEUTRAL,
        source="geoperu_distritos",
        columns=("pob_total",),
    ),
    LayerSpec(
        id="households_population_2017_people",
        dimension=Dimension.POPULATION,
        unit=Unit.PEOPLE,
        direction=Direction.NEUTRAL,
        source="geoperu_distritos",
        columns=("total_pers",),
    ),
    LayerSpec(
        id="dwellings_2017_count",
        dimension=Dimension.POPULATION,
        unit=Unit.COUNT,
        direction=Direction.NEUTRAL,
        source="geoperu_distritos",
        columns=("num_viv_op",),
    ),
    LayerSpec(
        id="population_density_per_km2",
        dimension=Dimension.POPULATION,
        unit=Unit.PER_KM2,
        direction=Direction.NEUTRAL,
        to_unit=ToUnit.MODEL,
        model=Model.DENSITY,
        inputs=("population_people",),
        breaks=(5.0, 20.0, 50.0, 500.0, 5000.0),
    ),
)
MIGRANTS: tuple[LayerSpec, ...] = (
    LayerSpec(
        id="venezuela_5y_people",
        dimension=Dimension.MIGRANTS,
        unit=Unit.PEOPLE,
        direction=Direction.NEUTRAL,
        source="census2017_residence_abroad",
        columns=("venezuela_5y",),
        sensitivity=Sensitivity.RESTRICTED,
        published=Published(source="regions_published", column="venezuela_5y_2017"),
    ),
    LayerSpec(
        id="abroad_5y_people",
        dimension=Dimension.MIGRANTS,
        unit=Unit.PEOPLE,
        direction=Direction.NEUTRAL,
        source="census2017_residence_abroad",
        columns=("abroad_5y_total",),
        sensitivity=Sensitivity.RESTRICTED,
        published=Published(source="regions_published", column="abroad_5y_2017"),
    ),
    LayerSpec(
        id="venezuelan_people",
        dimension=Dimension.MIGRANTS,
        unit=Unit.PEOPLE,
        to_unit=ToUnit.MODEL,
        model=Model.MIGRANTS_NOW,
        inputs=("venezuela_5y_people", "population_people"),
        other_key="abroad_5y_people",
        transform=Transform.LOG1P,
        # Frozen on the build of 2026-11-21: the largest district has 90,487, the largest
        # province 865,963 and the largest region 899,277.
        limits={
            AdminLevel.DISTRICT: (0.0, 100_000.0),
            AdminLevel.PROVINCE: (0.0, 900_000.0),
            AdminLevel.REGION: (0.0, 1_000_000.0),
        },
        sensitivity=Sensitivity.RESTRICTED,
    ),
    LayerSpec(
        id="border_zone_pct",
        dimension=Dimension.MIGRANTS,
        unit=Unit.PERCENT,
        direction=Direction.NEUTRAL,
        source="border_zone",
        columns=("frontera_share",),
        factor=100.0,
        valid_range=(0.0, 100.0),
        breaks=(1.0, 25.0, 50.0, 75.0),
    ),
)
