"""geoapp load, missing, needs and decide on the toy country, as a person and as a program."""

import json
import shutil
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from geoapp.store.builds import read_build, write_build
from geoapp.store.loaded import LoadedFolder
from geoapp.words import words
from layers.built import Build
from layers.catalogue.awaited import AWAITED, EDITABLE_FILES
from layers.pipeline import build
from layers.spec import Catalogue, DeclaredTotal, Expectations, LayerSpec
from layers.terms import AdminLevel, Dimension, Model, ToUnit, Unit
from tests.command import Run, run_words, speak_of
from tests.toy import COUNTRY, as_country, make_toy
from tests.unit.test_docs_cli import check as check_documented

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ["--publisher", "GTRM", "--vintage", "2026-03-31", "--scheme", "inei"]


def model(layer_id: str, kind: Model, inputs: tuple[str, ...], **more: Any) -> LayerSpec:
    fields: dict[str, Any] = {"unit": Unit.PEOPLE, **more}
    return LayerSpec(
        id=layer_id,
        dimension=Dimension.NEEDS,
        to_unit=ToUnit.MODEL,
        model=kind,
        inputs=inputs,
        **fields,
    )


def with_needs(catalogue: Catalogue) -> Catalogue:
    """The toy catalogue with two sectors of R4V, under the names that files know."""
    return catalogue.with_layers(
        model("venezuelan_people", Model.MIGRANTS_NOW, ("toy_people", "toy_residents")),
        model("population_people", Model.MIGRANTS_NOW, ("toy_people", "toy_residents")),
        model(
            "pin_health",
            Model.PEOPLE_IN_NEED,
            ("venezuelan_people", "toy_uninsured"),
            figure="in_need",
            sector="health",
        ),
        model(
            "pin_wash",
            Model.PEOPLE_IN_NEED,
            ("venezuelan_people",),
            figure="in_need",
            sector="wash",
        ),
        model(
            "severity_health",
            Model.SECTOR_SEVERITY,
            ("toy_uninsured",),
            unit=Unit.SEVERITY,
            limits=(1.0, 5.0),
            sector="health",
        ),
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, Path]:
    """The toy catalogue and a folder with its mirror and a store that is built."""
    folder = tmp_path_factory.mktemp("toy")
    toy, places = make_toy(folder / "mirror")
    catalogue = with_needs(toy)
    write_build(build(catalogue, COUNTRY, places), folder / "store")
    return catalogue, folder


