"""Nobody below the promised rates is turned away; a flood is, and only the flood."""

from __future__ import annotations

import pytest

from agentbot.channels.limits import CHANNEL, VISITOR, Buckets
from agentbot.channels.widget import ADDRESS


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("allowance", [CHANNEL, ADDRESS], ids=["channel", "all behind one address"])
def test_sixty_a_second_on_a_channel_never_wait(allowance):
    clock = Seconds()
    buckets = Buckets(allowance, clock)
    for _ in range(60 * 120):
        assert buckets.take("channel") == 0
        clock.now += 1 / 60


def test_ten_in_ten_seconds_from_a_visitor_never_wait_even_at_once():
    clock = Seconds()
    buckets = Buckets(VISITOR, clock)
    for _ in range(20):
        assert [buckets.take("visitor") for _ in range(10)] == [0] * 10
        clock.now += 10


def test_a_flood_waits_and_others_do_not():
    clock = Seconds()
    buckets = Buckets(VISITOR, clock)
    answers = [buckets.take("flood") for _ in range(100)]
    assert answers[-1] == 1
    assert buckets.take("other") == 0


def test_after_the_wait_it_goes_on():
    clock = Seconds()
    buckets = Buckets(VISITOR, clock)
    while not (wait := buckets.take("flood")):
        continue
    clock.now += wait
    assert buckets.take("flood") == 0
