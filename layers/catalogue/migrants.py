"""Layers of the migrant population."""

from layers.spec import LayerSpec
from layers.terms import AdminLevel, Dimension, Sensitivity, Transform, Unit

MIGRANTS: tuple[LayerSpec, ...] = (
    LayerSpec(
        id="venezuela_5y_people",
        dimension=Dimension.MIGRANTS,
        unit=Unit.PEOPLE,
        source="census2017_residence_abroad",
        column="venezuela_5y",
        transform=Transform.LOG1P,
        limits={AdminLevel.DISTRICT: (0.0, 5000.0)},
        sensitivity=Sensitivity.RESTRICTED,
    ),
)
