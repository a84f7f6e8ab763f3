"""Drafts of a model gone wrong, and right ones, in hundreds; and every sentence of the packs."""

from __future__ import annotations

import pytest

from bench.answers import leaked, wrongly_flagged
from bench.draft_cases import commitment_drafts, plain_drafts, price_drafts


@pytest.mark.parametrize("held_out", [False, True])
def test_no_wrong_price_leaves_and_no_right_one_is_held(held_out: bool):
    drafts = price_drafts(200, held_out=held_out)

    assert leaked(drafts) == ()
    assert wrongly_flagged(drafts) == ()


@pytest.mark.parametrize(("held_out", "fresh"), [(False, False), (True, False), (False, True)])
def test_no_promise_leak_or_invention_leaves(held_out: bool, fresh: bool):
    assert leaked(commitment_drafts(held_out, fresh)[::2]) == ()


def test_right_answers_of_all_sorts_leave_as_they_are():
    assert wrongly_flagged(plain_drafts()) == ()
