"""Spoken length is estimated with numbers read out; slots scale to the brief and stay on the grid."""

from __future__ import annotations

import pytest

from core.contracts import Language
from creative.contracts import Structure
from creative.rewriting.lengths import budgets_for, count_syllables, estimate_seconds, slot_seconds, slots_wanted
from tests.creative.rewriting.sample_briefs import sample_structure


@pytest.mark.parametrize(
    ("text", "syllables"),
    [("低温慢萃", 4), ("280 毫升", 6), ("39.9元", 6), ("10 件", 2), ("12 小时", 4), ("0 蔗糖", 3)],
)
def test_chinese_numbers_count_as_they_are_read(text: str, syllables: int) -> None:
    assert count_syllables(text, "zh-CN") == syllables


@pytest.mark.parametrize(
    ("text", "syllables"), [("cold brew coffee", 4), ("$4.99", 5), ("12 hours", 3), ("recycled places", 5)]
)
def test_english_syllables(text: str, syllables: int) -> None:
    assert abs(count_syllables(text, "en") - syllables) <= 1


def test_a_longer_line_takes_longer_and_pauses_count() -> None:
    assert (
        estimate_seconds("下班来一瓶", "zh-CN")
        < estimate_seconds("下班，来一瓶", "zh-CN")
        < estimate_seconds("下班了，就来一瓶", "zh-CN")
    )


def test_a_slot_is_its_voice_with_breath_rounded_up_to_sixteen_frames() -> None:
    assert slot_seconds(1.8) * 30 == pytest.approx(64)
    assert slot_seconds(1.81) * 30 == pytest.approx(80)


@pytest.mark.parametrize("seconds", [6, 8, 10, 12, 15, 18, 20, 25, 30, 45, 60])
@pytest.mark.parametrize("place", range(5))
def test_slots_add_up_to_the_brief(seconds: float, place: int) -> None:
    structure = sample_structure(place)
    budgets = budgets_for(structure, seconds, "zh-CN")
    fewest, most = slots_wanted(seconds)

    assert fewest <= len(budgets) <= most
    assert sum(slot_seconds(budget.seconds) for budget in budgets) == pytest.approx(seconds, rel=0.1)
    assert all(budget.min_seconds < budget.seconds < budget.max_seconds for budget in budgets)
    assert (budgets[0].role, budgets[-1].role) == ("hook", "cta")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_six_slots_keep_their_place_in_fifteen_seconds(language: Language) -> None:
    budgets = budgets_for(sample_structure(0), 15, language)

    assert [budget.role for budget in budgets] == ["hook", "pain", "selling_point", "proof", "offer", "cta"]
    assert [round(slot_seconds(budget.seconds) * 30) for budget in budgets] == [80] * 6


@pytest.mark.parametrize("seconds", [10, 15, 30])
def test_a_hook_has_room_and_the_order_stays(seconds: float) -> None:
    structure = sample_structure(0)
    budgets = budgets_for(structure, seconds, "zh-CN")
    order = [slot.role for slot in structure.slots]

    assert slot_seconds(budgets[0].seconds) >= 2.1
    assert [order.index(budget.role) for budget in budgets] == sorted(order.index(budget.role) for budget in budgets)


def test_an_empty_structure_still_makes_an_ad() -> None:
    assert budgets_for(Structure((), "scene", 0.0), 15, "en")[0].role == "hook"
