"""The tree of INFORM: components, categories, dimensions and two risks.

To add an indicator, write its id into a component: it needs a direction and frozen limits.
"""

from layers.spec import LayerSpec
from layers.terms import Dimension, Model, Sensitivity, ToUnit, Unit

_CLASSES = (2.0, 3.5, 5.0, 6.5)
"""INFORM's classes: very low, low, medium, high, very high."""
_MIGRANTS = "venezuelan_people"


def _index(
    layer_id: str,
    dimension: Dimension,
    *inputs: str,
    model: Model = Model.INDEX_MEAN,
    weight: str | None = None,
    sensitivity: Sensitivity = Sensitivity.PUBLIC,
) -> LayerSpec:
    return LayerSpec(
        id=layer_id,
        dimension=dimension,
        unit=Unit.INDEX_0_10,
        to_unit=ToUnit.MODEL,
        model=model,
        inputs=inputs,
        weight=weight,
        limits=(0.0, 10.0),
        valid_range=(0.0, 10.0),
        breaks=_CLASSES,
        sensitivity=sensitivity,
    )


def _met_by_migrants(category: str, dimension: Dimension) -> LayerSpec:
    """Declare a category where migrants live: the same in a district, their mean above it."""
    stem = category.removesuffix("_index")
    return _index(f"{stem}_migrants_index", dimension, category, weight=_MIGRANTS)


def _dimension(layer_id: str, dimension: Dimension, first: str, second: str) -> LayerSpec:
    return _index(layer_id, dimension, first, second, model=Model.INDEX_GEOMETRIC)


def _hazard(layer_id: str, *inputs: str) -> LayerSpec:
    return _index(layer_id, Dimension.HAZARD, *inputs)


def _vulnerability(layer_id: str, *inputs: str) -> LayerSpec:
    return _index(layer_id, Dimension.VULNERABILITY, *inputs)


def _coping(layer_id: str, *inputs: str) -> LayerSpec:
    return _index(layer_id, Dimension.COPING, *inputs)


_HAZARDS: tuple[LayerSpec, ...] = (
    _hazard("hazard_earthquake_index", "earthquake_50y_mmi"),
    _hazard("hazard_rain_index", "rain_2017_ratio"),
    _hazard("hazard_landslide_index", "landslide_susceptibility_index"),
    _hazard("hazard_cold_index", "frost_risk_index", "cold_surge_risk_index"),
    _hazard("hazard_events_index", "emergencies_by_nature_per_100000_year"),
    # Not tsunami_low_coast_pct: on a grid of 9 km its zeros rule nothing out.
    _hazard(
        "hazard_natural_index",
        "hazard_earthquake_index",
        "hazard_rain_index",
        "hazard_landslide_index",
        "hazard_cold_index",
        "hazard_events_index",
    ),
    _hazard("hazard_air_index", "pm25_ug_m3"),
    _hazard("hazard_accidents_index", "emergencies_by_people_per_100000_year"),
    _hazard("hazard_human_index", "hazard_air_index", "hazard_accidents_index"),
    _dimension(
        "hazard_exposure_index", Dimension.HAZARD, "hazard_natural_index", "hazard_human_index"
    ),
)
_VULNERABILITIES: tuple[LayerSpec, ...] = (
    _vulnerability("deprivation_index", "poverty_pct", "nbi_any_pct"),
    _vulnerability("development_index", "hdi"),
    _vulnerability("socio_economic_index", "deprivation_index", "development_index"),
    _vulnerability("food_insecurity_index", "food_vulnerability_index"),
    _vulnerability("uninsured_index", "no_insurance_pct"),
    _vulnerability("children_index", "child_out_of_school_pct"),
    _vulnerability("documents_index", "no_document_pct"),
    _vulnerability("dwelling_index", "crowding_pct", "poor_dwelling_pct"),
    _vulnerability(
        "vulnerable_groups_index",
        "food_insecurity_index",
        "uninsured_index",
        "children_index",
        "documents_index",
        "dwelling_index",
    ),
    _dimension(
        "vulnerability_index",
        Dimension.VULNERABILITY,
        "socio_economic_index",
        "vulnerable_groups_index",
    ),
)
_COPING: tuple[LayerSpec, ...] = (
    _coping("institutional_index", "disaster_budget_soles_per_person"),
    _coping("health_access_index", "health_facilities_per_10000"),
    _coping("basic_services_index", "no_public_water_pct", "no_sanitation_pct"),
    _coping("communication_index", "no_electricity_pct", "not_literate_pct"),
    _coping(
        "infrastructure_index",
        "health_access_index",
        "basic_services_index",
        "communication_index",
    ),
    _dimension(
        "lack_of_coping_index", Dimension.COPING, "institutional_index", "infrastructure_index"
    ),
)
_OF_MIGRANTS: tuple[LayerSpec, ...] = (
    _met_by_migrants("hazard_natural_index", Dimension.HAZARD),
    _met_by_migrants("hazard_human_index", Dimension.HAZARD),
    _dimension(
        "hazard_exposure_migrants_index",
        Dimension.HAZARD,
        "hazard_natural_migrants_index",
        "hazard_human_migrants_index",
    ),
    _met_by_migrants("socio_economic_index", Dimension.VULNERABILITY),
    _index(
        "migrants_share_index",
        Dimension.VULNERABILITY,
        "venezuelan_pct",
        weight=_MIGRANTS,
        sensitivity=Sensitivity.RESTRICTED,
    ),
    # Not border_zone_pct: 776 districts have no figure, 166 of the 171 of Lima among them.
    _index(
        "vulnerable_groups_migrants_index",
        Dimension.VULNERABILITY,
        "migrants_share_index",
        "documents_index",
        "dwelling_index",
        weight=_MIGRANTS,
    ),
    _dimension(
        "vulnerability_migrants_index",
        Dimension.VULNERABILITY,
        "socio_economic_migrants_index",
        "vulnerable_groups_migrants_index",
    ),
    _met_by_migrants("institutional_index", Dimension.COPING),
    _met_by_migrants("infrastructure_index", Dimension.COPING),
    _dimension(
        "lack_of_coping_migrants_index",
        Dimension.COPING,
        "institutional_migrants_index",
        "infrastructure_migrants_index",
    ),
)


def _risk(layer_id: str, *dimensions: str) -> LayerSpec:
    return _index(layer_id, Dimension.VULNERABILITY, *dimensions, model=Model.RISK)


RISK: tuple[LayerSpec, ...] = (
    *_HAZARDS,
    *_VULNERABILITIES,
    *_COPING,
    _risk("risk_index", "hazard_exposure_index", "vulnerability_index", "lack_of_coping_index"),
    *_OF_MIGRANTS,
    _risk(
        "risk_migrants_index",
        "hazard_exposure_migrants_index",
        "vulnerability_migrants_index",
        "lack_of_coping_migrants_index",
    ),
)
