"""People in need from a file take the place of modelled ones and the total is kept."""

import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.catalogue.sectors import JIAF_2, R4V
from layers.errors import CodeSchemeError, SourceDamagedError
from layers.indicators.severity import PhaseLimits
from layers.loaded_catalogue import awaited_of
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue, LayerSpec
from layers.table.ground import Figures, Ground
from layers.table.loaded_need import Balance, LoadedCells, replace_modelled
from layers.table.make import make_tables
from layers.terms import AdminLevel, CodeScheme, Dimension, Model, ToUnit, Unit
from layers.user_files import read_cells
from tests.loaded import brought
from tests.toy import COUNTRY

NAN = math.nan
UNITS = ["010101", "010102", "010201"]
TEMPLATE = Path(__file__).resolve().parents[2] / "data/needs/per/pin_template.csv"
EQUIVALENCE = pd.DataFrame(
    {
        "ubigeo": UNITS,
        "reniec": ["010101", "010102", "010201"],
        "name": ["Alfa", "Beta", "Gama"],
        "province": ["Uno", "Uno", "Dos"],
        "region": ["Norte"] * 3,
    }
)


def column(*figures: float) -> pd.Series:
    return pd.Series(figures, UNITS[: len(figures)], dtype=float)


def test_the_rest_goes_to_the_other_units_by_weight() -> None:
    made = replace_modelled(column(40, NAN, NAN), 100, column(9, 1, 2), column(1e3, 1e3, 1e3))
    assert made.values.tolist() == pytest.approx([40, 20, 40])
    assert made.methods.tolist() == ["observed", "modelled", "modelled"]
    assert (made.balance, made.difference) == (Balance.KEPT, 0)


def test_a_loaded_zero_is_a_figure() -> None:
    made = replace_modelled(column(0, NAN), 100, column(1, 1), column(1e3, 1e3))
    assert made.values.tolist() == [0, 100]


def test_loaded_figures_above_the_total_stay_and_the_rest_is_unknown() -> None:
    made = replace_modelled(column(120, NAN), 100, column(1, 1), column(1e3, 1e3))
    assert made.values["010101"] == 120
    assert made.methods.tolist() == ["observed", "missing"]
    assert (made.balance, made.difference) == (Balance.LOADED_EXCEEDS, 20)


def test_a_rest_that_does_not_fit_fills_the_units_up() -> None:
    made = replace_modelled(column(10, NAN), 100, column(1, 1), column(50, 60))
    assert made.values.tolist() == [10, 60]
    assert (made.balance, made.difference) == (Balance.NO_ROOM, -30)
    every = replace_modelled(column(10, 20), 100, column(1, 1), column(50, 60))
    assert (every.balance, every.difference) == (Balance.NO_ROOM, -70)


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=3, max_size=3),
    st.lists(st.integers(1, 9), min_size=3, max_size=3),
    st.integers(0, 400),
)
def test_loaded_and_modelled_are_the_total(
    cells: list[int | None], weights: list[int], total: int
) -> None:
    loaded = column(*(NAN if cell is None else cell for cell in cells))
    made = replace_modelled(loaded, total, column(*weights), column(150, 150, 150))
    given_cells = loaded.dropna()
    assert made.values[given_cells.index].equals(given_cells)
    assert made.values.sum() - made.difference == pytest.approx(total)
    if made.balance is Balance.KEPT:
        assert made.values.sum() == pytest.approx(total)


NEED = awaited_of("need")


def load(file: Path, stated: CodeScheme | None = CodeScheme.INEI) -> LoadedCells:
    return read_cells(file, NEED, EQUIVALENCE, stated=stated)


def write(folder: Path, text: str) -> Path:
    file = folder / "pin.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_is_read_by_tag_and_by_name(tmp_path: Path) -> None:
    text = (
        "UBIGEO;Distrito;Salud;B;comentario\n"
        "#adm3+code;#adm3+name;;#inneed+wash;\n"
        "10101;Alfa;120;;x\n"
        "010102;Beta;n/d;30.0;\n"
        "990101;Zzz;5;5;\n"
    )
    read = load(write(tmp_path, text))
    assert read.values["pin_health"].to_dict() == {
        "010101": 120,
        "010102": pytest.approx(NAN, nan_ok=True),
    }
    assert read.values.at["010102", "pin_wash"] == 30
    assert [(item.row, item.code) for item in read.unmatched] == [(5, "990101")]
    assert "column 'comentario' is not known and was not read" in read.notes
    assert "1 rows have no unit and were not loaded" in read.notes


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ubigeo,salud\n010101,1.234\n010201,1\n", "row 2: salud '1.234' is not a whole number"),
        ("ubigeo,salud\n010101,-4\n010201,1\n", "row 2: salud '-4' is not a whole number"),
        ("ubigeo,salud\n010101,1\n010101,2\n", "rows 2, 3: unit 010101 has 2 rows; keep one"),
        ("ubigeo,x\n010101,1\n", "no column of figures of need among ubigeo, x; copy the header"),
        ("lat,salud\n1,1\n", "has no column of codes or names among lat, salud"),
        ("ubigeo,salud\n01,1\n", "gives figures by region, not by district"),
    ],
)
def test_faults_name_row_and_remedy(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SourceDamagedError) as error:
        load(write(tmp_path, text))
    assert sentence in str(error.value)


def test_codes_of_an_uncertain_scheme_are_refused(tmp_path: Path) -> None:
    other = EQUIVALENCE.assign(reniec=["010102", "010101", "010201"])
    file = write(tmp_path, "ubigeo,salud\n010101,1\n")
    with pytest.raises(CodeSchemeError, match="state inei or reniec, or add the names"):
        read_cells(file, NEED, other)


