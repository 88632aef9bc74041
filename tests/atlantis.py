"""A second country, added to a copy of the product as a person would add it.

Atlantis has other codes than Peru (11 and 12), another P-code prefix, its own offices, words
of its own for nothing, and a census in a format that the product does not read yet.

::

    11 01 01 | 11 01 02 | 12 01 01
"""

import hashlib
from pathlib import Path

import geopandas as gpd
import shapely

DISTRICTS = {"110101": ("Coral", 0), "110102": ("Duna", 1), "120101": ("Espuma", 2)}
CENSUS = (
    "ubigeo\tpeople\tarrived\tuninsured\treefs\n"
    "110101\t1000\t90\t10\t3\n110102\t2000\t20\t50\t0\n120101\t500\t40\t20\t7\n"
)

MODULE = '''"""Atlantis: 2 regions and 3 districts."""

from layers.countries.country import Country
from layers.decide.scenario import Scenario
from layers.spec import (
    Catalogue,
    HazardSpec,
    LayerSpec,
    Office,
    Pillar,
    ResultsFrame,
    SectorSpec,
    SourceSpec,
)
from layers.terms import AdminLevel, Dimension, Licence, Unit

_FILES = {files!r}


def _source(source_id: str, **more: object) -> SourceSpec:
    path, sha256, size, file_format = _FILES[source_id]
    return SourceSpec(
        id=source_id,
        publisher="Instituto de la Atlántida",
        landing="https://example.org",
        licence=Licence.CC0,
        vintage="2020",
        format=file_format,
        sha256=sha256,
        bytes=size,
        redistributable=True,
        citation="Atlántida",
        starter=path,
        code_column="ubigeo",
        **more,
    )


CATALOGUE = Catalogue.of(
    sources=tuple(_source(name) for name in _FILES),
    layers=(
        LayerSpec(
            id="population_people",
            dimension=Dimension.POPULATION,
            unit=Unit.PEOPLE,
            source="atl_census",
            columns=("people",),
        ),
        LayerSpec(
            id="arrived_people",
            dimension=Dimension.MIGRANTS,
            unit=Unit.PEOPLE,
            source="atl_census",
            columns=("arrived",),
            limits={{level: (0.0, 100.0) for level in AdminLevel}},
        ),
        LayerSpec(
            id="no_insurance_pct",
            dimension=Dimension.NEEDS,
            sector="health",
            unit=Unit.PERCENT,
            source="atl_census",
            columns=("uninsured",),
            limits=(0.0, 100.0),
            breaks=(15.0, 40.0),
        ),
        LayerSpec(
            id="reefs_count",
            dimension=Dimension.HAZARD,
            hazard="kraken",
            unit=Unit.COUNT,
            source="atl_census",
            columns=("reefs",),
        ),
    ),
    sectors=(SectorSpec(id="health", deficit="no_insurance_pct", objectives=("A.1",)),),
    hazards=(HazardSpec(id="kraken", objectives=("B.1",)),),
    frame=ResultsFrame(
        id="atl_plan",
        pillars=(
            Pillar(id="A", objectives=("A.1",), areas=(), sdgs=(3,), gcm=(15,)),
            Pillar(id="B", objectives=("B.1",), areas=(), sdgs=(13,), gcm=(2,)),
        ),
    ),
)

ATLANTIS = Country(
    id="atl",
    own_name="Atlántida",
    pcode_prefix="AT",
    area_crs="EPSG:6933",
    box=(-0.5, -0.5, 3.5, 1.5),
    boundaries="atl_districts",
    coarse_boundaries="atl_regions",
    names="atl_names",
    population="population_people",
    neighbours="atl_neighbours",
    inset_box=(2.0, 0.0, 3.0, 1.0),
    inset_name="Las islas",
    offices=(
        Office(id="coral", name="Coral", kind="head", lon=0.5, lat=0.5),
        Office(id="espuma", name="Espuma", kind="liaison", lon=2.5, lat=0.5),
    ),
    catalogue=CATALOGUE,
    scenario=Scenario("atl", (("arrived_people", 1.0), ("no_insurance_pct", 1.0))),
)
'''


def write_atlantis(root: Path) -> None:
    """Write the country module and the data folder of Atlantis into a copy of the product."""
    files = {
        name: (path, *_write(root / "data" / path, content), path.rpartition(".")[2])
        for name, path, content in _contents()
    }
    (root / "layers/countries/atl.py").write_text(MODULE.format(files=files), encoding="utf-8")


def _write(path: Path, content: str) -> tuple[str, int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode())
    return hashlib.sha256(content.encode()).hexdigest(), len(content.encode())


def _contents() -> list[tuple[str, str, str]]:
    names = "ubigeo,reniec,region,provincia,distrito\n" + "".join(
        f"{code},,Región {code[:2]},Provincia {code[:4]},{name}\n"
        for code, (name, _) in DISTRICTS.items()
    )
    return [
        ("atl_districts", "boundaries/atl/districts.geojson", _shapes("ubigeo", _squares())),
        (
            "atl_regions",
            "boundaries/atl/regions.geojson",
            _shapes("ubigeo", {"11": shapely.box(0, 0, 2, 1), "12": shapely.box(2, 0, 3, 1)}),
        ),
        (
            "atl_neighbours",
            "boundaries/atl/neighbours.geojson",
            _shapes("name", {"Vecina": shapely.box(3, -1, 5, 2)}),
        ),
        ("atl_names", "boundaries/atl/names.csv", names),
        ("atl_census", "population/atl/census.tsv", CENSUS),
    ]


def _squares() -> dict[str, shapely.Polygon]:
    return {code: shapely.box(x, 0, x + 1, 1) for code, (_, x) in DISTRICTS.items()}


def _shapes(column: str, shapes: dict[str, shapely.Polygon]) -> str:
    frame = gpd.GeoDataFrame({column: list(shapes)}, geometry=list(shapes.values()), crs=4326)
    return str(frame.to_json())