@pytest.fixture
def store(made: tuple[Catalogue, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    catalogue, folder = made
    shutil.copytree(folder / "store", tmp_path / "store")
    health = DeclaredTotal(layer="pin_health", figure="in_need")
    declared = as_country(catalogue, expected=Expectations(totals=(health,)))
    speak_of(monkeypatch, tmp_path / "store", folder / "mirror", declared)
    return tmp_path / "store"


@pytest.fixture
def run(store: Path) -> Run:
    return run_words


def built(store: Path) -> Build:
    return read_build(store).build


def column(store: Path, layer: str) -> dict[str, float]:
    values = built(store).levels[AdminLevel.DISTRICT].table.values[layer]
    return {str(code): float(value) for code, value in values.items()}


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def draw(folder: Path, name: str, *shapes: shapely.Geometry) -> Path:
    gpd.GeoDataFrame(geometry=list(shapes), crs=4326).to_file(folder / name, driver="GeoJSON")
    return folder / name


def grid(folder: Path, value: float, west: float = 0.0) -> Path:
    """Cells of half a degree over the six squares."""
    path = folder / "grid.tif"
    cells = np.full((4, 6), value, dtype="float32")
    where = from_origin(west, 2.0, 0.5, 0.5)
    with rasterio.open(
        path, "w", driver="GTiff", width=6, height=4, count=1, dtype="float32",
        crs="EPSG:4326", transform=where,
    ) as file:  # fmt: skip
        file.write(cells, 1)
    return path


def test_loaded_cells_take_their_places_one_by_one_and_the_total_is_kept(
    run: Run, store: Path, tmp_path: Path
) -> None:
    before = column(store, "pin_health")
    rows = "ubigeo,Salud\n"
    for unit, people in (("010101", 3), ("010102", 0), ("010202", 1)):
        rows += f"{unit},{people}\n"
        file = write(tmp_path, "pin.csv", rows)
        code, out, _ = run("load", "need", file, *SOURCE, "--json")
        answer = json.loads(out)
        assert (code, answer["unplaced"]) == (0, [])
        after = column(store, "pin_health")
        assert after[unit] == people != before[unit]
        assert sum(after.values()) == pytest.approx(100)
        assert [one["balance"] for one in answer["balances"]] == ["kept"]
    table = built(store).levels[AdminLevel.DISTRICT].table
    assert table.methods["pin_health"].value_counts()["observed"] == 3
    shown = json.loads(run("show", "010101", "--json")[1])["layers"]["pin_health"]
    assert (shown["value"], shown["method"]) == (3, "observed")
    assert "GTRM" in shown["publisher"]
    assert run("load", "--remove", "need")[0] == 0
    assert column(store, "pin_health") == before
    assert not [path for path in (store / "loaded").iterdir() if len(path.name) == 64]


def test_rows_without_a_unit_are_told_with_their_reason(
    run: Run, store: Path, tmp_path: Path
) -> None:
    file = write(tmp_path, "pin.csv", "ubigeo,distrito,salud\n010101,Alfa,3\n019999,Betta,4\n")
    code, out, _ = run("load", "need", file, *SOURCE, "--json")
    check_documented("load", json.loads(out))
    (lost,) = json.loads(out)["unplaced"]
    assert (code, lost["row"], lost["code"], lost["reason"]) == (0, 3, "019999", "code_unknown")
    assert "010102" in " ".join(lost["nearest"])
    assert "el código no existe" in run("load", "need", file, *SOURCE, "--no-build")[1]


def test_loaded_figures_above_the_total_are_said_everywhere(
    run: Run, store: Path, tmp_path: Path
) -> None:
    file = write(tmp_path, "pin.csv", "ubigeo,salud\n010101,120\n")
    code, out, _ = run("load", "need", file, *SOURCE)
    assert code == 0
    assert "lo cargado pasa del total publicado" in out
    assert "cargado 120, todo 120, total publicado 100" in out
    assert "lo cargado pasa del total publicado" in run("build")[1]
    checked = json.loads(run("check", "--json")[1])
    (total,) = [one for one in checked["totals"] if one["layer"] == "pin_health" and one["reason"]]
    assert (total["sum"], total["expected"], total["reason"]) == (120, 100, "loaded_exceeds")
    assert [one["difference"] for one in checked["loaded"] if one["layer"] == "pin_health"] == [20]
    found = column(store, "pin_health")
    assert found["010101"] == 120
    assert all(np.isnan(value) for unit, value in found.items() if unit != "010101")


def test_migrants_replace_the_estimate_inside_their_group_of_regions(
    run: Run, store: Path, tmp_path: Path
) -> None:
    before = column(store, "venezuelan_people")
    file = write(tmp_path, "m.csv", "ubigeo,venezolanos\n010101,60\n")
    assert run("load", "migrants", file, *SOURCE)[0] == 0
    after = column(store, "venezuelan_people")
    assert after["010101"] == 60
    # the group of region 01 keeps its 150, the rest of the country is as it was
    assert sum(after[unit] for unit in after if unit < "02") == pytest.approx(150)
    assert after["020101"] == pytest.approx(before["020101"])
    ratio = after["010102"] / before["010102"]
    assert after["010201"] / before["010201"] == pytest.approx(ratio)
    # a person in need is a person: the ceiling follows the loaded people
    assert all(column(store, "pin_wash")[unit] <= after[unit] + 1e-9 for unit in after)


def test_more_need_than_loaded_people_is_no_room_and_not_an_error(
    run: Run, store: Path, tmp_path: Path
) -> None:
    everyone = "".join(f"{unit},10\n" for unit in ("010101", "010102", "010201", "010202"))
    file = write(tmp_path, "m.csv", f"ubigeo,venezolanos\n{everyone}")
    code, out, _ = run("load", "migrants", file, *SOURCE, "--json")
    found = {
        (one["layer"], tuple(one["regions"])): one["balance"] for one in json.loads(out)["balances"]
    }
    assert code == 0
    assert found["venezuelan_people", ("01",)] == "no_room"
    assert found["pin_wash", ()] == "no_room"


@pytest.mark.parametrize(
    "words_",
    [
        ("rank", "--top", "1"),
        ("explain", "010101"),
        ("show", "010101", "--why", "pin_health"),
        ("event", "--districts", "list.csv"),
        ("pattern", "--layer", "pin_health"),
        ("scenario", "save", "uno"),
    ],
)
def test_every_command_knows_the_sources_of_what_was_loaded(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words_: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "list.csv", "ubigeo,provincia,distrito\n010101,Provincia 0101,Alfa\n")
    file = write(tmp_path, "pin.csv", "ubigeo,salud\n010101,3\n")
    assert run("load", "need", file, *SOURCE)[0] == 0
    code, out, told = run(*words_, "--json")
    assert code == 0, told
    if words_[0] in ("event", "show"):
        assert "loaded_need" in out


def test_figures_that_may_not_be_passed_on_stay_out_of_exports(
    run: Run, store: Path, tmp_path: Path
) -> None:
    file = write(tmp_path, "pin.csv", "ubigeo,salud\n010101,3\n")
    words_ = ("export", "--format", "csv", "-o", tmp_path / "x.csv", "--json")
    run("load", "need", file, *SOURCE)
    assert json.loads(run(*words_)[1])["left_out"] == ["pin_health"]
    head = (tmp_path / "x.csv").read_text("utf-8-sig").splitlines()[0].split(",")
    assert "pin_wash" in head
    assert not [name for name in head if name.startswith("pin_health")]
    run("load", "need", file, *SOURCE, "--redistributable")
    assert json.loads(run(*words_)[1])["left_out"] == []


def test_zones_become_the_factor_of_the_norm(run: Run, store: Path, tmp_path: Path) -> None:
    file = write(tmp_path, "z.csv", "ubigeo,zona\n010101,4\n010102,1\n")
    assert run("load", "seismic_zones", file, *SOURCE)[0] == 0
    found = column(store, "seismic_zone_factor")
    assert (found["010101"], found["010102"]) == (0.45, 0.10)
    assert np.isnan(found["010201"])
    run("load", "--remove", "seismic_zones")
    assert "seismic_zone_factor" not in built(store).levels[AdminLevel.DISTRICT].table.values


def test_polygons_become_a_share_by_area_and_what_overlaps_counts_once(
    run: Run, store: Path, tmp_path: Path
) -> None:
    half, same, far = (
        shapely.box(0, 1, 0.5, 2),
        shapely.box(0, 1, 0.5, 2),
        shapely.box(9, 9, 10, 10),
    )
    file = draw(tmp_path, "f.geojson", half, same, far)
    code, out, _ = run("load", "flood_footprint", file, *SOURCE, "--json")
    assert code == 0
    assert [(one["row"], one["reason"]) for one in json.loads(out)["unplaced"]] == [
        (3, "outside_every_unit")
    ]
    found = column(store, "flood_footprint_pct")
    assert found["010101"] == pytest.approx(50, abs=1e-6)
    assert np.isnan(found["020101"])
    run("load", "flood_footprint", file, *SOURCE, "--whole")
    table = built(store).levels[AdminLevel.REGION].table
    assert column(store, "flood_footprint_pct")["020101"] == 0
    # the share of the region is that of its ground: one eighth, since latitudes differ a little
    assert table.values.at["01", "flood_footprint_pct"] == pytest.approx(12.5, abs=0.01)
    assert table.methods.at["01", "flood_footprint_km2"] == "zonal"


def test_points_are_counted_and_lines_measured(run: Run, store: Path, tmp_path: Path) -> None:
    points = draw(tmp_path, "s.geojson", *map(shapely.Point, ((0.5, 0.5), (0.6, 0.5), (1, 1))))
    assert run("load", "schools", points, *SOURCE)[0] == 0
    found = column(store, "schools_count")
    assert found["010201"] == 2
    assert sum(value for value in found.values() if value == value) == 3  # a corner counts once
    lines = draw(tmp_path, "r.geojson", shapely.LineString([(0.25, 0.5), (1.5, 0.5)]))
    assert run("load", "roads", lines, *SOURCE)[0] == 0
    roads = column(store, "roads_km")
    # a degree of longitude on the parallel of half a degree is 111.315 km
    assert (roads["010201"], roads["010202"]) == pytest.approx((83.49, 55.66), abs=0.01)
    assert np.isnan(roads["010101"])


def test_rasters_are_added_up_and_averaged(run: Run, store: Path, tmp_path: Path) -> None:
    assert run("load", "population_raster", grid(tmp_path, 7.0), *SOURCE)[0] == 0
    assert column(store, "population_raster_people")["010101"] == pytest.approx(28)
    assert run("load", "elevation_raster", grid(tmp_path, 7.0, west=1.0), *SOURCE)[0] == 0
    elevation = column(store, "elevation_raster_m")
    assert elevation["010102"] == pytest.approx(7)
    assert np.isnan(elevation["010101"])
    assert column(store, "population_raster_people")["010101"] == pytest.approx(28)


BAD_TABLES = [
    ("need", "ubigeo,salud\n010101,1.5\n", "row 2: salud '1.5' is not a whole number"),
    ("need", "", "is empty; copy or export it again"),
    ("severity", "ubigeo,severidad_salud\n010101,6\n", "'6' is not a phase; write 1, 2"),
    ("severity_limits", "sector\nhealth\n", "has no column layer"),
    ("migrants", "ubigeo,otros\n010101,5\n", "copy the header of data/population/per/migrants"),
    ("migrants", "ubigeo,venezolanos\n010101,\n", "has no figure of a known unit"),
    ("seismic_zones", "ubigeo,zona\n010101,5\n", "'5' is not a zone of NTE E.030; write 1"),
]


@pytest.mark.fault(1, 30, 65)
@pytest.mark.parametrize(("kind", "text", "sentence"), BAD_TABLES)
def test_a_bad_table_is_one_sentence_and_nothing_is_lost(
    run: Run, store: Path, tmp_path: Path, kind: str, text: str, sentence: str
) -> None:
    run(
        "load",
        "need",
        write(tmp_path, "good.csv", "ubigeo,salud\n010101,3\n"),
        *SOURCE,
        "--no-build",
    )
    kept = sorted(path.name for path in (store / "loaded").iterdir())
    code, _, error = run("load", kind, write(tmp_path, "bad.csv", text), *SOURCE)
    assert code == 1
    assert sentence in error
    assert "\n" not in error
    assert "bad.csv" in error
    assert sorted(path.name for path in (store / "loaded").iterdir()) == kept
    assert [file.name for file in LoadedFolder(store / "loaded").files()] == ["good.csv"]


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("flood_footprint", shapely.Point(0.5, 0.5)),
        ("landslide_footprint", shapely.box(50, 50, 51, 51)),
        ("tsunami_footprint", shapely.LineString([(0, 0), (1, 1)])),
        ("schools", shapely.box(0, 0, 1, 1)),
        ("roads", shapely.Point(0.5, 0.5)),
    ],
)
def test_a_bad_map_is_one_sentence(
    run: Run, store: Path, tmp_path: Path, kind: str, shape: shapely.Geometry
) -> None:
    code, _, error = run("load", kind, draw(tmp_path, "bad.geojson", shape), *SOURCE)
    assert code == 1
    assert "of 1 features none lies in a unit" in error
    assert "\n" not in error
    assert LoadedFolder(store / "loaded").files() == ()


