"""Hazards: what the climate and the ground have done and may do to a unit."""

from layers.catalogue.climate import CLIMATE
from layers.catalogue.cold import COLD
from layers.catalogue.emergencies import EMERGENCIES
from layers.spec import LayerSpec
from layers.terms import Dimension, Direction, Model, ToUnit, Unit

_MMI_BREAKS = (4.5, 5.5, 6.5, 7.5, 8.5)
"""Bands of PAGER: V holds 4.5 to 5.5."""

HAZARDS: tuple[LayerSpec, ...] = (
    *COLD,
    *CLIMATE,
    *EMERGENCIES,
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
