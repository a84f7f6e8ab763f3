"""What may be posted as a message."""

from __future__ import annotations

import json

import pytest

from agentbot.channels.messages import parse_message
from core.errors import InputError

GOOD = {"visitor": "v1", "text": "你好", "sent_at": "2026-01-31T08:30:00Z"}


def test_a_good_message_is_understood():
    inbound = parse_message(json.dumps(GOOD).encode(), "m1")
    assert (inbound.external_id, inbound.visitor, inbound.text) == ("m1", "v1", "你好")
    assert inbound.sent_at.isoformat() == "2026-01-31T08:30:00+00:00"


@pytest.mark.parametrize(
    ("change", "thing"),
    [
        ({"visitor": ""}, "visitor"),
        ({"visitor": 7}, "visitor"),
        ({"visitor": "v" * 201}, "visitor"),
        ({"visitor": "a\0b"}, "visitor"),
        ({"text": "  "}, "text"),
        ({"text": None}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"sent_at": "yesterday"}, "sent_at"),
        ({"sent_at": 1700000000}, "sent_at"),
    ],
)
def test_what_is_odd_is_named(change, thing):
    with pytest.raises(InputError) as refused:
        parse_message(json.dumps({**GOOD, **change}).encode(), "m1")
    assert refused.value.thing == thing


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_object_is_refused(body):
    with pytest.raises(InputError, match="body"):
        parse_message(body, "m1")


def test_half_a_character_is_refused():
    with pytest.raises(InputError, match="half a character"):
        parse_message(b'{"visitor": "v", "text": "\\ud800", "sent_at": "2026-01-31T08:30:00Z"}', "m1")


def test_a_message_from_tomorrow_counts_as_now():
    inbound = parse_message(json.dumps({**GOOD, "sent_at": "2199-01-01T00:00:00Z"}).encode(), "m1")
    assert inbound.sent_at.year < 2199