def test_bad_rasters_formats_and_kinds_are_one_sentence(
    run: Run, store: Path, tmp_path: Path
) -> None:
    away = grid(tmp_path, 1.0, west=40.0)
    assert "covers no unit" in run("load", "population_raster", away, *SOURCE)[2]
    text = write(tmp_path, "x.tif", "no picture")
    assert "is not a geotiff file" in run("load", "elevation_raster", text, *SOURCE)[2]
    assert "give geojson or gpkg" in run("load", "roads", text, *SOURCE)[2]
    assert "is not read as activity; give csv or xlsx" in run("load", "activity", text, *SOURCE)[2]
    assert "did you mean roads" in run("load", "road", text, *SOURCE)[2]
    assert "is not a file" in run("load", "need", tmp_path / "no.csv", *SOURCE)[2]
    assert "nothing of kind need is loaded" in run("load", "--remove", "need")[2]
    assert LoadedFolder(store / "loaded").files() == ()


def test_a_request_without_a_source_is_a_usage_error(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path, "pin.csv", "ubigeo,salud\n010101,3\n")
    assert run("load", "need", file, "--vintage", "2026")[0] == 2
    assert run("load", "need", file, "--publisher", "GTRM")[0] == 2
    assert run("load", "need", file, "--publisher", "GTRM", "--vintage", "marzo")[0] == 2
    assert run("load")[0] == 2


