"""Kinds of hazard that layers speak of, each with the objectives that it serves."""

from layers.spec import HazardSpec

# 1.1 knows the risks and answers adverse factors; 3.2 has them in territorial plans.
_RISKS = ("1.1", "3.2")

HAZARD_KINDS: tuple[HazardSpec, ...] = (
    HazardSpec(id="all", objectives=_RISKS),
    HazardSpec(id="frost", objectives=_RISKS),
    HazardSpec(id="cold_surge", objectives=_RISKS),
    HazardSpec(id="flood", objectives=_RISKS),
    HazardSpec(id="drought", objectives=_RISKS),
    HazardSpec(id="el_nino", objectives=_RISKS),
    HazardSpec(id="landslide", objectives=_RISKS),
    HazardSpec(id="huaico", objectives=_RISKS),
    HazardSpec(id="earthquake", objectives=_RISKS),
    HazardSpec(id="tsunami", objectives=_RISKS),
    HazardSpec(id="air", objectives=_RISKS),
    HazardSpec(id="rain", objectives=_RISKS),
    HazardSpec(id="cold", objectives=_RISKS),
    HazardSpec(id="wind", objectives=_RISKS),
    HazardSpec(id="fire", objectives=_RISKS),
    HazardSpec(id="epidemic", objectives=_RISKS),
    HazardSpec(id="nature", objectives=_RISKS),
    HazardSpec(id="people", objectives=_RISKS),
)
