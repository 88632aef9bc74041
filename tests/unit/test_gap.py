"""Need − targeted − reached: by hand, by rules, and level by level."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.catalogue.sectors import R4V
from layers.errors import SourceDamagedError
from layers.harmonise.places import place_rows
from layers.indicators.gap import gap, pending_target, unmet_share
from layers.loaded_catalogue import awaited_of
from layers.sources.activity_columns import find_activity_columns
from layers.table.activity import Activity, reports_of
from layers.table.gaps import sector_gaps
from layers.terms import AdminLevel, CodeScheme, MonthRule
from layers.user_files import read_activity
from tests.toy import DISTRICTS

DISTRICT, PROVINCE, REGION = AdminLevel.DISTRICT, AdminLevel.PROVINCE, AdminLevel.REGION
EQUIVALENCE = pd.DataFrame(
    [
        (code, f"9{code[1:]}", name, province, region)
        for code, name, province, region in (
            ("010101", "San Juan de Alfa", "Provincia Primera", "Costa"),
            ("010102", "Santa Beta", "Provincia Primera", "Costa"),
            ("010201", "Gamarra", "Segunda", "Costa"),
            ("010202", "Delfines", "Segunda", "Costa"),
            ("020101", "Épsilon", "Tercera", "Sierra"),
            ("020102", "Zetanilla", "Tercera", "Sierra"),
        )
    ],
    columns=["ubigeo", "reniec", "name", "province", "region"],
)
NEED = dict(zip(DISTRICTS, (100.0, 50.0, 30.0, 20.0, 40.0, 10.0), strict=True))


def need_by_level(need: dict[str, float] = NEED) -> dict[AdminLevel, pd.Series]:
    finest = pd.Series(need)
    return {
        level: finest.groupby(finest.index.str[: level.digits]).sum()
        for level in (DISTRICT, PROVINCE, REGION)
    }


def reports(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["unit", "partner", "reached", "planned"])
    return frame.astype({"reached": float, "planned": float})


def row_of(frame: pd.DataFrame, unit: str) -> dict[str, float]:
    return {str(k): float(v) for k, v in frame.loc[unit].items()}


def read(folder: Path, text: str, months: MonthRule | None = None) -> Activity:
    path = folder / "5w.csv"
    path.write_text(text, encoding="utf-8")
    return read_activity(path, awaited_of("activity"), R4V, EQUIVALENCE, months=months)


def test_gap_is_need_less_targeted_less_reached() -> None:
    units = list("abcd")
    found = gap(
        pd.Series([100.0, 100, 20, 100], index=units),
        pd.Series([40.0, np.nan, 15, np.nan], index=units),
        pd.Series([25.0, 25, 15, np.nan], index=units),
    )
    assert found["gap"].tolist()[:3] == [35, 75, 0]
    assert found["beyond"].tolist()[:3] == [0, 0, 10]
    assert found.loc["d"].isna().all()  # no report is unknown


def test_a_target_of_the_year_takes_in_those_already_reached() -> None:
    planned, reached = pd.Series([50.0, 50, 50, np.nan]), pd.Series([20.0, np.nan, 60, 5])
    assert pending_target(planned, reached).tolist()[:3] == [30, 50, 0]
    assert np.isnan(pending_target(planned, reached)[3])


def test_a_report_on_districts_leaves_the_others_unknown_at_every_level() -> None:
    found = sector_gaps(need_by_level(), reports(("010101", "A", 30, 50), ("010201", "B", 40, 0)))
    assert row_of(found[DISTRICT], "010101") == {
        "need": 100, "targeted": 20, "reached": 30, "gap": 50, "beyond": 0, "unknown": 0,
    }  # fmt: skip
    assert row_of(found[DISTRICT], "010201")["beyond"] == 10
    silent = found[DISTRICT].loc["010102"]
    assert silent[["targeted", "reached", "gap"]].isna().all()
    assert silent["unknown"] == 50
    # what is too much in one district does not fill what lacks in another
    assert row_of(found[REGION], "01") == {
        "need": 200, "targeted": 20, "reached": 70, "gap": 50, "beyond": 10, "unknown": 70,
    }  # fmt: skip
    assert found[REGION].loc["02", "unknown"] == 50


def test_a_report_on_a_province_is_shown_there_and_above_and_not_in_its_districts() -> None:
    found = sector_gaps(need_by_level(), reports(("0101", "A", 30, np.nan), ("010101", "B", 5, 5)))
    assert found[DISTRICT]["gap"].notna().sum() == 1
    province = row_of(found[PROVINCE], "0101")
    assert (province["need"], province["reached"], province["gap"]) == (150, 35, 115)
    assert province["unknown"] == 0
    region = row_of(found[REGION], "01")
    assert (region["reached"], region["gap"], region["unknown"]) == (35, 115, 50)


def test_without_the_report_of_a_partner_cells_turn_to_unknown() -> None:
    rows = reports(("010101", "A", 30, np.nan), ("010101", "B", 5, np.nan), ("0102", "B", 5, 9))
    whole = sector_gaps(need_by_level(), rows)
    less = sector_gaps(need_by_level(), rows[rows["partner"] != "B"])
    assert less[DISTRICT].loc["010101", "gap"] == whole[DISTRICT].loc["010101", "gap"] + 5
    assert np.isnan(less[PROVINCE].loc["0102", "gap"])
    assert less[PROVINCE].loc["0102", "unknown"] == 50
    none = sector_gaps(need_by_level(), rows[:0])
    assert none[REGION]["gap"].isna().all()
    assert none[REGION]["unknown"].tolist() == [200, 50]


PLACES = sorted({code[:digits] for code in DISTRICTS for digits in (2, 4, 6)})
REPORT = st.tuples(
    st.sampled_from(PLACES),
    st.sampled_from(["A", "B"]),
    st.integers(0, 200),
    st.one_of(st.none(), st.integers(0, 200)),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(REPORT, max_size=8))
def test_need_is_parted_without_rest_at_every_level(
    rows: list[tuple[str, str, int, int | None]],
) -> None:
    given_rows = reports(*((u, p, float(r), np.nan if t is None else t) for u, p, r, t in rows))
    for level, frame in sector_gaps(need_by_level(), given_rows).items():
        parts = frame[["targeted", "reached", "gap", "unknown"]].sum(axis=1)
        assert parts.to_numpy() == pytest.approx(frame["need"] + frame["beyond"].fillna(0))
        assert frame["need"].to_numpy() == pytest.approx(need_by_level()[level].to_numpy())
        assert (frame[["gap", "unknown"]].fillna(0) >= 0).all(axis=None)
    # an order of rows is no information
    again = sector_gaps(need_by_level(), given_rows[::-1])
    for level, frame in sector_gaps(need_by_level(), given_rows).items():
        pd.testing.assert_frame_equal(frame, again[level])


def test_the_unmet_share_and_its_range() -> None:
    need = pd.DataFrame({"health": [100.0, 100, 100], "wash": [50.0, 50, 50]}, index=list("abc"))
    gaps = pd.DataFrame({"health": [60.0, 60, np.nan], "wash": [30.0, np.nan, np.nan]}, need.index)
    unknown = need.where(gaps.isna(), 0.0)
    found = unmet_share(gaps, need, unknown)
    assert found.loc["a"].tolist() == pytest.approx([60, 60, 60])
    # the 50 of water that nobody reports are met in the best case and not in the worst one
    assert found.loc["b"].tolist() == pytest.approx([60, 100 * 60 / 150, 100 * 110 / 150])
    assert found.loc["c"].isna().all()


def test_headers_of_r4v_in_two_languages_and_tags_are_understood() -> None:
    header = [
        "Organización principal/Appealing organisation", "Socio implementador", "Sector/Subsector",
        "Admin1/Departamento", "Admin2/Provincia", "Admin3/Distrito", "Mes/Month", "Indicador",
        "Tipo de población", "Total beneficiarios/Total monthly beneficiaries", "meta/target",
    ]  # fmt: skip
    parts = [
        "lead", "implementer", "sector", "region", "province", "name", "month", "indicator",
        "people", "total", "target",
    ]  # fmt: skip
    assert find_activity_columns(header) == dict(zip(parts, header, strict=True))
    assert find_activity_columns(["Appealing organisation", "Month", "Indicator", "Admin3"]) == {
        "lead": "Appealing organisation",
        "month": "Month",
        "indicator": "Indicator",
        "name": "Admin3",
    }
    tags = {"a": "#org+prog", "b": "#sector", "c": "#adm3 +code", "d": "#reached", "e": "#targeted"}
    assert find_activity_columns(list("abcde"), tags) == {
        "lead": "a", "sector": "b", "code": "c", "total": "d", "target": "e",
    }  # fmt: skip


HEAD = "Organización,Sector,Admin1,Admin2,Admin3,Mes,Indicador,Población,Total beneficiarios,Meta\n"


def test_rows_are_placed_at_the_finest_level_that_they_name() -> None:
    rows = pd.DataFrame(
        [
            ("", "San Jaun de Alfa", "Prov. Primera", "Csota"),
            ("", "Todos", "Segunda", "Costa"),
            ("", "", "", "SIERRA"),
            ("20101", "", "", ""),
            ("", "Nada parecido", "Tercera", "Sierra"),
            ("", "", "", ""),
        ],
        columns=["code", "name", "province", "region"],
        index=range(2, 8),
    )
    found = place_rows(rows, EQUIVALENCE, CodeScheme.INEI)
    assert found.units.to_dict() == {2: "010101", 3: "0102", 4: "02", 5: "020101"}
    assert [(one.row, one.reason.value) for one in found.unmatched] == [
        (6, "name_unknown"),
        (7, "no_code_nor_name"),
    ]
    # nobody says whether the code without a name is of INEI or of RENIEC
    (unsure, *_) = place_rows(rows, EQUIVALENCE).unmatched
    assert (unsure.row, unsure.code, unsure.reason) == (5, "20101", "code_scheme_not_certain")


def test_every_row_counts_or_says_why_not(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        HEAD + "Organización A,Salud,Costa,Primera,Sta. Beta,1,Consultas,En destino,10,\n"
        "Organización A,Salud,Costa,Primera,Sta. Beta,1,Consultas,En destino,10,\n"
        "Organización A,Salub,Costa,Primera,Santa Beta,1,Consultas,En destino,10,\n"
        'Organización A,Salud,Costa,Primera,Santa Beta,1,Consultas,En destino,"1,5",\n'
        "Organización A,Salud,Costa,Primera,Santa Beta,1,Consultas,En destino,,\n"
        ",Salud,Costa,Primera,Santa Beta,1,Consultas,En destino,10,\n"
        "Organización A,Salud,Costa,Primera,Santa Beta,1,Consultas,Comunidad de acogida,10,\n"
        "Organización A,Salud,Costa,Primera,Xyzzy,1,Consultas,En destino,10,\n"
        "Organización A,VBG (Subsector),Costa,Primera,,1,Consultas,En destino,10,\n",
    )
    assert found.rows[["unit", "sector"]].to_dict("index") == {
        2: {"unit": "010102", "sector": "health"},
        10: {"unit": "0101", "sector": "protection"},
    }
    assert {one.row: one.reason for one in found.unused} == {
        3: "repeated_row",
        4: "sector_unknown",
        5: "not_a_number",
        6: "no_people",
        7: "no_partner",
        8: "host_community",
        9: "name_unknown",
    }
    near = {one.row: one.nearest for one in found.unused}
    assert "salud" in near[4]
    assert "010102" in " ".join(near[9])


MONTHS = """Organización,Sector,Admin3,Admin2,Admin1,Mes,Indicador,Tipo de población,Total beneficiarios,Nuevos beneficiarios,Meta
Organización A,Salud,Santa Beta,Primera,Costa,Enero,Consultas,En destino,100,100,400
ORGANIZACION A,Salud,Santa Beta,Primera,Costa,Febrero,Consultas,En destino,120,30,400
Organización A,Salud,Santa Beta,Primera,Costa,Febrero,Vacunas,En destino,50,50,60
Organización A,Salud,Santa Beta,Primera,Costa,Febrero,Vacunas,En tránsito,7,7,
Organización B,Salud,Santa Beta,Primera,Costa,Enero,Consultas,En destino,11,11,
"""


@pytest.mark.parametrize(
    ("months", "of_a"), [(None, 137), (MonthRule.SUM, 137), (MonthRule.LARGEST, 127)]
)
def test_months_and_indicators_do_not_count_people_twice(
    tmp_path: Path, months: MonthRule | None, of_a: float
) -> None:
    # Consultas: 100 + 30 new, or 120 in the largest month; Vacunas 50 are the same people;
    # those in transit are others.
    found = reports_of(read(tmp_path, MONTHS, months)).set_index("partner")
    assert found["reached"].to_dict() == {"Organización A": of_a, "Organización B": 11}
    assert found.loc["Organización A", "planned"] == 400
    assert np.isnan(found.loc["Organización B", "planned"])


def test_without_new_people_the_largest_month_counts(tmp_path: Path) -> None:
    text = HEAD + "".join(
        f"Organización A,Salud,Costa,Primera,Santa Beta,{month},Consultas,,{people},\n"
        for month, people in (("Enero", 10), ("Febrero", 30), ("Marzo", 20))
    )
    found = read(tmp_path, text)
    assert found.months is MonthRule.LARGEST
    assert reports_of(found)["reached"].tolist() == [30]
    assert reports_of(read(tmp_path, text, MonthRule.SUM))["reached"].tolist() == [60]


def test_a_table_that_is_no_5w_says_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(
        SourceDamagedError, match=r"no column of partners, people among ubigeo, sec"
    ):
        read(tmp_path, "ubigeo,sector\n010101,salud\n")
