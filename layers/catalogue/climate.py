"""Rain, heat and air from yearly series by district, and rain by month and hour on grids."""

from layers.spec import LayerSpec
from layers.terms import Combine, Dimension, Direction, ToUnit, Unit

_PENTADS_A_YEAR = 73.05
_YEARS_A_DECADE = 10.0
_RAIN = tuple(f"precipitation_mean_{year}" for year in range(2001, 2025))
_HEAT = tuple(f"lst_mean_{year}" for year in range(2001, 2025))
_PM25 = tuple(f"v6gl02_mean_{year}_mean_{year}" for year in range(2001, 2023))


def _rain_of(year: int) -> LayerSpec:
    column = f"precipitation_mean_{year}"
    return LayerSpec(
        id=f"rain_{year}_ratio",
        dimension=Dimension.HAZARD,
        hazard="el_nino",
        unit=Unit.RATIO,
        source="climate_pp",
        columns=(column, *(other for other in _RAIN if other != column)),
        combine=Combine.RATIO_TO_MEAN,
        # Frozen for 2017; on 2026-11-22 districts of 2023 ran from 0.78 to 3.34.
        limits=(1.0, 3.0),
        breaks=(0.9, 1.1, 1.3, 1.6, 2.0),
    )


CLIMATE: tuple[LayerSpec, ...] = (
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
    _rain_of(2017),
    _rain_of(2023),
    LayerSpec(
        id="rain_trend_mm_year_decade",
        dimension=Dimension.HAZARD,
        unit=Unit.MM_YEAR_DECADE,
        direction=Direction.NEUTRAL,
        source="climate_pp",
        columns=_RAIN,
        combine=Combine.TREND,
        factor=_PENTADS_A_YEAR * _YEARS_A_DECADE,
        valid_range=(-2000.0, 2000.0),
        breaks=(-100.0, -25.0, 25.0, 100.0, 200.0),
    ),
    LayerSpec(
        id="drought_driest_year_ratio",
        dimension=Dimension.HAZARD,
        hazard="drought",
        unit=Unit.RATIO,
        direction=Direction.LESS_IS_WORSE,
        source="climate_pp",
        columns=_RAIN,
        combine=Combine.LEAST_TO_MEAN,
        # Frozen 2026-11-22 (climate_pp 86af91bd): districts ran from 0.22 to 0.91.
        limits=(0.2, 1.0),
        valid_range=(0.0, 1.0),
        breaks=(0.4, 0.55, 0.7, 0.8),
    ),
    LayerSpec(
        id="rain_wettest_month_pct",
        dimension=Dimension.HAZARD,
        unit=Unit.PERCENT,
        direction=Direction.NEUTRAL,
        source="itu_rain_monthly",
        to_unit=ToUnit.ZONAL_MEAN,
        bands=tuple(range(1, 13)),
        combine=Combine.LARGEST_SHARE,
        factor=100.0,
        valid_range=(0.0, 100.0),
        breaks=(12.0, 15.0, 20.0, 25.0, 30.0),
    ),
    LayerSpec(
        id="rain_heavy_mm_hour",
        dimension=Dimension.HAZARD,
        hazard="rain",
        unit=Unit.MM_HOUR,
        source="itu_rainrate",
        to_unit=ToUnit.ZONAL_MEAN,
        # Frozen 2026-11-22 (itu_rainrate 6c358ce4): districts ran from 0.7 to 113.5.
        limits=(0.0, 115.0),
        valid_range=(0.0, 300.0),
        breaks=(10.0, 25.0, 40.0, 55.0, 70.0),
    ),
    LayerSpec(
        id="surface_temperature_celsius",
        dimension=Dimension.HAZARD,
        unit=Unit.CELSIUS,
        direction=Direction.NEUTRAL,
        source="climate_lst",
        columns=_HEAT,
        valid_range=(-30.0, 60.0),
        breaks=(12.0, 18.0, 22.0, 26.0, 30.0),
    ),
    LayerSpec(
        id="surface_temperature_trend_celsius_decade",
        dimension=Dimension.HAZARD,
        unit=Unit.CELSIUS_DECADE,
        direction=Direction.NEUTRAL,
        source="climate_lst",
        columns=_HEAT,
        combine=Combine.TREND,
        factor=_YEARS_A_DECADE,
        valid_range=(-10.0, 10.0),
        breaks=(-1.0, -0.5, -0.2, 0.2, 0.5),
    ),
    LayerSpec(
        id="pm25_ug_m3",
        dimension=Dimension.HAZARD,
        hazard="air",
        unit=Unit.UG_M3,
        source="climate_pm25",
        columns=_PM25[-5:],
        limits=(5.0, 35.0),
        valid_range=(0.0, 500.0),
        breaks=(10.0, 15.0, 20.0, 25.0, 35.0),
    ),
    LayerSpec(
        id="pm25_trend_ug_m3_decade",
        dimension=Dimension.HAZARD,
        hazard="air",
        unit=Unit.UG_M3_DECADE,
        direction=Direction.NEUTRAL,
        source="climate_pm25",
        columns=_PM25,
        combine=Combine.TREND,
        factor=_YEARS_A_DECADE,
        valid_range=(-100.0, 100.0),
        breaks=(-2.0, -1.0, -0.5, 0.0, 0.5),
    ),
)
