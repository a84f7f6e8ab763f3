import pytest

from core.errors import InputError
from creative.bulk.facts import lines_changed, lines_showing, with_fact_changed
from creative.contracts import SpokenTake
from tests.creative.bulk.slot_plans import LINES, a_spoken, built

NEW_TAKE = SpokenTake("/voice/new.wav", "new", 2.0)


def test_a_price_is_shown_by_the_offers_choices_and_by_the_end_card():
    plan = built(25)
    offers = {(4, number) for number in range(len(plan.slots[4].choices))}

    assert lines_showing(plan, "price") == offers | {(5, 1)}


def test_an_offer_is_shown_by_the_line_that_says_it():
    assert {slot for slot, _ in lines_showing(built(25), "offer")} == {4}


def test_the_sticker_shows_the_offer_where_the_line_says_only_the_price(monkeypatch):
    monkeypatch.setitem(LINES, "offer", ("现在只要39块9。", ("price",)))

    assert {slot for slot, _ in lines_showing(built(25), "offer")} == {4}


def test_a_fact_is_shown_by_its_line_and_nothing_else():
    plan = built(25)

    assert lines_showing(plan, "steep") == {(2, number) for number in range(len(plan.slots[2].choices))}
    assert lines_showing(plan, "shipping") == set()


def test_a_name_and_a_link_are_shown_by_the_end_card():
    plan = built(25)

    assert (5, 1) in lines_showing(plan, "name")
    assert lines_showing(plan, "link") == {(5, 1)}


def test_without_footage_cards_show_the_facts():
    plan = built(0)

    assert lines_showing(plan, "price") == {(4, 0), (5, 0)}
    assert lines_showing(plan, "name") == {(2, 0), (4, 0), (5, 0)}


def test_only_the_lines_that_say_a_price_are_spoken_again():
    assert lines_changed(built(25), "price", "¥39.9", "¥42.5") == {(4, 0): "现在只要42块5，第二件半价。"}


def test_of_several_hook_lines_only_those_that_say_it_are_spoken_again(monkeypatch):
    monkeypatch.setitem(LINES, "hook", ("下午三点又犯困？", ("price",)))
    plan = built(25, scripts=[a_spoken("39.9元就够"), a_spoken("¥39.9，谁不要")])

    assert lines_changed(plan, "price", "39.9元", "45元") == {
        (0, 0): "45元就够",
        (0, 1): "¥45，谁不要",
        (4, 0): "现在只要45块，第二件半价。",
    }


def test_a_changed_price_changes_its_line_its_cards_and_no_other_slot():
    plan = built(25)
    changed = with_fact_changed(plan, "price", "¥39.9", "¥45", {(4, 0): NEW_TAKE})
    offer, closing = changed.slots[4], changed.slots[5]

    assert offer.lines[0].text == "现在只要45块，第二件半价。"
    assert offer.lines[0].voice == NEW_TAKE
    assert offer.lines[0].card.price == "¥45"
    assert [choice.stretches for choice in offer.choices] == [choice.stretches for choice in plan.slots[4].choices]
    assert closing.choices[1].shots[0].card.price == "¥45"
    assert closing.choices[1].shots[0].card.texts == ("澄夜冷萃", "点左下角", "example.com/c")
    assert (closing.choices[0], closing.choices[2:]) == (plan.slots[5].choices[0], plan.slots[5].choices[2:])
    assert changed.slots[:4] == plan.slots[:4]
    assert [slot.frames for slot in changed.slots] == [slot.frames for slot in plan.slots]


def test_a_kinetic_card_shows_the_new_words(monkeypatch):
    monkeypatch.setitem(LINES, "hook", ("39.9元，就醒了", ("price",)))
    plan = built(0)
    changed = with_fact_changed(plan, "price", "39.9元", "45元", {(0, 0): NEW_TAKE, (4, 0): NEW_TAKE})

    assert plan.slots[0].choices[0].shots[0].card.texts == ("39.9元，就醒了",)
    assert changed.slots[0].choices[0].shots[0].card.texts == ("45元，就醒了",)


def test_what_a_caption_lights_up_changes_too(monkeypatch):
    monkeypatch.setitem(LINES, "offer", ("只要¥39.9，第二件半价。", ("price", "offer")))
    changed = with_fact_changed(built(25), "price", "¥39.9", "¥45", {(4, 0): NEW_TAKE})

    assert changed.slots[4].lines[0].emphasis == ("¥45",)


def test_a_changed_link_changes_the_end_card_alone():
    plan = built(25)
    changed = with_fact_changed(plan, "link", "https://example.com/c", "https://example.com/d", {})

    assert changed.slots[5].choices[1].shots[0].card.texts[2] == "example.com/d"
    assert changed.slots[:5] == plan.slots[:5]
    assert changed.slots[5].choices[0] == plan.slots[5].choices[0]


def test_a_take_too_long_for_its_slot_is_named():
    with pytest.raises(InputError, match="现在只要45块，第二件半价。: takes 112 frames and its slot has 80"):
        with_fact_changed(built(25), "price", "¥39.9", "¥45", {(4, 0): SpokenTake("/voice/n.wav", "n", 3.1)})


def test_a_line_nobody_spoke_again_is_named():
    with pytest.raises(InputError, match="现在只要45块，第二件半价。: has to be spoken"):
        with_fact_changed(built(25), "price", "¥39.9", "¥45", {})


def test_a_line_that_says_it_in_other_words_is_named(monkeypatch):
    monkeypatch.setitem(LINES, "offer", ("不到四十就能带走。", ("price",)))

    with pytest.raises(InputError, match=r"不到四十就能带走。: says ¥39\.9 in other words"):
        lines_changed(built(25), "price", "¥39.9", "¥45")
