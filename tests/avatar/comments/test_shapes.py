"""Width, emoji, drawn-out letters and repeats aside, two comments are the same or not."""

from __future__ import annotations

import pytest

from avatar.comments.addressing import asked_by, opening
from avatar.comments.moderation import refusal, shown_text, spoken_name
from avatar.comments.shapes import shape


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("多少钱？？？？", "多少钱?"),
        ("ＨＯＷ　ＭＵＣＨ", "how much"),
        ("哈哈哈哈哈哈", "哈哈"),
        ("sooooo good", "soo good"),
        ("多少钱多少钱多少钱", "多少钱"),
        ("求链接🔗🔗[捂脸][rose]", "求链接"),
        ("1000 元", "1000 元"),
        ("👍🏽👨‍👩‍👧", ""),
    ],
)
def test_a_comment_has_one_shape(written, text):
    assert shape(written).text == text


def test_repeats_and_marks_do_not_make_another_comment():
    assert shape("多少钱啊啊啊啊！！").key == shape("多少钱啊").key


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("傻 逼", "abuse"),
        ("sha逼", "abuse"),
        ("草.尼.玛", "abuse"),
        ("cao你ma", "abuse"),
        ("ｆｕｃｋ", "abuse"),
        ("法伦功", "politics"),
        ("fa lun gong", "politics"),
        ("加微❤信", "ad"),
        ("加+V了解", "ad"),
        ("一三八零零一三八零零零", "contact"),
        ("138🍎0013🍎8000", "contact"),
    ],
)
def test_disguised_words_are_still_those_words(written, reason):
    assert refusal(written, "zh-CN") == reason


@pytest.mark.parametrize(
    "written",
    ["有啥比这个好", "草莓味", "你吗", "妈妈的", "杀币多少", "微信支付可以吗", "重庆法轮胎厂", "class", "Scunthorpe", "assess", "黄色的", "大家好", "功能怎么样", "我操心这个", "日用品", "干你的活"],
)  # fmt: skip
def test_words_that_only_sound_or_look_alike_pass(written):
    assert refusal(written, "zh-CN") is None


@pytest.mark.parametrize(
    ("viewer", "said"),
    [
        ("小李", "小李"),
        ("🌸小李🌸", "小李"),
        ("Lin", "Lin"),
        ("傻逼主播", ""),
        ("官方客服", ""),
        ("加微信abc123", ""),
        ("13800138000", ""),
        ("一个名字非常非常非常非常非常长的人", ""),
        ("🌸🌸", ""),
    ],
)
def test_a_name_is_said_only_when_it_passes(viewer, said):
    assert spoken_name(viewer, "zh-CN") == said


def test_who_asked_comes_before_the_answer():
    assert opening(("小李",), "price", "zh-CN") == "小李，"
    assert opening(("小李",), "greeting", "zh-CN") == "小李你好。"
    assert opening(("小李", "阿强", "user_77"), "size", "zh-CN") == "有三位朋友在问规格。"
    assert opening(tuple("甲乙丙丁戊己庚辛壬癸"), "price", "zh-CN") == "有好几位朋友在问价格。"
    assert opening(("Ana", "Bo", "Cy"), "size", "en") == "Three of you are asking about the size."
    assert opening(("user_77",), "price", "zh-CN") == ""


def test_the_caption_names_nobody_who_may_not_be_named():
    assert asked_by(("小李",), "zh-CN") == "@小李"
    assert asked_by(("傻逼",), "zh-CN") == ""
    assert asked_by(("小李", "傻逼"), "zh-CN") == "2 位观众"


def test_contacts_in_a_comment_are_shown_masked():
    assert shown_text("打我电话13800138000") == "打我电话138****8000"
