"""Emergencies that were registered, and those that the state declared."""

from collections.abc import Mapping
from dataclasses import replace

from layers.spec import LayerSpec, Limits, Published
from layers.terms import AdminLevel, Dimension, Direction, MissingPolicy, Model, ToUnit, Unit

# 2023 has two months only.
_YEARS = tuple(str(year) for year in range(2012, 2023))
_SOURCE = "indeci_emergencies"

EMERGENCY_HAZARDS: Mapping[str, tuple[str, ...]] = {
    "flood": (
        "INUNDACION",
        "INUNDACION POR DESBORDE DE CANALES",
        "INUNDACION POR DESBORDE DE RIO",
        "INUNDACION POR DESBORDE EN LA RUPTURA DE DIQUES",
        "INUNDACION POR DESBORDE LAGO O LAGUNA",
        "RIADA",
    ),
    "landslide": (
        "ALUDES",
        "ALUVIONES",
        "DERRUMBE CERROS",
        "DERRUMBES",
        "DESLIZAMIENTO",
        "HUAYCOS",
        "OTROS FENOMENOS DE GEODINAMICA EXTERNA",
        "REPTACION",
    ),
    "rain": (
        "LLUVIAS INTENSAS",
        "PRECIPITACIONES PLUVIALES",
        "TEMPORALES (VIENTOS CON LLUVIAS)",
    ),
    "cold": (
        "FRIAJE",
        "GRANIZADAS",
        "HELADAS",
        "NEVADAS",
        "PRECIPITACIONES - GRANIZO",
        "PRECIPITACIONES - NEVADA",
    ),
    "wind": ("VIENTOS FUERTES",),
    "drought": ("DEFICIT HIDRICO", "SEQUIAS"),
    "earthquake": ("SISMOS",),
    "fire": (
        "INCENDIOS",
        "INCENDIOS FORESTALES",
        "INCENDIOS INDUSTRIALES",
        "INCENDIOS URBANOS",
    ),
    "epidemic": ("EPIDEMIA COVID-19", "EPIDEMIA DENGUE", "EPIDEMIAS"),
}
"""Hazard of the product -> what INDECI calls it (tipo_fenomeno)."""

OTHER_EMERGENCIES: tuple[str, ...] = (
    "ACCI. DE TRANSPORTE MEDIO ACUATICO FLUVIAL",
    "ACCI. DE TRANSPORTE MEDIO ACUATICO MARITIMO",
    "ACCI. DE TRANSPORTE MEDIO AEREO",
    "ACCI. DE TRANSPORTE MEDIO TERRESTRE",
    "ACCIDENTES DE TRANSPORTE",
    "ACCIONES DE GUERRA",
    "CAMBIOS CLIMATICOS",
    "COLAPSO POR ANTIGUEDAD",
    "CONTAMINA AMB, DE AGUAS",
    "CONTAMINA AMB, DE SUELOS",
    "CONTAMINACION AMBIENTAL",
    "DEFORESTACION",
    "DEGLACIACION",
    "DERRAME DE SUSTANCIAS NOCIVAS",
    "DERRUMBE ESTRUCTUCTURA GENERAL",
    "DERRUMBE VIVIENDA",
    "DESERTIFICACION",
    "DSNPP GAS NATURAL",
    "DSNPP HIDROCARBUROS",
    "EMBALSES",
    "EPIZOOTIAS",
    "EROSION FLUVIAL",
    # Miscoded: Loreto and Ucayali, without a volcano, have 57 of 137.
    "ERUPCIONES VOLCANICAS",
    "EXPLOSIONES",
    "MARETAZO",
    "MARETAZO (MAREJADAS)",
    "OTROS FENOM. MET.  O HIDROL.",
    "OTROS FENOMENOS DE GEODINAMICA INTERNA",
    "OTROS FENOMENOS DE ORIGEN BIOLOGICO",
    "OTROS FENOMENOS TECNOLOGICOS",
    "OTROS PELIGROS ANTROPICOS",
    "OTROS PELIGROS HIDROMETEOROLOGICOS Y OCEANOGRAFICOS",
    "PLAGAS",
    "SABOTAJES",
    "TEMPESTADES ELECTRICAS",
    "TORMENTAS ELECTRICAS",
    "TSUNAMI",
    "VANDALISMO",
)
"""Counted in the total and in no hazard of ours."""


def _count(
    layer_id: str,
    columns: tuple[str, ...],
    hazard: str = "all",
    unit: Unit = Unit.COUNT,
    published: Published | None = None,
) -> LayerSpec:
    kinds = EMERGENCY_HAZARDS.get(hazard)
    return LayerSpec(
        id=layer_id,
        dimension=Dimension.HAZARD,
        hazard=hazard,
        unit=unit,
        direction=Direction.NEUTRAL,
        native_level=AdminLevel.REGION,
        source=_SOURCE,
        to_unit=ToUnit.SUM_ROWS,
        columns=columns,
        where=(("anio", _YEARS), *((("tipo_fenomeno", kinds),) if kinds else ())),
        # The register covers every region: one without a row of a hazard had none of it.
        missing=MissingPolicy.ZERO if kinds else MissingPolicy.UNKNOWN,
        units_of=_SOURCE if kinds else None,
        published=published,
    )


