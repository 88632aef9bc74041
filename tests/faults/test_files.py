"""Files of visitors that are broken, lie about themselves, or lie elsewhere."""

import io
import json
import sqlite3
import stat
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
import xlsxwriter

from layers.errors import MapPlaceError, SourceDamagedError, UserFileError
from layers.own.asked import Asked
from layers.own.ground import Ground
from layers.own.look import look_at
from layers.own.take import take
from layers.sources import user_map
from layers.sources.guard import check_archive
from layers.terms import Unit
from tests.unit.test_own_file import archive, collection, feature, ground, refusal

__all__ = ["ground"]


@pytest.mark.fault(2)
def test_a_cut_geojson_says_where_it_breaks(ground: Ground, tmp_path: Path) -> None:
    cut = collection(feature([0.5, 0.5]))[:60]
    assert "breaks at character" in str(refusal(cut, "c.geojson", ground, tmp_path))


@pytest.mark.fault(7)
def test_a_link_inside_an_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    link = zipfile.ZipInfo("xl/workbook.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(link, "/etc/passwd")
    with pytest.raises(UserFileError, match="files that are of no workbook"):
        check_archive(path, "a.xlsx")


@pytest.mark.fault(9)
def test_an_archive_of_a_hundred_thousand_members_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as made:
        for number in range(100_000):
            made.filelist.append(info := zipfile.ZipInfo(f"{number}"))
            info.header_offset = info.CRC = 0
        made._didModify = True  # type: ignore[attr-defined]
    with pytest.raises(UserFileError, match="holds too much inside"):
        check_archive(tmp_path / "a.xlsx", "a.xlsx")


@pytest.mark.fault(12)
def test_more_vertices_than_are_read_are_refused(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = shapely.Point(0.5, 0.5).buffer(0.4, quad_segs=300)
    many = {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(circle))}
    path = tmp_path / "m.geojson"
    path.write_bytes(collection(many))
    assert look_at(path, "m.geojson", ground)["row_count"] == 1
    monkeypatch.setattr(user_map, "MAX_VERTICES", 1000)
    assert "more than 1000 vertices; simplify" in str(
        refusal(path.read_bytes(), "m.geojson", ground, tmp_path)
    )


@pytest.mark.fault(13)
@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_coordinate_that_is_no_number_is_an_error_of_its_row(
    number: str, ground: Ground, tmp_path: Path
) -> None:
    path = tmp_path / "n.geojson"
    good = collection(feature([0.5, 0.5]), feature([0.5, 0.25]))
    path.write_bytes(good.replace(b"0.25", number.encode()))
    rows = take(path, "n.geojson", Asked(), ground)["rows"]
    assert [(row["state"], row["reason"]) for row in rows] == [
        ("placed", ""),
        ("bad_number", "bad_geometry"),
    ]


@pytest.mark.fault(14)
@pytest.mark.parametrize("far", [[1e308, 0.5], [0.5, 1e308], [1e6, 1e6]])
def test_a_coordinate_beyond_the_world_never_finds_a_place(
    far: list[float], ground: Ground, tmp_path: Path
) -> None:
    error = refusal(collection(feature([0.5, 0.5]), feature(far)), "f.geojson", ground, tmp_path)
    assert isinstance(error, MapPlaceError)


@pytest.mark.fault(14)
def test_a_point_outside_the_country_is_named_as_a_row(ground: Ground, tmp_path: Path) -> None:
    path = tmp_path / "f.geojson"
    path.write_bytes(collection(feature([0.5, 0.5]), feature([150.0, 80.0])))
    rows = take(path, "f.geojson", Asked(), ground)["rows"]
    assert [row["reason"] for row in rows] == ["", "outside_every_unit"]


def package(path: Path, crs: Any, *shapes: Any) -> Path:
    gpd.GeoDataFrame({"n": range(len(shapes))}, geometry=list(shapes), crs=crs).to_file(
        path, driver="GPKG"
    )
    return path


@pytest.mark.fault(17)
def test_a_map_without_a_reference_system_is_asked_for_it(ground: Ground, tmp_path: Path) -> None:
    path = package(tmp_path / "g.gpkg", None, shapely.Point(0.5, 0.5))
    with sqlite3.connect(path) as database:
        database.execute("update gpkg_contents set srs_id = -1")
        database.execute("update gpkg_geometry_columns set srs_id = -1")
    with pytest.raises(MapPlaceError):
        look_at(path, "g.gpkg", ground)
    assert look_at(path, "g.gpkg", ground, "EPSG:4326")["shape"] == "points"


@pytest.mark.fault(18)
def test_an_old_datum_is_transformed_and_its_accuracy_told(tmp_path: Path) -> None:
    lima = shapely.Point(-77.03, -12.05)
    old = gpd.GeoSeries([lima], crs=4326).to_crs(24878).iloc[0]
    path = tmp_path / "m.geojson"
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::24878"}}
    path.write_bytes(collection(feature([old.x, old.y]), crs=named))
    peru = (-81.5, -18.5, -68.5, 0.1)
    read = user_map.read_user_map(path, "m.geojson", "geojson", peru)
    assert read.frame.geometry.iloc[0].distance(lima) < 1e-4
    # The same numbers as if they were of WGS 84 would be some 400 m off.
    taken_as_new = gpd.GeoSeries([old], crs=32718).to_crs(4326).iloc[0]
    assert taken_as_new.distance(lima) > 3e-3
    assert float(read.facts["accuracy"]) >= 10
    path.write_bytes(collection(feature([lima.x, lima.y])))
    assert "accuracy" not in user_map.read_user_map(path, "m.geojson", "geojson", peru).facts


@pytest.mark.fault(19)
def test_heights_are_left_out_and_told(ground: Ground, tmp_path: Path) -> None:
    path = tmp_path / "z.geojson"
    path.write_bytes(collection(feature([0.5, 0.5, 3850.0]), feature([0.4, 0.5])))
    assert look_at(path, "z.geojson", ground)["facts"]["heights"] == "1"
    package(tmp_path / "m.gpkg", 4326, shapely.Point(0.5, 0.5, 7))
    assert look_at(tmp_path / "m.gpkg", "m.gpkg", ground)["facts"]["heights"] == "1"


@pytest.mark.fault(20)
def test_crooked_polygons_are_rows_with_their_change_of_area(
    ground: Ground, tmp_path: Path
) -> None:
    rings = {
        "bowtie": [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]],
        "open": [[0, 0], [1, 0], [1, 1], [0, 1]],
        "twice": [[0, 0], [1, 0], [1, 0], [1, 1], [1, 1], [0, 1], [0, 0]],
        "flat": [[0, 0], [1, 0], [2, 0], [0, 0]],
    }
    path = tmp_path / "p.geojson"
    path.write_bytes(collection(*(feature([ring], "Polygon") for ring in rings.values())))
    rows = take(path, "p.geojson", Asked(unit=Unit.PERCENT), ground)["rows"]
    told = {name: (row["state"], row["reason"]) for name, row in zip(rings, rows, strict=True)}
    assert told["bowtie"] == ("repaired", "area_changed")
    assert told["open"] == ("bad_number", "bad_geometry")
    assert told["twice"] == ("placed", "")
    assert told["flat"][0] != "placed"


