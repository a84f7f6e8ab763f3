"""The rows of the model host at small size: they run, and what they hold is what they say."""

from __future__ import annotations

from pathlib import Path

from bench.model_host import BATCH, ROWS, arrival, batching, serve


def test_four_at_a_time_take_a_quarter_of_the_runs_and_nobody_starves(tmp_path: Path):
    figure = batching(True, tmp_path)

    assert figure.is_reached
    assert figure.value == 4.0
    assert figure.behind["added_wait_p95_seconds"] <= 0.5


def test_each_shot_is_made_once_and_none_before_it_arrived():
    served = serve([arrival(str(number), number * 3.0) for number in range(20)], BATCH)

    assert sorted(served.ended, key=int) == [str(number) for number in range(20)]
    assert all(served.begun[str(number)] >= number * 3.0 for number in range(20))


def test_the_rows_are_those_of_the_targets():
    assert [row.id for row in ROWS] == ["M4", "M5"]
