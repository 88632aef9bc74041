"""Hazards: what the climate and the ground have done and may do to a unit."""

from layers.spec import LayerSpec, Limits, Published
from layers.terms import (
    AdminLevel,
    Combine,
    Dimension,
    Direction,
    MissingPolicy,
    Model,
    ToUnit,
    Unit,
)

# Words of CENEPRED's four classes, as the middle of four equal steps from 0 to 10.
_RISK_WORDS = (("BAJO", 2.5), ("MEDIO", 5.0), ("ALTO", 7.5), ("MUY ALTO", 10.0))
_RISK_BREAKS = (1.0, 4.0, 6.0, 8.0)
# 2023 has two months only.
_YEARS = tuple(str(year) for year in range(2012, 2023))
_MMI_BREAKS = (4.5, 5.5, 6.5, 7.5, 8.5)
"""Bands of PAGER: V holds 4.5 to 5.5."""
_PENTADS_A_YEAR = 73.05


def _cold(layer_id: str, source: str, hazard: str) -> LayerSpec:
    return LayerSpec(
        id=layer_id,
        dimension=Dimension.HAZARD,
        hazard=hazard,
        unit=Unit.INDEX_0_10,
        source=source,
        columns=("risk_health", "risk_housing", "risk_education"),
        words=_RISK_WORDS,
        missing=MissingPolicy.ZERO,
        units_of="geoperu_distritos",
        limits=(0.0, 10.0),
        valid_range=(0.0, 10.0),
        breaks=_RISK_BREAKS,
    )


# SINPAD's own four categories of phenomena.
_NATURE = ("GEOLOGICO", "HIDROMETEOROLOGICO Y OCEANOGRAFICO", "BIOLOGICO-SANITARIO")
_PEOPLE = ("ANTROPICO-TECNOLOGICO",)


def _emergencies(
    cause: str, categories: tuple[str, ...], limits: Limits, breaks: tuple[float, ...]
) -> tuple[LayerSpec, LayerSpec]:
    """Declare the emergencies that one cause brought, as a count and as a rate."""
    count = LayerSpec(
        id=f"emergencies_by_{cause}_count",
        dimension=Dimension.HAZARD,
        hazard=cause,
        unit=Unit.COUNT,
        direction=Direction.NEUTRAL,
        native_level=AdminLevel.REGION,
        source="indeci_emergencies",
        to_unit=ToUnit.SUM_ROWS,
        columns=("emergencies",),
        where=(("anio", _YEARS), ("categoria", categories)),
    )
    rate = LayerSpec(
        id=f"emergencies_by_{cause}_per_100000_year",
        dimension=Dimension.HAZARD,
        hazard=cause,
        unit=Unit.PER_100000_YEAR,
        native_level=AdminLevel.REGION,
        to_unit=ToUnit.MODEL,
        model=Model.RATIO,
        inputs=(count.id, "population_people"),
        factor=100_000 / len(_YEARS),
        limits=limits,
        breaks=breaks,
    )
    return count, rate


_RAIN_2017 = "precipitation_mean_2017"
_RAIN = tuple(f"precipitation_mean_{year}" for year in range(2001, 2025))


