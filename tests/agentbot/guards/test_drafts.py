"""Drafts of a model gone wrong, and right ones, in hundreds; and every sentence of the packs."""

from __future__ import annotations

import re

import pytest

from agentbot.contracts import Knowledge
from agentbot.guards import check
from agentbot.packs import VERTICALS, Pack, load_pack
from bench.answers import leaked, wrongly_flagged
from bench.draft_cases import commitment_drafts, free_drafts, plain_drafts, price_drafts
from bench.shops import TODAY
from core.contracts import LANGUAGES, Language


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


@pytest.mark.parametrize("vertical", VERTICALS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_packs_may_be_said(vertical: str, language: Language):
    """As said after a contact was given: only then are there thanks that say who calls."""
    pack = load_pack(vertical, language)
    shop = Knowledge("shop", "好店", language, vertical)
    lines = [text for texts in pack.phrases.values() for text in texts]
    lines += [text for concern in pack.concerns for text in (*concern.empathy, *concern.defer)]
    lines += [text for slot in pack.slots for text in slot.questions]

    assert [line for line in lines if check(filled(line, pack), shop, (), TODAY, has_follow_up=True)] == []


def filled(line: str, pack: Pack) -> str:
    names = {"who": pack.who, "purpose": pack.purpose, "value": pack.value, "price": "", "item": ""}
    return re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], "好店"), line)


def test_free_text_of_a_model_has_to_stand_in_approved_words():
    """Promises in words that no list holds: grounding finds most; it leaves right answers in other words alone."""
    drafts = free_drafts()
    promises = [draft for draft in drafts if draft.bad]
    found = [draft for draft in promises if check(draft.text, draft.shop, draft.sources, TODAY, by_model=True)]
    held = [
        each.text for each in drafts if not each.bad and check(each.text, each.shop, each.sources, TODAY, by_model=True)
    ]

    assert len(found) >= 0.6 * len(promises)
    assert held == []
