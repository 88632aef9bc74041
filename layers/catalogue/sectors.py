"""The nine sectors of R4V, with the deficit of residents that places each one's needs."""

from layers.spec import SectorSpec

SECTORS: tuple[SectorSpec, ...] = (
    SectorSpec(id="shelter", deficit="crowding_pct"),
    SectorSpec(id="wash", deficit="no_public_water_pct"),
    SectorSpec(id="food", deficit="food_vulnerability_index"),
    SectorSpec(id="health", deficit="no_insurance_pct"),
    SectorSpec(id="education", deficit="child_out_of_school_pct"),
    SectorSpec(id="protection", deficit="no_document_pct"),
    SectorSpec(id="nutrition", deficit="food_vulnerability_index"),
    # No figure of Peru places the need of transport: it goes by people alone.
    SectorSpec(id="transport", deficit=None),
    SectorSpec(id="integration", deficit="economic_dependency_pct"),
)
