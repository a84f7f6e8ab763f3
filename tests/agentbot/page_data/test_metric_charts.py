"""Charts as geometry."""

from __future__ import annotations

import datetime as dt

from agentbot.page_data.metric_charts import ZERO_FROM, ZERO_TO, day_chart, dot_chart
from agentbot.page_data.metric_shares import Difference

FIRST = dt.date(2026, 11, 10)


def test_days_without_anything_stand_at_the_base():
    chart = day_chart(FIRST, 14, {dt.date(2026, 11, 23): (8, 2)})
    assert chart.table[0] == ("11-10", 0, 0)
    assert chart.table[-1] == ("11-23", 8, 2)
    assert [word for _, word in chart.grid] == ["0", "5", "10"]
    assert chart.lines[0].points.split()[0] == "34.0,164.0"


def test_words_at_the_ends_of_lines_keep_apart():
    one, other = day_chart(FIRST, 14, {}).lines
    assert other.end_y - one.end_y == 20


def test_dots_lie_in_their_intervals_inside_the_axis():
    chart = dot_chart([("a", Difference(5.0, -3.0, 13.0)), ("b", None), ("c", Difference(-8.0, -12.0, -4.0))])
    assert chart is not None
    assert [dot.word for dot in chart.dots] == ["a", "c"]
    assert [dot.is_sure for dot in chart.dots] == [False, True]
    for dot in chart.dots:
        assert ZERO_FROM <= dot.low_x < dot.x < dot.high_x <= ZERO_TO
    assert [word for _, word in chart.ticks] == ["-20", "0", "+20"]


def test_nothing_to_compare_draws_nothing():
    assert dot_chart([("a", None)]) is None
