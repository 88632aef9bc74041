"""The words of the field, as closed lists."""

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


class Dimension(StrEnum):
    """What a layer speaks of."""

    POPULATION = "population"
    MIGRANTS = "migrants"
    NEEDS = "needs"
    HAZARD = "hazard"
    VULNERABILITY = "vulnerability"
    COPING = "coping"
    OPERATIONS = "operations"


class Direction(StrEnum):
    """Whether a high value calls for more attention, less, or neither."""

    MORE_IS_WORSE = "more_is_worse"
    LESS_IS_WORSE = "less_is_worse"
    NEUTRAL = "neutral"


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

    @property
    def is_extensive(self) -> bool:
        """True for counts: summed upward, spread downward, drawn as circles."""
        return self in (Unit.PEOPLE, Unit.COUNT, Unit.SOLES, Unit.ROAD_KM, Unit.KM2)


class Transform(StrEnum):
    """How a value is bent before it is scaled between its frozen limits."""

    LINEAR = "linear"
    LOG1P = "log1p"


class Aggregation(StrEnum):
    """How weighed figures become one score."""

    ARITHMETIC = "arithmetic"
    """A low figure is made up for by a high one."""
    GEOMETRIC = "geometric"
    """It is made up for only in part."""


class Method(StrEnum):
    """How the figure of a cell came to be, from firm to soft."""

    OBSERVED = "observed"
    ZONAL = "zonal"
    INHERITED = "inherited"
    SPREAD = "spread"
    MODELLED = "modelled"
    MISSING = "missing"


class PlaceKind(StrEnum):
    """What stands at a point."""

    HEALTH_FACILITY = "health_facility"
    WAREHOUSE = "warehouse"
    AIRPORT = "airport"
    PORT = "port"
    BORDER_POST = "border_post"
    SETTLEMENT = "settlement"


class ToUnit(StrEnum):
    """How the rows of a source, or other layers, become the figure of a unit."""

    AS_IS = "as_is"
    """One row per unit; several columns are averaged or added."""
    SUM_ROWS = "sum_rows"
    COUNT_DISTINCT = "count_distinct"
    IS_LISTED = "is_listed"
    """1 for a unit that has a row that counts."""
    ZONAL_MEAN = "zonal_mean"
    """Mean of the cells of a raster under the unit; several bands are combined."""
    ZONAL_SUM = "zonal_sum"
    """Sum of the cells of a raster under the unit."""
    ZONAL_SLOPE = "zonal_slope"
    """Mean slope of the cells of a raster of heights."""
    ZONAL_LOW_COAST = "zonal_low_coast"
    """Share of the unit under low cells near the sea, of a raster of heights."""
    LARGEST_INTENSITY = "largest_intensity"
    """Strongest shaking that the events of a catalogue caused."""
    INTENSITY_OF_50_YEARS = "intensity_of_50_years"
    """Shaking that the events of a catalogue bring once in 50 years."""
    PLACES = "places"
    """Number of the places of a source that stand in the unit; none is zero."""
    NEAREST_PLACE = "nearest_place"
    """Great-circle distance from the people of the unit to the nearest place of a source."""
    AREA_WITHIN = "area_within"
    """Square kilometres of the unit under the polygons of a map; where they overlap, once."""
    LENGTH_WITHIN = "length_within"
    """Kilometres of the lines of a map inside the unit."""
    POINTS_WITHIN = "points_within"
    """Number of points of a map inside the unit."""
    MODEL = "model"

    @property
    def is_zonal(self) -> bool:
        """True where a raster is measured under the shape of each unit."""
        return self in (
            ToUnit.ZONAL_MEAN,
            ToUnit.ZONAL_SUM,
            ToUnit.ZONAL_SLOPE,
            ToUnit.ZONAL_LOW_COAST,
        )

    @property
    def is_overlaid(self) -> bool:
        """True where polygons, lines or points are cut at the shape of each unit."""
        return self in (ToUnit.AREA_WITHIN, ToUnit.LENGTH_WITHIN, ToUnit.POINTS_WITHIN)

    @property
    def is_measured(self) -> bool:
        """True where the figure follows from the shape or the place of a unit, not its code."""
        return (
            self.is_zonal
            or self.is_overlaid
            or self in (ToUnit.LARGEST_INTENSITY, ToUnit.INTENSITY_OF_50_YEARS)
        )

    @property
    def is_of_places(self) -> bool:
        """True where the figure follows from the places of a source, which are points."""
        return self in (ToUnit.PLACES, ToUnit.NEAREST_PLACE)


class Model(StrEnum):
    """How a layer is computed from others; the formulas are in ``layers.table.models``."""

    RATIO = "ratio"
    DENSITY = "density"
    GROWTH = "growth"
    MIGRANTS_NOW = "migrants_now"
    PEOPLE_IN_NEED = "people_in_need"
    SUM_PER_PERSON = "sum_per_person"
    JOINT_NEED = "joint_need"
    SECTOR_SEVERITY = "sector_severity"
    SEVERITY = "severity"
    SEVERITY_LOW = "severity_low"
    SEVERITY_HIGH = "severity_high"
    LANDSLIDES = "landslides"
    INDEX_MEAN = "index_mean"
    """Component or category of INFORM: the mean of what is present."""
    INDEX_GEOMETRIC = "index_geometric"
    """Dimension of INFORM: the scaled geometric mean of its two categories."""
    RISK = "risk"
    TARGETED = "targeted"
    REACHED = "reached"
    GAP = "gap"
    UNMET_SHARE = "unmet_share"

    @property
    def is_of_activity(self) -> bool:
        """True where each level has the reports of its own places beside those of its parts."""
        return self in (Model.TARGETED, Model.REACHED, Model.GAP, Model.UNMET_SHARE)

    @property
    def is_index(self) -> bool:
        """True for the indices of INFORM's tree, from component to risk."""
        return self in (Model.INDEX_MEAN, Model.INDEX_GEOMETRIC, Model.RISK)


