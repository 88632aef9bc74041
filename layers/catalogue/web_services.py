"""Services on the web that give files of Peru, one declaration each.

Their shapes are those of their documentation and of public code that reads them.
"""

from layers.spec import ServiceSpec, Takes
from layers.terms import CodeScheme

# Global coordination groups, as HAPI codes them. Groups without a sector of R4V stand apart:
# what they count would enter no figure here.
_SECTORS = (
    ("SHL", "shelter"),
    ("WSH", "wash"),
    ("FSC", "food"),
    ("HEA", "health"),
    ("EDU", "education"),
    ("PRO", "protection"),
    ("NUT", "nutrition"),
)
_AREAS = (
    ("PRO-CPN", "child_protection"),
    ("PRO-GBV", "gbv"),
    ("PRO-HTS", "trafficking"),
)
_HAPI = "https://hapi.humdata.org/api/v2"

SERVICES: tuple[ServiceSpec, ...] = (
    ServiceSpec(
        id="cod-ab-per",
        client="hdx_boundaries",
        publisher="OCHA, IGN (COD-AB)",
        landing="https://data.humdata.org/dataset/cod-ab-per",
        url="https://data.humdata.org/api/3/action",
        feeds="boundaries",
    ),
    ServiceSpec(
        id="geoboundaries-per-adm3",
        client="geoboundaries",
        publisher="geoBoundaries (William & Mary geoLab)",
        landing="https://www.geoboundaries.org",
        url="https://www.geoboundaries.org/api/current/gbOpen",
        feeds="boundaries",
    ),
    ServiceSpec(
        id="hapi-needs",
        client="hapi_needs",
        publisher="OCHA (HDX HAPI)",
        landing="https://data.humdata.org/hapi",
        url=f"{_HAPI}/affected-people/humanitarian-needs",
        feeds="need_regions",
        words=_SECTORS,
        # P-codes of Peru are the codes of INEI behind two letters.
        scheme=CodeScheme.INEI,
        needs_identifier=True,
        page=10_000,
    ),
    ServiceSpec(
        id="hapi-operational-presence",
        client="hapi_presence",
        publisher="OCHA (HDX HAPI)",
        landing="https://data.humdata.org/hapi",
        url=f"{_HAPI}/coordination-context/operational-presence",
        feeds="presence",
        words=(*_SECTORS, *_AREAS),
        # P-codes of Peru are the codes of INEI behind two letters.
        scheme=CodeScheme.INEI,
        needs_identifier=True,
        page=10_000,
    ),
    ServiceSpec(
        id="worldpop-per",
        client="worldpop",
        publisher="WorldPop",
        landing="https://hub.worldpop.org",
        # One kilometre, brought to the totals of the United Nations.
        url="https://hub.worldpop.org/rest/data/pop/wpicuadj1km",
        feeds="population_raster",
    ),
    ServiceSpec(
        id="sigrid",
        client="arcgis",
        publisher="CENEPRED (SIGRID)",
        landing="https://sigrid.cenepred.gob.pe/sigridv3",
        url="https://sigrid.cenepred.gob.pe/arcgis/rest/services/Cartografia_Peligros/MapServer",
        takes=Takes.LAYER,
        known=(
            ("inundaciones", "5010502", "flood_footprint"),
            ("movimientos_en_masa", "5020303", "landslide_footprint"),
        ),
    ),
    ServiceSpec(
        id="datosabiertos",
        client="open_data",
        publisher="Plataforma Nacional de Datos Abiertos",
        landing="https://www.datosabiertos.gob.pe",
        url="https://www.datosabiertos.gob.pe/api/3/action",
        takes=Takes.DATASET,
    ),
)
"""What ``geoapp fetch`` can ask for beside the declared sources."""
