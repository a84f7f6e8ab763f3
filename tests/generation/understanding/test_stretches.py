"""Long shots parted at calm moments."""

from __future__ import annotations

import numpy as np

from generation.understanding.cuts import Interval
from generation.understanding.stretches import part_long_shots


def test_a_short_shot_stays_whole() -> None:
    assert part_long_shots([Interval(10, 190)], np.ones(200), ()) == [Interval(10, 190)]


def test_a_long_shot_is_parted_where_nothing_moves() -> None:
    changes = np.full(400, 10.0)
    changes[110:130] = 0.0
    changes[262:282] = 0.0

    parted = part_long_shots([Interval(0, 400)], changes, ())

    assert parted[0].start == 0
    assert parted[-1].end == 400
    assert all(60 <= stretch.frames <= 180 for stretch in parted)
    borders = [stretch.end for stretch in parted[:-1]]
    assert len(borders) == 2
    assert 115 <= borders[0] <= 125
    assert 267 <= borders[1] <= 277


def test_a_pause_in_the_speech_is_a_better_border_than_a_calm_picture() -> None:
    changes = np.full(300, 5.0)
    changes[100:130] = 1.0

    parted = part_long_shots([Interval(0, 300)], changes, [(160, 172)])

    assert 160 <= parted[0].end <= 172


def test_hours_of_one_shot_are_parted_in_a_moment() -> None:
    parted = part_long_shots([Interval(0, 18_000)], np.random.default_rng(1).uniform(0, 5, 18_000), ())

    assert sum(stretch.frames for stretch in parted) == 18_000
    assert max(stretch.frames for stretch in parted) <= 180
