"""What answers mean, and when to try again."""

from __future__ import annotations

import random

import pytest

from core.outbox.rhythm import CALLBACK, CRM, Outcome, judge


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((status, Outcome.SENT) for status in (200, 201, 204)),
        *((status, Outcome.RETRY) for status in (0, 408, 425, 429, 500, 502, 503, 504)),
        *((status, Outcome.PAUSE) for status in (401, 403)),
        (410, Outcome.DISABLE),
        *((status, Outcome.QUARANTINE) for status in (301, 302, 400, 404, 409, 413, 422)),
    ],
)
def test_every_status_has_one_meaning(status, outcome):
    assert judge(status) is outcome


def test_retries_begin_within_two_seconds_for_callbacks_and_thirty_for_crms():
    chance = random.Random(3)
    firsts = [rhythm.pause_seconds(1, None, chance) for rhythm in (CALLBACK, CRM) for _ in range(200)]
    assert max(firsts[:200]) <= 2.0
    assert max(firsts[200:]) <= 30.0


def test_pauses_double_up_to_the_longest_and_never_all_alike():
    chance = random.Random(3)
    pauses = [CRM.pause_seconds(attempts, None, chance, is_outage=True) for attempts in range(1, 40)]
    assert all(0.8 * 240 <= pause <= 240 for pause in pauses[8:])
    assert len(set(pauses)) == len(pauses)


def test_while_others_get_through_nobody_waits_longer_than_half_a_minute():
    assert max(CRM.pause_seconds(attempts, None, random.Random(3)) for attempts in range(1, 40)) <= 30.0


def test_what_the_other_side_asks_for_is_waited_for():
    assert CALLBACK.pause_seconds(1, 12.0, random.Random(1)) >= 12.0
