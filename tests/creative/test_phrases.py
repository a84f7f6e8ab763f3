import itertools

from creative.phrases import speaking_weight, split_phrases, time_phrases


def test_a_line_is_cut_at_its_punctuation_and_trailing_commas_are_dropped():
    assert split_phrases("下午三点还犯困？来一瓶澄夜冷萃，12 小时低温慢萃，0 蔗糖。", "zh-CN") == (
        "下午三点还犯困？",
        "来一瓶澄夜冷萃",
        "12 小时低温慢萃",
        "0 蔗糖",
    )


def test_a_price_is_never_cut():
    phrases = split_phrases("今天下单整整一箱只要¥1,299.00元还送一个漂亮的保温杯", "zh-CN")

    assert any("¥1,299.00元" in phrase for phrase in phrases)


def test_a_long_sentence_is_halved_between_words():
    phrases = split_phrases("这杯咖啡从晚上十点开始慢慢滴到第二天早上十点", "zh-CN")

    assert max(map(len, phrases)) <= 13
    assert "".join(phrases) == "这杯咖啡从晚上十点开始慢慢滴到第二天早上十点"


def test_english_is_cut_between_words():
    assert split_phrases("Three in the afternoon and your eyes are closing?", "en") == (
        "Three in the afternoon",
        "and your eyes are closing?",
    )


def test_phrases_stand_back_to_back_over_the_whole_stretch():
    spans = time_phrases(("39.9 元一瓶", "第二件半价", "今晚下单"), 4, 100)

    assert spans[0][0] == 4
    assert spans[-1][1] == 100
    assert all(left[1] == right[0] for left, right in itertools.pairwise(spans))


def test_digits_take_longer_to_say_than_latin_letters():
    assert speaking_weight("39.9") > speaking_weight("abcd")
