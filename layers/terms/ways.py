"""How files and layers become figures of units."""

from enum import StrEnum


class Method(StrEnum):
    """How the figure of a cell came to be, from firm to soft."""

    OBSERVED = "observed"
    ZONAL = "zonal"
    INHERITED = "inherited"
    SPREAD = "spread"
    MODELLED = "modelled"
    RANGE = "range"
    """A small count of which the public edition tells the ends alone."""
    MISSING = "missing"


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
    PARTNERS = "partners"
    """How many partners report, or are listed as present, in a unit or a part of it."""

    @property
    def is_of_activity(self) -> bool:
        """True where each level has the reports of its own places beside those of its parts."""
        return self in (
            Model.TARGETED,
            Model.REACHED,
            Model.GAP,
            Model.UNMET_SHARE,
            Model.PARTNERS,
        )

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
