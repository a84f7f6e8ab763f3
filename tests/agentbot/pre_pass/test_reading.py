"""A visitor's unanswered messages, read whole."""

from __future__ import annotations

import datetime as dt

from agentbot.contracts import Author, Said
from agentbot.pre_pass import read

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)


def said(*texts: str, author: Author = "visitor", asks: bool = False) -> tuple[Said, ...]:
    return tuple(Said(f"{author}-{at}", author, text, NOW, asks) for at, text in enumerate(texts))


def test_a_number_is_found_beside_the_wish_to_be_called():
    seen = read(said("打电话给我吧", "13800138000"))

    assert [each.value for each in seen.contacts] == ["+8613800138000"]
    assert seen.offers_contact
    assert not seen.refuses_contact


def test_a_number_in_three_messages_is_one_number():
    seen = read(said("138", "0013", "8000"))

    assert [(each.value, each.start, each.end) for each in seen.contacts] == [("+8613800138000", 0, 0)]


def test_a_later_message_takes_an_earlier_number_back():
    seen = read(said("13900139000", "打错了，13800138000"))

    assert [each.value for each in seen.contacts] == ["+8613800138000"]
    assert seen.withdraws == ("+8613900139000",)


def test_a_number_of_an_earlier_turn_is_taken_back_with_and_without_a_new_one():
    before = said("我电话13900139000")

    assert read(said("号码写错了"), before).withdraws == ("+8613900139000",)
    assert read(said("sorry, I meant 13800138000"), before).withdraws == ("+8613900139000",)
    assert read(said("我老公13800138000"), before).withdraws == ()


def test_a_plain_no_counts_as_refusal_after_our_ask_only():
    ours = said("方便留个电话吗？", author="lead", asks=True)

    assert read(said("不用了"), ours).refuses_contact
    assert not read(said("不用了"), said("有 X5 和 X7。", author="expert")).refuses_contact


def test_a_masked_number_is_partial_until_a_whole_one_comes():
    assert read(said("138****5678")).partial_contact
    assert not read(said("138****5678", "13812345678")).partial_contact


def test_the_language_is_that_of_the_visitors_last_words():
    assert read(said("how much?")).language == "en"
    assert read(said("13800138000"), said("hello there")).language == "en"
    assert read(said("13800138000"), language="en").language == "en"
    assert read(said("hi", "多少钱")).language == "zh-CN"


def test_a_visitor_under_age_is_no_emergency_and_leaves_no_contact():
    seen = read(said("我16岁，能试驾吗", "电话13800138000"))

    assert (seen.is_minor, seen.is_emergency, seen.contacts) == (True, False, ())
    assert not read(said("我儿子16岁，能试驾吗")).is_minor


def test_who_said_to_be_under_age_stays_so_until_a_parent_speaks():
    before = said("我电话13800138000", "我今年15岁")

    assert read(said("打我电话13900139000"), before).contacts == ()
    assert read(said("好的"), before).withdraws == ("+8613800138000",)
    assert [each.value for each in read(said("我是他妈妈，电话13900139000"), before).contacts] == ["+8613900139000"]


def test_words_that_may_mean_anything_are_no_opt_out():
    assert not any(read(said(text)).is_opt_out for text in ("退", "end", "quit", "cancel"))
    assert all(
        read(said(text)).is_opt_out for text in ("STOP", "退订", "T", "TD", "unsubscribe", "别再发了", "不要再联系我")
    )


def test_our_own_words_are_no_wish_of_the_visitors():
    ours = said("STOP", "I can call you", author="expert")

    assert not read(said("ok"), ours).is_opt_out


def test_nothing_said_is_nothing_seen():
    assert read(()).contacts == ()
