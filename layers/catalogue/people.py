"""Who the residents are: growth, sex and ages.

GeoPerú does not say what its columns hold: the meanings are read off their names and were
checked against one another (docs/methods/personas.md).
"""

from dataclasses import replace

from layers.spec import LayerSpec
from layers.spec.layer import Limits
from layers.terms import Combine, Dimension, Direction, Model, Sensitivity, ToUnit, Unit

PEOPLE = "population_2017_people"


def census_count(
    layer_id: str, columns: tuple[str, ...], unit: Unit, is_restricted: bool = False
) -> LayerSpec:
    """Declare a count of the census; several columns are added."""
    return LayerSpec(
        id=layer_id,
        dimension=Dimension.POPULATION,
        unit=unit,
        direction=Direction.NEUTRAL,
        source="geoperu_distritos",
        columns=columns,
        combine=Combine.SUM,
        sensitivity=Sensitivity.RESTRICTED if is_restricted else Sensitivity.PUBLIC,
    )


def _age_pct(
    ages: str,
    column: str,
    breaks: tuple[float, ...],
    limits: Limits | None = None,
) -> LayerSpec:
    """Declare a share of ages; one with limits is of people who depend on others."""
    return LayerSpec(
        id=f"age_{ages}_pct",
        dimension=Dimension.POPULATION,
        unit=Unit.PERCENT,
        direction=Direction.MORE_IS_WORSE if limits else Direction.NEUTRAL,
        source="geoperu_distritos",
        columns=(column,),
        weight=PEOPLE,
        limits=limits,
        valid_range=(0.0, 100.0),
        breaks=breaks,
    )


_FIVE_YEARS = (6.0, 7.0, 8.0, 9.0, 10.0)

# Limits are frozen on the districts of 2017: from 1.3 to 18.1 % are under five, from 4.6 to
# 50.4 % under 15 and from 2.0 to 43.9 % 65 or older.
_AGES: tuple[LayerSpec, ...] = (
    _age_pct("0_14", "p_ge_0a14", (20.0, 25.0, 30.0, 35.0, 40.0), (0.0, 55.0)),
    _age_pct("15_29", "p_ge_15a29", (16.0, 19.0, 21.0, 23.0, 26.0)),
    _age_pct("30_44", "p_ge_30a44", (16.0, 18.0, 20.0, 22.0, 24.0)),
    _age_pct("45_64", "p_ge_45a64", (12.0, 14.0, 16.0, 18.0, 20.0)),
    _age_pct("65_plus", "p_ge_65ym", (5.0, 10.0, 15.0, 20.0, 25.0), (0.0, 45.0)),
    _age_pct("0_4", "pgr_quin1", _FIVE_YEARS, (0.0, 20.0)),
    _age_pct("5_9", "pgr_quin2", _FIVE_YEARS),
    _age_pct("10_14", "pgr_quin3", _FIVE_YEARS),
    _age_pct("15_19", "pgr_quin4", _FIVE_YEARS),
    _age_pct("20_24", "pgr_quin5", _FIVE_YEARS),
    # No column has them: those of 15 to 29 without the two groups before.
    replace(
        _age_pct("25_29", "p_ge_15a29", _FIVE_YEARS),
        columns=("p_ge_15a29", "pgr_quin4", "pgr_quin5"),
        combine=Combine.DIFFERENCE,
    ),
)

_GROWTH: tuple[LayerSpec, ...] = (
    LayerSpec(
        id="population_2018_people",
        dimension=Dimension.POPULATION,
        unit=Unit.PEOPLE,
        direction=Direction.NEUTRAL,
        source="inei_population_2018_2022",
        columns=("population",),
        where=(("year", ("2018",)),),
    ),
    LayerSpec(
        id="population_growth_pct_year",
        dimension=Dimension.POPULATION,
        unit=Unit.PERCENT_YEAR,
        direction=Direction.NEUTRAL,
        to_unit=ToUnit.MODEL,
        model=Model.GROWTH,
        inputs=("population_people", "population_2018_people"),
        years=4.0,
        valid_range=(-100.0, float("inf")),
        breaks=(-4.0, -2.0, 0.0, 2.0, 4.0),
    ),
)

RESIDENTS: tuple[LayerSpec, ...] = (
    *_GROWTH,
    LayerSpec(
        id="women_pct",
        dimension=Dimension.POPULATION,
        unit=Unit.PERCENT,
        direction=Direction.NEUTRAL,
        source="geoperu_distritos",
        columns=("p_sex_m",),
        weight=PEOPLE,
        valid_range=(0.0, 100.0),
        breaks=(46.0, 48.0, 50.0, 52.0),
    ),
    *_AGES,
)
