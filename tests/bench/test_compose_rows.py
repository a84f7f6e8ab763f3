"""The rendering rows on a tiny size: that they work, not how fast."""

from __future__ import annotations

import json
from pathlib import Path

from bench.compose import one_graph, unique_segment
from bench.run import Figure, Row, all_rows, measure_row, write_results


def test_one_graph_is_held_against_a_transcode_of_what_it_made(tmp_path: Path):
    figure = one_graph(True, tmp_path)
    assert figure.unit == "x T"
    assert set(figure.behind["plain"]) == {"ratio", "cpu_seconds", "T", "T_per_second", "rounds"}
    assert figure.value > 0.5


def test_segments_are_held_against_it_too(tmp_path: Path):
    figure = unique_segment(True, tmp_path)
    assert figure.behind["plain"]["card_cpu_per_second"] > 0
    assert figure.value > 0.5


def test_no_two_rows_share_an_id():
    ids = [row.id for row in all_rows()]
    assert {"B1", "B2", "B12"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_new_figures_replace_old_ones_and_keep_the_rest(tmp_path: Path):
    path = tmp_path / "results.json"

    def measured(row_id: str, value: float) -> dict:
        return measure_row(Row(row_id, "", "", "", lambda small, folder: Figure(value, "x", True)), True)

    write_results([measured("B1", 1.0), measured("B2", 2.0)], path)
    write_results([measured("B2", 3.0)], path)
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    assert [(row["id"], row["value"]) for row in rows] == [("B1", 1.0), ("B2", 3.0)]
    assert rows[0]["cores"] >= 1
