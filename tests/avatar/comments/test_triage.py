"""Which comments are taken for what, over nearly four hundred of them."""

from __future__ import annotations

import pytest

from avatar.comments.reading import read_comment
from avatar.contracts import Comment
from tests.avatar.comments import triage_cases, unseen_cases
from tests.avatar.comments.triage_cases import cases

KNOWN = [("zh-CN", *case) for case in cases(triage_cases.ZH)] + [("en", *case) for case in cases(triage_cases.EN)]
UNSEEN = [("zh-CN", *case) for case in cases(unseen_cases.ZH)] + [("en", *case) for case in cases(unseen_cases.EN)]


def taken(language, text):
    reading = read_comment(Comment(1, "Lin", text, 0.0), language)
    return f"!{reading.refusal}" if reading.refusal else "+".join(reading.topics) or "-"


@pytest.mark.parametrize(("language", "text", "expected"), KNOWN, ids=lambda value: value[:24])
def test_a_comment_is_taken_for_what_it_is(language, text, expected):
    assert taken(language, text) == expected


def test_the_set_is_large_enough_to_mean_something():
    assert len(KNOWN) == 381


def test_of_comments_nobody_foresaw_two_thirds_are_taken_exactly_and_no_harmless_one_is_refused():
    results = [(expected, taken(language, text)) for language, text, expected in UNSEEN]
    harmful = [(expected, got) for expected, got in results if expected.startswith("!")]
    harmless = [(expected, got) for expected, got in results if not expected.startswith("!")]

    assert len(results) == 76
    assert sum(expected == got for expected, got in results) == 51
    assert sum(got.startswith("!") for _, got in harmless) == 0
    assert (len(harmful), sum(got.startswith("!") for _, got in harmful)) == (15, 13)


def test_a_question_of_no_known_kind_is_about_the_product_rather_than_lost():
    results = [(expected, taken(language, text)) for language, text, expected in UNSEEN]
    asked = [got for expected, got in results if not expected.startswith("!") and expected not in ("-", "off_topic")]

    assert sum(got in ("-", "off_topic") for got in asked) == 4
