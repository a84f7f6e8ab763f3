"""Rooms of one machine take turns within each picture."""

from __future__ import annotations

from uuid import uuid4

import pytest

from avatar.live.phase import Phase


def test_each_next_room_is_as_far_from_the_others_as_can_be() -> None:
    name = uuid4().hex
    phases = [Phase(name) for _ in range(9)]

    assert [phase.place for phase in phases] == [0, 4, 2, 6, 1, 5, 3, 7, 0]
    for phase in phases:
        phase.release()


def test_a_turn_given_back_is_taken_again() -> None:
    name = uuid4().hex
    first, second = Phase(name), Phase(name)
    first.release()

    third = Phase(name)

    assert (second.place, third.place) == (4, 0)
    second.release()
    third.release()


@pytest.mark.parametrize(("now", "starts"), [(10.0, 10.02), (10.02, 10.02), (10.021, 10.06), (10.059, 10.06)])
def test_a_room_starts_at_the_next_moment_of_its_turn(now: float, starts: float) -> None:
    name = uuid4().hex
    other, phase = Phase(name), Phase(name)

    assert phase.next_start(now) == pytest.approx(starts)
    other.release()
    phase.release()
