"""People, origins and deficits of Peru against sums made here directly from the files."""

from pathlib import Path

import pandas as pd
import pytest

from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.catalogue.nationalities import COUNTRIES
from layers.terms import AdminLevel

pytestmark = pytest.mark.peru

DISTRICT, PROVINCE, REGION = AdminLevel.DISTRICT, AdminLevel.PROVINCE, AdminLevel.REGION

# Layer: numerator and denominator, as counts of the workbook.
SHARES = {
    "women_pct": ("c5_p2_2", "pob_total"),
    "age_0_14_pct": ("gr_edad_1", "pob_total"),
    "age_15_29_pct": ("gr_edad_2", "pob_total"),
    "age_30_44_pct": ("gr_edad_3", "pob_total"),
    "age_45_64_pct": ("gr_edad_4", "pob_total"),
    "age_65_plus_pct": ("gr_edad_5", "pob_total"),
    "age_0_4_pct": ("gr_quin_1", "pob_total"),
    "age_5_9_pct": ("gr_quin_2", "pob_total"),
    "age_10_14_pct": ("gr_quin_3", "pob_total"),
    "age_15_19_pct": ("gr_quin_4", "pob_total"),
    "age_20_24_pct": ("gr_quin_5", "pob_total"),
    "activity_pct": ("pea", "pet"),
    "employed_pct": ("peao", "pet"),
    "unemployed_pct": ("pead", "pea"),
    "earth_floor_pct": ("v_ptierra", "num_viv_op"),
    "one_room_pct": ("v_1hab", "num_viv_op"),
    "firewood_pct": ("h_lenna", "num_hog"),
    "no_computer_pct": ("hs_pclptb", "num_hog"),
    "no_mobile_phone_pct": ("hs_tcelu", "num_hog"),
    "no_internet_pct": ("hs_inter", "num_hog"),
    "public_insurance_pct": ("c5_p8_1", "pob_total"),
    "identity_card_pct": ("c5_p10_1", "pob_total"),
    "difficulty_relating_pct": ("c5_p9_6", "pob_total"),
    "difficulty_moving_pct": ("c5_p9_4", "pob_total"),
    "difficulty_understanding_pct": ("c5_p9_5", "pob_total"),
    "difficulty_speaking_pct": ("c5_p9_3", "pob_total"),
}
COUNTS = {
    "households_2017_count": ("num_hog",),
    "private_dwellings_2017_count": ("num_viv_pa",),
    "working_age_people": ("pet",),
    "active_people": ("pea",),
    "no_document_people": ("c5_p10_4",),
    "literacy_asked_people": ("c5_p12_1", "c5_p12_2"),
}


def workbook(mirror: Path, name: str, code: str, digits: int) -> pd.DataFrame:
    frame = pd.read_excel(mirror / f"population/geoperu_{name}.xlsx", engine="calamine")
    return frame.set_index(frame[code].astype(str).str.zfill(digits))


@pytest.fixture(scope="module")
def census(mirror: Path) -> pd.DataFrame:
    return workbook(mirror, "distritos", "cod_dist", 6)


@pytest.fixture(scope="module")
def abroad(mirror: Path) -> pd.DataFrame:
    path = mirror / "migrants/census2017_residence_abroad_5y_long.csv"
    return pd.read_csv(path, dtype={"ubigeo": str})


def values(peru: Build, level: AdminLevel = DISTRICT) -> pd.DataFrame:
    return peru.levels[level].table.values


@pytest.mark.parametrize(("layer", "columns"), COUNTS.items())
def test_counts_add_up_to_the_workbook(
    peru: Build, census: pd.DataFrame, layer: str, columns: tuple[str, ...]
) -> None:
    total = census[list(columns)].to_numpy().sum()
    assert [values(peru, level)[layer].sum() for level in AdminLevel] == pytest.approx([total] * 3)


def test_shares_of_regions_are_those_of_the_workbook_of_regions(peru: Build, mirror: Path) -> None:
    regions = workbook(mirror, "departamentos", "cod_dpto", 2)
    made = values(peru, REGION)
    for layer, (part, whole) in SHARES.items():
        expected = (100 * regions[part] / regions[whole]).sort_index()
        assert made[layer].to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-6), layer


