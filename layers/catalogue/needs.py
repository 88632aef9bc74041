"""Deficits of residents and, from them, the people in need of each R4V sector."""

from layers.catalogue.sectors import R4V, SECTORS
from layers.spec import LayerSpec, Limits, Published
from layers.terms import Dimension, Model, Sensitivity, ToUnit, Unit

# Tukey caps of the districts, frozen 2026-11-22 on build 02529690eb0fa16f by
# docs/freeze_limits.py; the other shares run from 0 to 100.
_LIMITS: dict[str, Limits] = {
    "poor_dwelling_pct": (0.0, 37.7),
    "crowding_pct": (0.6, 34.4),
    "no_public_water_pct": (0.0, 74.0),
    "no_electricity_pct": (0.0, 58.4),
    "no_insurance_pct": (1.1, 47.7),
    "no_document_pct": (0.0, 0.9),
    "child_out_of_school_pct": (0.0, 5.7),
    "not_literate_pct": (1.8, 32.3),
}


def _census_pct(
    layer_id: str,
    column: str,
    breaks: tuple[float, ...],
    weight: str,
    sector: str | None = None,
    published: str | None = None,
    share_of: str | None = None,
) -> LayerSpec:
    return LayerSpec(
        id=layer_id,
        dimension=Dimension.NEEDS,
        unit=Unit.PERCENT,
        source="geoperu_distritos",
        columns=(column,),
        sector=sector,
        weight=weight,
        limits=_LIMITS.get(layer_id, (0.0, 100.0)),
        valid_range=(0.0, 100.0),
        breaks=breaks,
        published=Published(source="regions_published", column=published) if published else None,
        sensitivity=Sensitivity.RESTRICTED if share_of else Sensitivity.PUBLIC,
        share_of=share_of,
    )


_PEOPLE = "population_2017_people"
_HOUSEHOLDS = "households_population_2017_people"
_DWELLINGS = "dwellings_2017_count"
_WIDE = (10.0, 20.0, 30.0, 45.0, 60.0)
_NARROW = (2.0, 5.0, 10.0, 15.0, 25.0)

_DEFICITS: tuple[LayerSpec, ...] = (
    _census_pct("nbi_any_pct", "almenosu_1", _WIDE, _HOUSEHOLDS, None, "nbi_any_2017_pct"),
    _census_pct("poor_dwelling_pct", "nbi1_porc", _NARROW, _HOUSEHOLDS, "shelter"),
    _census_pct("crowding_pct", "nbi2_porc", _NARROW, _HOUSEHOLDS, "shelter"),
    # The published figures of the regions divide dwellings by people: they are not used.
    _census_pct("no_public_water_pct", "pvs_agua_r", _WIDE, _DWELLINGS, "wash"),
    _census_pct("no_sanitation_pct", "pvs_sh", _WIDE, _DWELLINGS, "wash"),
    _census_pct("no_electricity_pct", "pvs_aelec", _WIDE, _DWELLINGS, "shelter"),
    _census_pct(
        "no_insurance_pct",
        "p_af_ning",
        (5.0, 10.0, 15.0, 20.0, 30.0),
        _PEOPLE,
        "health",
        "no_insurance_2017_pct",
    ),
    _census_pct(
        "no_document_pct",
        "p_no_docum",
        (0.25, 0.5, 1.0, 2.0, 5.0),
        _PEOPLE,
        "protection",
        "no_document_2017_pct",
        share_of="no_document_people",
    ),
    _census_pct(
        "child_out_of_school_pct", "nbi4_porc", (0.5, 1.0, 2.0, 4.0, 8.0), _HOUSEHOLDS, "education"
    ),
    _census_pct("not_literate_pct", "p_lees_no", _WIDE, _PEOPLE, "education"),
    _census_pct("economic_dependency_pct", "nbi5_porc", _NARROW, _HOUSEHOLDS, "integration"),
    LayerSpec(
        id="food_vulnerability_index",
        dimension=Dimension.NEEDS,
        unit=Unit.INDEX_0_1,
        source="ubigeo_distrito",
        columns=("indice_vulnerabilidad_alimentaria",),
        sector="food",
        limits=(0.0, 1.0),
        valid_range=(0.0, 1.0),
        breaks=(0.2, 0.35, 0.5, 0.6, 0.7),
        published=Published(source="regions_published", column="food_vulnerability_index"),
    ),
)

