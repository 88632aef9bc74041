"""Boundaries of unknown make get their codes: by what a column holds, else by name and place."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import shapely

from layers.borders import LOADED, read_borders
from layers.harmonise.boundary_codes import with_codes
from layers.reading import Reader
from layers.sources.locate import Places
from layers.spec import Catalogue
from tests.loaded import brought
from tests.toy import COUNTRY, DISTRICTS, geojson, source, square

NAMES = pd.DataFrame({"distrito": {code: name for code, (*_, name) in DISTRICTS.items()}})


def shapes(**columns: list[object]) -> gpd.GeoDataFrame:
    drawn = [square(x, y) for x, y, _ in DISTRICTS.values()]
    size = len(next(iter(columns.values())))
    return gpd.GeoDataFrame(columns, geometry=drawn[:size], crs=4326)


def test_a_column_of_codes_is_known_by_what_it_holds() -> None:
    pcodes = [f"TY{code}" for code in DISTRICTS]
    made = with_codes(shapes(ID=[1, 2, 3, 4, 5, 6], adm3_pcode=pcodes), NAMES)
    assert list(made.units.index) == sorted(DISTRICTS)
    assert (made.by_name, made.unknown) == (False, ())
    # Codes that lost their zero, and one that nobody bears.
    numbers = [10101, 10102, 10201, 10202, 20101, 999999]
    made = with_codes(shapes(cod=numbers, n=["a", None, "c", "d", "e", "Zeta"]), NAMES)
    assert list(made.units.index) == sorted(DISTRICTS)[:5]
    assert made.unknown == ((6, "999999", "Zeta"),)


def test_two_boundaries_of_one_code_are_of_neither() -> None:
    codes = ["010101", "010101", "010201", "010202"]
    made = with_codes(shapes(code=codes), NAMES)
    assert list(made.units.index) == ["010201", "010202"]
    assert [row for row, *_ in made.unknown] == [1, 2]


def test_names_place_boundaries_and_their_place_tells_namesakes_apart() -> None:
    namesakes = NAMES.replace({"distrito": {"Beta": "Alfa"}})
    called = ["ALFA", "alfa", "Gama", "Delta", "Epsilon", "Nadie"]
    made = with_codes(shapes(shapeName=called), namesakes)
    assert made.by_name
    assert list(made.units.index) == ["010201", "010202", "020101"]
    assert [(row, name) for row, _, name in made.unknown] == [
        (1, "ALFA"),
        (2, "alfa"),
        (6, "Nadie"),
    ]
    published = gpd.GeoDataFrame(
        index=pd.Index(list(DISTRICTS), name="ubigeo"),
        geometry=[square(x, y) for x, y, _ in DISTRICTS.values()],
        crs=4326,
    )
    made = with_codes(shapes(shapeName=called), namesakes, published)
    assert list(made.units.index) == sorted(DISTRICTS)[:5]


def test_what_has_neither_codes_nor_names_is_of_no_unit() -> None:
    made = with_codes(shapes(x=["p", "q"]), NAMES)
    assert made.units.empty
    assert [row for row, *_ in made.unknown] == [1, 2]


def test_a_unit_without_a_boundary_takes_the_loaded_one(toy: tuple[Catalogue, Places]) -> None:
    catalogue, places = toy
    folder = places.mirror
    assert folder is not None
    torn = shapes(ubigeo=list(DISTRICTS))
    torn.loc[0, "geometry"] = None
    declared = source(folder, "torn.geojson", geojson(torn), "geojson")
    (folder / "cod.geojson").write_bytes(geojson(shapes(adm3_pcode=list(DISTRICTS))))
    here = replace(places, loaded=folder / "loaded")
    file = brought("boundaries", folder / "cod.geojson", here)
    reader = Reader(catalogue.with_sources(declared, file.source), here, lambda line: None)
    borders = read_borders(reader, replace(COUNTRY, boundaries="torn"), NAMES)
    assert [(one.ubigeo, one.donor) for one in borders.repairs] == [("010101", LOADED)]
    assert shapely.equals(borders.shapes["010101"], square(0, 1))
    assert reader.statuses[LOADED].rows == 6
