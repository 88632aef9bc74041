"""Exports of KoBo and ODK: counted by district, nothing of a person kept, doubts refused."""

import json
from pathlib import Path

import geopandas as gpd
import pytest

from layers.errors import SourceDamagedError, UserFileError
from layers.form_files import Counted, count_answers, is_form_export
from layers.loaded_catalogue import awaited_of
from layers.sources.form_export import questions_of
from layers.terms import CodeScheme
from layers.user_files import read_cells
from tests.toy import DISTRICTS, square
from tests.unit.test_hxl import EQUIVALENCE

UNITS = gpd.GeoDataFrame(
    index=list(DISTRICTS), geometry=[square(x, y) for x, y, _ in DISTRICTS.values()], crs=4326
)
KOBO = """start;datos/nombre;datos/telefono;datos/ubigeo;necesidades;necesidades/salud;necesidades/agua;_id;_uuid;_submission_time
2026-01-01;Persona Uno;900000001;010101;salud agua;1;1;1;u1;2026-01-01
2026-01-01;Persona Dos;900000002;010101;salud;1;0;2;u2;2026-01-01
2026-01-02;Persona Tres;900000003;010102;;;;3;u3;2026-01-02
2026-01-02;Persona Tres;900000003;010102;;;;3;u3;2026-01-02
2026-01-02;Persona Cuatro;900000004;019999;agua;0;1;4;u4;2026-01-02
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "respuestas.csv"
    path.write_text(text, encoding="utf-8")
    return path


def count(path: Path, kind: str = "need") -> Counted:
    return count_answers(path, awaited_of(kind), EQUIVALENCE, UNITS, CodeScheme.INEI)


def test_choices_are_counted_and_nobody_is_named(tmp_path: Path) -> None:
    made = count(write(tmp_path, KOBO))
    # Whom nobody asked is blank and not zero; an answer that is there twice counts once.
    assert made.body.decode().splitlines() == [
        "ubigeo,pin_wash,pin_health",
        "010101,1,2",
        "010102,,",
    ]
    assert [(one.row, one.code, one.reason) for one in made.unplaced] == [
        (6, "019999", "code_unknown")
    ]
    told = " ".join(made.notes)
    assert "3 answers were counted in 2 districts" in told
    assert "1 answers stand twice" in told
    assert "nothing is kept of start, datos/nombre, datos/telefono" in told
    everything = made.body.decode() + told + json.dumps([str(one) for one in made.unplaced])
    assert not [word for word in ("Persona", "90000000") if word in everything]


def test_choices_in_one_cell_and_numbers_are_understood_too(tmp_path: Path) -> None:
    listed = "distrito;necesidades;_id;_uuid\nAlfa;salud agua;1;a\nALFA;salud;2;b\nBeta;otra;3;c\n"
    assert count(write(tmp_path, listed)).body.decode().splitlines() == [
        "ubigeo,pin_wash,pin_health",
        "010101,1,2",
        "010102,0,0",
    ]
    numbers = "ubigeo;migrantes;_id;_uuid\n010101;4;1;a\n010101;3;2;b\n010102;;3;c\n"
    assert count(write(tmp_path, numbers), "migrants").body.decode().splitlines() == [
        "ubigeo,venezuelan_people",
        "010101,7",
        "010102,",
    ]


def test_without_a_question_for_it_each_answer_is_one_person(tmp_path: Path) -> None:
    text = "ubigeo;edad;_id;_uuid\n010101;30;1;a\n010101;31;2;b\n"
    made = count(write(tmp_path, text), "migrants")
    assert made.body.decode().splitlines() == ["ubigeo,venezuelan_people", "010101,2"]
    assert "each answer counts as one person" in made.notes
    with pytest.raises(SourceDamagedError, match="no question that is called as a figure of need"):
        count(write(tmp_path, text))


@pytest.mark.parametrize(
    "header",
    ["lugar", "_lugar_latitude;_lugar_longitude", "lugar-Latitude;lugar-Longitude"],
)
def test_points_place_answers_without_a_district(tmp_path: Path, header: str) -> None:
    rows = [(1.5, 0.5), (0.5, 2.5), (9.0, 9.0)]
    separator = " " if header == "lugar" else ";"
    lines = [
        separator.join(map(str, row)) + (" 12.0 4.5" if header == "lugar" else "") for row in rows
    ]
    body = "".join(f"{line};x{place};u{place}\n" for place, line in enumerate(lines))
    made = count(write(tmp_path, f"{header};_id;_uuid\n{body}"), "migrants")
    assert made.body.decode().splitlines()[1:] == ["010101,1", "020102,1"]
    assert [(one.row, one.reason) for one in made.unplaced] == [(4, "outside_every_unit")]


def test_odk_central_has_its_own_words(tmp_path: Path) -> None:
    text = "SubmissionDate,datos-distrito,KEY,meta-instanceID\n2026-01-01,Gama,k1,k1\n2026-01-01,,k2,k2\n"
    path = write(tmp_path, text)
    assert is_form_export(path)
    made = count(path, "migrants")
    assert made.body.decode().splitlines()[1:] == ["010201,1"]
    assert [(one.row, one.reason) for one in made.unplaced] == [(3, "no_code_nor_name")]


@pytest.mark.parametrize(
    ("header", "cells", "words"),
    [
        ("nace/distrito;vive/distrito", "Alfa;Beta", "'nace/distrito', 'vive/distrito' are all"),
        ("ubigeo;a/salud;b/salud", "010101;1;0", "'a/salud', 'b/salud' are all called salud"),
        ("p;q", "1.5 0.5;1.4 0.4", "'p', 'q' all hold points"),
        ("ubigeo;tuvo;tiene", "010101;salud;agua", "'tuvo', 'tiene' all list choices"),
        ("ubigeo;salud", "010101;regular", "'salud' holds neither choices nor whole"),
        ("nombre;salud", "Alfa;1", "asks for no district"),
    ],
)
def test_what_could_be_two_things_is_refused_by_name(
    tmp_path: Path, header: str, cells: str, words: str
) -> None:
    path = write(tmp_path, f"{header};_id;_uuid\n{cells};1;a\n")
    with pytest.raises(SourceDamagedError, match=words):
        count(path)


def test_an_export_is_known_and_never_read_as_a_table(tmp_path: Path) -> None:
    path = write(tmp_path, KOBO)
    assert is_form_export(path)
    assert not is_form_export(write(tmp_path, "ubigeo,salud\n010101,3\n"))
    with pytest.raises(UserFileError, match="--from kobo counts them"):
        read_cells(write(tmp_path, KOBO), awaited_of("need"), EQUIVALENCE)


def test_groups_of_either_make_are_taken_off_the_names() -> None:
    asked = questions_of(["datos/vive/Distrito", "grupo-Número de personas", "edad", "_id", ""])
    assert [(one.group, one.name) for one in asked] == [
        ("datos/vive", "distrito"),
        ("grupo", "numero_de_personas"),
        ("", "edad"),
    ]
