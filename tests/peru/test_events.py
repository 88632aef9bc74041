"""Events on the real country: totals, offices and the list of a decree."""

import json
from pathlib import Path

import pytest
import shapely

from geoapp.event.answer import event_answer, footprint_of_quake, footprint_of_upload
from geoapp.event.brief import event_brief
from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.terms import AdminLevel
from tests.unit.test_event import grid_xml


def drawn(shape: shapely.Geometry) -> bytes:
    return shapely.to_geojson(shape).encode()


def test_the_whole_country_is_the_national_total(peru: Build) -> None:
    footprint = footprint_of_upload(peru, drawn(shapely.box(-90, -25, -60, 5)), "x.geojson")
    answer = event_answer(peru, CATALOGUE, footprint)
    values = peru.levels[AdminLevel.DISTRICT].table.values
    assert answer["totals"]["units"] == 1891
    assert answer["totals"]["people"] == pytest.approx(values["population_people"].sum())
    assert answer["totals"]["pin"]["health"] == pytest.approx(values["pin_health"].sum())
    for sector in ("health", "shelter", "joint"):
        by_office = sum(row["pin"][sector] for row in answer["by_office"])
        assert by_office == pytest.approx(answer["totals"]["pin"][sector])
    assert len(answer["by_office"]) == 7


def test_the_declared_districts_of_the_mirror_are_matched(peru: Build, mirror: Path) -> None:
    path = mirror / "risk" / "emergency_declarations.csv"
    footprint = footprint_of_upload(peru, path.read_bytes(), path.name, kind="districts")
    answer = event_answer(peru, CATALOGUE, footprint)
    assert footprint.unmatched == ()
    assert answer["totals"]["units"] == 331
    assert {unit["basis"] for unit in answer["units"]} == {"declared"}
    assert {unit["share"] for unit in answer["units"]} == {1.0}


def test_a_synthetic_shakemap_has_every_class_and_adds_up(peru: Build) -> None:
    steps = [[float(value)] * 6 for value in range(4, 10)]
    data = grid_xml(steps)
    # Nodes over Piura: half a degree in the toy country is half a degree here.
    text = data.decode().split("<grid_data>")
    nodes = [line.split() for line in text[1].split("</grid_data>")[0].split("\n") if line]
    moved = "\n".join(
        f"{float(lon) - 81.5:.4f} {float(lat) - 5.0:.4f} {pga} {mmi}"
        for lon, lat, pga, mmi in nodes
    )
    data = f"{text[0]}<grid_data>\n{moved}\n</grid_data></shakemap_grid>".encode()
    answer = event_answer(peru, CATALOGUE, footprint_of_upload(peru, data, "grid.xml"))
    people = {band["id"]: band["people"] for band in answer["bands"]}
    assert all(people[str(band)] > 0 for band in range(4, 10))
    assert sum(people.values()) == pytest.approx(answer["totals"]["people"])
    assert answer["totals"]["strong"]["people"] == pytest.approx(
        sum(people[str(band)] for band in range(6, 11))
    )


def test_the_brief_of_an_earthquake_off_lima_can_be_read_aloud(peru: Build) -> None:
    footprint = footprint_of_quake(peru, -77.5, -12.3, 30.0, 8.0)
    answer = event_answer(peru, CATALOGUE, footprint)
    text = event_brief(answer)
    assert "APROXIMADO" in text
    assert "Lima:" in text
    assert answer["by_office"][0]["office"] == "lima"
    # Pisco 2007, of the same size and on the same coast, took 596 lives.
    assert answer["totals"]["deaths"] == {"from": 100, "to": 1000}
    json.dumps(answer, allow_nan=False)
