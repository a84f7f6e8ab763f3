"""What is written, and what is said for it."""

from __future__ import annotations

import pytest

from generation.engines.voiceover.spoken_form import spoken_form, spoken_pieces

CHINESE = {
    "¥39.9": "三十九块九",
    "只要39.9元": "只要三十九块九",
    "¥39.95": "三十九块九毛五",
    "¥40": "四十块",
    "¥2": "两块",
    "¥0.5": "五毛",
    "¥5.05": "五块零五分",
    "¥1,299": "一千二百九十九块",
    "39元": "三十九元",
    "$9.99": "九点九九美元",
    "50%": "百分之五十",
    "8.5折": "八五折",
    "8 折": "八折",
    "买2送1": "买二送一",
    "2杯": "两杯",
    "每天2次": "每天两次",
    "第2杯半价": "第二杯半价",
    "12杯": "十二杯",
    "105": "一百零五",
    "110克": "一百一十克",
    "1001": "一千零一",
    "12,800": "一万二千八百",
    "100200": "十万零二百",
    "10010000": "一千零一万",
    "2026年5月12日": "二零二六年五月十二日",
    "8:30": "八点半",
    "2:05": "两点零五分",
    "1/2": "二分之一",
    "5-7天": "五到七天",
    "12~14小时": "十二到十四小时",
    "500ml": "五百毫升",
    "1.5L": "一点五升",
    "10000mAh": "一万毫安时",
    "65W": "六十五瓦",
    "5g": "五克",
    "5G手机": "五G手机",
    "400-820-8820": "四零零八二零八八二零",
    "USB口": "U S B口",
    "Nike鞋": "Nike鞋",
    "好喝,不贵!": "好喝，不贵！",
    "「澄夜」冷萃": "澄夜冷萃",
}

ENGLISH = {
    "Only $39.9 today": "Only 39 dollars 90 today",
    "$9.99": "9 dollars 99",
    "$1": "1 dollar",
    "$0.50": "50 cents",
    "¥39.9": "39.9 yuan",
    "50% off": "50 percent off",
    "500ml": "500 milliliters",
    "1 kg": "1 kilogram",
    "5G": "5 G",
    "3-5 days": "3 to 5 days",
    "1,200 reviews": "1200 reviews",
    "Tom & Jerry": "Tom and Jerry",
    "Don't wait (really)!": "Don't wait really!",
}


@pytest.mark.parametrize("written", CHINESE)
def test_chinese_is_said_as_people_say_it(written: str) -> None:
    assert spoken_form(written, "zh-CN") == CHINESE[written]


@pytest.mark.parametrize("written", ENGLISH)
def test_english_is_said_as_people_say_it(written: str) -> None:
    assert spoken_form(written, "en") == ENGLISH[written]


@pytest.mark.parametrize(
    ("line", "language"), [*((line, "zh-CN") for line in CHINESE), *((line, "en") for line in ENGLISH)]
)
def test_pieces_tile_the_written_line(line: str, language: str) -> None:
    pieces = spoken_pieces(line, language)

    assert "".join(piece.written for piece in pieces) == line
    assert all(piece.written for piece in pieces)


def test_an_amount_is_one_piece() -> None:
    words = [piece.written for piece in spoken_pieces("只要¥39.9！", "zh-CN") if piece.is_word]

    assert words == ["只", "要", "¥39.9"]
