import itertools

from creative.phrase_times import speaking_weight, time_phrases


def test_phrases_stand_back_to_back_over_the_whole_stretch():
    spans = time_phrases(("39.9 元一瓶", "第二件半价", "今晚下单"), 4, 100)

    assert spans[0][0] == 4
    assert spans[-1][1] == 100
    assert all(left[1] == right[0] for left, right in itertools.pairwise(spans))


def test_digits_take_longer_to_say_than_latin_letters():
    assert speaking_weight("39.9") > speaking_weight("abcd")
