"""Where figures stand and what they are counted in."""

from enum import StrEnum


class AdminLevel(StrEnum):
    """A level of administration, named as the interface names it."""

    REGION = "region"
    PROVINCE = "province"
    DISTRICT = "district"

    @property
    def digits(self) -> int:
        """Number of digits of the UBIGEO at this level."""
        return {"region": 2, "province": 4, "district": 6}[self.value]

    @property
    def parent(self) -> "AdminLevel | None":
        """The next coarser level, None above the region."""
        return {
            AdminLevel.DISTRICT: AdminLevel.PROVINCE,
            AdminLevel.PROVINCE: AdminLevel.REGION,
        }.get(self)


class Unit(StrEnum):
    """What a value is counted in."""

    PEOPLE = "people"
    COUNT = "count"
    PERCENT = "percent"
    PERCENT_YEAR = "percent_year"
    INDEX_0_1 = "index_0_1"
    INDEX_0_10 = "index_0_10"
    INDEX_0_100 = "index_0_100"
    SECTORS = "sectors"
    SEVERITY = "severity"
    RATIO = "ratio"
    PER_10000 = "per_10000"
    PER_100000_YEAR = "per_100000_year"
    PER_KM2 = "per_km2"
    MM_YEAR = "mm_year"
    MM_YEAR_DECADE = "mm_year_decade"
    MM_MONTH = "mm_month"
    MM_HOUR = "mm_hour"
    DAYS_MONTH = "days_month"
    CELSIUS = "celsius"
    CELSIUS_DECADE = "celsius_decade"
    UG_M3 = "ug_m3"
    UG_M3_DECADE = "ug_m3_decade"
    METRES = "metres"
    KM = "km"
    """Distance, which is never added."""
    ROAD_KM = "road_km"
    """Length of lines, which is added."""
    DEGREES = "degrees"
    MMI = "mmi"
    """Modified Mercalli intensity."""
    GRAVITY = "gravity"
    """Share of the acceleration of gravity."""
    KM2 = "km2"
    KM_PER_KM2 = "km_per_km2"
    SOLES = "soles"
    SOLES_PER_PERSON = "soles_per_person"
    PEOPLE_PER_HOUSEHOLD = "people_per_household"
    PLACES = "places"
    """Places of a ranking that a unit climbs, or falls where it is below 0."""

    @property
    def is_extensive(self) -> bool:
        """True for counts: summed upward, spread downward, drawn as circles."""
        return self in (Unit.PEOPLE, Unit.COUNT, Unit.SOLES, Unit.ROAD_KM, Unit.KM2)


class CodeScheme(StrEnum):
    """The two Peruvian lists that share six digits and mean different places."""

    INEI = "inei"
    RENIEC = "reniec"
    MIXED = "mixed"
    AMBIGUOUS = "ambiguous"
