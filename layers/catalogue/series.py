"""Series over time of which the build keeps every year or month."""

from dataclasses import replace

from layers.catalogue.climate import CLIMATE
from layers.catalogue.emergencies import EMERGENCIES
from layers.spec import LayerSpec, SeriesSpec
from layers.terms import Dimension, Direction, Period, ToUnit, Unit

_OF = {layer.id: layer for layer in (*CLIMATE, *EMERGENCIES)}
_YEARS_OF_CLIMATE = tuple(range(2001, 2025))
_MONTHS = tuple(range(1, 13))

SERIES: tuple[SeriesSpec, ...] = (
    SeriesSpec(
        id="rain_by_year",
        period=Period.YEAR,
        layer=_OF["rain_mm_year"],
        times=_YEARS_OF_CLIMATE,
    ),
    SeriesSpec(
        id="temperature_by_year",
        period=Period.YEAR,
        layer=_OF["surface_temperature_celsius"],
        times=_YEARS_OF_CLIMATE,
    ),
    # Of 2023 the register has two months only.
    SeriesSpec(
        id="emergencies_by_year",
        period=Period.YEAR,
        layer=_OF["emergencies_count"],
        times=tuple(range(2012, 2023)),
        time_column="anio",
    ),
    SeriesSpec(
        id="rain_by_month",
        period=Period.MONTH,
        layer=replace(
            _OF["rain_wettest_month_pct"],
            unit=Unit.MM_MONTH,
            factor=1.0,
            valid_range=(0.0, 2000.0),
        ),
        times=_MONTHS,
    ),
    SeriesSpec(
        id="temperature_by_month",
        period=Period.MONTH,
        # Cells of 80 km: they tell the cold months from the warm ones, and no valley's degrees.
        layer=LayerSpec(
            id="temperature_by_month",
            dimension=Dimension.HAZARD,
            unit=Unit.CELSIUS,
            direction=Direction.NEUTRAL,
            source="itu_temperature",
            to_unit=ToUnit.ZONAL_MEAN,
            bands=tuple(range(2, 14)),
            valid_range=(-30.0, 60.0),
        ),
        times=_MONTHS,
    ),
)
