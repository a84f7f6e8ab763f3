"""A sentence becomes an utterance."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from avatar.contracts import SAMPLES_A_TICK, Cue, Utterance
from avatar.speech.cut_points import QUIET_BELOW, QUIET_SAMPLES
from avatar.speech.visemes import SHORTEST_KEY
from avatar.speech.voicing import voice_answer, voice_sentence
from core.errors import InputError
from tests.avatar.speech.spoken import EN, ZH, samples_of


@pytest.fixture(params=["zh", "en"])
def utterance(request: pytest.FixtureRequest) -> Utterance:
    return request.getfixturevalue(request.param)


def test_chinese_has_a_time_for_every_character_and_one_for_the_price(zh: Utterance):
    assert [word.text for word in zh.words][:6] == ["今", "天", "只", "要", "39.9元", "第"]
    assert all(zh.text[word.character :].startswith(word.text) for word in zh.words)


def test_english_has_a_time_for_every_word(en: Utterance):
    assert [word.text for word in en.words][:5] == ["It's", "only", "$4.99", "today", "and"]


def test_words_ascend_within_the_samples(utterance: Utterance):
    assert all(0 <= word.start < word.end <= utterance.samples for word in utterance.words)
    assert all(before.end <= after.start + 1 for before, after in pairwise(utterance.words))


def test_clauses_cover_the_whole_and_each_lasts_about_a_breath(utterance: Utterance):
    assert utterance.clauses[0].start == 0
    assert utterance.clauses[-1].end == utterance.samples
    assert all(before.end == after.start for before, after in pairwise(utterance.clauses))
    assert all(0.6 <= (clause.end - clause.start) / 48_000 <= 4.0 for clause in utterance.clauses)


def test_clauses_are_those_of_the_text(zh: Utterance, en: Utterance):
    assert [clause.text for clause in zh.clauses] == [
        "今天只要39.9元，",
        "第二件半价，",
        "想要的朋友点下方链接，",
        "给自己带一瓶。",
    ]
    assert [clause.text for clause in en.clauses] == [
        "It's only $4.99 today,",
        "and the second bottle is half price,",
        "so tap the link below.",
    ]


def test_it_is_quiet_where_it_may_be_cut(utterance: Utterance):
    samples = samples_of(utterance).astype(np.float64) / 32767
    for clause in utterance.clauses[:-1]:
        before = samples[clause.end + 480 - QUIET_SAMPLES : clause.end]

        assert float(np.sqrt((before**2).mean())) < QUIET_BELOW


def test_no_word_lies_across_two_clauses(utterance: Utterance):
    for word in utterance.words:
        assert any(clause.start <= word.start and word.end <= clause.end for clause in utterance.clauses)


def test_the_first_sound_comes_one_tick_after_the_start(utterance: Utterance):
    samples = samples_of(utterance)
    heard = np.flatnonzero(np.abs(samples) > 200)

    assert utterance.samples == len(samples)
    assert len(samples) % SAMPLES_A_TICK == 0
    assert abs(int(heard[0]) - SAMPLES_A_TICK) < 480
    assert 0.2 <= (len(samples) - int(heard[-1])) / 48_000 < 0.35


def test_it_is_as_loud_as_a_programme_should_be(utterance: Utterance):
    from generation.sound.dynamics import true_peak_db
    from generation.sound.loudness import integrated_lufs

    samples = samples_of(utterance).astype(np.float64) / 32767

    assert -17.5 <= integrated_lufs(samples) <= -15.5
    assert true_peak_db(samples[:, None]) <= -1.4


def test_shapes_stand_long_enough_to_be_seen(utterance: Utterance):
    keys = utterance.visemes

    assert (keys[0].viseme, keys[0].start) == ("sil", 0)
    assert keys[-1].viseme == "sil"
    assert all(after.start - before.start >= SHORTEST_KEY for before, after in pairwise(keys))
    assert all(before.viseme != after.viseme for before, after in pairwise(keys))
    assert 6 <= len(keys) / (utterance.samples / 48_000) <= 14


def test_lips_close_for_every_word_that_begins_with_them(zh: Utterance):
    closures = [key.start for key in zh.visemes if key.viseme == "PP"]
    for word in (word for word in zh.words if word.text in "半朋瓶"):
        assert any(abs(start - word.start) < 48_000 * 0.08 for start in closures), word.text


def test_espeak_says_that_it_is_espeak(zh: Utterance):
    assert zh.degraded == ("voice:espeak",)


def test_a_cue_lands_on_its_word():
    found = voice_sentence(ZH, "zh-CN", "bright", cues=(Cue("gesture", "point", ZH.index("链接")),))
    link = next(word for word in found.words if word.text == "链")

    assert found.cues == (Cue("gesture", "point", ZH.index("链接"), link.start),)


def test_the_same_sentence_is_voiced_once(zh: Utterance):
    assert zh.path is not None
    before = zh.path.stat().st_mtime_ns
    again = voice_sentence(ZH, "zh-CN", "bright", kind="answer")

    assert again.path == zh.path
    assert again.kind == "answer"
    assert (again.words, again.visemes, again.clauses) == (zh.words, zh.visemes, zh.clauses)
    assert zh.path.stat().st_size > 0
    assert before > 0


def test_a_damaged_sentence_is_voiced_again():
    first = voice_sentence("再来一遍。", "zh-CN")
    assert first.path is not None
    whole = first.path.read_bytes()
    first.path.write_bytes(whole[:100])

    assert voice_sentence("再来一遍。", "zh-CN").path == first.path
    assert first.path.read_bytes() == whole


def test_delight_sounds_otherwise_than_calm():
    calm = voice_sentence("欢迎大家。", "zh-CN", emotion="calm")
    delight = voice_sentence("欢迎大家。", "zh-CN", emotion="delight")

    assert calm.path != delight.path
    assert calm.samples > delight.samples


def test_an_answer_comes_sentence_by_sentence():
    text = "价格是39.9元。点下方链接就能看到。"
    answer = list(voice_answer(text, "zh-CN", cues=(Cue("gesture", "point", text.index("链接")),)))

    assert [each.text for each in answer] == ["价格是39.9元。", "点下方链接就能看到。"]
    assert [len(each.cues) for each in answer] == [0, 1]
    assert answer[1].cues[0].character == 3


def test_english_in_a_chinese_sentence_is_said():
    found = voice_sentence("我是 AI 数字人主播。", "zh-CN")

    assert [word.text for word in found.words] == ["我", "是", "AI", "数", "字", "人", "主", "播"]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("……大家好，欢迎来到直播间。", ["……大家好，", "欢迎来到直播间。"]),
        ("「39.9元」，真的只要39.9元！！！", ["「39.9元」，", "真的只要39.9元！！！"]),
        ("大家好，（欢迎）……😀", ["大家好，（欢迎）……😀"]),
    ],
)
def test_marks_without_words_belong_to_a_clause_with_words(text: str, clauses: list[str]):
    assert [clause.text for clause in voice_sentence(text, "zh-CN").clauses] == clauses


def test_nothing_to_say_is_refused():
    with pytest.raises(InputError, match="nothing in it to say"):
        voice_sentence("……！", "zh-CN")


def test_the_english_sentence_is_spelled_out(en: Utterance):
    assert en.text == EN
