"""What a Retry-After header says."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

import pytest

from core.webhooks.posting import wait_seconds


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("7", 7.0),
        (" 43200 ", 43_200.0),
        ("604800", 86_400.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
    ],
)
def test_seconds_are_taken_as_told_up_to_a_day(told, seconds):
    assert wait_seconds(told) == seconds


def test_a_moment_is_the_seconds_until_then():
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=3)
    found = wait_seconds(format_datetime(later, usegmt=True))
    assert found is not None
    assert 10_790 < found <= 10_800
