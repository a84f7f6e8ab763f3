"""The assembly rows on a tiny size: that they work, not how fast. B9 is right or wrong on any size."""

from __future__ import annotations

from pathlib import Path

from bench.assembly import full_files, plays_right, recipes


def test_recipes_are_held_against_a_transcode_of_one_of_their_ads(tmp_path: Path):
    figure = recipes(True, tmp_path)
    behind = figure.behind["plain"]
    assert figure.value == behind["T_over_cpu"] > 1000
    assert behind["head_bytes"] < 20_000


def test_files_are_written_and_signed(tmp_path: Path):
    figure = full_files(True, tmp_path)
    assert figure.behind["plain"]["sign_cpu_ms"] > 0
    assert figure.value > 10


def test_flash_and_beep_of_an_ad_from_segments_and_stems_stay_together(tmp_path: Path):
    figure = plays_right(True, tmp_path)
    assert figure.is_reached, figure.behind
