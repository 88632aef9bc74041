"""Services on the web, asked through the one door, with answers recorded on a local server."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from geoapp.words import translate
from layers.sources.clients.schema import changes, types_of
from layers.sources.fetched import Fetched, path_of, read_fetched
from layers.sources.licences import licence_of
from layers.sources.locate import Places
from layers.sources.network import Reason
from layers.sources.outcome import Outcome
from layers.sources.services import ServiceResult, Wanted, fetch_services
from layers.spec import ServiceSpec, Takes
from layers.terms import Licence
from tests.loopback import Answer, Server, Sleeps, reply, rules
from tests.recorded import (
    district_features,
    file_of,
    geojson_of,
    js,
    need,
    package,
    pages,
    service,
    works,
    zipped,
)

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
WHO = "quien+"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(store=tmp_path / "store", starter=tmp_path / "starter")


def ask(places: Places, spec: ServiceSpec, argument: str = "", **more: Any) -> ServiceResult:
    limits = {name: more.pop(name) for name in ("retries", "sleep") if name in more}
    (made,) = fetch_services(
        [Wanted(spec=spec, argument=argument)],
        places,
        "TOY",
        NOW,
        identifier=WHO,
        rules=rules(allow_http=True, **limits),
        **more,
    )
    return made


def text(places: Places, result: ServiceResult) -> str:
    return path_of(places, kept(result)).read_text("utf-8")


def kept(result: ServiceResult) -> Fetched:
    assert result.kept is not None, result.problem
    return result.kept


def problem(result: ServiceResult, reason: Reason) -> str:
    assert (result.outcome, result.reason) == (Outcome.FAILED, reason), result.problem
    assert result.problem is not None
    assert translate(result.problem, "es") != str(result.problem)
    return str(result.problem)


def needs_of(server: Server, *rows: dict[str, Any]) -> ServiceSpec:
    pages(server, "/n", list(rows))
    return service(server, "hapi_needs", "/n", needs_identifier=True, feeds="need_regions")


# HDX HAPI


def test_three_pages_of_needs_become_one_row_a_region(server: Server, places: Places) -> None:
    spec = needs_of(
        server,
        need("TY01", 30),
        need("TY02", 0),
        need("TY01", 7, "WSH"),
        need("TY01", 12, category="Female - 18-59"),
        need("TY01", 900, population_status="REA"),
    )
    result = ask(places, spec)
    assert result.outcome is Outcome.FETCHED
    # Zero is zero and what is not said is blank; parts of the people and other states stay out.
    assert text(places, result).splitlines() == [
        "pcode,departamento,pin_health,pin_wash,pin_child_protection",
        "TY01,Región 01,30,7,",
        "TY02,Región 02,0,,",
    ]
    assert len(server.asked) == 4
    record = kept(result)
    assert (record.vintage, record.retrieved[:10], record.bytes) == (
        "2025-12-31",
        "2026-03-31",
        len(text(places, result).encode()),
    )
    folder = places.store / "services" / "hapi-needs"
    assert WHO not in (folder / "record.json").read_text("utf-8")


def test_provinces_are_added_up_only_where_the_region_has_no_row(
    server: Server, places: Places
) -> None:
    part = {"admin_level": 2, "admin2_code": "TY0101"}
    spec = needs_of(
        server,
        need("TY01", 4, **part),
        need("TY01", 5, **(part | {"admin2_code": "TY0102"})),
        need("TY02", 8),
        need("TY02", 3, **part),
    )
    result = ask(places, spec)
    assert [line[:18] for line in text(places, result).splitlines()[1:]] == [
        "TY01,Región 01,9,,",
        "TY02,Región 02,8,,",
    ]
    assert "added up from provinces: TY01" in result.notes


def test_of_two_releases_in_one_answer_the_last_one_counts(server: Server, places: Places) -> None:
    older = {
        "resource_hdx_id": "r0",
        "reference_period_start": "2024-01-01T00:00:00",
        "reference_period_end": "2024-12-31T00:00:00",
    }
    spec = needs_of(server, need("TY01", 99, **older), need("TY01", 30))
    result = ask(places, spec)
    assert "TY01,Región 01,30,," in text(places, result)
    assert "2024-01-01 to 2024-12-31 is older" in " ".join(result.notes)
    twice = needs_of(server, need("TY01", 30), need("TY01", 31))
    assert "gives TY01 twice for health" in problem(ask(places, twice), Reason.OTHER_FILE)


def test_presence_has_no_people(server: Server, places: Places) -> None:
    pages(
        server,
        "/p",
        [
            works("TY01", "Cruz de Juguete"),
            works("TY01", "Cruz de Juguete"),
            works("TY01", "Ayuda", "WSH", admin_level=2, admin2_code="TY0102"),
            works("TY02", "Ayuda", "LOG"),
        ],
    )
    result = ask(places, service(server, "hapi_presence", "/p", needs_identifier=True))
    assert text(places, result).splitlines() == [
        "organizacion,sector,pcode,fecha",
        "Ayuda,LOG,TY02,2025-12-31",
        "Ayuda,wash,TY0102,2025-12-31",
        "Cruz de Juguete,health,TY01,2025-12-31",
    ]


def test_who_asks_is_said_to_the_service_and_to_nobody_else(server: Server, places: Places) -> None:
    spec = service(server, "hapi_needs", "/n", needs_identifier=True)
    (path,) = ["/n?location_code=TOY&output_format=json&app_identifier=quien%2B&limit=2&offset=0"]
    server.answers[path] = [reply(b"", 403)]
    told = problem(ask(places, spec), Reason.HTTP_STATUS)
    assert "403" in told
    assert "quien" not in told
    (made,) = fetch_services([Wanted(spec=spec)], places, "TOY", NOW, rules=rules(allow_http=True))
    assert "set GEOAPP_HAPI_IDENTIFIER" in problem(made, Reason.REFUSED)
    assert len(server.asked) == 1


def test_a_service_without_a_row_says_so(server: Server, places: Places) -> None:
    assert "has nothing for TOY" in problem(ask(places, needs_of(server)), Reason.NOTHING)
    spec = needs_of(server, need("TY01", 3, population_status="TGT"))
    assert "no people in need by region" in problem(ask(places, spec), Reason.NOTHING)


# Columns that change


def test_changes_name_what_came_went_and_is_of_another_type() -> None:
    found = types_of([{"a": 1, "b": None, "d": True}, {"a": 2.5, "b": None, "d": False}])
    known = {"a": "text", "b": "text", "c": "number"}
    made = changes(found, known)
    assert (made.came, made.went) == (("d",), ("c",))
    assert made.sentence == "new: d; gone: c; a was text and is number"
    assert not changes(found, {"a": "number"}, {"b": "", "d": "", "z": ""})


def test_a_column_that_went_refuses_the_answer_whatever_one_accepts(
    server: Server, places: Places
) -> None:
    before = kept(ask(places, needs_of(server, need("TY01", 30))))
    row = need("TY01", 31)
    row["people"] = row.pop("population")
    spec = needs_of(server, row)
    for accepts in (False, True):
        told = problem(ask(places, spec, accepts_schema=accepts), Reason.SCHEMA)
        assert "gone: population" in told
    typed = needs_of(server, need("TY01", 30, population="30"))
    told = problem(ask(places, typed), Reason.SCHEMA)
    assert "population was number and is text" in told
    assert read_fetched(places, "hapi-needs") == before


def test_a_column_that_came_is_refused_until_it_was_seen(server: Server, places: Places) -> None:
    before = kept(ask(places, needs_of(server, need("TY01", 30))))
    spec = needs_of(server, need("TY01", 30, gender="f"), need("TY02", 5, gender="m"))
    result = ask(places, spec)
    told = problem(result, Reason.SCHEMA)
    assert "new: gender" in told
    assert "--accept-schema" in told
    assert result.kept == before
    assert ask(places, spec, accepts_schema=True).outcome is Outcome.FETCHED
    # From then on it is known, and its absence is a change.
    assert ask(places, spec).outcome is Outcome.PRESENT
    told = problem(ask(places, needs_of(server, need("TY01", 30))), Reason.SCHEMA)
    assert "gone: gender" in told


# HDX and geoBoundaries


def spoilt(archive: bytes) -> bytes:
    """An archive whose list is whole and whose packed bytes are not."""
    begin = archive.index(b"geojson") + len(b"geojson")
    return archive[:begin] + b"\xff" * 4 + archive[begin + 4 :]


def locked(archive: bytes) -> bytes:
    """An archive that says of its member that a password locks it."""
    listed = archive.rindex(b"PK\x01\x02") + 8
    return archive[:listed] + b"\x01" + archive[listed + 1 :]


def boundaries_of(server: Server, archive: bytes, changed: str = "2026-01-26") -> ServiceSpec:
    url = f"{server.url}/per.geojson.zip"
    server.answers["/c/package_show?id=cod-ab-toy"] = [
        js(package(file_of(f"{server.url}/x.shp.zip", "SHP"), file_of(url, "GeoJSON", changed)))
    ]
    server.answers["/per.geojson.zip"] = [reply(archive)]
    return service(server, "hdx_boundaries", "/c", feeds="boundaries")


def test_the_districts_are_taken_out_of_the_archive(server: Server, places: Places) -> None:
    shapes = geojson_of(district_features("adm3_pcode", "TY"))
    archive = zipped(toy_admin1__geojson=b"{}", toy_admin3__geojson=shapes)
    spec = boundaries_of(server, archive)
    result = ask(places, spec)
    record = kept(result)
    assert path_of(places, record).read_bytes() == shapes
    assert (record.rows, record.vintage, record.format) == (6, "2020-07-14", "geojson")
    assert licence_of(record.licence) is Licence.CC_BY_IGO
    # The catalogue names the same release: the file is not asked for again.
    assert ask(places, spec).outcome is Outcome.PRESENT
    assert server.asked.count("/per.geojson.zip") == 1
    # Another date with the same bytes is no news either.
    again = boundaries_of(server, archive, "2026-02-01")
    assert ask(places, again).outcome is Outcome.PRESENT
    assert server.asked.count("/per.geojson.zip") == 2
    assert ask(places, again).outcome is Outcome.PRESENT
    assert server.asked.count("/per.geojson.zip") == 2


@pytest.mark.parametrize(
    ("archive", "reason", "words"),
    [
        (zipped(toy_admin1__geojson=b"{}"), Reason.SCHEMA, "holds 0 files called admin3"),
        (b"PK\x03\x04 cut", Reason.CUT_SHORT, "cut off or damaged"),
        (spoilt(zipped(admin3__geojson=b"{}" * 99)), Reason.CUT_SHORT, "cut off or damaged"),
        (locked(zipped(admin3__geojson=b"{}")), Reason.OTHER_FILE, "locked by a password"),
        (zipped(admin3__geojson=b'{"features": ['), Reason.CUT_SHORT, "breaks at character"),
        (zipped(admin3__geojson=geojson_of([])), Reason.NOTHING, "has no feature"),
        (
            zipped(admin3__geojson=geojson_of(district_features("ADM3_PCODE", "TY"))),
            Reason.SCHEMA,
            "gone: adm3_pcode",
        ),
    ],
)
def test_boundaries_that_cannot_be_used_leave_nothing(
    server: Server, places: Places, archive: bytes, reason: Reason, words: str
) -> None:
    result = ask(places, boundaries_of(server, archive))
    assert words in problem(result, reason)
    assert result.kept is None
    assert not (places.store / "services").exists()


def shapes_of(server: Server, count: str = "6", **more: str) -> ServiceSpec:
    meta = {
        "boundaryID": "TOY-ADM3-1",
        "boundaryISO": "TOY",
        "boundaryType": "ADM3",
        "boundaryYearRepresented": "2019",
        "boundaryLicense": "Creative Commons Attribution 4.0 International",
        "buildDate": "Dec 12, 2023",
        "gjDownloadURL": f"{server.url}/adm3.geojson",
        "admUnitCount": count,
        "Continent": "Juguete",
    }
    features = [
        {**one, "properties": {"shapeName": one["properties"]["adm3_name"], "shapeID": "1"}}
        for one in district_features("x")
    ]
    server.answers["/g/TOY/ADM3/"] = [js(meta | more)]
    server.answers["/adm3.geojson"] = [reply(geojson_of(features))]
    return service(server, "geoboundaries", "/g", feeds="boundaries")


def test_geoboundaries_tell_year_licence_and_how_many(server: Server, places: Places) -> None:
    record = kept(ask(places, shapes_of(server)))
    assert (record.vintage, licence_of(record.licence)) == ("2019", Licence.CC_BY_4)
    assert ask(places, shapes_of(server)).outcome is Outcome.PRESENT
    assert server.asked.count("/adm3.geojson") == 1
    newer = shapes_of(server, count="7", boundaryID="TOY-ADM3-2")
    assert "gives 6 of 7 units" in problem(ask(places, newer), Reason.CUT_SHORT)
    other = shapes_of(server, boundaryISO="ECU")
    assert "of ECU ADM3, not of TOY ADM3" in problem(ask(places, other), Reason.OTHER_FILE)
    assert read_fetched(places, "geoboundaries") == record


# datosabiertos


def portal(server: Server, *resources: dict[str, Any], wrapped: bool = True) -> ServiceSpec:
    answer = package(*resources, license_title="Open Data Commons Attribution License")
    if wrapped:
        answer["result"] = [answer["result"]]
    server.answers["/d/package_show?id=padron"] = [js(answer)]
    return service(server, "open_data", "/d", id="datosabiertos", takes=Takes.DATASET)


def test_the_portal_wraps_its_answer_and_writes_latin_1(server: Server, places: Places) -> None:
    body = "ubigeo;distrito;niños\n010101;Ñaña;3\n010102;Épsilon;4\n".encode("latin-1")
    server.answers["/f.csv"] = [reply(body)]
    spec = portal(server, file_of(f"{server.url}/f.csv", "CSV"))
    result = ask(places, spec, "padron")
    record = kept(result)
    assert path_of(places, record).read_bytes() == body
    assert record.types == {"ubigeo": "number", "distrito": "text", "niños": "number"}
    assert licence_of(record.licence) is Licence.ODC_BY
    assert "Latin-1" in " ".join(result.notes)
    assert ask(places, spec, "padron").outcome is Outcome.PRESENT
    assert server.asked.count("/f.csv") == 1
    # The portal renames a column: the old file stays.
    server.answers["/f.csv"] = [reply(body.replace("niños".encode("latin-1"), b"menores"))]
    changed = portal(server, file_of(f"{server.url}/f.csv", "CSV", "2026-02-02"), wrapped=False)
    result = ask(places, changed, "padron")
    assert "new: menores; gone: niños" in problem(result, Reason.SCHEMA)
    assert result.kept == record
    assert ask(places, changed, "padron", accepts_schema=True).outcome is Outcome.FETCHED


def test_one_of_several_files_must_be_named(server: Server, places: Places) -> None:
    server.answers["/b.csv"] = [reply(b"a,b\n1,2\n")]
    listed = (
        file_of(f"{server.url}/a.csv", "csv"),
        file_of(f"{server.url}/d.pdf", "PDF"),
        file_of(f"{server.url}/b.csv", "CSV"),
    )
    spec = portal(server, *listed)
    told = problem(ask(places, spec, "padron"), Reason.REFUSED)
    assert "#1 a.csv (csv); #2 b.csv (csv)" in told
    assert ask(places, spec, "padron#2").outcome is Outcome.FETCHED
    assert read_fetched(places, "datosabiertos", "padron#2") is not None
    assert "no CSV, XLSX" in problem(
        ask(places, portal(server, listed[1]), "padron"), Reason.NOTHING
    )


@pytest.mark.parametrize(
    ("answer", "reason", "words"),
    [
        (reply(b"<html><body>Mantenimiento</body></html>"), Reason.WEB_PAGE, "web page"),
        (reply(b"PK\x03\x04aaaa"), Reason.OTHER_FILE, "something else inside"),
        (reply(b""), Reason.OTHER_FILE, "something else inside"),
        (reply(b"a,b\n"), Reason.NOTHING, "no row below its header"),
        (reply(b'a,b\n"1,2\n'), Reason.CUT_SHORT, "quotes that do not close"),
        (reply(b"a,b\n1,2\n", Content_Length="90"), Reason.CUT_SHORT, "was cut off"),
    ],
)
def test_what_is_no_table_takes_no_place(
    server: Server, places: Places, answer: Answer, reason: Reason, words: str
) -> None:
    server.answers["/f.csv"] = [reply(b"a,b\n1,2\n")]
    before = ask(places, portal(server, file_of(f"{server.url}/f.csv", "CSV")), "padron")
    server.answers["/f.csv"] = [answer]
    spec = portal(server, file_of(f"{server.url}/f.csv", "CSV", "2026-02-02"))
    result = ask(places, spec, "padron")
    assert words in problem(result, reason)
    assert result.kept == before.kept


def test_a_data_set_that_is_not_there_is_one_sentence(server: Server, places: Places) -> None:
    spec = portal(server)
    assert "lists no file in padron" in problem(ask(places, spec, "padron"), Reason.NOTHING)
    server.answers["/d/package_show?id=padron"] = [
        js({"success": False, "error": {"message": "Not found"}})
    ]
    assert "does not give padron: Not found" in problem(ask(places, spec, "padron"), Reason.REFUSED)
    for name in ("../x", "a/b", "", "a b"):
        assert "is no name of a dataset" in problem(ask(places, spec, name), Reason.REFUSED)


# SIGRID


def layer_of(server: Server, features: list[dict[str, Any]], *sizes: int) -> ServiceSpec:
    """Serve a layer in pages of the sizes given."""
    described = {
        "geometryType": "esriGeometryPolygon",
        "maxRecordCount": 2,
        "fields": [{"name": "OBJECTID", "type": "esriFieldTypeOID"}],
    }
    server.answers["/s/77?f=json"] = [js(described)]
    server.answers["/s/77/query?where=1%3D1&returnCountOnly=true&f=json"] = [
        js({"count": len(features)})
    ]
    offset = 0
    for size in (*sizes, 0):
        query = (
            "where=1%3D1&outFields=%2A&outSR=4326&f=geojson&resultRecordCount=2"
            f"&resultOffset={offset}"
        )
        page = {"features": features[offset : offset + size], "exceededTransferLimit": True}
        server.answers[f"/s/77/query?{query}"] = [js(page)]
        offset += size
    known = (("inundaciones", "77", "flood_footprint"),)
    return service(server, "arcgis", "/s", id="sigrid", takes=Takes.LAYER, known=known)


def test_a_layer_is_whole_when_its_own_count_is_there(server: Server, places: Places) -> None:
    features = district_features("OBJECTID")[:5]
    record = kept(ask(places, layer_of(server, features, 2, 2, 1), "inundaciones"))
    drawn = json.loads(path_of(places, record).read_text("utf-8"))["features"]
    assert drawn == json.loads(json.dumps(features))
    assert (record.rows, record.feeds, record.argument) == (5, "flood_footprint", "inundaciones")
    assert record.types == {"OBJECTID": "esriFieldTypeOID"}
    short = layer_of(server, features, 2, 2)
    assert "gives 4 of 5 features" in problem(ask(places, short, "inundaciones"), Reason.CUT_SHORT)
    same = layer_of(server, features, 2, 2, 1)
    again = [path for path in server.answers if path.endswith("resultOffset=2")]
    server.answers[again[0]] = [js({"features": features[:2]})]
    assert "gives 2 of 5 features" in problem(ask(places, same, "inundaciones"), Reason.CUT_SHORT)
    assert read_fetched(places, "sigrid", "inundaciones") == record


def test_errors_under_status_200_are_errors(server: Server, places: Places) -> None:
    spec = layer_of(server, district_features("OBJECTID"), 2, 2, 2)
    server.answers["/s/77?f=json"] = [js({"error": {"code": 499, "message": "Token Required"}})]
    told = problem(ask(places, spec, "inundaciones"), Reason.REFUSED)
    assert "wants a token for layer inundaciones" in told
    server.answers["/s/77?f=json"] = [js({"error": {"code": 400, "message": "Invalid URL"}})]
    assert "says 400: Invalid URL" in problem(ask(places, spec, "inundaciones"), Reason.REFUSED)
    server.answers["/s/77?f=json"] = [js({"type": "Group Layer"})]
    assert "draws no polygons" in problem(ask(places, spec, "inundaciones"), Reason.NOTHING)


# WorldPop


def rasters_of(server: Server, *years: str, body: bytes = b"II*\x00 raster") -> ServiceSpec:
    listed = [
        {
            "id": f"3{year}",
            "iso3": "TOY",
            "popyear": year,
            "date": "2020-11-01",
            "files": [f"{server.url}/{year}.tif"],
            "license": "https://creativecommons.org/licenses/by/4.0/",
        }
        for year in years
    ]
    server.answers["/w?iso3=TOY"] = [js({"data": listed})]
    for year in years:
        server.answers[f"/{year}.tif"] = [reply(body)]
    return service(server, "worldpop", "/w", feeds="population_raster")


def test_the_last_year_of_worldpop_is_taken_once(server: Server, places: Places) -> None:
    spec = rasters_of(server, "2019", "2020", "2018")
    record = kept(ask(places, spec))
    assert (record.vintage, record.name) == ("2020", "2020.tif")
    assert licence_of(record.licence) is Licence.CC_BY_4
    assert ask(places, spec).outcome is Outcome.PRESENT
    assert server.asked.count("/2020.tif") == 1
    bad = rasters_of(server, "2021", body=b"no raster")
    assert "is no GeoTIFF" in problem(ask(places, bad), Reason.OTHER_FILE)
    assert "has nothing for TOY" in problem(ask(places, rasters_of(server)), Reason.NOTHING)
    assert read_fetched(places, "worldpop") == record


# What every client has in common


def test_a_busy_service_is_asked_again(server: Server, places: Places) -> None:
    spec = rasters_of(server, "2020")
    good = server.answers["/w?iso3=TOY"]
    server.answers["/w?iso3=TOY"] = [reply(b"", 500), reply(b"", 429, Retry_After="7"), *good]
    sleep = Sleeps()
    assert ask(places, spec, sleep=sleep).outcome is Outcome.FETCHED
    assert sleep == [1.0, 7.0]
    server.answers["/w?iso3=TOY"] = [reply(b"", 503)]
    result = ask(places, spec)
    told = problem(result, Reason.HTTP_STATUS)
    assert told.startswith("worldpop: ")
    assert "503" in told
    assert result.kept is not None


def test_a_web_page_or_half_an_answer_is_no_answer(server: Server, places: Places) -> None:
    spec = rasters_of(server, "2020")
    for body, reason in (
        (b"<!DOCTYPE html><title>404</title>", Reason.WEB_PAGE),
        (b'{"data": [{"id": 1', Reason.CUT_SHORT),
        (b"", Reason.CUT_SHORT),
        (b"[" * 9000, Reason.CUT_SHORT),
    ):
        server.answers["/w?iso3=TOY"] = [reply(body)]
        problem(ask(places, spec), reason)
    server.answers["/w?iso3=TOY"] = [js([])]
    problem(ask(places, spec), Reason.NOTHING)


def test_without_a_network_nothing_is_asked_and_nothing_written(
    server: Server, places: Places
) -> None:
    spec = rasters_of(server, "2020")
    assert ask(places, spec, dry_run=True).outcome is Outcome.PLANNED
    assert server.asked == []
    assert not places.store.exists()


def test_a_file_that_was_damaged_on_disk_is_fetched_again(server: Server, places: Places) -> None:
    spec = rasters_of(server, "2020")
    record = kept(ask(places, spec))
    path_of(places, record).write_bytes(b"II*\x00 other")
    assert read_fetched(places, "worldpop") is None
    assert ask(places, spec).outcome is Outcome.FETCHED
    assert [
        path.name for path in path_of(places, record).parent.iterdir() if path.suffix == ""
    ] == [record.sha256]


def test_one_service_that_fails_stops_no_other(server: Server, places: Places) -> None:
    server.answers["/n"] = [reply(b"", 404)]
    wanted = [
        Wanted(spec=service(server, "geoboundaries", "/none")),
        Wanted(spec=rasters_of(server, "2020")),
    ]
    server.answers["/none/TOY/ADM3/"] = [reply(b"", 404)]
    made = fetch_services(wanted, places, "TOY", NOW, rules=rules(allow_http=True))
    assert [one.outcome for one in made] == [Outcome.FAILED, Outcome.FETCHED]


@pytest.mark.parametrize(
    ("stated", "licence"),
    [
        ("cc-by-igo", Licence.CC_BY_IGO),
        ("Open Data Commons Open Database License 1.0", Licence.ODBL),
        ("Public Domain", Licence.PUBLIC_DOMAIN),
        ("CC BY-NC-SA 4.0", None),
        ("", None),
        ("Libre", None),
    ],
)
def test_a_licence_is_known_by_its_words_or_not_at_all(
    stated: str, licence: Licence | None
) -> None:
    assert licence_of(stated) is licence
