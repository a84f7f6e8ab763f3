"""Nobody's number, address or account leaves for a language model; the answer has it again."""

from __future__ import annotations

import json

import pytest

from core.llm.masking import Masking


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("打我电话13800138000吧", "打我电话[phone-1]吧"),
        ("138-0013-8000 or +86 138 0013 8000", "[phone-1] or [phone-2]"),
        ("call +44 7700 900123 today", "call [phone-1] today"),
        ("座机 010-62345678", "座机 [phone-1]"),
        ("write to li.lei+ads@example.com.", "write to [email-1]."),
        ("我的微信号：li_lei88，加我", "我的微信号：[wechat-1]，加我"),
        ("vx li-lei2020", "vx [wechat-1]"),
        ("身份证11010519491231002X", "身份证[identity-1]"),
        ("卡号 6222 0212 3456 7894", "卡号 [card-1]"),
    ],
)
def test_what_reaches_or_names_a_person_is_hidden(text: str, hidden: str) -> None:
    masking = Masking([text])

    assert masking.hide(text) == hidden
    assert masking.restore(hidden) == text


@pytest.mark.parametrize(
    "text",
    [
        "29.9元一包，2026-11-23前买二送一",
        "热线 400-800-1234",
        "容量1000毫升，编号 20261123001",
        "110105194912310021",
        "微信支付立减",
        "+2024 new buyers, +20 30 more",
        "2048×1080, 1,299,000 sold, ±0.5%",
    ],
)
def test_prices_sizes_dates_and_hotlines_stay(text: str) -> None:
    assert Masking([text]).hide(text) == text


def test_the_same_number_has_one_mark_and_a_mark_somebody_typed_is_not_used() -> None:
    text = "13800138000 13900139000 13800138000 [phone-1]"
    masking = Masking([text])

    assert masking.hide(text) == "[phone-2] [phone-3] [phone-2] [phone-1]"
    assert masking.restore("[phone-1] [phone-3]") == "[phone-1] 13900139000"


def test_a_json_answer_stays_json() -> None:
    masking = Masking()
    masking.hide("li@example.com, 13800138000")

    assert json.loads(masking.restore('{"text": "[email-1] / [phone-1]"}')) == {"text": "li@example.com / 13800138000"}


def test_a_mark_that_comes_in_pieces_is_put_together() -> None:
    masking = Masking()
    masking.hide("13800138000")

    pieces = [
        masking.restore_piece(piece)
        for piece in ("call ", "[pho", "ne-", "1] or [", "x", "] [never closed at all", " [ph")
    ]

    assert pieces == ["call ", "", "", "13800138000 or ", "", "[x] [never closed at all", " "]
    assert masking.rest() == "[ph"
