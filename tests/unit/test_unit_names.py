import pandas as pd
import pytest

from layers.countries import COUNTRIES
from layers.table.names import names_of_units


@pytest.mark.parametrize(
    ("published", "official"),
    [
        ("San Martin de Porres", "San Martín de Porres"),
        ("Villa María Del Triunfo", "Villa María del Triunfo"),
        ("Carmen de La Legua Reynoso", "Carmen de la Legua Reynoso"),
        ("La Victoria", "La Victoria"),
        ("Martinez", "Martinez"),
    ],
)
def test_names_are_spelled_officially(published: str, official: str) -> None:
    rows = pd.DataFrame(
        {"distrito": [published], "provincia": ["Lima"], "region": ["Lima"], "reniec": [""]},
        index=["150101"],
    )
    names = names_of_units(rows, rows.index, COUNTRIES["per"])
    assert names.loc["150101"].to_dict() == {
        "name": official,
        "province": "Lima",
        "region": "Lima",
        "reniec": "",
    }
