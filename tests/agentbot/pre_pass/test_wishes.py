"""What a visitor wants or refuses, told from what only sounds like it."""

from __future__ import annotations

import pytest

from agentbot.pre_pass.shapes import plain
from agentbot.pre_pass.wishes import SEEN, Kind, sees
from bench.wish_cases import FRESH, HELD_OUT, TUNED


@pytest.mark.parametrize("kind", list(SEEN))
def test_each_wish_is_seen_in_every_labelled_wording(kind: Kind):
    wordings = [*TUNED[kind][0], *HELD_OUT[kind][0], *FRESH[kind][0]]

    assert [text for text in wordings if not sees(kind, plain(text))] == []


@pytest.mark.parametrize("kind", list(SEEN))
def test_what_only_sounds_like_a_wish_is_left_alone(kind: Kind):
    lookalikes = [*TUNED[kind][1], *HELD_OUT[kind][1], *FRESH[kind][1]]

    assert [text for text in lookalikes if sees(kind, plain(text))] == []


def test_spaces_and_invisible_characters_hide_nothing():
    assert all(sees("opt_out", plain(text)) for text in ("退 订", "退\u200b订", "退·订", "Ｓ Ｔ Ｏ Ｐ", "s.t.o.p"))


@pytest.mark.parametrize(
    ("kind", "text", "is_seen"),
    [
        ("person", "给我转个顾问", True),
        ("person", "我现在是在和真人聊吗", False),
        ("person", "能和真人聊吗", True),
    ],
)
def test_an_adviser_is_a_person_and_asking_who_is_there_is_no_wish_for_one(kind, text, is_seen):
    assert sees(kind, plain(text)) is is_seen