HAZARDS: tuple[LayerSpec, ...] = (
    _cold("frost_risk_index", "cenepred_heladas_2017", "frost"),
    _cold("cold_surge_risk_index", "cenepred_friaje_2017", "cold_surge"),
    LayerSpec(
        id="rain_mm_year",
        dimension=Dimension.HAZARD,
        unit=Unit.MM_YEAR,
        direction=Direction.NEUTRAL,
        source="climate_pp",
        columns=_RAIN,
        factor=_PENTADS_A_YEAR,
        breaks=(100.0, 300.0, 700.0, 1200.0, 2000.0),
    ),
    LayerSpec(
        id="rain_2017_ratio",
        dimension=Dimension.HAZARD,
        hazard="el_nino",
        unit=Unit.RATIO,
        source="climate_pp",
        columns=(_RAIN_2017, *(year for year in _RAIN if year != _RAIN_2017)),
        combine=Combine.RATIO_TO_MEAN,
        limits=(1.0, 3.0),
        breaks=(0.9, 1.1, 1.3, 1.6, 2.0),
    ),
    LayerSpec(
        id="surface_temperature_celsius",
        dimension=Dimension.HAZARD,
        unit=Unit.CELSIUS,
        direction=Direction.NEUTRAL,
        source="climate_lst",
        columns=tuple(f"lst_mean_{year}" for year in range(2001, 2025)),
        valid_range=(-30.0, 60.0),
        breaks=(12.0, 18.0, 22.0, 26.0, 30.0),
    ),
    LayerSpec(
        id="pm25_ug_m3",
        dimension=Dimension.HAZARD,
        hazard="air",
        unit=Unit.UG_M3,
        source="climate_pm25",
        columns=tuple(f"v6gl02_mean_{year}_mean_{year}" for year in range(2018, 2023)),
        limits=(5.0, 35.0),
        valid_range=(0.0, 500.0),
        breaks=(10.0, 15.0, 20.0, 25.0, 35.0),
    ),
    LayerSpec(
        id="emergencies_count",
        dimension=Dimension.HAZARD,
        hazard="all",
        unit=Unit.COUNT,
        direction=Direction.NEUTRAL,
        native_level=AdminLevel.REGION,
        source="indeci_emergencies",
        to_unit=ToUnit.SUM_ROWS,
        columns=("emergencies",),
        where=(("anio", _YEARS),),
        published=Published(source="regions_published", column="emergencies_2012_2022"),
    ),
    LayerSpec(
        id="emergencies_per_100000_year",
        dimension=Dimension.HAZARD,
        hazard="all",
        unit=Unit.PER_100000_YEAR,
        native_level=AdminLevel.REGION,
        to_unit=ToUnit.MODEL,
        model=Model.RATIO,
        inputs=("emergencies_count", "population_people"),
        factor=100_000 / len(_YEARS),
        limits=(0.0, 200.0),
        breaks=(5.0, 15.0, 30.0, 60.0, 100.0),
    ),
    # Tukey caps of the districts, frozen 2026-11-22 on build 02529690eb0fa16f by
    # docs/freeze_limits.py.
    *_emergencies("nature", _NATURE, (0.4, 68.8), (2.0, 10.0, 25.0, 50.0, 100.0)),
    *_emergencies("people", _PEOPLE, (1.2, 24.8), (2.0, 5.0, 10.0, 15.0, 25.0)),
    LayerSpec(
        id="earthquake_largest_mmi",
        dimension=Dimension.HAZARD,
        hazard="earthquake",
        unit=Unit.MMI,
        source="igp_catalogue",
        to_unit=ToUnit.LARGEST_INTENSITY,
        valid_range=(1.0, 10.0),
        breaks=_MMI_BREAKS,
    ),
    LayerSpec(
        id="earthquake_50y_mmi",
        dimension=Dimension.HAZARD,
        hazard="earthquake",
        unit=Unit.MMI,
        source="igp_catalogue",
        to_unit=ToUnit.INTENSITY_OF_50_YEARS,
        # Frozen 2026-11-21 (build of IGP ed250704, INEI 4b099742): districts ran from 3.99 to 7.23.
        limits=(4.0, 8.0),
        valid_range=(1.0, 10.0),
        breaks=_MMI_BREAKS,
    ),
    LayerSpec(
        id="elevation_m",
        dimension=Dimension.HAZARD,
        unit=Unit.METRES,
        direction=Direction.NEUTRAL,
        source="itu_topography",
        to_unit=ToUnit.ZONAL_MEAN,
        valid_range=(-100.0, 6800.0),
        breaks=(100.0, 500.0, 1500.0, 2500.0, 3500.0),
    ),
    LayerSpec(
        id="slope_degrees",
        dimension=Dimension.HAZARD,
        unit=Unit.DEGREES,
        direction=Direction.NEUTRAL,
        source="itu_topography",
        to_unit=ToUnit.ZONAL_SLOPE,
        valid_range=(0.0, 90.0),
        breaks=(0.5, 1.0, 2.0, 4.0, 6.0),
    ),
    LayerSpec(
        id="landslide_susceptibility_index",
        dimension=Dimension.HAZARD,
        hazard="landslide",
        unit=Unit.INDEX_0_10,
        to_unit=ToUnit.MODEL,
        model=Model.LANDSLIDES,
        inputs=("slope_degrees", "rain_mm_year"),
        # Frozen 2026-11-21 as the range of the rule: districts ran from 0.06 to 8.42.
        limits=(0.0, 10.0),
        valid_range=(0.0, 10.0),
        breaks=(1.0, 2.0, 4.0, 6.0, 8.0),
    ),
    LayerSpec(
        id="tsunami_low_coast_pct",
        dimension=Dimension.HAZARD,
        hazard="tsunami",
        unit=Unit.PERCENT,
        source="itu_topography",
        to_unit=ToUnit.ZONAL_LOW_COAST,
        factor=100.0,
        # Frozen 2026-11-21 as the range of a share: 112 districts above 0, three at 100.
        limits=(0.0, 100.0),
        valid_range=(0.0, 100.0),
        breaks=(1.0, 10.0, 25.0, 50.0, 75.0),
    ),
)