def test_without_a_build_the_table_stays_until_it_is_asked_for(
    run: Run, store: Path, tmp_path: Path
) -> None:
    before = built(store).hash
    file = write(tmp_path, "pin.csv", "ubigeo,salud\n010101,3\n")
    run("load", "need", file, *SOURCE, "--no-build")
    assert built(store).hash == before
    assert run("show", "010101", "--json")[0] == 0
    assert json.loads(run("load", "--list", "--json")[1])["loaded"][0]["name"] == "pin.csv"
    run("build")
    assert built(store).hash != before


def test_what_is_missing_is_told_and_what_is_loaded_too(
    run: Run, store: Path, tmp_path: Path
) -> None:
    rows = json.loads(run("missing", "--json")[1])["missing"]
    assert [row["id"] for row in rows] == [spec.id for spec in AWAITED]
    assert all(Path(row["template"]).is_file() for row in rows if row["template"])
    assert {row["loaded"] for row in rows} == {None}
    run("load", "need", write(tmp_path, "p.csv", "ubigeo,salud\n010101,3\n"), *SOURCE, "--no-build")
    rows = {row["id"]: row for row in json.loads(run("missing", "--json")[1])["missing"]}
    assert rows["need"]["loaded"] == "GTRM, 2026-03-31"
    assert "need: Personas con necesidades por distrito y sector [cargado" in run("missing")[1]


