"""Layers of the deficits that make needs, by sector."""

from layers.spec import LayerSpec
from layers.terms import Dimension, Unit

NEEDS: tuple[LayerSpec, ...] = (
    LayerSpec(
        id="nbi_any_pct",
        dimension=Dimension.NEEDS,
        unit=Unit.PERCENT,
        source="geoperu_distritos",
        column="almenosu_1",
        limits=(0.0, 100.0),
        valid_range=(0.0, 100.0),
        breaks=(10.0, 20.0, 30.0, 45.0, 60.0),
    ),
    LayerSpec(
        id="no_insurance_pct",
        dimension=Dimension.NEEDS,
        unit=Unit.PERCENT,
        source="geoperu_distritos",
        column="p_af_ning",
        sector="health",
        limits=(0.0, 50.0),
        valid_range=(0.0, 100.0),
        breaks=(5.0, 10.0, 15.0, 20.0, 30.0),
    ),
)
