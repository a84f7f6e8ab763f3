"""Every pack of every vertical, in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from agentbot import guards
from agentbot.contracts import ASKING, Knowledge
from agentbot.language import width
from agentbot.packs import VERTICALS, Pack, load_pack, pack_name

PACKS = [load_pack(vertical, language) for vertical in (*VERTICALS, "general") for language in ("zh-CN", "en")]
IDS = [f"{pack.vertical}-{pack.language}" for pack in PACKS]


QUOTING = frozenset(
    (
        "again",
        "price",
        "price_named",
        "rate",
        "price_list",
        "foreign",
        "overview",
        "overview_one",
        "overview_some",
        "overview_titles",
    )
)
"""Phrases that need approved words in their gaps."""


def filled(pack: Pack, text: str, purpose: str) -> str:
    names = {
        "name": "Nova",
        "who": pack.who,
        "value": pack.value,
        "about": "",
        "purpose": purpose,
        "item": "A",
        "price": "",
        "prices": "",
    }
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", value)
    return text


@pytest.mark.parametrize("pack", PACKS, ids=IDS)
def test_a_pack_has_concerns_with_words_for_them(pack):
    assert pack.version >= 1
    assert len(pack.concerns) >= 4
    assert all(concern.empathy for concern in pack.concerns)
    assert pack.slots
    assert pack.safe_line
    assert set(pack.phrases) >= ASKING


@pytest.mark.parametrize("pack", PACKS, ids=IDS)
def test_asks_fit_one_part_whatever_they_are_for(pack):
    purposes = {concern.purpose or pack.purpose for concern in pack.concerns} | {pack.purpose}

    for action in (*ASKING, "offered_ask", "value_deferred"):
        for phrase in pack.phrases[action]:
            assert max(width(filled(pack, phrase, purpose)) for purpose in purposes) <= 60


@pytest.mark.parametrize("pack", PACKS, ids=IDS)
def test_the_guards_hold_nothing_against_a_packs_words(pack):
    knowledge = Knowledge("a", "Nova", pack.language, pack.vertical)
    lines = [line for concern in pack.concerns for line in (*concern.empathy, *concern.defer)]
    lines += [question for slot in pack.slots for question in slot.questions]
    for key, phrases in pack.phrases.items():
        if key not in QUOTING:
            lines += phrases

    wrong = {
        line: found
        for line in lines
        for purpose in [pack.purpose]
        if (
            found := guards.check(filled(pack, line, purpose), knowledge, (), dt.date(2026, 11, 22), has_follow_up=True)
        )
    }
    assert wrong == {}


def test_an_advertisers_own_word_for_its_trade_finds_the_pack():
    words = ("cars", "汽车", "Dental clinic", "瑜伽馆", "home-services", "law firm", "")
    packs = ["car", "car", "clinic", "fitness", "home_services", "general", "general"]
    assert [pack_name(word) for word in words] == packs
