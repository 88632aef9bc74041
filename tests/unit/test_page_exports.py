"""What a visitor takes home from the page, and the map in a frame of another site."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient
from plotly.utils import PlotlyJSONEncoder

from geoapp.app import create_app
from geoapp.app.pages import data
from geoapp.app.routes import make_geometries
from geoapp.app.state import DataPart, Page, ViewState
from geoapp.app.view import Views
from geoapp.exports.formats import EXPORTS
from geoapp.maps.page import policy_of
from geoapp.settings import read_settings
from geoapp.store.builds import read_build, write_build
from layers.countries import COUNTRIES
from layers.errors import LayersError
from layers.pipeline import build
from layers.spec import DisclosureRules
from layers.terms import Sensitivity
from tests.toy import COUNTRY, SCENARIO, as_country, make_toy

SITE = "https://sitio.example"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, Views]:
    """The page of the public edition, whose maps one other site may show."""
    folder = tmp_path_factory.mktemp("toy")
    catalogue, places = make_toy(folder)
    hidden = replace(catalogue.layer("toy_people"), sensitivity=Sensitivity.RESTRICTED)
    restricted = replace(catalogue, layers={**catalogue.layers, hidden.id: hidden})
    write_build(build(restricted, COUNTRY, places, disclosure=DisclosureRules()), folder / "built")
    stored = read_build(folder / "built")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(COUNTRIES, COUNTRY.id, as_country(restricted))
        app = create_app(stored, restricted, SCENARIO, embed=(SITE,))
        geometries = make_geometries(stored, COUNTRY)
        views = Views(stored, restricted, SCENARIO, geometries, embed=(SITE,))
    return app.server.test_client(), views


@pytest.fixture
def public(shown: tuple[FlaskClient, Views]) -> FlaskClient:
    return shown[0]


def test_every_format_is_offered_and_answers(public: FlaskClient) -> None:
    for name in EXPORTS:
        answer = public.get(f"/export/{name}?level=district")
        assert answer.status_code == 200, name
        file = answer.headers["Content-Disposition"].partition('"')[2].rstrip('"')
        assert file.startswith("geoapp_district_")
        assert file.isascii()
        ending = Path(file).suffix
        assert ending in (*EXPORTS[name].suffixes, ".zip")
        assert len(answer.data) > 1000
    assert public.get("/export/dbf").status_code == 404


def test_a_file_has_the_weights_of_the_address_and_its_companions(public: FlaskClient) -> None:
    answer = public.get("/export/csv?level=district&w=toy_people:0")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        rows = pd.read_csv(archive.open(names[0]), dtype={"ubigeo": str}).set_index("ubigeo")
        origin = pd.read_csv(archive.open(names[2])).set_index("clave")["valor"]
    assert [name.rpartition("_")[2] for name in names] == [
        "csv.csv",
        "diccionario.csv",
        "procedencia.csv",
    ]
    assert origin["pesos"] == "toy_people:0 toy_uninsured:3"
    # With the uninsured alone: 40 % is the first of all.
    assert rows["rank"].idxmin() == "010202"
    assert rows.at["010202", "toy_people_range"] == "1–4"


def test_a_map_may_be_framed_by_the_named_site_alone(public: FlaskClient) -> None:
    answer = public.get("/embed?level=district&layer=toy_people")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert policy.endswith(f"; frame-ancestors {SITE}")
    assert policy.startswith(policy_of(answer.text))
    assert "Instituto de Juguete" in answer.text
    assert "1\\u20134" in answer.text
    for other in ("/", "/healthz", "/export/geojson"):
        assert "frame-ancestors 'none'" in public.get(other).headers["Content-Security-Policy"]


def test_an_embedded_map_of_nothing_that_can_be_shown_is_not_found(public: FlaskClient) -> None:
    assert public.get("/embed?layer=quality_known").status_code == 404


def test_without_the_setting_there_is_no_such_map(client: FlaskClient) -> None:
    assert client.get("/embed").status_code == 404


def test_the_setting_needs_origins_and_the_public_edition() -> None:
    public = {"GEOAPP_EDITION": "public"}
    assert read_settings({**public, "GEOAPP_EMBED": f"{SITE} http://a:8080"}).embed == (
        SITE,
        "http://a:8080",
    )
    for wrong in ("*", "https://a/b", "https://a;b", "javascript:x", "'self'"):
        with pytest.raises(LayersError, match="which is no origin; give them as https"):
            read_settings({**public, "GEOAPP_EMBED": wrong})
    with pytest.raises(LayersError, match="lets anybody see a map: set GEOAPP_EDITION to public"):
        read_settings({"GEOAPP_EMBED": SITE})


def test_datos_lists_every_format_and_how_to_frame_the_map(
    shown: tuple[FlaskClient, Views],
) -> None:
    client, views = shown
    view = ViewState(page=Page.DATA, part=DataPart.EXPORTS, layer="toy_people")
    with client.application.test_request_context(base_url="https://mapa.example"):
        told = json.dumps(data.answer(views, view, None)["list"], cls=PlotlyJSONEncoder)
    for name in EXPORTS:
        assert f"/export/{name}?layer=toy_people" in told
    assert "Quedan fuera 0 columnas" in told
    assert "https://mapa.example/embed?layer=toy_people" in told
