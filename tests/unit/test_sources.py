import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from layers import KEPT_VECTOR_DRIVERS
from layers.errors import SourceDamagedError, SourceUnavailableError
from layers.sources.locate import Places, locate
from layers.sources.read import read_table, read_vector
from layers.spec import Catalogue
from tests.toy import source

LOCAL = 'ENGCRS["plan of a camp",EDATUM["a peg"],CS[Cartesian,2],AXIS["x",east],AXIS["y",north],LENGTHUNIT["metre",1]]'


@pytest.mark.fault(4)
def test_only_the_kept_vector_drivers_are_left() -> None:
    asked = "import layers, pyogrio; print(','.join(sorted(pyogrio.list_drivers())))"
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert set(answer.stdout.strip().split(",")) == KEPT_VECTOR_DRIVERS
    assert answer.stderr == ""


@pytest.mark.fault(4)
def test_a_vrt_that_names_another_file_gives_nothing_away(tmp_path: Path) -> None:
    canary = tmp_path / "canary.csv"
    canary.write_text("secret,value\ncanario,1\n")
    vrt = f"""<OGRVRTDataSource><OGRVRTLayer name="canary">
    <SrcDataSource>CSV:{canary}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"""
    spec = source(tmp_path, "evil.geojson", vrt.encode(), "geojson")
    with pytest.raises(SourceDamagedError, match="is not a geojson file") as caught:
        read_vector(tmp_path / "evil.geojson", spec)
    assert "canario" not in str(caught.value)


@pytest.mark.fault(1)
@pytest.mark.parametrize("content", [b"", b"   "])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: bytes) -> None:
    spec = source(tmp_path, "empty.csv", content, "csv")
    with pytest.raises(SourceDamagedError, match=r"empty\.csv is empty"):
        read_table(tmp_path / "empty.csv", spec)


@pytest.mark.fault(3)
def test_a_png_named_geojson_is_refused(tmp_path: Path) -> None:
    spec = source(tmp_path, "map.geojson", b"\x89PNG\r\n\x1a\n0000", "geojson")
    with pytest.raises(SourceDamagedError, match="is not a geojson file"):
        read_vector(tmp_path / "map.geojson", spec)


@pytest.mark.fault(2)
def test_a_truncated_geojson_is_one_sentence(tmp_path: Path) -> None:
    spec = source(tmp_path, "cut.geojson", b'{"type":"FeatureCollection","features":[{', "geojson")
    with pytest.raises(SourceDamagedError, match="cannot be read as geojson"):
        read_vector(tmp_path / "cut.geojson", spec)


@pytest.mark.parametrize("system", ["+proj=longlat +a=3396190 +b=3376200 +no_defs", LOCAL])
def test_a_map_of_nowhere_on_the_earth_is_one_sentence(tmp_path: Path, system: str) -> None:
    made = gpd.GeoDataFrame(geometry=[shapely.Point(1, 2)], crs=system)
    made.to_file(tmp_path / "map.gpkg", driver="GPKG", layer="map")
    content = (tmp_path / "map.gpkg").read_bytes()
    spec = source(tmp_path, "map.gpkg", content, "gpkg", part="map")
    with pytest.raises(SourceDamagedError, match=r"map\.gpkg: its reference system .* no place"):
        read_vector(tmp_path / "map.gpkg", spec)


@pytest.mark.fault(64)
def test_a_changed_file_is_refused_with_its_name(toy: tuple[Catalogue, Places]) -> None:
    catalogue, places = toy
    spec = catalogue.source("toy_census")
    path = places.mirror / spec.mirror
    path.write_bytes(path.read_bytes().replace(b"99", b"98"))
    with pytest.raises(SourceDamagedError, match=r"toy_census\.csv: sha256"):
        locate(spec, places)
    path.write_bytes(b"short")
    with pytest.raises(SourceDamagedError, match="5 bytes instead of"):
        locate(spec, places)


def test_the_store_comes_before_the_mirror(toy: tuple[Catalogue, Places]) -> None:
    catalogue, places = toy
    spec = catalogue.source("toy_census")
    assert locate(spec, places)[0] == "mirror"
    places.store.mkdir()
    (places.store / spec.id).write_bytes((places.mirror / spec.mirror).read_bytes())
    assert locate(spec, places)[0] == "store"


def test_an_absent_source_says_what_to_do(toy: tuple[Catalogue, Places], tmp_path: Path) -> None:
    catalogue, _ = toy
    elsewhere = Places(store=tmp_path / "none", mirror=None, starter=tmp_path / "none")
    with pytest.raises(SourceUnavailableError, match="set GEOAPP_MIRROR to a folder that holds"):
        locate(catalogue.source("toy_census"), elsewhere)
