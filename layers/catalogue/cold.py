"""Frost in the Andes and cold surges in the Amazon, as the plan of 2017 saw them."""

from collections.abc import Mapping

from layers.spec import LayerSpec
from layers.terms import Dimension, Direction, MissingPolicy, Unit

# Words of CENEPRED's four classes, as the middle of four equal steps from 0 to 10.
_RISK_WORDS = (("BAJO", 2.5), ("MEDIO", 5.0), ("ALTO", 7.5), ("MUY ALTO", 10.0))
_SECTORS = ("health", "housing", "education")
# Units of the plan's time: one that it leaves out is outside its scenario.
_THEN = "geoperu_distritos"
# The middle of each published class.
_FROST_COLDEST = (
    ("-20 a -14", -17.0),
    ("-14 a -11", -12.5),
    ("-11 a -5", -8.0),
    ("-5 a 0", -2.5),
    ("0 a 2", 1.0),
)
# The open classes are taken to be as wide as the ones beside them.
_SURGE_COLDEST = (
    ("Menor de 15°C", 14.0),
    ("15°C a 17°C", 16.0),
    ("17°C a 19°C", 18.0),
    ("19°C a 20°C", 19.5),
    ("Mayor a 20°C", 20.5),
)
_FROST_DAYS = (
    ("0 a 2 dias", 1.0),
    ("2 a 5 dias", 3.5),
    ("5 a 10 dias", 7.5),
    ("10 a 20 dias", 15.0),
    ("20 a 31 dias", 25.5),
)


def _risk(layer_id: str, source: str, hazard: str, sectors: tuple[str, ...]) -> LayerSpec:
    return LayerSpec(
        id=layer_id,
        dimension=Dimension.HAZARD,
        hazard=hazard,
        unit=Unit.INDEX_0_10,
        source=source,
        columns=tuple(f"risk_{sector}" for sector in sectors),
        words=_RISK_WORDS,
        missing=MissingPolicy.ZERO,
        units_of=_THEN,
        limits=(0.0, 10.0),
        valid_range=(0.0, 10.0),
        breaks=(1.0, 4.0, 6.0, 8.0),
    )


def _coldest(
    hazard: str,
    source: str,
    column: str,
    words: tuple[tuple[str, float], ...],
    breaks: tuple[float, ...],
) -> LayerSpec:
    # Outside the scenario it is not 0 °C but unknown. Words run from the coldest class.
    return LayerSpec(
        id=f"{hazard}_coldest_celsius",
        dimension=Dimension.HAZARD,
        hazard=hazard,
        unit=Unit.CELSIUS,
        direction=Direction.LESS_IS_WORSE,
        source=source,
        columns=(column,),
        words=words,
        # Frozen 2026-11-22 as the middles of the outer classes of the two files.
        limits=(words[0][1], words[-1][1]),
        valid_range=(-20.0, 25.0),
        breaks=breaks,
    )


def _exposed(hazard: str, source: str) -> LayerSpec:
    return LayerSpec(
        id=f"{hazard}_exposed_people",
        dimension=Dimension.HAZARD,
        hazard=hazard,
        unit=Unit.PEOPLE,
        source=source,
        columns=("pop_2016",),
        missing=MissingPolicy.ZERO,
        units_of=_THEN,
    )


def _by_sector(hazard: str, source: str) -> tuple[LayerSpec, ...]:
    return tuple(
        _risk(f"{hazard}_{sector}_risk_index", source, hazard, (sector,)) for sector in _SECTORS
    )


_FILES: Mapping[str, str] = {
    "frost": "cenepred_heladas_2017",
    "cold_surge": "cenepred_friaje_2017",
}

COLD: tuple[LayerSpec, ...] = (
    _risk("frost_risk_index", _FILES["frost"], "frost", _SECTORS),
    *_by_sector("frost", _FILES["frost"]),
    _coldest("frost", _FILES["frost"], "tmin_p10_c", _FROST_COLDEST, (-14.0, -11.0, -5.0, 0.0)),
    LayerSpec(
        id="frost_days_month",
        dimension=Dimension.HAZARD,
        hazard="frost",
        unit=Unit.DAYS_MONTH,
        source=_FILES["frost"],
        columns=("frost_days_month",),
        words=_FROST_DAYS,
        missing=MissingPolicy.ZERO,
        units_of=_THEN,
        # Frozen 2026-11-22: from none to the middle of the highest class.
        limits=(0.0, 25.5),
        valid_range=(0.0, 31.0),
        breaks=(0.5, 2.0, 5.0, 10.0, 20.0),
    ),
    _exposed("frost", _FILES["frost"]),
    _risk("cold_surge_risk_index", _FILES["cold_surge"], "cold_surge", _SECTORS),
    *_by_sector("cold_surge", _FILES["cold_surge"]),
    _coldest(
        "cold_surge", _FILES["cold_surge"], "tmin_p5_c", _SURGE_COLDEST, (15.0, 17.0, 19.0, 20.0)
    ),
    _exposed("cold_surge", _FILES["cold_surge"]),
)
