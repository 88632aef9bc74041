"""A toy country that can be checked by hand: six unit squares, three provinces, two regions.

::

    01 01 01 | 01 01 02 | 02 01 01      row y = 1..2
    01 02 01 | 01 02 02 | 02 01 02      row y = 0..1
"""

import hashlib
from dataclasses import fields, replace
from pathlib import Path

import geopandas as gpd
import shapely

from layers.catalogue.frame import FRAME
from layers.catalogue.hazard_kinds import HAZARD_KINDS
from layers.catalogue.sectors import R4V
from layers.countries import Country
from layers.decide.scenario import Scenario
from layers.sources.locate import Places
from layers.spec import (
    Catalogue,
    CountryProfile,
    Expectations,
    LayerSpec,
    Office,
    Published,
    SourceSpec,
    Vintage,
)
from layers.terms import AdminLevel, Dimension, Licence, Model, ToUnit, Unit

DISTRICTS = {
    "010101": (0, 1, "Alfa"),
    "010102": (1, 1, "Beta"),
    "010201": (0, 0, "Gama"),
    "010202": (1, 0, "Delta"),
    "020101": (2, 1, "Épsilon"),
    "020102": (2, 0, "Zeta"),
}
MIGRANTS = {
    "010101": 0,
    "010102": 9,
    "010201": 99,
    "010202": 4,
    "020101": 9,
}
"""020102 is newer than the census: it was cut from 020101, the square above it."""
RESIDENTS = {
    "010101": 1000,
    "010102": 1000,
    "010201": 2000,
    "010202": 1000,
    "020101": 1000,
}
UNINSURED = {
    "010101": 10.0,
    "010102": 20.0,
    "010201": 30.0,
    "010202": 40.0,
    "020101": 20.0,
}

COUNTRY = CountryProfile(
    id="toy",
    own_name="Juguete",
    pcode_prefix="TY",
    area_crs="EPSG:6933",
    box=(-0.5, -0.5, 3.5, 2.5),
    boundaries="toy_borders",
    coarse_boundaries="toy_regions",
    names="toy_names",
    population="toy_residents",
    figures="toy_figures",
    controls=(("migrants", ()), ("migrants_01", ("01",))),
    vintages=(Vintage(id="2017", created=(("020102", (("020101", 1.0),)),)),),
    units_now="2025",
    neighbours="toy_neighbours",
    inset_box=(2.0, 0.0, 3.0, 2.0),
    inset_name="El este",
    offices=(
        Office(id="alfa", name="Alfa", kind="head", lon=0.5, lat=1.5),
        Office(id="gama", name="Gama", kind="suboffice", lon=0.5, lat=0.5),
        Office(id="zeta", name="Zeta", kind="liaison", lon=2.5, lat=0.5),
    ),
)
COUNTRY_WITHOUT_PARENTS = replace(COUNTRY, vintages=())
"""The same country, but nobody knows what 020102 was cut from: its figures are missing."""

SCENARIO = Scenario("toy", (("toy_people", 1.0), ("toy_uninsured", 3.0)))
SCORE_BREAKS = {AdminLevel.DISTRICT: (40.0, 45.0, 50.0, 54.0, 58.0)}
"""Of districts; the classes of provinces and regions follow from their figures."""


def as_country(
    catalogue: Catalogue, profile: CountryProfile = COUNTRY, expected: Expectations | None = None
) -> Country:
    """Return a profile of the toy country with what is declared for it."""
    own = {field.name: getattr(profile, field.name) for field in fields(CountryProfile)}
    return Country(
        **own,
        catalogue=catalogue,
        scenario=SCENARIO,
        score_breaks=SCORE_BREAKS,
        expected=expected or Expectations(),
    )


def source(folder: Path, name: str, content: bytes, file_format: str, **more: object) -> SourceSpec:
    """Write a file of the toy mirror and return its declaration."""
    (folder / name).write_bytes(content)
    fields: dict[str, object] = {
        "id": name.partition(".")[0],
        "publisher": "Instituto de Juguete",
        "landing": "https://example.org",
        "licence": Licence.CC0,
        "vintage": "2017-10-22",
        "format": file_format,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "redistributable": True,
        "citation": "Juguete",
        "mirror": name,
        "code_column": "ubigeo",
        **more,
    }
    return SourceSpec(**fields)  # type: ignore[arg-type]


def square(x: int, y: int) -> shapely.Polygon:
    return shapely.box(x, y, x + 1, y + 1)


def geojson(frame: gpd.GeoDataFrame) -> bytes:
    return frame.to_json().encode()


