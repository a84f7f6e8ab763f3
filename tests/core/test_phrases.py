"""Words and numbers stay whole; a line falls into the phrases a reader would pause at."""

import pytest

from core.phrases import amounts, pieces, reading_weight, split_phrases, split_takes


def test_prices_numbers_with_their_units_and_latin_words_stay_whole():
    for whole in ("¥39.9", "12 小时", "20分钟", "shouldn't", "AI", "100%"):
        assert f"{whole}，" in pieces(f"每天喝{whole}，真的")


@pytest.mark.parametrize(
    ("line", "language", "phrases"),
    [
        (
            "早上八点,地铁口的队伍排到马路上,一杯咖啡要等二十分钟。",
            "zh-CN",
            ("早上八点", "地铁口的队伍排到马路上", "一杯咖啡要等二十分钟"),
        ),
        ("冷萃咖啡液，三秒冲开，一杯只要¥3.3!", "zh-CN", ("冷萃咖啡液，三秒冲开", "一杯只要¥3.3!")),
        (
            "Pour, add water, done in 3 seconds. Only $12.90 today!",
            "en",
            ("Pour, add water", "done in 3 seconds", "Only $12.90 today!"),
        ),
        (
            "下午三点还犯困？来一瓶澄夜冷萃，12 小时低温慢萃，0 蔗糖。",
            "zh-CN",
            ("下午三点还犯困？", "来一瓶澄夜冷萃", "12 小时低温慢萃", "0 蔗糖"),
        ),
        ("Only $4.99. Order today.", "en", ("Only $4.99", "Order today")),
        ("用的是95% 棉 5% 氨纶。", "zh-CN", ("用的是95% 棉 5% 氨纶",)),
    ],
)
def test_a_spoken_line_is_cut_into_caption_phrases(line, language, phrases):
    assert split_phrases(line, language) == phrases


def test_a_price_is_never_cut():
    phrases = split_phrases("今天下单整整一箱只要¥1,299.00元还送一个漂亮的保温杯", "zh-CN")

    assert any("¥1,299.00元" in phrase for phrase in phrases)


def test_a_long_sentence_is_cut_between_words_into_parts_of_like_length():
    phrases = split_phrases("这杯咖啡从晚上十点开始慢慢滴到第二天早上十点", "zh-CN")

    assert max(map(len, phrases)) <= 13
    assert "".join(phrases) == "这杯咖啡从晚上十点开始慢慢滴到第二天早上十点"


def test_english_is_cut_between_words():
    assert split_phrases("Three in the afternoon and your eyes are closing again?", "en") == (
        "Three in the afternoon and",
        "your eyes are closing again?",
    )


def test_amounts_come_with_their_sign_and_unit():
    assert amounts("12 小时低温慢萃，每瓶 280 毫升，¥39.9，省 20%") == ["12 小时", "280 毫升", "¥39.9", "20%"]


def test_marks_take_hardly_any_reading():
    assert reading_weight("冷萃咖啡，") < reading_weight("冷萃咖啡液")


def test_a_text_is_said_in_takes_of_whole_sentences_and_a_short_end_goes_with_the_last():
    text = "夜里加班，想喝一杯不苦的咖啡？澄夜冷萃，零糖零脂。一瓶 19.9 元！\n好。"

    assert split_takes(text, 12.0, 200) == (
        "夜里加班，想喝一杯不苦的咖啡？",
        "澄夜冷萃，零糖零脂。一瓶 19.9 元！ 好。",
    )


def test_a_sentence_without_an_end_is_cut_at_commas_then_between_words():
    takes = split_takes("夜里加班，" * 9 + "一二三四五" * 9, 12.0, 20)

    assert "".join(takes) == "夜里加班，" * 9 + "一二三四五" * 9
    assert max(map(len, takes)) <= 20


def test_a_word_longer_than_a_take_may_be_is_cut():
    assert split_takes("a" * 45 + " and on", 12.0, 20) == ("a" * 20, "a" * 20, "a" * 5 + " and on")


def test_what_has_nothing_to_say_is_no_take():
    assert split_takes(" …！\n", 12.0, 20) == ()
