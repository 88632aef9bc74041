"""The public edition: whatever a hidden count is, everything that is shown is the same."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geoapp.app.office_choices import Choices
from geoapp.app.office_plans import OfficePlans
from geoapp.app.routes import make_geometries
from geoapp.app.state import ViewState
from geoapp.app.view import Views
from geoapp.chain import why_answer
from geoapp.exports.assignment import assignment_csv
from geoapp.exports.frame import make_frame
from geoapp.settings import read_settings
from geoapp.store import Stored, read_build, write_build
from layers.errors import LayersError
from layers.pipeline import Build, build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.table.disclosure import DisclosureRules
from layers.terms import AdminLevel, Method, Sensitivity
from tests import toy
from tests.toy import COUNTRY, SCENARIO, make_toy

RESTRICTED = ("toy_people", "toy_migrants", "toy_in_need")
Publish = Callable[[dict[str, int]], tuple[Stored, Catalogue]]


def _declared(catalogue: Catalogue) -> Catalogue:
    layers = {
        name: replace(layer, sensitivity=Sensitivity.RESTRICTED) if name in RESTRICTED else layer
        for name, layer in catalogue.layers.items()
    }
    return replace(catalogue, layers=layers)


@pytest.fixture
def publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publish:
    def made(people: dict[str, int]) -> tuple[Stored, Catalogue]:
        for code, count in people.items():
            monkeypatch.setitem(toy.MIGRANTS, code, count)
        folder = tmp_path / "-".join(map(str, people.values()))
        catalogue, places = make_toy(folder)
        catalogue = _declared(catalogue)
        built = build(catalogue, COUNTRY, places, disclosure=DisclosureRules())
        write_build(built, folder / "built")
        return read_build(folder / "built", catalogue), catalogue

    return made


def _outputs(stored: Stored, catalogue: Catalogue) -> dict[str, Any]:
    """Return what leaves the product in any form, without the hash of the files."""
    built = stored.build
    views = Views(stored, catalogue, SCENARIO, make_geometries(stored, COUNTRY))
    found: dict[str, Any] = {"published": built.published.to_csv()}
    for level, made in built.levels.items():
        table = made.table
        for name in ("values", "methods", "parents", "ranges", "coverage", "confidence", "masked"):
            found[f"{level} {name}"] = getattr(table, name).to_csv()
        frame = make_frame(built, level, SCENARIO, catalogue, COUNTRY, date="2026-01-01")
        found[f"{level} export"] = frame.rows.to_csv()
        found[f"{level} dictionary"] = frame.dictionary.to_csv()
        for layer in ("score", *catalogue.layers):
            view = ViewState(level=level, layer=layer)
            found[f"{level} paint {layer}"] = views.paint(view)
        found[f"{level} rows"] = {**views.rows(ViewState(level=level)), "key": ""}
        for code in table.values.index:
            found[f"{code} card"] = views.card(ViewState(level=level, unit=code))
            for layer in catalogue.layers:
                chain = why_answer(built, catalogue, layer, code, "es")
                found[f"{code} why {layer}"] = str(chain)
    names = (built.hash, *(source.sha256 for source in catalogue.sources.values()))
    return {what: _without(names, str(told)) for what, told in found.items()}


def _without(names: tuple[str, ...], told: str) -> str:
    """Return a text without the hashes, which tell one file from another and nothing of it."""
    for name in names:
        told = told.replace(name, "")
    return told


def test_nothing_tells_one_from_four(publish: Publish) -> None:
    # 4 + 99 and 1 + 102 of province 0102 make the same total; every other count is the same.
    four = _outputs(*publish({"010202": 4, "010201": 99}))
    one = _outputs(*publish({"010202": 1, "010201": 102}))
    assert {name for name in four if four[name] != one[name]} == set()


def test_what_is_not_hidden_does_tell(publish: Publish) -> None:
    # The comparison sees a count that is published, so that it can fail.
    one, other = publish({"010201": 99}), publish({"010201": 120})
    assert _outputs(*one) != _outputs(*other)


def test_a_small_count_is_shown_as_its_ends_everywhere(publish: Publish) -> None:
    stored, catalogue = publish({"010202": 4, "010201": 99})
    table = stored.build.levels[AdminLevel.DISTRICT].table
    # Half of the 9 of 020101 was carried to 020102: the counts of this level are no whole numbers.
    assert table.mask_of("010202", "toy_people") == (0.0, 5.0, True)
    assert table.methods.at["010202", "toy_people"] == Method.RANGE
    rows = make_frame(
        stored.build, AdminLevel.DISTRICT, SCENARIO, catalogue, COUNTRY, date="2026-01-01"
    ).rows.set_index("ubigeo")
    assert pd.isna(rows.at["010202", "toy_people"])
    assert rows.at["010202", "toy_people_range"] == "1–4"
    assert rows.at["010201", "toy_people"] == 100.0
    views = Views(stored, catalogue, SCENARIO, make_geometries(stored, COUNTRY))
    labels = views.paint(ViewState(layer="toy_people"))["labels"]
    assert labels[table.values.index.get_loc("010202")] == "1–4"
    card = views.card(ViewState(unit="010202"))
    assert card is not None
    assert card["groups"]["migrants"]["toy_people"]["value"] is None


def test_rates_of_few_people_are_not_told(tmp_path: Path) -> None:
    catalogue, places = make_toy(tmp_path)
    rate = replace(
        catalogue.layer("toy_alarms_per_10000"),
        id="toy_rate",
        inputs=("toy_people", "toy_residents"),
        native_level=AdminLevel.DISTRICT,
        sensitivity=Sensitivity.RESTRICTED,
    )
    more = _declared(catalogue).with_layers(rate)
    full = build(more, COUNTRY, places)
    public = build(more, COUNTRY, places, disclosure=DisclosureRules(least_base=1500))
    told = [made.levels[AdminLevel.DISTRICT].table.values["toy_rate"] for made in (full, public)]
    assert told[0]["010102"] == pytest.approx(90.0)
    assert told[1].notna().to_dict() == {code: code == "010201" for code in toy.DISTRICTS}


def test_the_full_edition_masks_nothing(toy_build: Build) -> None:
    for made in toy_build.levels.values():
        assert made.table.masked.empty


def test_the_editions_differ_in_their_hash(toy: tuple[Catalogue, Places]) -> None:
    catalogue, places = toy
    hashes = {
        build(catalogue, COUNTRY, places, disclosure=rules).hash
        for rules in (None, DisclosureRules(), DisclosureRules(least=10))
    }
    assert len(hashes) == 3


def test_the_edition_and_its_thresholds_are_settings(tmp_path: Path) -> None:
    named = {"GEOAPP_STORE": str(tmp_path), "GEOAPP_EDITION": "public", "GEOAPP_LEAST_COUNT": "10"}
    settings = read_settings(named)
    assert settings.disclosure == DisclosureRules(least=10)
    assert settings.builds == tmp_path / "public"
    assert read_settings({"GEOAPP_STORE": str(tmp_path)}).builds == tmp_path
    with pytest.raises(
        LayersError, match=r"GEOAPP_EDITION is 'publik' \(did you mean|GEOAPP_EDITION"
    ):
        read_settings({"GEOAPP_EDITION": "publik"})
    with pytest.raises(LayersError, match="GEOAPP_ROUNDING is '0'; give a whole number"):
        read_settings({"GEOAPP_EDITION": "public", "GEOAPP_ROUNDING": "0"})


def test_the_file_of_the_offices_tells_the_range_and_not_its_middle(publish: Publish) -> None:
    stored, catalogue = publish({"010202": 4, "010201": 99})
    views = Views(stored, catalogue, SCENARIO, make_geometries(stored, COUNTRY))
    plans = OfficePlans(views)
    found = plans.ask(Choices(level=AdminLevel.DISTRICT), SCENARIO, wait=30.0).result
    assert found is not None
    content = assignment_csv(
        found.plan,
        None,
        stored.build,
        SCENARIO,
        catalogue,
        COUNTRY,
        layers=("toy_people",),
        question="/oficinas",
        date="2026-01-01",
    )
    rows = pd.read_csv(io.BytesIO(content), dtype=str).set_index("ubigeo")
    assert rows.at["010202", "toy_people_range"] == "1–4"
    assert pd.isna(rows.at["010202", "toy_people"])