class Combine(StrEnum):
    """How several columns of one row become one figure."""

    MEAN = "mean"
    SUM = "sum"
    RATIO_TO_MEAN = "ratio_to_mean"
    """The first column over the mean of the others."""
    SHARE = "share"
    """The first column over the sum of all."""
    DIFFERENCE = "difference"
    """The first column less the others, which are parts of it."""
    LEAST_TO_MEAN = "least_to_mean"
    """The least column over the mean of all."""
    LARGEST_SHARE = "largest_share"
    """The largest column over the sum of all."""
    TREND = "trend"
    """Slope per column, of columns that are evenly spaced in time and stand in its order."""

    @property
    def is_modelled(self) -> bool:
        """True where the figure stands for something that the source does not tell."""
        return self is Combine.LEAST_TO_MEAN


class MissingPolicy(StrEnum):
    """What the absence of a unit from its source means."""

    UNKNOWN = "unknown"
    ZERO = "zero"
    """The source covers the units of its time and a unit that it leaves out has none."""
    ZERO_WHERE_COMPLETE = "zero_where_complete"
    """The source is partial: zero in regions that it says to list whole, unknown elsewhere."""

    @property
    def puts_zeros(self) -> bool:
        """True where some absent units are zero, which needs the units of the source's time."""
        return self is not MissingPolicy.UNKNOWN


class Discrepancy(StrEnum):
    """Why a figure need not equal what its parts add up to."""

    ROUNDED_PARTS = "rounded_parts"
    """The figures of the parts are published with few decimals."""
    PUBLISHED_AS_GROUPS = "published_as_groups"
    """The published figure is the middle of a group of regions."""
    COMPUTED_APART = "computed_apart"
    """The publisher computes the index of each level from that level's own indicators."""
    TOO_LITTLE_KNOWN = "too_little_known"
    """A coarser unit has no figure, since too little of it is known."""
    LOADED_EXCEEDS = "loaded_exceeds"
    """Figures that a planner loaded pass the published total, and stay."""
    NO_ROOM = "no_room"
    """What loaded figures leave of the published total does not fit into the other units."""


class Lacking(StrEnum):
    """Why a unit has no figure of a layer."""

    NO_SOURCE = "no_source"
    NEWER = "newer"
    """Neither the source nor that of the population has the unit, so it is taken to be newer."""
    NO_ROW = "no_row"
    NO_FIGURE = "no_figure"
    """The source has the unit and no figure for it."""
    COARSER_ONLY = "coarser_only"
    """A count that exists for coarser units only."""
    FINER_ONLY = "finer_only"
    """The source is of a finer level, which this build does not have."""
    NO_INPUT = "no_input"
    """A layer that it is computed from is missing there."""
    TOO_LITTLE_KNOWN = "too_little_known"
    NO_REPORT = "no_report"
    """No partner reports there, which is not the same as no activity."""


class FileKind(StrEnum):
    """What a file that is awaited holds."""

    TABLE = "table"
    """One row per unit."""
    LIMITS = "limits"
    """The limits of severity, one row per sector."""
    POLYGONS = "polygons"
    POINTS = "points"
    LINES = "lines"
    RASTER = "raster"
    ACTIVITY = "activity"
    """What partners do: who, what, where, when, for whom."""


class MonthRule(StrEnum):
    """How the people of one activity in several months become one figure."""

    SUM = "sum"
    """The new people of each month are added."""
    LARGEST = "largest"
    """The month with most people: the same ones return month after month."""


class RowFault(StrEnum):
    """Why a row of what partners do counts nowhere, its place apart."""

    SECTOR = "sector_unknown"
    NUMBER = "not_a_number"
    NO_PEOPLE = "no_people"
    NO_PARTNER = "no_partner"
    HOST = "host_community"
    """Its people are residents, whose needs are not those of migrants."""
    REPEATED = "repeated_row"


class Sensitivity(StrEnum):
    """Who may see single small counts."""

    PUBLIC = "public"
    RESTRICTED = "restricted"


class CodeScheme(StrEnum):
    """The two Peruvian lists that share six digits and mean different places."""

    INEI = "inei"
    RENIEC = "reniec"
    MIXED = "mixed"
    AMBIGUOUS = "ambiguous"


class Licence(StrEnum):
    """Licences and terms under which sources are used."""

    CC0 = "CC0-1.0"
    CC_BY_4 = "CC-BY-4.0"
    MIT = "MIT"
    MPL_2 = "MPL-2.0"
    APACHE_2 = "Apache-2.0"
    PUBLIC_DOMAIN = "public-domain"
    OFFICIAL_STATISTICS = "official-statistics"
    FACTS = "facts"


class Choice(StrEnum):
    """A choice of method that could have been another one."""

    AGGREGATION = "aggregation"
    """The other way to combine."""
    OBSERVED_LIMITS = "observed_limits"
    """Limits of the normalisation taken from the units, not frozen."""
    PERCENTILES = "percentiles"
    """Places in each layer instead of figures."""
    NO_LOGARITHM = "no_logarithm"
    LEFT_OUT = "left_out"
    """One layer weighs nothing."""


class Cause(StrEnum):
    """Why a unit has another place than before."""

    DATA = "data"
    WEIGHTS = "weights"
    METHOD = "method"
    """Aggregation, transforms and frozen limits."""
    BOUNDARY = "boundary"
    """Which units there are and take part."""
