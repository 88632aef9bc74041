"""INEI or RENIEC: decided with evidence or refused, never a silent misplacement."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.harmonise.assign import CodeReason, assign_units
from layers.harmonise.code_text import RepairReason
from layers.harmonise.readings import read_both
from layers.harmonise.scheme import Ground, detect_scheme
from layers.sources.locate import starter_folder
from layers.terms import AdminLevel, CodeScheme

UNITS = pd.read_csv(starter_folder() / "boundaries/per/districts.csv", dtype=str).rename(
    columns={"distrito": "name", "provincia": "province"}
)
PAIRED = UNITS.dropna(subset=["reniec"]).reset_index(drop=True)
NAME = UNITS.set_index("ubigeo")["name"].to_dict()
TO_INEI = PAIRED.set_index("reniec")["ubigeo"].to_dict()
COLLIDING = sorted(code for code in TO_INEI if code in NAME and TO_INEI[code] != code)
MIRROR = Path(__file__).resolve().parents[3] / "shared/mirror/codes/ubigeo_distrito.csv"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def coded(column: str, frame: pd.DataFrame = PAIRED) -> pd.DataFrame:
    return pd.DataFrame({"code": frame[column], "name": frame["name"], "truth": frame["ubigeo"]})


def placed(rows: pd.DataFrame, **options: CodeScheme) -> dict[int, str]:
    return assign_units(rows.drop(columns="truth"), UNITS, **options).ubigeos.to_dict()


def edit(name: str, place: int, kind: str, letter: str) -> str:
    place %= len(name)
    return {
        "change": name[:place] + letter + name[place + 1 :],
        "drop": name[:place] + name[place + 1 :],
        "add": name[:place] + letter + name[place:],
        "swap": name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :],
    }[kind]


@pytest.mark.fault(28)
def test_the_same_table_in_both_schemes_gives_the_same_units() -> None:
    inei, reniec = (placed(coded(column)) for column in ("ubigeo", "reniec"))
    assert inei == reniec == coded("ubigeo")["truth"].to_dict()


@pytest.mark.parametrize(("column", "scheme"), [("ubigeo", "inei"), ("reniec", "reniec")])
def test_whole_tables_are_told_without_names(column: str, scheme: str) -> None:
    found = detect_scheme(PAIRED[column], equivalence=UNITS)
    assert (found.scheme, found.ground) == (scheme, Ground.CODES)


def test_small_table_without_names_is_ambiguous_until_the_caller_states_one() -> None:
    codes = pd.Series(COLLIDING[:5], index=range(2, 7))
    assert detect_scheme(codes, equivalence=UNITS).ground is Ground.BOTH_POSSIBLE
    rows = pd.DataFrame({"code": codes})
    assert assign_units(rows, UNITS).refused
    as_reniec = assign_units(rows, UNITS, CodeScheme.RENIEC)
    assert list(as_reniec.ubigeos) == [TO_INEI[code] for code in codes]
    assert list(assign_units(rows, UNITS, CodeScheme.INEI).ubigeos) == list(codes)


def test_statement_that_the_names_contradict_is_refused() -> None:
    rows = coded("reniec").loc[300:340]
    found = detect_scheme(rows["code"], rows["name"], equivalence=UNITS, stated=CodeScheme.INEI)
    assert (found.scheme, found.ground) == (CodeScheme.AMBIGUOUS, Ground.CONTRADICTED)


@pytest.mark.fault(26, 28)
def test_mixed_table_is_refused_with_rows_of_each_kind() -> None:
    rows = pd.concat([coded("ubigeo")[:900], coded("reniec")[900:]])
    rows.index = pd.Index(range(2, len(rows) + 2))
    result = assign_units(rows, UNITS)
    assert result.detection is not None
    assert result.detection.scheme is CodeScheme.MIXED
    assert len(result.ubigeos) == 0
    assert len(result.detection.inei_rows) == len(result.detection.reniec_rows) == 10
    assert max(result.detection.inei_rows) < 902 <= min(result.detection.reniec_rows)


def test_one_foreign_row_makes_a_table_mixed() -> None:
    rows = coded("ubigeo")[:1500]
    foreign = coded("reniec")[1500:1501]
    found = assign_units(pd.concat([rows, foreign]), UNITS).detection
    assert found is not None
    assert (found.scheme, found.reniec_rows) == (CodeScheme.MIXED, (1500,))


@pytest.mark.fault(26)
@pytest.mark.parametrize("column", ["ubigeo", "reniec"])
def test_lost_zeros_are_repaired_and_named(column: str) -> None:
    rows = coded(column)
    lost = rows["code"].str.startswith("0")
    result = assign_units(rows.assign(code=rows["code"].str.removeprefix("0")), UNITS)
    assert result.ubigeos.to_dict() == rows["truth"].to_dict()
    assert {item.row for item in result.repairs} == set(rows.index[lost])
    assert all(item.reason is RepairReason.LOST_ZERO for item in result.repairs)
    assert result.detection is not None
    assert result.detection.evidence.lost_zeros == lost.sum()


@pytest.mark.fault(26)
def test_what_spreadsheets_put_around_codes_is_taken_off_and_listed() -> None:
    cells = ["PE150101", "150102.0", "1.50103E+05", "'150104", "10101", "150105"]
    codes = ["150101", "150102", "150103", "150104", "010101", "150105"]
    rows = pd.DataFrame({"code": cells, "name": [NAME[code] for code in codes]})
    result = assign_units(rows, UNITS)
    assert list(result.ubigeos) == codes
    assert [(item.before, item.after) for item in result.repairs] == list(
        zip(cells, codes, strict=False)
    )[:5]


@pytest.mark.fault(27)
def test_unknown_codes_are_unmatched_and_totals_reconcile() -> None:
    rows = coded("ubigeo")[:50].drop(columns="truth")
    rows.loc[90] = ["999999", "Atlántida"]
    rows.loc[91] = ["15010", "Lima"]
    rows.loc[92] = ["", ""]
    rows.loc[93] = ["150101", "Wanchaq"]
    result = assign_units(rows, UNITS)
    assert [(item.row, item.reason) for item in result.unmatched] == [
        (90, CodeReason.CODE_UNKNOWN),
        (91, CodeReason.CODE_UNKNOWN),
        (92, CodeReason.EMPTY),
        (93, CodeReason.CONTRADICTED),
    ]
    assert len(result.ubigeos) + len(result.unmatched) == len(rows)


@pytest.mark.parametrize("level", [AdminLevel.REGION, AdminLevel.PROVINCE])
@pytest.mark.parametrize("padded", [False, True])
def test_provinces_and_regions_are_told_by_their_names(level: AdminLevel, padded: bool) -> None:
    cut = PAIRED.assign(
        **{column: PAIRED[column].str[: level.digits] for column in ("ubigeo", "reniec")}
    ).drop_duplicates("ubigeo")
    for column in ("ubigeo", "reniec"):
        code = cut[column] + "0" * (6 - level.digits) if padded else cut[column]
        result = assign_units(pd.DataFrame({"code": code, level.value: cut[level.value]}), UNITS)
        assert result.level is level
        assert result.ubigeos.to_dict() == cut["ubigeo"].to_dict()
    assert detect_scheme(cut["reniec"], equivalence=UNITS).refused or level is AdminLevel.PROVINCE


def test_names_that_fit_nothing_are_refused() -> None:
    rows = coded("ubigeo")[:200].assign(name="Posta médica")
    found = assign_units(rows, UNITS).detection
    assert found is not None
    assert found.ground is Ground.NAMES_FIT_NEITHER


@pytest.mark.parametrize("reading", ["inei", "reniec"])
def test_a_colliding_code_alone_is_right_or_refused(reading: str) -> None:
    wrong = refused = 0
    for code in COLLIDING[::15]:
        truth = code if reading == "inei" else TO_INEI[code]
        rows = pd.DataFrame({"code": [code], "name": [NAME[truth]]})
        result = assign_units(rows, UNITS)
        refused += result.refused
        wrong += any(unit != truth for unit in result.ubigeos)
    assert wrong == 0
    assert refused <= 1


@pytest.mark.parametrize("reading", ["inei", "reniec"])
def test_every_colliding_code_votes_for_its_own_scheme_or_not_at_all(reading: str) -> None:
    truth = [code if reading == "inei" else TO_INEI[code] for code in COLLIDING]
    names = pd.Series([NAME[unit] for unit in truth])
    table = read_both(pd.Series(COLLIDING), names, UNITS).table
    other = "reniec" if reading == "inei" else "inei"
    assert len(COLLIDING) == 974
    assert not table[f"votes_{other}"].any()
    assert table[f"votes_{reading}"].sum() >= 971


@settings(max_examples=60, deadline=None)
@given(
    picks=st.lists(
        st.tuples(st.sampled_from(COLLIDING), st.booleans()), min_size=1, max_size=30, unique=True
    ),
    typos=st.lists(
        st.tuples(
            st.integers(0, 40),
            st.sampled_from(["change", "drop", "add", "swap"]),
            st.sampled_from(LETTERS),
        ),
        min_size=30,
        max_size=30,
    ),
    one_scheme=st.sampled_from([None, False, True]),
    misspelt=st.integers(0, 30),
)
def test_no_colliding_code_is_misplaced(
    picks: list[tuple[str, bool]],
    typos: list[tuple[int, str, str]],
    one_scheme: bool | None,
    misspelt: int,
) -> None:
    """Tables of one scheme or both, with up to one typing error a name."""
    codes = [code for code, _ in picks]
    kinds = [kind if one_scheme is None else one_scheme for _, kind in picks]
    truth = [TO_INEI[code] if kind else code for code, kind in zip(codes, kinds, strict=False)]
    names = [
        edit(NAME[unit], *typos[place]) if place < misspelt else NAME[unit]
        for place, unit in enumerate(truth)
    ]
    result = assign_units(pd.DataFrame({"code": codes, "name": names}), UNITS)
    assert all(unit == truth[row] for row, unit in result.ubigeos.items())
    if len(set(kinds)) == 1 and result.detection is not None:
        assert result.detection.scheme is not CodeScheme.MIXED


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), column=st.sampled_from(["ubigeo", "reniec"]))
def test_small_tables_without_names_are_never_read_in_the_wrong_scheme(
    seed: int, column: str
) -> None:
    sample = PAIRED.sample(seed % 60 + 1, random_state=seed)
    found = detect_scheme(sample[column], equivalence=UNITS)
    assert found.refused or found.scheme == {"ubigeo": "inei", "reniec": "reniec"}[column]


@pytest.mark.peru
@pytest.mark.skipif(not MIRROR.is_file(), reason="the mirror has no codes/ubigeo_distrito.csv")
@pytest.mark.parametrize("column", ["inei", "reniec"])
def test_the_published_equivalence_is_read_right(column: str) -> None:
    table = pd.read_csv(MIRROR, dtype=str, keep_default_na=False)
    rows = pd.DataFrame({"code": table[column], "name": table["distrito"]})
    result = assign_units(rows, UNITS)
    assert result.detection is not None
    assert result.detection.scheme == column
    right = table["inei"].to_dict()
    assert [row for row, unit in result.ubigeos.items() if right[row] not in (unit, "NA")] == []
    assert len(result.ubigeos) > 1825
