"""When parts are due."""

from __future__ import annotations

import itertools
import statistics

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


def test_time_already_passed_counts_as_thinking():
    assert schedule([LINE], "t", 1, elapsed=12.0)[0] < 12.8
    assert schedule([LINE], "t", 1, elapsed=1.0) == schedule([LINE], "t", 1)


def test_chinese_counts_by_the_character():
    chinese = typing_seconds("后排可以放两个儿童座椅", chance_of("t", 1, "x"))
    english = typing_seconds("two seats here", chance_of("t", 1, "x"))

    assert chinese > 1.5 * english