def test_the_template_has_a_column_for_every_sector(tmp_path: Path) -> None:
    text = TEMPLATE.read_text(encoding="utf-8") + "010101,Alfa" + ",7" * 9 + "\n"
    read = load(write(tmp_path, text))
    assert list(read.values) == [f"pin_{sector}" for sector in R4V.entering]
    assert (read.values.loc["010101"] == 7).all()


def test_the_two_vocabularies_tell_what_enters() -> None:
    assert len(R4V.entering) == 9
    assert len(JIAF_2.entering) == 8
    assert "gbv" in JIAF_2.shown_only
    assert "gbv" not in JIAF_2.entering
    assert R4V.switched_to(JIAF_2) == (("cccm",), ("transport", "integration"))


def _need_layer(layer_id: str, model: Model, inputs: tuple[str, ...], **more: object) -> LayerSpec:
    fields: dict[str, object] = {
        "id": layer_id,
        "dimension": Dimension.NEEDS,
        "unit": Unit.PEOPLE,
        "to_unit": ToUnit.MODEL,
        "model": model,
        "inputs": inputs,
        **more,
    }
    return LayerSpec(**fields)  # type: ignore[arg-type]


def test_loaded_figures_and_severities_arrive_in_the_tables(toy: tuple[Catalogue, object]) -> None:
    deficit = {"unit": Unit.SEVERITY, "limits": (1.0, 5.0)}
    catalogue = toy[0].with_layers(
        _need_layer(
            "pin_health", Model.PEOPLE_IN_NEED, ("toy_people",), figure="h", sector="health"
        ),
        _need_layer("pin_wash", Model.PEOPLE_IN_NEED, ("toy_people",), figure="w", sector="wash"),
        _need_layer(
            "joint",
            Model.JOINT_NEED,
            ("toy_people", "pin_health", "pin_wash"),
            sectors=("health", "wash"),
        ),
        _need_layer(
            "sev_health", Model.SECTOR_SEVERITY, ("toy_uninsured",), sector="health", **deficit
        ),
        _need_layer(
            "low", Model.SEVERITY_LOW, ("sev_health",), sectors=("health", "shelter"), **deficit
        ),
        _need_layer(
            "sev", Model.SEVERITY, ("sev_health",), sectors=("health", "shelter"), **deficit
        ),
    )
    level = AdminLevel.DISTRICT
    ground = Ground(
        area_km2={level: column(1, 1, 1), AdminLevel.REGION: pd.Series([3.0], ["01"])},
        national={"h": 60.0, "w": 30.0},
        controls=(),
        population="toy_residents",
        phase_limits={
            "health": PhaseLimits(sector="health", layer="toy_uninsured", limits=(10, 20, 30, 40))
        },
        loaded={"pin_health": column(NAN, 25, NAN)},
    )
    figures = {
        ("toy_residents", level): Figures(column(100, 100, 200), "s"),
        ("toy_people", level): Figures(column(50, 20, 50), "s"),
        ("toy_uninsured", level): Figures(column(5, 20, 40), "s"),
    }
    made = make_tables(figures, ground, catalogue)
    values = made[level].values
    assert values["pin_health"].tolist() == pytest.approx([17.5, 25, 17.5])
    assert made[level].methods["pin_health"].tolist() == ["modelled", "observed", "modelled"]
    assert values["joint"].tolist() == pytest.approx([17.5, 25, 17.5])
    assert made[AdminLevel.REGION].values.at["01", "joint"] == pytest.approx(60)
    assert made[AdminLevel.REGION].methods.at["01", "pin_health"] == "modelled"
    assert values["sev_health"].tolist() == [1, 3, 5]
    # two sectors can never be four: the unit is in phase 1 whatever the missing one is
    assert values["sev"].tolist() == values["low"].tolist() == [1, 1, 1]
    # the rate of the region is judged anew: (100 * 5 + 100 * 20 + 200 * 40) / 400
    assert made[AdminLevel.REGION].values.at["01", "sev_health"] == 3


def test_a_build_names_the_file_behind_loaded_figures(
    toy: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    catalogue = toy[0].with_layers(
        _need_layer("pin_health", Model.PEOPLE_IN_NEED, ("toy_migrants",), figure="in_need"),
        _need_layer("all", Model.JOINT_NEED, ("toy_migrants", "pin_health"), sectors=("health",)),
    )
    places = replace(toy[1], loaded=tmp_path / "loaded")
    file = brought("need", write(tmp_path, "ubigeo,salud\n010101,30\n"), places)
    without = build(catalogue, COUNTRY, places)
    made = build(catalogue, COUNTRY, places, loaded=[file])
    table = made.levels[AdminLevel.DISTRICT].table
    assert table.values.at["010101", "pin_health"] == 30
    assert table.methods.at["010101", "pin_health"] == "observed"
    assert table.values["pin_health"].sum() == pytest.approx(100)
    assert "loaded_need" in table.sources["pin_health"]
    assert "loaded_need" in table.sources["all"]
    assert "loaded_need" not in table.sources["toy_migrants"]
    assert made.statuses["loaded_need"].rows == 1
    assert made.hash != without.hash
    (kept,) = made.balances
    assert (kept.layer, kept.loaded, kept.total, kept.balance) == (
        "pin_health",
        30,
        100,
        Balance.KEPT,
    )
    assert without.balances == ()