def make_toy(folder: Path) -> tuple[Catalogue, Places]:
    """Write the toy mirror into a folder and return its catalogue and places."""
    folder.mkdir(parents=True, exist_ok=True)
    borders = gpd.GeoDataFrame(
        {"ubigeo": list(DISTRICTS)},
        geometry=[square(x, y) for x, y, _ in DISTRICTS.values()],
        crs=4326,
    )
    neighbours = gpd.GeoDataFrame(
        {"name": ["Vecina"]}, geometry=[shapely.box(3, -1, 5, 3)], crs=4326
    )
    names = "ubigeo,reniec,region,provincia,distrito\n" + "".join(
        f"{code},9{code[1:]},Región {code[:2]},Provincia {code[:4]},{name}\n"
        for code, (_, _, name) in DISTRICTS.items()
    )
    # The leading zeros are lost here, as spreadsheets lose them.
    figures = "cod,venezuela,uninsured,residents\n" + "".join(
        f"{int(code)},{MIGRANTS[code]},{UNINSURED[code]},{RESIDENTS[code]}\n" for code in MIGRANTS
    )
    regions = gpd.GeoDataFrame(
        {"ubigeo": ["01", "02"]},
        geometry=[shapely.box(0, 0, 2, 2), shapely.box(2, 0, 3, 2)],
        crs=4326,
    )
    published = "ubigeo,uninsured\n01,27\n02,21\n"
    alarms = "cod,year,alarms\n01,2020,5\n01,2021,6\n02,2020,4\n02,2019,100\n"
    national = "key,value\nmigrants,200\nmigrants_01,150\nin_need,100\n"
    catalogue = Catalogue.of(
        sources=(
            source(folder, "toy_borders.geojson", geojson(borders), "geojson"),
            source(folder, "toy_names.csv", names.encode(), "csv"),
            source(folder, "toy_neighbours.geojson", geojson(neighbours), "geojson"),
            source(
                folder, "toy_census.csv", figures.encode(), "csv", code_column="cod", units="2017"
            ),
            source(folder, "toy_regions.geojson", geojson(regions), "geojson"),
            source(
                folder, "toy_published.csv", published.encode(), "csv", code_level=AdminLevel.REGION
            ),
            source(
                folder,
                "toy_alarms.csv",
                alarms.encode(),
                "csv",
                code_column="cod",
                code_level=AdminLevel.REGION,
            ),
            source(folder, "toy_figures.csv", national.encode(), "csv", code_column=None),
        ),
        layers=(
            LayerSpec(
                id="toy_residents",
                dimension=Dimension.POPULATION,
                unit=Unit.PEOPLE,
                source="toy_census",
                columns=("residents",),
            ),
            LayerSpec(
                id="toy_people",
                dimension=Dimension.MIGRANTS,
                unit=Unit.PEOPLE,
                source="toy_census",
                columns=("venezuela",),
                limits=dict.fromkeys(AdminLevel, (0.0, 100.0)),
            ),
            LayerSpec(
                id="toy_uninsured",
                dimension=Dimension.NEEDS,
                unit=Unit.PERCENT,
                source="toy_census",
                columns=("uninsured",),
                limits=(0.0, 50.0),
                valid_range=(0.0, 100.0),
                breaks=(15.0, 25.0, 35.0),
                published=Published(source="toy_published", column="uninsured"),
            ),
            LayerSpec(
                id="toy_migrants",
                dimension=Dimension.MIGRANTS,
                unit=Unit.PEOPLE,
                to_unit=ToUnit.MODEL,
                model=Model.MIGRANTS_NOW,
                inputs=("toy_people", "toy_residents"),
            ),
            LayerSpec(
                id="toy_in_need",
                dimension=Dimension.NEEDS,
                unit=Unit.PEOPLE,
                to_unit=ToUnit.MODEL,
                model=Model.PEOPLE_IN_NEED,
                inputs=("toy_migrants", "toy_uninsured"),
                figure="in_need",
            ),
            LayerSpec(
                id="toy_alarms_count",
                dimension=Dimension.HAZARD,
                unit=Unit.COUNT,
                native_level=AdminLevel.REGION,
                source="toy_alarms",
                to_unit=ToUnit.SUM_ROWS,
                columns=("alarms",),
                where=(("year", ("2020", "2021")),),
            ),
            LayerSpec(
                id="toy_alarms_per_10000",
                dimension=Dimension.HAZARD,
                unit=Unit.PER_10000,
                native_level=AdminLevel.REGION,
                to_unit=ToUnit.MODEL,
                model=Model.RATIO,
                inputs=("toy_alarms_count", "toy_residents"),
                factor=10_000.0,
                limits=(0.0, 100.0),
            ),
            LayerSpec(
                id="toy_hazard_index",
                dimension=Dimension.HAZARD,
                unit=Unit.INDEX_0_10,
                to_unit=ToUnit.MODEL,
                model=Model.INDEX_MEAN,
                inputs=("toy_uninsured", "toy_alarms_per_10000"),
                limits=(0.0, 10.0),
            ),
        ),
        sectors=R4V.sectors,
        hazards=HAZARD_KINDS,
        frame=FRAME,
    )
    return catalogue, places_in(folder)


def places_in(folder: Path) -> Places:
    """Return where the files of a toy mirror are looked for."""
    return Places(store=folder / "store", mirror=folder, starter=folder / "starter")
