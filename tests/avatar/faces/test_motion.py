"""What the host does unasked, over ten minutes of ticks."""

from __future__ import annotations

from itertools import pairwise

import pytest

from avatar.faces.contracts import MouthState
from avatar.faces.motion import SWAY_STEPS, Blinking, Feeling, body_sway, breath_step, chance, gaze, head_drift, nod

TEN_MINUTES = range(0, 15_000)


def blink_starts(seed: int, mouths: dict[int, MouthState] | None = None, ticks: range = TEN_MINUTES) -> list[int]:
    blinking = Blinking(seed)
    steps = [blinking.step(tick, (mouths or {}).get(tick, MouthState())) for tick in ticks]
    return [tick for tick in range(1, len(steps)) if steps[tick] and not steps[tick - 1]]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_blinks_lie_two_to_six_seconds_apart(seed):
    starts = blink_starts(seed)
    pauses = [after - before for before, after in pairwise(starts)]

    assert min(pauses) >= 50
    assert max(pauses) <= 150
    assert len(set(pauses)) > 20


def test_a_blink_never_begins_on_pressed_lips():
    pressed = {tick: MouthState("PP", "PP") for tick in TEN_MINUTES if tick % 9 < 5}

    assert all(start not in pressed for start in blink_starts(4, pressed))


def test_blinks_come_at_the_end_of_clauses():
    clauses = {tick: MouthState(clause_end_tick=tick // 60 * 60) for tick in TEN_MINUTES}
    starts = blink_starts(6, clauses)

    assert sum(start % 60 in (1, 2) for start in starts) > 0.5 * len(starts)


def test_a_breath_takes_four_seconds():
    steps = [breath_step(tick, 3) for tick in range(200)]

    assert steps[:100] == steps[100:]
    assert (min(steps), max(steps)) == (0, 14)
    assert max(abs(a - b) for a, b in pairwise(steps)) <= 1


def test_glances_come_every_second_or_two_and_stay_small():
    looks = [gaze(tick, 9) for tick in TEN_MINUTES]
    starts = [t for t in range(1, len(looks) - 1) if looks[t] != looks[t - 1] and looks[t - 1] == looks[t - 2]]
    pauses = [b - a for a, b in pairwise(starts)]

    assert min(pauses) >= 19
    assert max(pauses) <= 63
    assert max(abs(x) for x, _ in looks) <= 5


def test_the_head_neither_jumps_nor_stands_still():
    path = [head_drift(tick, 5) for tick in TEN_MINUTES]
    steps = [max(abs(a - b) for a, b in zip(p, q, strict=True)) for p, q in pairwise(path)]

    assert max(steps) < 0.9
    assert sum(steps[:250]) > 5


def test_a_nod_sets_off_with_the_stressed_word_and_is_over_in_half_a_second():
    course = [nod(tick, 100) for tick in range(95, 120)]

    assert course[5] == 0.0
    assert course.index(max(course)) in (8, 9)
    assert max(course) > 0.95
    assert course[18] == 0.0
    assert nod(50, None) == 0.0


def test_emotions_cross_over_without_a_jump():
    feeling = Feeling()
    feeling.towards(0, "calm")
    course = [feeling.towards(tick, "delight")["delight"] for tick in range(1, 20)]

    assert course[0] < 0.3
    assert course == sorted(course)
    assert course[-1] > 0.95


def test_chance_is_even():
    values = [chance(7, index) for index in range(4000)]

    assert sum(values) / len(values) == pytest.approx(0.5, abs=0.02)


def test_the_shoulders_shift_now_and_then_and_rest_between():
    steps = [body_sway(tick, 5) for tick in range(3000)]

    assert max(map(abs, steps)) <= SWAY_STEPS
    assert len(set(steps)) >= 5
    assert all(abs(later - earlier) <= 1 for earlier, later in pairwise(steps))
    assert sum(later == earlier for earlier, later in pairwise(steps)) > 0.85 * len(steps)
