"""The retrieval rows on a small size: that they work and find, not how fast."""

from __future__ import annotations

import pytest

from bench.retrieval import percentile, s2_clips
from bench.rows_retrieval import ROWS, s1_reached, s2_reached


@pytest.mark.django_db
def test_clips_are_found_by_their_words():
    figures = s2_clips(500, 30)

    assert figures["recall_at_10"] >= 0.85
    assert set(figures) == {"recall_at_10", "p95_ms", "p50_ms"}


def test_rows_are_judged_by_their_targets():
    assert [row.id for row in ROWS] == ["S1", "S2"]
    assert s1_reached({"p95_ms": 150, "most_alike": 0.59, "right": 0.95})
    assert not s1_reached({"p95_ms": 150, "most_alike": 0.6, "right": 0.95})
    assert not s2_reached({"recall_at_10": 0.84, "p95_ms": 1})
    assert not s2_reached({"recall_at_10": 0.9, "p95_ms": 101})


def test_the_percentile_is_the_nearest_rank():
    assert percentile([float(n) for n in range(1, 101)], 0.95) == 96.0