def test_literacy_and_needs_that_only_counts_tell(peru: Build, census: pd.DataFrame) -> None:
    asked = census["c5_p12_1"] + census["c5_p12_2"]
    lima = census.index.str[:2] == "15"
    expected = 100 * census["c5_p12_2"][lima].sum() / asked[lima].sum()
    assert values(peru, REGION).at["15", "illiterate_3_plus_pct"] == pytest.approx(expected)
    several = census[[f"c{n}nbi_abs" for n in (2, 3, 4, 5)]].sum(axis=1)
    here = values(peru)["nbi_two_or_more_pct"].reindex(census.index)
    # four percentages of one decimal each are right within 0.2
    assert (here - 100 * several / census["total_pers"]).abs().max() <= 0.2
    assert (here <= values(peru)["nbi_any_pct"].reindex(census.index) + 0.2).all()


def test_columns_that_are_used_hold_together(census: pd.DataFrame) -> None:
    people = census["pob_total"]
    ages = census[[f"gr_edad_{n}" for n in range(1, 6)]].sum(axis=1)
    assert (ages == people).all()
    assert (census["c5_p2_1"] + census["c5_p2_2"] == people).all()
    assert (
        census[["gr_quin_1", "gr_quin_2", "gr_quin_3"]].sum(axis=1) == census["gr_edad_1"]
    ).all()
    assert (census["pea"] + census["pei"] == census["pet"]).all()
    assert (census["peao"] + census["pead"] == census["pea"]).all()
    assert (
        census[["h_lenna", "hs_pclptb", "hs_tcelu", "hs_inter"]].max(axis=1) <= census["num_hog"]
    ).all()
    assert (census["c5_p12_1"] + census["c5_p12_2"] < people).all()


def test_columns_that_are_left_out_do_not_hold(census: pd.DataFrame, mirror: Path) -> None:
    assert (census["ph_cocin"] > 100).sum() == 308
    lived = pd.read_csv(
        mirror / "migrants/census2017_residence_abroad_5y.csv", dtype={"ubigeo": str}
    ).set_index("ubigeo")
    nobody_stayed = lived.index[lived["same_district_5y"] == 0]
    assert len(nobody_stayed) == 245
    assert (nobody_stayed.str[:2] == "07").sum() == 7
    poor = pd.read_csv(mirror / "codes/ubigeo_distrito.csv", na_values="S.I.")
    assert (poor["pct_pobreza_extrema"] > poor["pct_pobreza_total"]).sum() == 46
    used = {column for layer in CATALOGUE.layers.values() for column in layer.columns}
    assert not used & {"ph_cocin", "h_cocin", "same_district_5y", "pct_pobreza_extrema"}


def test_growth_of_a_few_units(peru: Build, mirror: Path) -> None:
    path = mirror / "population/population_2018_2022.csv"
    people = pd.read_csv(path, dtype={"ubigeo": str}).pivot(
        index="ubigeo", columns="year", values="population"
    )
    made = values(peru)["population_growth_pct_year"]
    for unit in ("150101", "150132", "180302", "101002", "200101", "240101"):
        now, before = people.loc[unit, 2022], people.loc[unit, 2018]
        assert made[unit] == pytest.approx(100 * ((now / before) ** 0.25 - 1))
        # four years at that rate lead from one count to the other
        assert before * (1 + made[unit] / 100) ** 4 == pytest.approx(now)
    lima = people[people.index.str[:2] == "15"].sum()
    of_region = values(peru, REGION)["population_growth_pct_year"]["15"]
    assert of_region == pytest.approx(100 * ((lima[2022] / lima[2018]) ** 0.25 - 1))
    # San Antonio was cut from Moquegua: the same people grow alike
    assert made["180107"] == pytest.approx(made["180101"])
    assert (
        peru.levels[DISTRICT].table.methods.at["180107", "population_growth_pct_year"] == "spread"
    )


def test_every_large_origin_has_a_layer_and_no_small_one(abroad: pd.DataFrame) -> None:
    people = abroad.groupby("country_5y_ago")["persons"].sum()
    large = set(people.index[people > 1000]) - {"Venezuela"}
    assert large == set(COUNTRIES.values())


