"""The rows of the live room on a tiny size: that they work, not how fast."""

from __future__ import annotations

from pathlib import Path

from bench.live import hard_cuts, resumes, skew


def test_flash_and_tone_stay_together(tmp_path: Path):
    figure = skew(True, tmp_path)

    assert figure.is_reached, figure.behind
    assert figure.behind["claps"] == 5


def test_every_rule_of_going_on_holds(tmp_path: Path):
    figure = resumes(True, tmp_path)

    assert figure.value == 0, figure.behind
    assert figure.behind["resumed"] > 50


def test_a_call_is_timed_to_the_last_old_sample(tmp_path: Path):
    figure = hard_cuts(True, tmp_path)

    assert figure.behind["stale_samples"] == 0
    assert figure.value > 0
