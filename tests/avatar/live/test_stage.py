"""What the caption shows of an answer."""

from __future__ import annotations

from avatar.faces.contracts import MouthState
from avatar.live.look import Look, Spoken
from avatar.live.stage import captioned


def look(words: tuple[str, ...], asked_by: str) -> Look:
    return Look(3, MouthState(), spoken=Spoken(words, 1), asked_by=asked_by)


def test_whom_an_answer_is_for_stands_before_it():
    assert captioned(look(("包", "邮"), "@小雨")) == (("@小雨 ", "包", "邮"), 2)


def test_a_name_that_is_said_is_not_shown_twice():
    assert captioned(look(("小", "雨，", "包", "邮"), "@小雨")) == (("小", "雨，", "包", "邮"), 1)


def test_a_sentence_of_the_script_is_shown_as_it_is():
    assert captioned(look(("包", "邮"), "")) == (("包", "邮"), 1)
