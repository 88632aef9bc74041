"""Sectors of the response in two vocabularies, with the deficit that places each one's needs."""

from layers.spec import SectorSpec, Vocabulary

# Objectives are a design choice in the words of the strategy: assistance and protection (1.1),
# integration (1.2, 2.2), health and school systems (2.2), regularisation with protection (2.1).
SECTORS: tuple[SectorSpec, ...] = (
    SectorSpec(
        id="shelter",
        deficit="crowding_pct",
        objectives=("1.1",),
        headers=("alojamiento", "albergue", "refugio", "vivienda", "alojamiento_temporal"),
    ),
    SectorSpec(
        id="wash",
        deficit="no_public_water_pct",
        objectives=("1.1",),
        headers=(
            *("agua", "agua_y_saneamiento", "agua_saneamiento", "agua_saneamiento_e_higiene"),
            *("agua_saneamiento_higiene", "ash", "water_sanitation_and_hygiene"),
        ),
    ),
    SectorSpec(
        id="food",
        deficit="food_vulnerability_index",
        objectives=("1.1",),
        headers=("food_security", "seguridad_alimentaria", "alimentacion"),
    ),
    SectorSpec(
        id="health", deficit="no_insurance_pct", objectives=("1.1", "2.2"), headers=("salud",)
    ),
    SectorSpec(
        id="education",
        deficit="child_out_of_school_pct",
        objectives=("1.1", "2.2"),
        headers=("educacion",),
    ),
    SectorSpec(
        id="protection",
        deficit="no_document_pct",
        objectives=("1.1", "2.1"),
        headers=("proteccion", "proteccion_general"),
    ),
    SectorSpec(
        id="nutrition",
        deficit="food_vulnerability_index",
        objectives=("1.1",),
        headers=("nutricion",),
    ),
    # No figure of Peru places the need of transport: it goes by people alone.
    SectorSpec(
        id="transport",
        deficit=None,
        objectives=("1.1",),
        headers=(
            *("humanitarian_transport", "humanitarian_transportation"),
            *("transporte", "transporte_humanitario"),
        ),
    ),
    SectorSpec(
        id="integration",
        deficit="economic_dependency_pct",
        objectives=("1.2", "2.2"),
        headers=(
            *("integracion", "integracion_socioeconomica"),
            *("integracion_socioeconomica_y_cultural", "socioeconomic_integration"),
        ),
    ),
)
"""The nine sectors of R4V, which the product models and loads."""

R4V = Vocabulary(
    id="r4v",
    sectors=(
        *SECTORS,
        SectorSpec(
            id="child_protection",
            deficit=None,
            part_of="protection",
            objectives=("1.1",),
            headers=("proteccion_de_la_ninez", "proteccion_infantil", "ninez", "pna"),
        ),
        SectorSpec(
            id="gbv",
            deficit=None,
            part_of="protection",
            objectives=("1.1",),
            headers=("vbg", "violencia_basada_en_genero", "gender_based_violence"),
        ),
        SectorSpec(
            id="trafficking",
            deficit=None,
            part_of="protection",
            objectives=("1.1",),
            headers=(
                *("trata", "trata_y_trafico", "trata_y_trafico_de_personas"),
                *("human_trafficking_and_smuggling", "human_trafficking"),
            ),
        ),
    ),
)

_BY_ID = {sector.id: sector for sector in SECTORS}

JIAF_2 = Vocabulary(
    id="jiaf2",
    sectors=(
        SectorSpec(id="cccm", deficit=None),
        *(
            _BY_ID[name]
            for name in (
                "education",
                "nutrition",
                "food",
                "health",
                "protection",
                "shelter",
                "wash",
            )
        ),
        SectorSpec(id="child_protection", deficit=None, part_of="protection"),
        SectorSpec(id="gbv", deficit=None, part_of="protection"),
        SectorSpec(id="mine_action", deficit=None, part_of="protection"),
        SectorSpec(id="housing_land_property", deficit=None, part_of="protection"),
    ),
)

VOCABULARIES: tuple[Vocabulary, ...] = (R4V, JIAF_2)
STANDING = "need.preliminary"
"""Key of the words that stand beside every joint figure: preliminary, not endorsed."""
