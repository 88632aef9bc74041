"""Names of places: alike whatever their spelling, matched inside their province only."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.harmonise.names import (
    NameMatch,
    NameReason,
    match_name,
    match_names,
    nearest_units,
    normalise_name,
)
from layers.sources.locate import starter_folder

UNITS = pd.read_csv(starter_folder() / "boundaries/per/districts.csv", dtype=str).rename(
    columns={"distrito": "name", "provincia": "province"}
)
ROWS = UNITS.to_dict("records")


@pytest.mark.parametrize(
    ("spelt", "normal"),
    [
        ("Sta. Rosa de Quives", "santa rosa de quives"),
        ("STO. DOMINGO", "santo domingo"),
        ("Dist. Ate", "ate"),
        ("Distrito de Ñahuimpuquio", "nahuimpuquio"),
        ("Cnel. Portillo", "coronel portillo"),
        ("Crl. Gregorio Albarracín", "coronel gregorio albarracin"),
        ("Gral. Sánchez Cerro", "general sanchez cerro"),
        ("Prov. Const. del Callao", "callao"),
        ("Departamento de La Libertad", "libertad"),
        ("Cercado de Lima", "lima"),
        ("26 de Octubre", "veintiseis de octubre"),
        ("Anco_Huallo", "anco huallo"),
        ("N\u0303agari", "nagari"),
        ("--", ""),
    ],
)
def test_names_are_brought_to_one_form(spelt: str, normal: str) -> None:
    assert normalise_name(spelt) == normal


@pytest.mark.parametrize(
    ("name", "province", "region", "ubigeo"),
    [
        ("S.J. de Lurigancho", "Lima", "Lima", "150132"),
        ("SJ de Lurigancho", "Lima", "Lima", "150132"),
        ("SAN JUAN LURIGANCHO", "LIMA", "LIMA", "150132"),
        ("Lurigancho", "Lima", "Lima", "150118"),
        ("Villa María", "Lima", "", "150143"),
        ("Magdalena Del  Mar", "Lima", "Lima Metropolitana", "150120"),
        ("26 de octubre", "Piura", "Piura", "200115"),
        ("Crnl. Gregorio Albarracin Lanchipa", "Tacna", "Tacna", "230110"),
        ("Santa Rosa", "Lima", "Lima", "150139"),
        ("Sta Rosa", "Jaén", "Cajamarca", "060812"),
        ("Nazca", "Nazca", "Ica", "110301"),
        ("Miraflores", "", "Arequipa", "040110"),
        ("Wanchaq", "", "", "080108"),
    ],
)
def test_names_are_found_inside_their_province(
    name: str, province: str, region: str, ubigeo: str
) -> None:
    found = match_name(name, province, region, units=UNITS)
    assert isinstance(found, NameMatch), found
    assert found.ubigeo == ubigeo
    assert found.provider == name


@pytest.mark.parametrize(
    ("name", "province", "region", "reason"),
    [
        ("Santa Rosa", "", "", NameReason.NAME_REPEATED),
        ("Wanchak", "", "", NameReason.NAME_UNKNOWN),
        ("San Juan", "Lima", "Lima", NameReason.NAME_AMBIGUOUS),
        ("oTmás", "Yauyos", "Lima", NameReason.NAME_AMBIGUOUS),
        ("Lima", "Lima", "Antioquia", NameReason.REGION_UNKNOWN),
        ("Lima", "Cusco", "Lima", NameReason.PROVINCE_UNKNOWN),
        ("Wanchaq", "Lima", "Lima", NameReason.NAME_UNKNOWN),
        ("", "Lima", "Lima", NameReason.NO_NAME),
    ],
)
def test_names_that_could_be_another_place_are_refused(
    name: str, province: str, region: str, reason: NameReason
) -> None:
    found = match_name(name, province, region, units=UNITS)
    assert not isinstance(found, NameMatch)
    assert found.reason is reason


def test_every_official_name_is_found_in_capitals_without_accents() -> None:
    rows = UNITS[["name", "province", "region"]].apply(lambda cells: cells.map(normalise_name))
    matches, unmatched = match_names(rows.apply(lambda cells: cells.str.upper()), UNITS)
    assert not unmatched
    assert [item.ubigeo for item in matches] == list(UNITS["ubigeo"])
    assert {item.score for item in matches} == {100.0}


def test_refused_names_come_with_the_nearest_units() -> None:
    rows = pd.DataFrame({"name": ["Wanchak"]}, index=[7])
    _, (refused,) = match_names(rows, UNITS)
    assert refused.row == 7
    assert refused.nearest[0] == "080108 Wanchaq (Cusco, Cusco)"


def test_a_region_is_told_by_its_name_alone_and_a_province_with_its_region() -> None:
    units = pd.DataFrame(
        {
            "ubigeo": ["08", "0801"],
            "name": ["Cusco", "Cusca"],
            "province": ["", ""],
            "region": ["Cusco", "Cusco"],
        }
    )
    assert nearest_units("Cuzco", units) == ("08 Cusco", "0801 Cusca (Cusco)")


@settings(max_examples=300, deadline=None)
@given(
    unit=st.sampled_from(ROWS),
    place=st.integers(0, 60),
    kind=st.sampled_from(["change", "drop", "add", "swap"]),
    letter=st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
)
def test_one_typing_error_never_names_another_district(
    unit: dict[str, str], place: int, kind: str, letter: str
) -> None:
    name = unit["name"]
    place %= len(name)
    typed = {
        "change": name[:place] + letter + name[place + 1 :],
        "drop": name[:place] + name[place + 1 :],
        "add": name[:place] + letter + name[place:],
        "swap": name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :],
    }[kind]
    found = match_name(typed, unit["province"], unit["region"], units=UNITS)
    if isinstance(found, NameMatch) and normalise_name(typed) not in OFFICIAL:
        assert found.ubigeo == unit["ubigeo"]


OFFICIAL = {normalise_name(row["name"]) for row in ROWS}