def test_every_awaited_layer_and_unit_has_its_words() -> None:
    for language in ("es", "en"):
        known = words(language)
        for spec in AWAITED:
            assert {
                f"awaited.{spec.id}.{part}" for part in ("title", "description", "change")
            } <= set(known)
            for layer in spec.layers:
                assert {f"layer.{layer.id}.title", f"unit.{layer.unit}"} <= set(known)


def test_templates_hold_a_header_and_no_figure() -> None:
    for name in EDITABLE_FILES:
        text = (ROOT / "data" / name).read_text("utf-8")
        if name.endswith("_template.csv"):
            header, tags = text.splitlines()
            assert len(header.split(",")) == len(tags.split(","))
        elif name.endswith(".geojson"):
            assert json.loads(text)["features"] == []


def needs(run: Run, *more: str) -> dict[str, Any]:
    code, out, error = run("needs", "--json", *more)
    assert code == 0, error
    answer: dict[str, Any] = json.loads(out)
    return answer


def test_needs_of_a_unit_are_told_with_flags_and_bounds(run: Run, store: Path) -> None:
    answer = needs(run, "--ubigeo", "010201")
    check_documented("needs", answer)
    (unit,) = answer["units"]
    assert answer["sectors"][:2] == ["shelter", "wash"]
    assert (answer["entering"], answer["leaving"]) == ([], [])
    assert unit["sectors"]["health"]["method"] == "modelled"
    highest = max(cell["people"] for cell in unit["sectors"].values())
    assert unit["joint"]["low"] == pytest.approx(highest)
    assert unit["severity"]["low"] is None
    assert "Conjunta: " in run("needs", "--ubigeo", "010201")[1]
    assert "no district of this table bears" in run("needs", "--ubigeo", "019999")[2]


def test_a_decision_is_kept_with_its_reason_and_is_the_final_value(run: Run, store: Path) -> None:
    before = needs(run)["total"]["final"]
    (unit,) = needs(run, "--ubigeo", "010201")["units"]
    who = ["--reason", "conteo propio, puerta a puerta", "--by", "GTRM"]
    assert run("decide-need", "010201", "--value", "7", *who)[0] == 0
    answer = needs(run, "--ubigeo", "010201")
    (decided,) = answer["units"]
    assert decided["joint"]["final"] == 7
    assert decided["joint"]["reason"] == "conteo propio, puerta a puerta"
    assert decided["joint"]["flags"]
    assert decided["joint"]["value"] == unit["joint"]["value"]
    assert answer["total"]["final"] == pytest.approx(before - unit["joint"]["value"] + 7)
    run("decide-need", "010201", "--value", "9", *who, "--on", "2026-03-31")
    assert needs(run, "--ubigeo", "010201")["units"][0]["joint"]["final"] == 9
    run("decide-need", "010201", "--value", "4", "--figure", "severity", *who)
    severity = needs(run, "--ubigeo", "010201")["units"][0]["severity"]
    assert (severity["final"], severity["flags"]) == (4, ["manual"])
    assert "→ decidido 9: conteo propio" in run("needs", "--ubigeo", "010201")[1]
    run("decide-need", "010201", "--remove")
    assert needs(run, "--ubigeo", "010201")["units"][0] == {**unit, "severity": severity}


