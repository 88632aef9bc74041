"""What is said of figures that differ or are not there, and of files."""

from enum import StrEnum


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


class RowState(StrEnum):
    """What became of one row of a user's file; each row has exactly one."""

    PLACED = "placed"
    REPAIRED = "repaired"
    """Placed after its code, or its shape, was repaired."""
    BY_NAME = "by_name"
    AMBIGUOUS = "ambiguous"
    UNMATCHED = "unmatched"
    DUPLICATE = "duplicate"
    BAD_NUMBER = "bad_number"
    SUPPRESSED = "suppressed"
    """A range such as <5: known to be small, not known how small."""
    NO_FIGURE = "no_figure"


class NumberFault(StrEnum):
    """Why a cell of a user's table is no figure."""

    TEXT = "text"
    FORMULA = "formula"
    SEPARATOR = "separator"
    """1,234 or 1.234, where the column does not say which sign parts the decimals."""
    NOT_FINITE = "not_finite"
    OUT_OF_RANGE = "out_of_range"
    NOT_ACCEPTED = "not_accepted"


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
    PRESENCE = "presence"
    """Who works where in which sector, without any figure."""
    BOUNDARIES = "boundaries"
    """The units themselves, by code or by name."""


class Licence(StrEnum):
    """Licences and terms under which sources are used."""

    CC0 = "CC0-1.0"
    CC_BY_4 = "CC-BY-4.0"
    CC_BY_IGO = "CC-BY-3.0-IGO"
    ODBL = "ODbL-1.0"
    ODC_BY = "ODC-By-1.0"
    MIT = "MIT"
    MPL_2 = "MPL-2.0"
    APACHE_2 = "Apache-2.0"
    PUBLIC_DOMAIN = "public-domain"
    OFFICIAL_STATISTICS = "official-statistics"
    FACTS = "facts"
