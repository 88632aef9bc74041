"""Further deficits of residents in the 2017 census: dwelling, services, documents, disability.

They place no people in need: those stay with the deficits of ``needs``. The meanings of
GeoPerú's columns are read off their names (docs/methods/personas.md).
"""

from layers.catalogue.people import PEOPLE, census_count
from layers.spec import LayerSpec
from layers.spec.layer import Limits
from layers.terms import Combine, Dimension, Direction, Sensitivity, Unit

_HOUSEHOLD_PEOPLE = "households_population_2017_people"
_DWELLINGS = "dwellings_2017_count"
_HOUSEHOLDS = "households_2017_count"
_ASKED = "literacy_asked_people"
_WIDE = (15.0, 30.0, 50.0, 70.0, 90.0)
_FEW = (0.5, 0.75, 1.0, 1.5, 2.5)


def _deficit(
    layer_id: str,
    columns: tuple[str, ...],
    weight: str,
    breaks: tuple[float, ...],
    sector: str | None = None,
    limits: Limits = (0.0, 100.0),
    direction: Direction = Direction.MORE_IS_WORSE,
    sensitivity: Sensitivity = Sensitivity.PUBLIC,
) -> LayerSpec:
    return LayerSpec(
        id=layer_id,
        dimension=Dimension.NEEDS,
        unit=Unit.PERCENT,
        direction=direction,
        source="geoperu_distritos",
        columns=columns,
        combine=Combine.SUM,
        weight=weight,
        sector=sector,
        limits=limits,
        valid_range=(0.0, 100.0),
        breaks=breaks,
        sensitivity=sensitivity,
    )


def _difficulty(what: str, column: str, breaks: tuple[float, ...], most: float) -> LayerSpec:
    return LayerSpec(
        id=f"difficulty_{what}_pct",
        dimension=Dimension.VULNERABILITY,
        unit=Unit.PERCENT,
        source="geoperu_distritos",
        columns=(column,),
        weight=PEOPLE,
        limits=(0.0, most),
        valid_range=(0.0, 100.0),
        breaks=breaks,
    )


HARDSHIP: tuple[LayerSpec, ...] = (
    _deficit(
        "nbi_two_or_more_pct",
        ("c2nbi_porc", "c3nbi_porc", "c4nbi_porc", "c5nbi_porc"),
        _HOUSEHOLD_PEOPLE,
        (3.0, 6.0, 10.0, 20.0, 40.0),
    ),
    _deficit(
        "nbi_no_sanitation_pct", ("nbi3_porc",), _HOUSEHOLD_PEOPLE, (3.0, 8.0, 15.0, 25.0, 50.0)
    ),
    _deficit("earth_floor_pct", ("pv_ptierra",), _DWELLINGS, _WIDE, "shelter"),
    _deficit("one_room_pct", ("pv_1hab",), _DWELLINGS, (10.0, 20.0, 30.0, 40.0, 60.0), "shelter"),
    _deficit("firewood_pct", ("ph_lenna",), _HOUSEHOLDS, _WIDE),
    _deficit("no_computer_pct", ("phs_pclptb",), _HOUSEHOLDS, _WIDE),
    _deficit("no_mobile_phone_pct", ("phs_tcelu",), _HOUSEHOLDS, (10.0, 20.0, 30.0, 45.0, 60.0)),
    _deficit("no_internet_pct", ("phs_inter",), _HOUSEHOLDS, _WIDE),
    LayerSpec(
        id="public_insurance_pct",
        dimension=Dimension.NEEDS,
        unit=Unit.PERCENT,
        direction=Direction.NEUTRAL,
        source="geoperu_distritos",
        columns=("p_af_sis",),
        weight=PEOPLE,
        sector="health",
        valid_range=(0.0, 100.0),
        breaks=(30.0, 50.0, 65.0, 80.0, 90.0),
    ),
    # Frozen on the districts of 2017: from 74.2 to 100 %.
    _deficit(
        "identity_card_pct",
        ("p_dni",),
        PEOPLE,
        (95.0, 97.0, 98.5, 99.0, 99.5),
        "protection",
        (70.0, 100.0),
        Direction.LESS_IS_WORSE,
        # Whoever has none is at least everybody without any document: a bound on a small count.
        Sensitivity.RESTRICTED,
    ),
    census_count("no_document_people", ("c5_p10_4",), Unit.PEOPLE, is_restricted=True),
    census_count(_ASKED, ("c5_p12_1", "c5_p12_2"), Unit.PEOPLE),
    # Frozen on the districts of 2017: from 1.8 to 40.6 %.
    LayerSpec(
        id="illiterate_3_plus_pct",
        dimension=Dimension.NEEDS,
        unit=Unit.PERCENT,
        source="geoperu_distritos",
        columns=("c5_p12_2", "c5_p12_1"),
        combine=Combine.SHARE,
        factor=100.0,
        weight=_ASKED,
        sector="education",
        limits=(0.0, 45.0),
        valid_range=(0.0, 100.0),
        breaks=(10.0, 14.0, 18.0, 22.0, 27.0),
    ),
    # Frozen on the districts of 2017, whose largest are 23.9, 5.0, 8.6 and 5.2 %.
    _difficulty("moving", "p_dl_mov", (1.5, 2.0, 3.0, 5.0, 8.0), 25.0),
    _difficulty("speaking", "p_dl_hab", _FEW, 6.0),
    _difficulty("understanding", "p_dl_ent", _FEW, 9.0),
    _difficulty("relating", "p_dl_rel", _FEW, 6.0),
)
