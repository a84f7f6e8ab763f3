"""Finding answers and prices in what an advertiser approves."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from agentbot.contracts import Article, Knowledge, PriceFact
from agentbot.knowledge import find_prices, index_for, price_text
from agentbot.packs import load_pack
from tests.agentbot.talking import CARS, MOTORS

TODAY = dt.date(2026, 11, 22)
DENTIST = load_pack("clinic", "zh-CN")
PRICES = (
    PriceFact("wash", "超声波洗牙", 19800, "CNY", "次"),
    PriceFact("implant", "种植牙", 698000, "CNY", "颗"),
    PriceFact("old", "冷光美白", 99900, "CNY", "次", "", "2026-10-01"),
    PriceFact("soon", "儿童涂氟", 12000, "CNY", "次", "2026-12-01", ""),
)


def asked(question, context=()):
    return [fact.id for fact in find_prices(question, context, PRICES, DENTIST, TODAY).facts]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("征信有逾期能办吗", "征信有过逾期的客户,可以先做一次预审,预审不留查询记录。"),
        ("你们几点开门", "门店在杭州市滨江区江南大道 88 号,每天 9:00 到 18:00 营业。"),
        ("续航有多少", "标准续航 520 公里。"),
    ],
)
def test_a_question_finds_its_sentence(question, expected):
    assert index_for(CARS).find(question)[0].sentence.text == expected


@pytest.mark.parametrize("question", ["能带狗吗", "轮胎是什么牌子", "天窗能打开吗", "你们老板姓什么"])
def test_what_nothing_approved_speaks_of_is_not_found(question):
    assert index_for(CARS).find(question) == []


def test_an_english_question_finds_its_sentence():
    assert "soft check" in index_for(MOTORS).find("I missed some payments, does my credit matter?")[0].sentence.text
    assert index_for(MOTORS).find("Do you sell motorbikes?") == []


def test_an_faq_is_found_by_its_question_and_quoted_by_its_answer():
    knowledge = Knowledge(
        "a",
        "A",
        "zh-CN",
        "clinic",
        (Article("1", "常见问题", "问:可以刷医保吗?\n答:洗牙不在报销范围。\n问:停车方便吗?\n答:楼下有停车场。"),),
    )

    assert index_for(knowledge).find("医保能报销吗")[0].sentence.text == "洗牙不在报销范围。"


def test_everything_a_question_names_has_to_be_in_the_items_name():
    assert asked("洗牙多少钱") == ["wash"]
    assert asked("种牙多少钱一颗") == ["implant"]
    assert asked("拔牙多少钱") == []


def test_prices_out_of_force_are_not_quoted():
    assert asked("冷光美白多少钱") == []
    assert asked("儿童涂氟什么价格") == []


def test_a_question_that_names_nothing_takes_what_was_spoken_of():
    assert asked("多少钱", ("想做种植牙",)) == ["implant"]
    assert asked("多少钱") == ["wash", "implant"]


def test_prices_are_written_as_people_write_them():
    assert price_text(PRICES[1], "zh-CN") == "6,980 元/颗"
    assert price_text(PriceFact("a", "a", 3990, "USD", "month"), "en") == "$39.90 per month"
    assert price_text(PriceFact("a", "a", 399, "%"), "zh-CN") == "3.99%"
    assert price_text(PriceFact("a", "a", 5000, "JPY"), "en") == "¥5,000"


def test_a_question_costs_less_than_three_milliseconds_of_processor_time():
    articles = tuple(
        Article(f"a{at}", f"说明 {at}", f"第{at}条,预约要提前{at}天。门店在 {at} 号。保养每 {at} 个月一次。")
        for at in range(1, 101)
    )
    index = index_for(Knowledge("big", "B", "zh-CN", "car", articles, (), "1"))
    index.find("热身")
    began = time.process_time()
    for at in range(50):
        index.find(f"预约要提前几天,第{at}条怎么说")
    assert (time.process_time() - began) / 50 < 0.003 * 4


def test_an_index_is_kept_until_the_version_changes():
    assert index_for(CARS) is index_for(CARS)
