"""Kinds of hazard that layers speak of, each with the objectives that it serves."""

from layers.spec import HazardSpec
from layers.terms import Season

# 1.1 knows the risks and answers adverse factors; 3.2 has them in territorial plans.
_RISKS = ("1.1", "3.2")

HAZARD_KINDS: tuple[HazardSpec, ...] = (
    HazardSpec(id="all", objectives=_RISKS, is_several=True),
    HazardSpec(id="frost", objectives=_RISKS, season=Season.COLD),
    HazardSpec(id="cold_surge", objectives=_RISKS, season=Season.COLD),
    HazardSpec(id="flood", objectives=_RISKS, season=Season.WET),
    HazardSpec(id="drought", objectives=_RISKS, season=Season.DRY),
    HazardSpec(id="el_nino", objectives=_RISKS, is_several=True),
    HazardSpec(id="landslide", objectives=_RISKS, season=Season.WET),
    HazardSpec(id="huaico", objectives=_RISKS, season=Season.WET),
    HazardSpec(id="earthquake", objectives=_RISKS, season=Season.NONE),
    HazardSpec(id="tsunami", objectives=_RISKS, season=Season.NONE),
    HazardSpec(id="air", objectives=_RISKS),
    HazardSpec(id="rain", objectives=_RISKS, season=Season.WET),
    HazardSpec(id="cold", objectives=_RISKS, season=Season.COLD),
    HazardSpec(id="wind", objectives=_RISKS),
    HazardSpec(id="fire", objectives=_RISKS),
    HazardSpec(id="epidemic", objectives=_RISKS),
    HazardSpec(id="nature", objectives=_RISKS, is_several=True),
    HazardSpec(id="people", objectives=_RISKS, is_several=True),
)
