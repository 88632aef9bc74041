"""Series over time, the months that stand out, and two units side by side."""

import math
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoapp.answers.sparks import columns_svg, line_svg
from layers.catalogue.climate import CLIMATE
from layers.catalogue.emergencies import EMERGENCIES
from layers.decide.contrast import Contrast, Way, contrast
from layers.errors import DeclarationError
from layers.harmonise.zonal import zonal, zonal_bands
from layers.harmonise.zonal_terms import Statistic
from layers.indicators.season import marked_points, quarter_of, season_of
from layers.spec import SeriesSpec
from layers.table.aggregate import group_mean
from layers.table.series import lift_means
from layers.terms import AdminLevel, Period, Season, Unit
from tests.unit.test_zonal import grid

_OF = {layer.id: layer for layer in (*CLIMATE, *EMERGENCIES)}
RAIN = [61, 89, 115, 78, 33, 13, 2, 1, 2, 3, 4, 11]


def test_each_year_of_a_series_is_read_from_its_own_column_or_rows() -> None:
    rain = SeriesSpec(
        id="rain",
        period=Period.YEAR,
        layer=_OF["rain_mm_year"],
        times=tuple(range(2001, 2025)),
    )
    year, layer = list(rain.figures())[3]
    assert (year, layer.columns) == (2004, ("precipitation_mean_2004",))
    emergencies = SeriesSpec(
        id="emergencies",
        period=Period.YEAR,
        layer=_OF["emergencies_count"],
        times=(2012,),
        time_column="anio",
    )
    ((year, layer),) = emergencies.figures()
    assert (year, dict(layer.where)["anio"]) == (2012, ("2012",))


def test_a_series_that_does_not_fit_is_refused() -> None:
    with pytest.raises(DeclarationError, match="24 columns or bands; give one each"):
        SeriesSpec(id="rain", period=Period.YEAR, layer=_OF["rain_mm_year"], times=(2001,))
    below = replace(_OF["emergencies_count"], native_level=AdminLevel.DISTRICT, published=None)
    with pytest.raises(DeclarationError, match="counts below the region"):
        SeriesSpec(id="few", period=Period.YEAR, layer=below, times=(2012,), time_column="anio")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["010101", "010102", "010201", "020101"]),
            st.one_of(st.just(math.nan), st.floats(-50, 50)),
            st.one_of(st.just(math.nan), st.floats(0, 1000)),
        ),
        min_size=1,
        unique_by=lambda row: row[0],
    )
)
def test_a_year_is_lifted_as_a_layer_of_that_year_is(rows: list[tuple[str, float, float]]) -> None:
    codes = [code for code, _, _ in rows]
    values = pd.Series([value for _, value, _ in rows], codes, dtype=float)
    people = pd.Series([weight for _, _, weight in rows], codes, dtype=float)
    groups = pd.Series([code[:4] for code in codes], codes)
    weights = people.fillna(0.0) if people.notna().any() else people.fillna(1.0)
    one = group_mean(values, weights, groups, 0.5)
    many = lift_means(pd.DataFrame({2001: values}), people, AdminLevel.PROVINCE, 0.5)[2001]
    pd.testing.assert_series_equal(many, one, check_names=False, rtol=1e-9)


@given(st.lists(st.lists(st.floats(0, 9), min_size=9, max_size=9), min_size=2, max_size=4))
def test_bands_measured_together_are_those_measured_one_by_one(bands: list[list[float]]) -> None:
    grids = [grid(np.reshape(band, (3, 3))) for band in bands]
    shapes = [shapely.box(0.3, 0.2, 2.6, 2.9), shapely.Point(1.5, 1.5).buffer(1.2), None]
    units = gpd.GeoSeries(shapes, crs=grids[0].crs)
    together = zonal_bands(grids, units, Statistic.MEAN)
    for band, found in zip(grids, together, strict=True):
        pd.testing.assert_frame_equal(found, zonal(band, units, Statistic.MEAN), rtol=1e-9)


def test_the_wettest_quarter_is_told_with_its_part_of_the_year() -> None:
    found = quarter_of(RAIN)
    assert found is not None
    assert found.months == (2, 3, 4)
    assert found.share == pytest.approx(282 / 412)
    dry = season_of(Season.DRY, RAIN, None)
    assert dry is not None
    assert dry.months == (7, 8, 9)


def test_a_quarter_may_pass_the_end_of_the_year() -> None:
    found = quarter_of([9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 7])
    assert found is not None
    assert found.months == (11, 12, 1)


def test_no_season_is_told_where_none_is_known() -> None:
    assert quarter_of([5.0] * 12) is None
    assert quarter_of([math.nan, *RAIN[1:]]) is None
    assert season_of(Season.COLD, RAIN, None) is None
    assert season_of(Season.NONE, RAIN, RAIN) is None


def test_ends_and_extremes_leave_out_what_is_missing() -> None:
    found = marked_points([(2001, None), (2002, 5.0), (2003, 1.0), (2004, 9.0), (2005, None)])
    assert found is not None
    assert (found.first, found.last) == ((2002, 5.0), (2004, 9.0))
    assert (found.least, found.most) == ((2003, 1.0), (2004, 9.0))
    assert marked_points([(2001, None)]) is None


def test_a_missing_year_is_a_gap_and_never_a_column_or_a_point_of_a_line() -> None:
    points = [(2001, 4.0), (2002, None), (2003, 0.0), (2004, 8.0)]
    assert columns_svg(points, 100, 40).count("<rect") == 3
    line = line_svg(points, 100, 40)
    assert line.count("<polyline") == 2
    assert line.count("<circle") == 2


@pytest.mark.parametrize(
    ("own", "other", "unit", "way", "size"),
    [
        (10.0, 5.6, Unit.PERCENT, Way.MORE, 4.4),
        (2.3, 4.4, Unit.INDEX_0_10, Way.LESS, 2.1),
        (900.0, 300.0, Unit.PEOPLE, Way.TIMES, 3.0),
        (150.0, 100.0, Unit.PEOPLE, Way.MORE_PERCENT, 50.0),
        (25.0, 100.0, Unit.PEOPLE, Way.LESS_PERCENT, 75.0),
        (5.0, 0.0, Unit.PEOPLE, Way.MORE, 5.0),
        (0.0, 0.0, Unit.PEOPLE, Way.ALIKE, 0.0),
    ],
)
def test_a_difference_is_said_as_people_say_it(
    own: float, other: float, unit: Unit, way: Way, size: float
) -> None:
    assert contrast(own, other, unit) == Contrast(way, pytest.approx(size))


def test_nothing_is_said_of_a_figure_that_is_missing() -> None:
    assert contrast(None, 0.0, Unit.PEOPLE).way is Way.UNKNOWN
