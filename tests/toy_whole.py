"""The toy country with everything that Peru has beyond the bare one of ``tests.toy``.

Settlements, a vintage with fewer units than the census, limits of severity, a raster of
4 × 6 cells, facilities and the three parts of risk. A module of its own, so that the figures
that other tests count by hand stay few.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import rasterio

from layers.catalogue.sectors import R4V
from layers.decide.scenario import Scenario
from layers.sources.locate import Places
from layers.spec import Catalogue, LayerSpec, SourceSpec, Vintage
from layers.terms import Dimension, Direction, Model, ToUnit, Unit
from tests.toy import COUNTRY, make_toy, source

LIMITS = """sector,layer,direction,phase_2,phase_3,phase_4,phase_5,source,note
health,toy_untreated_pct,more_is_worse,10,20,30,40,Juguete,De prueba
"""
SETTLEMENTS = "name,longitude,latitude,population\nAlta,2.5,1.5,300\nBaja,2.5,0.5,100\n"
"""By people 020101 keeps three quarters of what it was before 020102 was cut from it."""
CLINICS = "cod,clinic\n010101,a\n010101,b\n010102,c\n020101,d\n010201,e\n"
OLDER = "cod,huts\n010101,40\n010102,10\n010201,50\n020101,50\n"
"""Of 2010, before 010202 was cut from 010201."""

WHOLE_COUNTRY = replace(
    COUNTRY,
    vocabulary=R4V,
    phase_limits="needs/toy/severity_thresholds.csv",
    settlements="toy_settlements",
    vintages=(
        Vintage(
            id="2010",
            created=(("010202", (("010201", 1.0),)), ("020102", (("020101", 1.0),))),
        ),
        *COUNTRY.vintages,
    ),
)
WHOLE_SCENARIO = Scenario("whole", (("toy_people", 1.0), ("toy_risk_index", 3.0)))


def heat() -> np.ndarray:
    """Return four rows of six half-degree cells: 0 to 5 eastward, 10 more in the southern half."""
    east = np.arange(6, dtype="float32")
    return np.stack([east, east, east + 10, east + 10])


def write_heat(path: Path) -> bytes:
    """Write the raster over the six squares and return its bytes."""
    north_up = rasterio.transform.from_origin(0, 2, 0.5, 0.5)
    shape = {"width": 6, "height": 4, "count": 1, "dtype": "float32", "crs": "EPSG:4326"}
    with rasterio.open(path, "w", driver="GTiff", transform=north_up, nodata=-1.0, **shape) as file:
        file.write(heat(), 1)
    return path.read_bytes()


def make_whole_toy(folder: Path) -> tuple[Catalogue, Places]:
    """Write the toy mirror and what it lacks of Peru; return its catalogue and places."""
    catalogue, places = make_toy(folder)
    limits = places.starter / "needs" / "toy" / "severity_thresholds.csv"
    limits.parent.mkdir(parents=True, exist_ok=True)
    limits.write_text(LIMITS, encoding="utf-8")
    more = catalogue.with_sources(*_sources(folder)).with_layers(*_layers())
    return more, places


def _sources(folder: Path) -> tuple[SourceSpec, ...]:
    return (
        source(folder, "toy_settlements.csv", SETTLEMENTS.encode(), "csv", code_column=None),
        source(folder, "toy_clinics.csv", CLINICS.encode(), "csv", code_column="cod", units="2017"),
        source(folder, "toy_older.csv", OLDER.encode(), "csv", code_column="cod", units="2010"),
        source(
            folder, "toy_heat.tif", write_heat(folder / "heat.tif"), "geotiff", code_column=None
        ),
    )


def _layers() -> tuple[LayerSpec, ...]:
    def index(name: str, dimension: Dimension, *inputs: str) -> LayerSpec:
        return LayerSpec(
            id=name,
            dimension=dimension,
            unit=Unit.INDEX_0_10,
            to_unit=ToUnit.MODEL,
            model=Model.INDEX_MEAN,
            inputs=inputs,
            limits=(0.0, 10.0),
        )

    return (
        LayerSpec(
            id="toy_heat_celsius",
            dimension=Dimension.HAZARD,
            hazard="all",
            unit=Unit.CELSIUS,
            source="toy_heat",
            to_unit=ToUnit.ZONAL_MEAN,
            limits=(0.0, 20.0),
        ),
        LayerSpec(
            id="toy_huts_count",
            dimension=Dimension.VULNERABILITY,
            unit=Unit.COUNT,
            source="toy_older",
            columns=("huts",),
        ),
        LayerSpec(
            id="toy_huts_per_10000",
            dimension=Dimension.VULNERABILITY,
            unit=Unit.PER_10000,
            to_unit=ToUnit.MODEL,
            model=Model.RATIO,
            inputs=("toy_huts_count", "toy_residents"),
            factor=10_000.0,
            limits=(0.0, 1000.0),
        ),
        LayerSpec(
            id="toy_clinics_count",
            dimension=Dimension.COPING,
            unit=Unit.COUNT,
            direction=Direction.LESS_IS_WORSE,
            source="toy_clinics",
            to_unit=ToUnit.COUNT_DISTINCT,
            columns=("clinic",),
        ),
        LayerSpec(
            id="toy_clinics_per_10000",
            dimension=Dimension.COPING,
            unit=Unit.PER_10000,
            direction=Direction.LESS_IS_WORSE,
            to_unit=ToUnit.MODEL,
            model=Model.RATIO,
            inputs=("toy_clinics_count", "toy_residents"),
            factor=10_000.0,
            limits=(0.0, 20.0),
        ),
        index("toy_heat_index", Dimension.HAZARD, "toy_heat_celsius"),
        index("toy_vulnerability_index", Dimension.VULNERABILITY, "toy_huts_per_10000"),
        index("toy_coping_index", Dimension.COPING, "toy_clinics_per_10000"),
        LayerSpec(
            id="toy_risk_index",
            dimension=Dimension.VULNERABILITY,
            unit=Unit.INDEX_0_10,
            to_unit=ToUnit.MODEL,
            model=Model.RISK,
            inputs=("toy_heat_index", "toy_vulnerability_index", "toy_coping_index"),
            limits=(0.0, 10.0),
        ),
        LayerSpec(
            id="toy_untreated_pct",
            dimension=Dimension.NEEDS,
            sector="health",
            unit=Unit.PERCENT,
            source="toy_census",
            columns=("uninsured",),
        ),
        LayerSpec(
            id="severity_health",
            dimension=Dimension.NEEDS,
            sector="health",
            unit=Unit.SEVERITY,
            to_unit=ToUnit.MODEL,
            model=Model.SECTOR_SEVERITY,
            inputs=("toy_untreated_pct",),
            limits=(1.0, 5.0),
            breaks=(2.0, 3.0, 4.0, 5.0),
        ),
    )
