import pytest

from creative.bulk.fact_changes import FactChange


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("澄夜冷萃 ¥39.9，第二件半价", "澄夜冷萃 ¥45，第二件半价"),
        ("只要39.9元", "只要45元"),
        ("39.90元，就是39块9", "45元，就是45块"),
        ("39块9毛", "45块"),
        ("三十九块九带走", "45元带走"),
        ("现在39.9", "现在45元"),
        ("￥39.9，¥ 39.9/瓶", "￥45，¥ 45/瓶"),
        ("139.9元不是39.9元", "139.9元不是45元"),
        ("¥39.95和¥139.9都不是", "¥39.95和¥139.9都不是"),
        ("39分钟，9.9折", "39分钟，9.9折"),
    ],
)
def test_a_price_is_changed_in_whatever_way_it_is_written(text, changed):
    assert FactChange("¥39.9", "¥45", "zh-CN").apply(text) == changed


@pytest.mark.parametrize(
    ("new", "text", "changed"),
    [
        ("¥42.5", "39块9，39块9毛，三十九块九", "42块5，42块5毛，42.5元"),
        ("¥42.55", "39块9", "42.55元"),
        ("¥40", "39块9", "40块"),
        ("1299元", "¥39.9，39块9", "¥1299，1299块"),
        ("$5.99", "¥39.9，39.9元", "$5.99，5.99美元"),
    ],
)
def test_a_new_price_is_written_as_people_write_it(new, text, changed):
    assert FactChange("39.90元", new, "zh-CN").apply(text) == changed


def test_prices_in_english():
    change = FactChange("$39.90", "$1299", "en")

    assert change.apply("Only $39.9 today. USD 39.90, or 39.90 dollars") == (
        "Only $1,299 today. USD 1,299, or 1,299 dollars"
    )


def test_a_price_the_advertiser_words_itself_is_taken_word_for_word():
    assert FactChange("¥39.9/瓶", "两瓶¥69", "zh-CN").apply("¥39.9/瓶") == "两瓶¥69"


@pytest.mark.parametrize(
    ("old", "new", "text", "changed"),
    [
        ("第二件半价", "买二送一", "现在第二件半价！", "现在买二送一！"),
        ("8折", "7折", "不是18折，是8折", "不是18折，是7折"),
        ("12 小时低温慢萃", "14 小时低温慢萃", "足足12小时，12 小时低温慢萃", "足足14小时，14 小时低温慢萃"),
        ("12 小时低温慢萃", "14 小时低温慢萃", "每天12点，等你", "每天12点，等你"),
        ("https://example.com/c", "https://example.com/d", "example.com/c", "example.com/d"),
        ("GL-280", "GL-300", "GL-2800 or GL-280", "GL-2800 or GL-300"),
    ],
)
def test_other_facts_are_changed_word_for_word_and_number_for_number(old, new, text, changed):
    assert FactChange(old, new, "zh-CN").apply(text) == changed


def test_an_unchanged_fact_changes_nothing():
    assert FactChange("¥39.9", "¥39.9", "zh-CN").apply("39块9") == "39块9"