@pytest.mark.parametrize(
    ("request_words", "sentence"),
    [
        (["010201", "--value", "7", "--by", "GTRM"], "has no reason; write why"),
        (["010201", "--value", "7", "--reason", "x"], "does not say who took it"),
        (["019999", "--value", "7", "--reason", "x", "--by", "y"], "no unit of this table"),
        (["010201", "--value", "-1", "--reason", "x", "--by", "y"], "no count of people"),
        (["010201", "--remove"], "nothing is decided for 010201"),
    ],
)
def test_a_decision_that_cannot_stand_is_one_sentence(
    run: Run, store: Path, request_words: list[str], sentence: str
) -> None:
    code, _, error = run("decide-need", *request_words)
    assert (code, sentence in error) == (1, True), error
    assert LoadedFolder(store / "loaded").decisions() is None


def test_jiaf_counts_loaded_figures_only_and_says_which_sectors_change(
    run: Run, store: Path, tmp_path: Path
) -> None:
    assert "load need and severity first" in run("needs", "--vocabulary", "jiaf2")[2]
    sectors = ["education", "nutrition", "food", "health", "protection", "shelter", "wash", "cccm"]
    pin = "ubigeo," + ",".join(f"pin_{name}" for name in sectors)
    phases = "ubigeo," + ",".join(f"severity_{name}" for name in sectors)
    pin += "\n010101,1,2,3,4,5,6,7,8\n010102,1,1,1,1,1,1,1,9\n"
    phases += "\n010101,3,3,3,3,1,1,1,1\n010102,3,3,3,2,1,1,1,2\n"
    run("load", "need", write(tmp_path, "p.csv", pin), *SOURCE, "--no-build")
    run("load", "severity", write(tmp_path, "s.csv", phases), *SOURCE)
    answer = needs(run, "--vocabulary", "jiaf2")
    assert (answer["entering"], answer["leaving"]) == (["cccm"], ["transport", "integration"])
    found = {unit["ubigeo"]: unit for unit in answer["units"]}
    # severity 3 counts its highest sector; severity 2 counts nobody
    assert (found["010101"]["severity"]["value"], found["010101"]["joint"]["value"]) == (3, 8)
    assert (found["010102"]["severity"]["value"], found["010102"]["joint"]["value"]) == (2, 0)
    assert answer["total"] == {"low": 8, "high": 8, "final": 8}
    text = run("needs", "--vocabulary", "jiaf2")[1]
    assert "Entran: coordinación y gestión de campamentos." in text
    # the loaded phase stands in the table too, in place of the one from declared limits
    assert column(store, "severity_health")["010101"] == 3
    assert needs(run, "--ubigeo", "010101")["units"][0]["sectors"]["health"]["severity"] == 3


def test_limits_of_severity_are_a_table_that_users_edit(
    run: Run, store: Path, tmp_path: Path
) -> None:
    head = "sector,layer,direction,phase_2,phase_3,phase_4,phase_5,source,note\n"
    row = "health,toy_uninsured,more_is_worse,5,15,25,35,GTRM 2026,\n"
    assert run("load", "severity_limits", write(tmp_path, "l.csv", head + row), *SOURCE)[0] == 0
    found = column(store, "severity_health")
    assert [found[unit] for unit in ("010101", "010102", "010201", "010202")] == [2, 3, 4, 5]


def test_a_row_of_a_5w_that_counts_nowhere_for_two_reasons_is_one_row(
    run: Run, store: Path
) -> None:
    file = store / "5w.csv"
    file.write_text(
        "Organización,Sector,Departamento,Provincia,Distrito,Total beneficiarios\n"
        "Uno,Agua y saneamiento,Región 01,Provincia 0101,Alfa,12\n"
        "Uno,Cultura,Región 01,Provincia 0101,Alfa,muchos\n",
        encoding="utf-8",
    )
    code, out, error = run("load", "activity", file, *SOURCE, "--no-build", "--json")
    assert code == 0, error
    answer = json.loads(out)
    assert {one["reason"] for one in answer["unplaced"]} == {"sector_unknown", "not_a_number"}
    assert {one["row"] for one in answer["unplaced"]} == {3}
    assert (answer["rows"], answer["units"]) == (2, 1)