@pytest.mark.fault(21)
def test_features_without_a_geometry_are_counted(ground: Ground, tmp_path: Path) -> None:
    path = tmp_path / "n.geojson"
    nothing = {"type": "Feature", "properties": {"n": 1}, "geometry": None}
    path.write_bytes(collection(feature([0.5, 0.5]), nothing, nothing))
    found = take(path, "n.geojson", Asked(), ground)
    assert [row["reason"] for row in found["rows"]] == ["", "no_geometry", "no_geometry"]
    assert sum(found["counts"].values()) == 3


@pytest.mark.fault(23)
@pytest.mark.parametrize(
    "box",
    [
        shapely.box(-160, -30, 20, 30).union(shapely.box(20, -30, 40, 30)),
        shapely.box(-179, -10, 179, 10),
        shapely.box(0, -95, 1, 90),
    ],
)
def test_a_box_around_the_earth_is_refused(box: Any, ground: Ground, tmp_path: Path) -> None:
    around = {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(box))}
    error = refusal(collection(around), "b.geojson", ground, tmp_path)
    assert "around the earth or beyond its poles" in str(error)


def workbook(tmp_path: Path, **spoilt: Any) -> bytes:
    with xlsxwriter.Workbook(str(tmp_path / "w.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["ubigeo", "valor"])
        sheet.write_row(1, 0, ["010101", 3])
    made = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "w.xlsx") as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, spoilt.get(Path(name).stem, lambda data: data)(old.read(name)))
    return made.getvalue()


@pytest.mark.fault(34)
@pytest.mark.parametrize("entity", ["&a8;", "&x;"])
def test_entities_of_a_workbook_are_not_expanded(
    entity: str, ground: Ground, tmp_path: Path
) -> None:
    (tmp_path / "canary").write_text("canary-8b1f")

    def laughs(data: bytes) -> bytes:
        lines = ['<!ENTITY a0 "lol">']
        lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)]
        lines += [f'<!ENTITY x SYSTEM "file://{tmp_path}/canary">']
        head = f"<!DOCTYPE sst [{''.join(lines)}]><sst".encode()
        return data.replace(b"<sst", head, 1).replace(b"010101", entity.encode())

    data = workbook(tmp_path, sharedStrings=laughs)
    error = refusal(data, "w.xlsx", ground, tmp_path)
    assert "cannot be read as a workbook" in str(error)
    assert "canary-8b1f" not in str(error)
    assert (
        look_at(_written(tmp_path / "ok.xlsx", workbook(tmp_path)), "ok.xlsx", ground)["row_count"]
        == 1
    )


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.fault(6, 33)
def test_a_sheet_that_says_it_is_small_and_is_not_is_refused(
    ground: Ground, tmp_path: Path
) -> None:
    sheet = b'<worksheet><sheetData><row r="1"><c r="A1"/></row></sheetData></worksheet>'
    far = sheet.replace(b'r="A1"', b'r="XFD1048576"')
    data = archive(tmp_path, {"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": far})
    with pytest.raises(SourceDamagedError, match="reaches row 1048576, column 16384"):
        look_at(_written(tmp_path / "far.xlsx", data), "far.xlsx", ground)
