"""Contacts that a later message takes back, in the same turn and the next."""

from __future__ import annotations

import pytest

from agentbot.pre_pass import read
from tests.agentbot.pre_pass.test_reading import said

PHONE = "+8613888880001"


@pytest.mark.parametrize(
    "text",
    [
        "发错了，别打这个", "打错了", "错了错了", "不是这个号", "别打这个号", "号码不对", "刚才那个号码错了", "不好意思，发错了", "sorry wrong number", "that's not mine",
        "Sorry, that's not mine",
    ],
)  # fmt: skip
def test_a_short_denial_takes_the_number_back_in_the_same_turn_and_the_next(text: str):
    together = read(said("13888880001", text))
    apart = read(said(text), said("13888880001"))

    assert (together.contacts, together.withdraws) == ((), (PHONE,))
    assert (apart.contacts, apart.withdraws) == ((), (PHONE,))


@pytest.mark.parametrize(
    "text", ["说错了，我想看X5", "价格不对吧", "我打错字了", "你们是不是弄错了价格", "不是这个车", "wrong color"]
)
def test_what_is_wrong_with_something_else_leaves_the_number_alone(text: str):
    assert read(said(text), said("13888880001")).withdraws == ()


def test_a_bare_slip_is_about_the_message_right_before_it():
    assert read(said("打错了"), said("13888880001", "多少钱")).withdraws == ()


@pytest.mark.parametrize(
    "text", ["微信写错了 是abc_wx2021", "应该是abc_wx2021", "微信写错了，应该是abc_wx2021", "不对，是abc_wx2021"]
)
def test_a_corrected_wechat_id_replaces_the_old_one_and_leaves_the_phone(text: str):
    seen = read(said(text), said("电话13888880001", "加我微信 abc_wx2020"))

    assert [each.value for each in seen.contacts] == ["abc_wx2021"]
    assert seen.withdraws == ("abc_wx2020",)


def test_only_the_named_kind_is_taken_back():
    before = said("加我微信 abc_wx2020", "13888880001")

    assert read(said("微信错了"), before).withdraws == ("abc_wx2020",)
    assert read(said("微信错了"), said("13888880001")).withdraws == ()


def test_without_an_id_before_it_a_word_after_should_be_is_none():
    assert read(said("应该是abc_wx2021"), said("13888880001")).contacts == ()


@pytest.mark.parametrize("text", ["别给我打电话，13800138000是我老婆的", "don't call me, 13800138000 is my wife's"])
def test_anothers_number_beside_a_no_to_calls_is_none(text: str):
    assert read(said(text)).contacts == ()


def test_anothers_number_given_to_be_called_stands():
    assert [each.value for each in read(said("13800138000是我老婆的，打给她")).contacts] == ["+8613800138000"]
