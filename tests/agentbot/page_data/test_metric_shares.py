"""Shares with their uncertainty."""

from __future__ import annotations

import random

from agentbot.page_data.metric_shares import Difference, counted, difference, weighted


def test_too_few_say_nothing():
    assert difference(counted(29, 29), counted(10, 4000)) is None


def test_a_difference_is_told_from_chance_when_its_interval_leaves_zero_out():
    small = difference(counted(12, 100), counted(10, 100))
    large = difference(counted(30, 100), counted(10, 100))
    assert small is not None
    assert large is not None
    assert (round(small.points, 6), small.is_told_from_chance) == (2.0, False)
    assert (round(large.points, 6), large.is_told_from_chance) == (20.0, True)


def test_weights_undo_that_the_patient_were_asked_more_often():
    """Asked are mostly those who would have stayed anyway: counted plainly an ask seems to cost nothing."""
    chance = random.Random(5)
    rows = []
    for _ in range(20_000):
        is_patient = chance.random() < 0.5
        asking = 0.8 if is_patient else 0.2
        asked = chance.random() < asking
        silent = chance.random() < (0.1 if is_patient else 0.5) + (0.1 if asked else 0.0)
        rows.append((asked, silent, 1 / asking if asked else 1 / (1 - asking)))

    plain, fair = [], []
    for side in (True, False):
        mine = [(silent, weight) for asked, silent, weight in rows if asked is side]
        plain.append(counted(sum(silent for silent, _ in mine), len(mine)))
        fair.append(
            weighted(
                sum(weight for silent, weight in mine if silent),
                sum(weight for _, weight in mine),
                sum(weight**2 for silent, weight in mine if silent),
                sum(weight**2 for _, weight in mine),
                len(mine),
            )
        )

    misled, told = difference(*plain), difference(*fair)
    assert misled is not None
    assert told is not None
    assert misled.points < 0
    assert told.low < 10.0 < told.high
    assert isinstance(told, Difference)
    assert told.high - told.low < 4
