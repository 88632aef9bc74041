"""The public edition: whatever a hidden count is, everything that is shown is the same."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geoapp.answers.chain import show_step, why_answer
from geoapp.answers.gap import gap_answer, gaps_of
from geoapp.answers.needs import needs_answer, needs_of
from geoapp.app.legends import legend_of
from geoapp.app.office_choices import Choices
from geoapp.app.office_plans import OfficePlans
from geoapp.app.ranking_rows import ranking_rows
from geoapp.app.routes import make_geometries
from geoapp.app.state import ViewState
from geoapp.app.unit_facts import figures_of, unit_facts
from geoapp.app.view import Views
from geoapp.exports.assignment import assignment_csv
from geoapp.exports.frame import make_frame
from geoapp.reports.report import Asked, foot_of
from geoapp.settings import read_settings
from geoapp.store.builds import Stored, read_build, write_build
from geoapp.store.loaded import LoadedFolder
from geoapp.store.parts import manifest_of
from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.catalogue.awaited import AWAITED
from layers.catalogue.sectors import JIAF_2
from layers.countries import COUNTRIES
from layers.errors import LayersError, StoreError
from layers.loaded_catalogue import with_loaded
from layers.pipeline import build
from layers.sources.locate import Places, starter_folder
from layers.spec import Catalogue, DisclosureRules, LayerSpec
from layers.terms import AdminLevel, Combine, Dimension, Method, PlaceKind, Sensitivity, Unit
from tests import toy
from tests.loaded import brought
from tests.toy import COUNTRY, SCENARIO, as_country, make_toy
from tests.unit.test_cli_gap import with_sectors
from tests.unit.test_cli_load import with_needs

RESTRICTED = ("toy_people", "toy_migrants", "toy_in_need")
Publish = Callable[[dict[str, int]], tuple[Stored, Catalogue]]


def _declared(catalogue: Catalogue) -> Catalogue:
    layers = {
        name: replace(layer, sensitivity=Sensitivity.RESTRICTED) if name in RESTRICTED else layer
        for name, layer in catalogue.layers.items()
    }
    share = LayerSpec(
        id="toy_people_pct",
        dimension=Dimension.NEEDS,
        unit=Unit.PERCENT,
        source="toy_census",
        columns=("venezuela", "residents"),
        combine=Combine.SHARE,
        factor=100.0,
        weight="toy_residents",
        sensitivity=Sensitivity.RESTRICTED,
        share_of="toy_people",
    )
    bound = replace(share, id="toy_bound_pct", share_of=None)
    return replace(catalogue, layers=layers).with_layers(share, bound)


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
        found[f"{level} rows"] = {**ranking_rows(views, ViewState(level=level)), "key": ""}
        for code in table.values.index:
            found[f"{code} card"] = unit_facts(views, ViewState(level=level, unit=code))
            found[f"{code} figures"] = figures_of(views, level, code, table.sources)
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


@pytest.mark.fault(44)
def test_nothing_tells_one_from_four(publish: Publish) -> None:
    # 4 + 99 and 1 + 102 of province 0102 make the same total; every other count is the same.
    four = _outputs(*publish({"010202": 4, "010201": 99}))
    one = _outputs(*publish({"010202": 1, "010201": 102}))
    assert {name for name in four if four[name] != one[name]} == set()


def test_a_share_is_told_of_the_masked_count_and_not_of_the_true_one(publish: Publish) -> None:
    stored, _ = publish({"010202": 4, "010201": 99})
    table = stored.build.levels[AdminLevel.DISTRICT].table
    told = table.values["toy_people_pct"] * table.values["toy_residents"] / 100.0
    assert told["010202"] == pytest.approx(table.values.at["010202", "toy_people"])
    assert table.methods.at["010202", "toy_people_pct"] == Method.RANGE
    # What says of no count that it is its share could only be withheld.
    assert table.values["toy_bound_pct"].isna().all()


def test_what_is_not_hidden_does_tell(publish: Publish) -> None:
    # The comparison sees a count that is published, so that it can fail.
    one, other = publish({"010201": 99}), publish({"010201": 120})
    assert _outputs(*one) != _outputs(*other)


@pytest.mark.fault(44)
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
    figures = figures_of(views, AdminLevel.DISTRICT, "010202", ["toy_people"])
    assert figures["toy_people"]["value"] is None
    chain = why_answer(stored.build, catalogue, "toy_people", "010202", "es")
    assert (chain["value"], chain["recomputed"], chain["inputs"]) == (None, None, [])
    assert show_step(chain, "es").startswith("1–4 ")


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


@pytest.mark.fault(69)
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


def test_what_leaves_the_product_says_which_edition_it_is_of(
    publish: Publish, toy_build: Build
) -> None:
    stored, catalogue = publish({"010202": 4, "010201": 99})
    line = "Edición pública: los conteos pequeños se muestran como rango"
    level = AdminLevel.DISTRICT
    public, full = (
        make_frame(built, level, SCENARIO, catalogue, COUNTRY, date="2026-01-01").provenance
        for built in (stored.build, toy_build)
    )
    assert (public["edicion"], full["edicion"]) == (line, "completa: de uso interno")
    settings = replace(read_settings({}), country=as_country(catalogue))
    feet = [foot_of(Asked(built, settings, "es", SCENARIO)) for built in (stored.build, toy_build)]
    assert feet[0].startswith(f"{line} · ")
    assert not feet[1].startswith(line)
    views = Views(stored, catalogue, SCENARIO, make_geometries(stored, COUNTRY))
    assert line in str(legend_of(views, ViewState()))


def test_what_is_loaded_is_masked_like_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue, places = make_toy(tmp_path)
    places = replace(places, loaded=tmp_path / "loaded")
    declared = with_needs(catalogue)
    health = replace(declared.layer("pin_health"), sensitivity=Sensitivity.RESTRICTED)
    catalogue = replace(declared, layers={**declared.layers, "pin_health": health})
    monkeypatch.setitem(COUNTRIES, COUNTRY.id, as_country(catalogue))

    def told(count: int, rules: DisclosureRules | None) -> pd.DataFrame:
        path = tmp_path / f"pin{count}.csv"
        rest = f"010101,400\n010102,50\n010201,{110 - count}\n010202,{count}\n"
        path.write_text(f"ubigeo,health\n{rest}", "utf-8")
        files = [brought("need", path, places)]
        built = build(catalogue, COUNTRY, places, loaded=files, disclosure=rules)
        table = built.levels[AdminLevel.DISTRICT].table
        assert table.methods.at["010101", "pin_health"] == Method.OBSERVED
        assert not built.balances or rules is None
        more = with_loaded(catalogue, built.loaded)
        level, date = AdminLevel.DISTRICT, "2026-01-01"
        frame = make_frame(built, level, SCENARIO, more, COUNTRY, date=date, everything=True)
        return frame.rows.set_index("ubigeo")

    full = told(7, None)
    assert full.at["010202", "pin_health"] == 7
    one, other = (told(count, DisclosureRules()) for count in (7, 3))
    # Health: below ten.
    assert pd.isna(one.at["010202", "pin_health"])
    assert one.at["010202", "pin_health_range"] == "1–9"
    assert one["pin_health_range"].equals(other["pin_health_range"])


def _published(rows: dict[str, str], folder: Path) -> Build:
    """Return the public edition once some files were loaded."""
    catalogue, places = make_toy(folder)
    places = replace(places, loaded=folder / "loaded")
    declared = (with_sectors if "activity" in rows else with_needs)(catalogue)
    restricted = {
        name: replace(layer, sensitivity=Sensitivity.RESTRICTED)
        for name, layer in declared.layers.items()
        if name == "venezuelan_people" or name.startswith("pin_")
    }
    catalogue = replace(declared, layers={**declared.layers, **restricted})
    files = []
    for kind, text in rows.items():
        path = folder / f"{kind}.csv"
        path.write_text(text, "utf-8")
        files.append(brought(kind, path, places))
        LoadedFolder(folder / "loaded").keep(files[-1], None)
    return build(catalogue, COUNTRY, places, loaded=files, disclosure=DisclosureRules())


def _told_of(kind: str, rows: str, folder: Path) -> dict[str, str]:
    """Return all that the public edition tells once a file was loaded, and its hash."""
    built = _published({kind: rows}, folder)
    found = {
        "manifest": str({**manifest_of(built), "seconds": 0}),
    } | {
        f"{level} {name}": getattr(made.table, name).to_csv()
        for level, made in built.levels.items()
        for name in ("values", "methods", "parents", "ranges", "confidence", "masked")
    }
    if kind == "activity":
        for level, made in built.levels.items():
            gaps = gaps_of(built, level, LoadedFolder(folder / "loaded"))
            found[f"{level} gap"] = str(gap_answer(gaps, list(made.table.names.index)))
    return found


_NEEDS = "ubigeo,health\n010101,40\n010201,{}\n"
_MIGRANTS = "ubigeo,venezuelan_people\n010101,40\n010201,{}\n"
_DONE = (
    "ubigeo,sector,partner,indicator,month,reached,target\n"
    "010101,health,Alfa,consultas,2026-01,{},20\n"
)


@pytest.mark.fault(78)
@pytest.mark.parametrize(
    ("kind", "rows", "small"),
    [("need", _NEEDS, (3, 7)), ("migrants", _MIGRANTS, (1, 4)), ("activity", _DONE, (2, 8))],
    ids=("need", "migrants", "activity"),
)
def test_what_fills_up_the_rest_tells_nothing_of_a_small_loaded_count(
    tmp_path: Path, kind: str, rows: str, small: tuple[int, int]
) -> None:
    # Nothing beside it moves with it: the national total less the true count would be the rest.
    one, other = (_told_of(kind, rows.format(count), tmp_path / str(count)) for count in small)
    assert {name for name in one if one[name] != other[name]} == set()


def test_the_hash_of_what_is_shown_moves_with_what_is_shown(tmp_path: Path) -> None:
    one, other = (_published({"need": _NEEDS.format(n)}, tmp_path / str(n)) for n in (40, 60))
    assert one.hash != other.hash
    # It is told of a file of the planners which one it is, but not by what its bytes are.
    assert [(file.name, file.sha256, file.bytes) for file in one.loaded] == [("need.csv", "", 0)]


def test_limits_and_maps_keep_their_hash_in_public(tmp_path: Path) -> None:
    limits = (starter_folder() / "needs/per/severity_thresholds.csv").read_text("utf-8")
    (file,) = _published({"severity_limits": limits}, tmp_path).loaded
    assert file.sha256 == hashlib.sha256(limits.encode()).hexdigest()


def test_a_public_build_names_no_other_file_than_its_own(tmp_path: Path) -> None:
    built = _published({"activity": _DONE.format(20)}, tmp_path)
    folder = LoadedFolder(tmp_path / "loaded")
    (record,) = folder.files()
    folder.keep(replace(record, vintage="2026-06-30"), record)
    with pytest.raises(StoreError, match="does not stand on the activity that is loaded"):
        gaps_of(built, AdminLevel.DISTRICT, folder)


def test_needs_in_the_words_of_jiaf_tell_nothing_of_a_small_loaded_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # They are read from the file again, and not from the table.
    declared = with_needs(make_toy(tmp_path / "toy")[0])
    monkeypatch.setitem(COUNTRIES, COUNTRY.id, as_country(declared))
    phases = "ubigeo,severity_health\n010101,3\n"
    told = []
    for count in (1, 4):
        folder = tmp_path / str(count)
        built = _published(
            {"need": f"ubigeo,pin_health\n010101,{count}\n", "severity": phases}, folder
        )
        kept = LoadedFolder(folder / "loaded")
        needs = needs_of(built, AdminLevel.DISTRICT, JIAF_2, (), kept)
        told.append(needs_answer(needs, ["010101"]))
    assert told[0] == told[1]
    assert told[0]["units"][0]["sectors"]["health"]["severity"] == 3


def test_whoever_may_be_loaded_is_restricted() -> None:
    named = {layer.id: layer for spec in AWAITED for layer in spec.layers} | CATALOGUE.layers
    people = {name for spec in AWAITED for name in spec.feeds if named[name].unit is Unit.PEOPLE}
    for_all = {name for name in people if named[name].sensitivity is not Sensitivity.RESTRICTED}
    # Residents of a modelled grid are nobody in particular.
    assert (len(people) > 10, for_all) == (True, {"population_raster_people"})


def test_no_point_of_a_service_of_protection_is_published() -> None:
    kinds = {
        spec.points.kind
        for country in COUNTRIES.values()
        for spec in country.catalogue.sources.values()
        if spec.points
    }
    # Shelters, child-friendly spaces, guidance for survivors: none is a kind of place at all.
    assert kinds <= {
        PlaceKind.SETTLEMENT,
        PlaceKind.HEALTH_FACILITY,
        PlaceKind.WAREHOUSE,
        PlaceKind.AIRPORT,
        PlaceKind.PORT,
        PlaceKind.BORDER_POST,
    }
    assert {kind.value for kind in PlaceKind} == {kind.value for kind in kinds}
