"""Contacts in single messages, each way of writing for itself."""

from __future__ import annotations

import json

import pytest

from agentbot.contacts import find_contacts, scan
from agentbot.management.commands.extract_contacts import answer

MOBILE = "+8613800138000"


def values(text: str) -> list[str]:
    return [each.value for each in find_contacts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "13800138000", "138 0013 8000", "138-0013-8000", "138.0013.8000", "+86 138 0013 8000", "0086-13800138000", "(+86) 138-0013-8000",
        "一三八零零一三八零零零", "幺三八〇〇幺三八〇〇〇", "幺三八，零零幺三，八零零零", "138oo138ooo", "l38OOl38OOO", "13800I38000", "１３８－００１３－８０００", "v:wx13800138000",
        "电话13800138000一会打", "①③⑧⓪⓪①③⑧⓪⓪⓪", "138\u200b0013\u200b8000", "1 3 8 0 0 1 3 8 0 0 0", "1三8零零1三8零零零",
    ],
)  # fmt: skip
def test_a_mobile_is_found_however_it_is_written(text: str):
    (found,) = find_contacts(text)

    assert (found.type, found.value, found.status) == ("phone", MOBILE, "valid")


@pytest.mark.parametrize(
    "text",
    [
        "136****5678", "手机尾号5678", "400-820-8820", "打10086没人接", "95588", "110101199003071234", "11010119900307123X", "订单号13800138000", "快递单号13800138000123",
        "13800138000元", "¥13800138000", "12.98万", "2026-11-22 13:00", "6217 0013 8001 3900 123", "1380013800", "138001380001", "call 1-800-555-0199", "+1 800 555 0199",
        "https://shop.example/item/13800138000", "刚才13800138000打给我的是你们吗", "你们的电话是13800138000吗", "一三五限行", "icon@2x.png", "ab***@qq.com", "微信支付可以吗",
    ],
)  # fmt: skip
def test_what_is_nobodys_contact_is_left_alone(text: str):
    assert find_contacts(text) == ()


def test_a_landline_is_to_be_confirmed():
    (found,) = find_contacts("座机010-62345678转8001")

    assert (found.value, found.status) == ("+861062345678", "to_confirm")


def test_foreign_numbers_need_their_plus_and_american_ones_a_word_of_calling():
    assert values("+44 7911 123456") == ["+447911123456"]
    assert [(each.value, each.status) for each in find_contacts("call me on 415-555-2671")] == [
        ("+14155552671", "to_confirm")
    ]
    assert values("item 415-555-2671") == []


def test_email_addresses_are_lower_case_and_slips_to_be_confirmed():
    assert values("Mail Lily.Wang＠QQ.com") == ["lily.wang@qq.com"]
    assert values("john.smith at gmail dot com") == ["john.smith@gmail.com"]
    assert [each.status for each in find_contacts("li@gmail.con")] == ["to_confirm"]


def test_a_wechat_id_is_kept_as_typed():
    (found,) = find_contacts("加我微信:Lily_2020,备注买车")

    assert (found.type, found.value) == ("wechat", "Lily_2020")


def test_the_span_points_into_the_message_as_typed():
    text = "我的号是１３８\u200b００１３８０００哦"
    (found,) = find_contacts(text)

    assert text[found.start : found.end] == "１３８\u200b００１３８０００"


@pytest.mark.parametrize(
    "text",
    [
        "不是13900139000，是13800138000", "13900139000打错了，13800138000", "13800138000，不是13900139000", "Sorry, not 13900139000, I meant 13800138000",
        "13900139000（旧），13800138000（新）", "use 13800138000 instead of 13900139000", "13900139000停机了,打13800138000",
    ],
)  # fmt: skip
def test_a_corrected_number_drops_out_and_is_named(text: str):
    seen = scan(text)

    assert [each.value for each in seen.contacts] == [MOBILE]
    assert seen.withdraws == ("+8613900139000",)


def test_two_numbers_that_both_stand_are_both_found():
    assert values("13800138000打不通就打13900139000") == [MOBILE, "+8613900139000"]
    assert scan("没写错,就是13800138000").withdraws == ()


def test_a_masked_or_short_number_deserves_a_question():
    assert scan("我的电话是138****5678").is_partial
    assert scan("电话1380013800").is_partial
    assert not scan("订单1380013800").is_partial


def test_a_line_of_json_answers_with_a_line_of_json():
    assert json.loads(answer('{"text": "电话13800138000"}', 1)) == {
        "contacts": [{"type": "phone", "value": MOBILE, "status": "valid"}]
    }
    assert json.loads(answer("\n", 1)) == {"contacts": []}
    assert "line 3" in json.loads(answer("[1]", 3))["error"]