def test_origins_add_up_to_the_file(peru: Build, abroad: pd.DataFrame, mirror: Path) -> None:
    people = abroad.groupby("country_5y_ago")["persons"].sum()
    for level in AdminLevel:
        made = values(peru, level)
        for layer, written in COUNTRIES.items():
            assert made[f"{layer}_5y_people"].sum() == pytest.approx(people[written]), layer
        assert made["other_abroad_5y_people"].sum() == pytest.approx(171_238 - 51_933)
    wide = pd.read_csv(
        mirror / "migrants/census2017_residence_abroad_5y.csv", dtype={"ubigeo": str}
    ).set_index("ubigeo")
    regions = values(peru, REGION)
    for layer, column in (("colombia", "colombia_5y"), ("brazil", "brasil_5y"), ("usa", "usa_5y")):
        expected = wide[column].groupby(wide.index.str[:2]).sum()
        assert regions[f"{layer}_5y_people"].to_numpy() == pytest.approx(expected.to_numpy())


def test_a_district_that_the_file_of_origins_leaves_out_has_nobody(peru: Build) -> None:
    made = values(peru)
    assert made.at["010102", "abroad_5y_people"] == 0
    assert (made.loc["010102", [f"{name}_5y_people" for name in COUNTRIES]] == 0).all()


def test_movements_at_posts(peru: Build, mirror: Path) -> None:
    moved = pd.read_csv(mirror / "migrants/border_movements_2020.csv")
    months = moved.groupby("Month_Year")["Total_individuals"]
    assert months.sum()["August-20"] == 0
    assert months.count()["September-20"] == 0
    for layer, kind, unplaced in (
        ("border_entries_2020_count", "Entry from VEN", 30),
        ("border_exits_2020_count", "Exit to VEN", 7),
    ):
        rows = moved[moved["Mov Type"] == kind]
        total = rows["Total_individuals"].sum() - unplaced
        assert [values(peru, level)[layer].sum() for level in AdminLevel] == [total] * 3
        desaguadero = rows[rows["Border Point"].str.contains("Desaguadero|Carancas")]
        assert values(peru).at["210402", layer] == desaguadero["Total_individuals"].sum()
    assert peru.statuses["border_movements_2020"].unmatched == (
        "Loreto - PCM Rio Amazonas Balsa Mig Col",
        "Madre De Dios - PCF Shiringayoc",
    )


def test_national_figures_of_the_survey_are_those_of_its_tables(peru: Build, mirror: Path) -> None:
    adults = pd.read_csv(mirror / "needs/enpove2022_adults.csv")
    said = adults.set_index(["indicator", "category"])["pct_weighted"]
    assert {
        key.removeprefix("enpove_"): value
        for key, value in peru.national.items()
        if key.startswith("enpove_")
    } == {
        "food_insecure_moderate_pct": said["FIES", "Moderate"],
        "food_insecure_severe_pct": said["FIES", "Severe"],
        "uninsured_adults_pct": said["Health insurance", "No"],
    }


def test_posts_lie_in_the_districts_that_the_list_of_posts_says(mirror: Path) -> None:
    places = dict(CATALOGUE.source("border_movements_2020").places)
    listed = pd.read_csv(mirror / "context/border_posts.csv", dtype={"ubigeo": str})
    said = dict(zip(listed["post"], listed["ubigeo"], strict=True))
    assert places["Piura - PCF La Tina"] == said["PCF La Tina - CEBAF Macara"]
    assert places["Tumbes - PCF Cebaf"] == said["CEBAF Eje Vial 1 / PCF Tumbes (Aguas Verdes)"]
    assert places["Madre De Dios - PCF Iñapari"] == said["PCF Inapari"]
    assert places["Loreto - PCF Santa Rosa"] == said["PCF Santa Rosa (Loreto)"]
    assert places["Tacna - PCF Santa Rosa"] == said["PCF Santa Rosa (Tacna)"]
    assert places["Lima - PCM A.I.J.Ch."] == said["AI Jorge Chavez (Lima-Callao)"]
    for post in ("Cajamarca - PCF La Balsa", "Piura - PCF El Alamor", "Puno - PCF Kasani"):
        assert places[post] == said[post.partition(" - ")[2]]