_PEOPLE_IN_NEED: tuple[LayerSpec, ...] = tuple(
    LayerSpec(
        id=f"pin_{sector.id}",
        dimension=Dimension.NEEDS,
        unit=Unit.PEOPLE,
        to_unit=ToUnit.MODEL,
        model=Model.PEOPLE_IN_NEED,
        inputs=("venezuelan_people", *((sector.deficit,) if sector.deficit else ())),
        figure=f"pin_{sector.id}",
        sector=sector.id,
        sensitivity=Sensitivity.RESTRICTED,
    )
    for sector in SECTORS
)

_PHASES = (2.0, 3.0, 4.0, 5.0)


def _severity(
    layer_id: str,
    model: Model,
    inputs: tuple[str, ...],
    sector: str | None = None,
    sectors: tuple[str, ...] = (),
) -> LayerSpec:
    return LayerSpec(
        id=layer_id,
        dimension=Dimension.NEEDS,
        unit=Unit.SEVERITY,
        to_unit=ToUnit.MODEL,
        model=model,
        inputs=inputs,
        sector=sector,
        sectors=sectors,
        limits=(1.0, 5.0),
        valid_range=(1.0, 5.0),
        breaks=_PHASES,
    )


def _deficits_of(sector: str, deficit: str) -> tuple[str, ...]:
    own = tuple(layer.id for layer in _DEFICITS if layer.sector == sector)
    return tuple(dict.fromkeys((deficit, *own)))


# A sector without a deficit has no layer of severity; it enters the joint one as missing.
_SECTOR_SEVERITIES: tuple[LayerSpec, ...] = tuple(
    _severity(
        f"severity_{sector.id}",
        Model.SECTOR_SEVERITY,
        _deficits_of(sector.id, sector.deficit),
        sector.id,
    )
    for sector in SECTORS
    if sector.deficit
)
_OVERLAP_INPUTS = tuple(layer.id for layer in _SECTOR_SEVERITIES)
_SEVERITIES: tuple[LayerSpec, ...] = (
    *_SECTOR_SEVERITIES,
    *(
        _severity(name, model, _OVERLAP_INPUTS, sectors=R4V.entering)
        for name, model in (
            ("severity", Model.SEVERITY),
            ("severity_low", Model.SEVERITY_LOW),
            ("severity_high", Model.SEVERITY_HIGH),
        )
    ),
)

NEEDS: tuple[LayerSpec, ...] = (
    *_DEFICITS,
    *_PEOPLE_IN_NEED,
    LayerSpec(
        id="needs_per_person",
        dimension=Dimension.NEEDS,
        unit=Unit.SECTORS,
        to_unit=ToUnit.MODEL,
        model=Model.SUM_PER_PERSON,
        inputs=("venezuelan_people", *(layer.id for layer in _PEOPLE_IN_NEED)),
        limits=(0.0, 9.0),
        valid_range=(0.0, 9.0),
        breaks=(3.0, 4.0, 5.0, 6.0, 7.0),
    ),
    LayerSpec(
        id="pin_joint",
        dimension=Dimension.NEEDS,
        unit=Unit.PEOPLE,
        to_unit=ToUnit.MODEL,
        model=Model.JOINT_NEED,
        inputs=("venezuelan_people", *(layer.id for layer in _PEOPLE_IN_NEED)),
        sectors=R4V.entering,
        sensitivity=Sensitivity.RESTRICTED,
    ),
    *_SEVERITIES,
)
