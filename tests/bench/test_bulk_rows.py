"""The bulk rows on a tiny size: one run through real services serves them all."""

from __future__ import annotations

from pathlib import Path

from bench.bulk import ROWS


def test_every_row_is_measured_in_one_run(tmp_path: Path):
    figures = {row.id: row.measure(True, tmp_path) for row in ROWS}

    assert set(figures) == {"B5", "B6", "B7", "B8", "B10"}
    assert all(figure.value > 0 for figure in figures.values())
    of_all = figures["B5"].behind["plain"]["cpu"]
    assert of_all["all"] >= of_all["worker-render"] > 0
    assert of_all["postgres"] > 0
    assert figures["B6"].behind["plain"]["segments_made"] == 0
    assert figures["B6"].value < figures["B5"].value