def _rate(count: str, most: float, breaks: tuple[float, ...], hazard: str = "all") -> LayerSpec:
    return LayerSpec(
        id=f"{count.removesuffix('_count')}_per_100000_year",
        dimension=Dimension.HAZARD,
        hazard=hazard,
        unit=Unit.PER_100000_YEAR,
        native_level=AdminLevel.REGION,
        to_unit=ToUnit.MODEL,
        model=Model.RATIO,
        inputs=(count, "population_people"),
        factor=100_000 / len(_YEARS),
        limits=(0.0, most),
        breaks=breaks,
    )


# Frozen 2026-11-22 (indeci_emergencies da8bdc2b, INEI 2022): a round number over the highest
# region but for the few that stand far above all others.
_MOST: Mapping[str, tuple[float, tuple[float, ...]]] = {
    "flood": (7.0, (0.5, 1.0, 2.0, 3.0, 5.0)),
    "landslide": (20.0, (0.5, 1.0, 2.0, 5.0, 10.0)),
    "rain": (90.0, (2.0, 5.0, 10.0, 20.0, 40.0)),
    "cold": (60.0, (0.1, 1.0, 5.0, 10.0, 20.0)),
    "wind": (30.0, (0.5, 1.0, 3.0, 6.0, 12.0)),
    "drought": (12.0, (0.1, 0.25, 0.5, 1.0, 4.0)),
    "earthquake": (3.0, (0.1, 0.25, 0.5, 1.0, 2.0)),
    "fire": (35.0, (2.0, 4.0, 6.0, 10.0, 15.0)),
    "epidemic": (4.0, (0.5, 1.0, 1.5, 2.0, 3.0)),
}


def _of_hazard(hazard: str) -> tuple[LayerSpec, LayerSpec]:
    count = f"emergencies_{hazard}_count"
    most, breaks = _MOST[hazard]
    return _count(count, ("emergencies",), hazard), _rate(count, most, breaks, hazard)


# SINPAD's own four categories of phenomena. Limits are Tukey caps of the districts, frozen
# 2026-11-22 on build 02529690eb0fa16f by docs/freeze_limits.py.
_CAUSES: Mapping[str, tuple[tuple[str, ...], Limits, tuple[float, ...]]] = {
    "nature": (
        ("GEOLOGICO", "HIDROMETEOROLOGICO Y OCEANOGRAFICO", "BIOLOGICO-SANITARIO"),
        (0.4, 68.8),
        (2.0, 10.0, 25.0, 50.0, 100.0),
    ),
    "people": (("ANTROPICO-TECNOLOGICO",), (1.2, 24.8), (2.0, 5.0, 10.0, 15.0, 25.0)),
}


def _of_cause(cause: str) -> tuple[LayerSpec, LayerSpec]:
    categories, limits, breaks = _CAUSES[cause]
    count = _count(f"emergencies_by_{cause}_count", ("emergencies",))
    count = replace(count, hazard=cause, where=(*count.where, ("categoria", categories)))
    return count, replace(_rate(count.id, limits[1], breaks, cause), limits=limits)


def _declared(hazard: str, kinds: tuple[str, ...]) -> LayerSpec:
    return LayerSpec(
        id=f"declared_{hazard}_pct",
        dimension=Dimension.HAZARD,
        hazard=hazard,
        unit=Unit.PERCENT,
        source="emergency_declarations",
        to_unit=ToUnit.IS_LISTED,
        where=(("hazard", kinds),),
        # Printed "Huasin", of the province of Huari, where no district is called so.
        doubtful=(("match", ("fuzzy:MASIN",)),),
        factor=100.0,
        missing=MissingPolicy.ZERO_WHERE_COMPLETE,
        complete=(
            (
                "completeness",
                (
                    "complete (64/64)",
                    "region complete",
                    "region complete (22/22)",
                    "region complete (page states all 65 districts)",
                    "region complete (province inferred from decree order)",
                ),
            ),
        ),
        units_of="inei_population_2018_2022",
        # Of a region in part unknown, half of the districts say nothing of the rest.
        min_coverage=0.95,
        limits=(0.0, 100.0),
        valid_range=(0.0, 100.0),
        breaks=(1.0, 25.0, 50.0, 75.0, 99.0),
    )


EMERGENCIES: tuple[LayerSpec, ...] = (
    _count(
        "emergencies_count",
        ("emergencies",),
        published=Published(source="regions_published", column="emergencies_2012_2022"),
    ),
    _rate("emergencies_count", 200.0, (5.0, 15.0, 30.0, 60.0, 100.0)),
    *(layer for cause in _CAUSES for layer in _of_cause(cause)),
    *(layer for hazard in EMERGENCY_HAZARDS for layer in _of_hazard(hazard)),
    # INDECI counts a person once, as affected or as left without a home.
    _count("emergencies_people", ("affected", "damnificados"), unit=Unit.PEOPLE),
    # Frozen 2026-11-22: regions ran from 143 to 24,454 and from 8 to 1,976.
    _rate("emergencies_people", 25_000.0, (500.0, 2000.0, 5000.0, 10_000.0, 20_000.0)),
    _count("emergencies_houses_count", ("houses_affected", "houses_destroyed")),
    _rate("emergencies_houses_count", 2000.0, (50.0, 250.0, 500.0, 1000.0, 1500.0)),
    _declared(
        "rain",
        (
            "imminent danger, intense rain",
            "imminent danger, intense rain (El Nino costero/Yaku)",
            "rainfall/flood/landslide damage",
        ),
    ),
    _declared("drought", ("water deficit (drought)",)),
)
