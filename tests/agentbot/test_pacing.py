"""When parts are due."""

from __future__ import annotations

import itertools
import statistics

import numpy as np

from agentbot.pacing import FIRST, chance_of, schedule, typing_seconds

LINE = "星途 X3 是五座纯电 SUV,后排可以放两个儿童座椅。"


def test_the_first_part_comes_within_twenty_seconds_and_in_the_middle_after_four_to_eight():
    firsts = [schedule([LINE], f"turn-{number}", 1)[0] for number in range(400)]

    assert FIRST[0] <= min(firsts)
    assert max(firsts) < 20
    assert 4 <= statistics.median(firsts) <= 8


def test_a_turn_replayed_has_the_same_rhythm_and_no_two_turns_share_one():
    assert schedule([LINE, LINE], "a", 7) == schedule([LINE, LINE], "a", 7)
    rhythms = [schedule([LINE, LINE, LINE], f"t{number}", 7) for number in range(200)]
    gaps = [round(later - earlier, 3) for rhythm in rhythms for earlier, later in itertools.pairwise(rhythm)]
    assert len(set(rhythms)) == 200
    assert all(
        first != second for rhythm in rhythms for first, second in [(rhythm[1] - rhythm[0], rhythm[2] - rhythm[1])]
    )
    assert min(gaps) >= 1.1


def drawn_as_specified(count, line, rng):
    """First parts and gaps by the reference's own words: read 0.8–1.5 s, think lognormal within 1.2–3.5 s, type
    6–9 characters a second."""
    width = len(line)
    read = rng.uniform(0.8, 1.5, count)
    think = np.clip(rng.lognormal(np.log(np.sqrt(1.2 * 3.5)), 0.3, count), 1.2, 3.5)
    first = read + think + width / rng.uniform(6, 9, count) * rng.uniform(0.95, 1.05, count)
    gaps = rng.uniform(0.4, 1.3, count) + width / rng.uniform(6, 9, count) * rng.uniform(0.95, 1.05, count)
    return first, gaps


def kolmogorov_smirnov(first, second):
    """The largest distance between two samples' distributions, in units of what one sample in a hundred exceeds."""
    every = np.sort(np.concatenate([first, second]))
    shares = [np.searchsorted(np.sort(sample), every, side="right") / len(sample) for sample in (first, second)]
    limit = 1.63 * np.sqrt((len(first) + len(second)) / (len(first) * len(second)))
    return float(np.abs(shares[0] - shares[1]).max() / limit)


def test_rhythms_are_distributed_as_specified_and_no_two_gaps_are_equal():
    line = "后排可以放两个儿童座椅，周末也能试驾"
    rhythms = [schedule([line, line, line], f"turn-{number}", 3) for number in range(1500)]
    first, gaps = drawn_as_specified(4000, line, np.random.default_rng(13))
    own_gaps = [later - earlier for rhythm in rhythms for earlier, later in itertools.pairwise(rhythm)]

    assert kolmogorov_smirnov([rhythm[0] for rhythm in rhythms], first) < 1
    assert kolmogorov_smirnov(own_gaps, gaps) < 1
    assert kolmogorov_smirnov([6.0] * 1500, first) > 5
    assert all(round(third - second, 3) != round(second - first, 3) for first, second, third in rhythms)


def test_time_already_passed_counts_as_thinking():
    assert schedule([LINE], "t", 1, elapsed=12.0)[0] < 12.8
    assert schedule([LINE], "t", 1, elapsed=1.0) == schedule([LINE], "t", 1)


def test_chinese_counts_by_the_character():
    chinese = typing_seconds("后排可以放两个儿童座椅", chance_of("t", 1, "x"))
    english = typing_seconds("two seats here", chance_of("t", 1, "x"))

    assert chinese > 1.5 * english
