"""Sealed, found again, masked, shredded."""

from __future__ import annotations

import pytest

from agentbot.models import PiiKey
from agentbot.pii import blind_index, mask, mask_text, new_key, seal, unseal, unwrap_key, wrap_key


def test_what_is_sealed_opens_under_its_own_key_alone():
    key = new_key()
    sealed = seal(key, "13800138000 你好")
    assert unseal(key, sealed) == "13800138000 你好"
    assert b"13800138000" not in sealed
    with pytest.raises(ValueError, match="another key"):
        unseal(new_key(), sealed)


def test_the_same_words_never_look_the_same():
    key = new_key()
    assert seal(key, "x") != seal(key, "x")


def test_a_wrapped_key_unwraps():
    key = new_key()
    assert unwrap_key(wrap_key(key)) == key


def test_once_the_key_is_gone_nothing_opens():
    key = new_key()
    row = PiiKey(wrapped=wrap_key(key))
    sealed = seal(key, "secret")
    assert row.open(sealed) == "secret"
    row.wrapped = None
    assert row.open(sealed) == ""


def test_the_index_is_equal_for_equal_values_within_an_advertiser():
    assert blind_index("a", "phone", "+8613800138000") == blind_index("a", "phone", "+8613800138000")
    assert blind_index("a", "phone", "+8613800138000") != blind_index("b", "phone", "+8613800138000")


@pytest.mark.parametrize(
    ("value", "shown"),
    [("+8613800138000", "138****8000"), ("zhang@example.com", "z***@example.com"), ("wx_abc", "w***")],
)
def test_contacts_are_shown_masked(value, shown):
    assert mask(value) == shown


def test_numbers_and_addresses_in_a_text_are_masked_and_the_rest_stays():
    assert mask_text("打 138 0013 8000 或 zhang@example.com，39.9 元") == "打 138****8000 或 z***@example.com，39.9 元"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话一三八零零一三八零零零，谢谢", "电话138****8000，谢谢"),
        ("138oo138ooo 找我", "138****8000 找我"),
        ("加微信 abc_wx2020，或wx: zhangsan88", "加微信 a***，或wx: z***"),
        ("不是13900139000，是13800138000", "不是139****9000，是138****8000"),
        ("应该是abc_wx2021", "应该是a***"),
        ("+44 7911 123456 or a.b@mail.example.com", "+44****3456 or a***@mail.example.com"),
        ("订单号幺三八零零幺三八零零零", "订单号****"),
        (
            "X3 2023 款 129,800 元，首付 20%，9:00 到 18:30，36 期",
            "X3 2023 款 129,800 元，首付 20%，9:00 到 18:30，36 期",
        ),
    ],
)
def test_contacts_are_masked_however_they_are_written(text, shown):
    assert mask_text(text) == shown


def test_what_is_masked_stays_as_it_is():
    once = mask_text("微信 abc_wx2020，电话 13800138000，z@example.com")

    assert mask_text(once) == once
