"""When a guest takes the floor and gives it back, on a clock that is moved by hand."""

from __future__ import annotations

import pytest

from avatar.costream.end_of_turn import is_backchannel, silence_needed, units
from avatar.costream.turns import Ended, GaveBack, Took, TurnTaker

FRAME = 0.02


class Talk:
    """A guest who speaks and is silent for given stretches; what came of it, with the time."""

    def __init__(self) -> None:
        self.taker, self.at = TurnTaker(), 0.0
        self.changes: list[tuple[float, object]] = []

    def go_on(self, seconds: float, is_speech: bool, text: str = "", host_seconds: float = 60.0) -> None:
        for _ in range(round(seconds / FRAME)):
            self.at += FRAME
            for change in self.taker.hear(self.at, FRAME, is_speech, text, host_seconds):
                self.changes.append((round(self.at, 2), change))

    def settle(self, text: str) -> GaveBack | None:
        return self.taker.settle(text, 0.5)

    @property
    def kinds(self) -> list[type]:
        return [type(change) for _, change in self.changes]


def test_half_a_second_of_speech_takes_the_floor():
    talk = Talk()

    talk.go_on(0.48, is_speech=True)
    assert talk.kinds == []
    talk.go_on(0.04, is_speech=True)

    assert talk.changes == [(0.5, Took())]


def test_three_characters_take_it_sooner():
    talk = Talk()

    talk.go_on(0.2, is_speech=True, text="多少钱")

    assert talk.changes == [(0.02, Took())]


def test_in_the_hosts_first_second_a_listener_may_say_more():
    talk = Talk()

    talk.go_on(0.7, is_speech=True, host_seconds=0.5)
    assert talk.kinds == []
    talk.go_on(0.12, is_speech=True, host_seconds=0.9)

    assert talk.kinds == [Took]


def test_a_listener_who_nods_aloud_takes_no_floor_however_long():
    talk = Talk()

    talk.go_on(1.5, is_speech=True, text="嗯嗯对")
    talk.go_on(2.0, is_speech=False, text="嗯嗯对")

    assert talk.kinds == []


def test_a_finished_question_ends_after_half_a_second_of_silence():
    talk = Talk()
    talk.go_on(1.0, is_speech=True, text="一瓶多少钱")

    talk.go_on(0.5, is_speech=False, text="一瓶多少钱")

    assert talk.changes[-1] == (1.5, Ended(pytest.approx(0.5)))
    assert talk.settle("一瓶多少钱？") == GaveBack("turn", "一瓶多少钱？", 0.5)
    assert not talk.taker.has_floor


def test_an_unfinished_sentence_is_waited_for():
    talk = Talk()
    talk.go_on(1.0, is_speech=True, text="我想问然后")

    talk.go_on(1.3, is_speech=False, text="我想问然后")
    assert talk.kinds == [Took]
    talk.go_on(0.2, is_speech=False, text="我想问然后")

    assert talk.kinds[1] is Ended


def test_noise_is_a_false_alarm_after_two_seconds():
    talk = Talk()
    talk.go_on(0.8, is_speech=True)

    talk.go_on(0.76, is_speech=False)
    assert talk.kinds == [Took, Ended]
    assert talk.settle("") is None
    talk.go_on(1.3, is_speech=False)

    at, change = talk.changes[-1]
    assert change == GaveBack("false_alarm", "", pytest.approx(2.0))
    assert at == pytest.approx(2.8, abs=0.03)


def test_words_after_a_pause_without_words_go_on_with_the_turn():
    talk = Talk()
    talk.go_on(0.8, is_speech=True)
    talk.go_on(0.8, is_speech=False)
    talk.settle("")

    talk.go_on(0.6, is_speech=True, text="有没有大瓶的")
    talk.go_on(0.8, is_speech=False, text="有没有大瓶的")

    assert talk.kinds[-1] is Ended
    assert talk.settle("有没有大瓶的").why == "turn"


def test_a_short_question_is_one_all_the_same():
    talk = Talk()

    talk.go_on(0.3, is_speech=True, text="贵吗")
    talk.go_on(0.6, is_speech=False, text="贵吗")

    assert talk.kinds == [Took, Ended]


def test_a_cough_is_forgotten():
    talk = Talk()

    for _ in range(5):
        talk.go_on(0.2, is_speech=True)
        talk.go_on(0.8, is_speech=False)

    assert talk.kinds == []


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", 0.75),
        ("这个多少钱", 0.5),
        ("孕妇能喝吗", 0.5),
        ("How much is it", 0.5),
        ("我喜欢黑咖啡", 0.75),
        ("我想问一下因为", 1.4),
        ("嗯那个", 1.4),
        ("I like it but", 1.4),
        ("主播你好，", 1.4),
        ("Hello", 1.4),
    ],
)
def test_silence_is_read_by_the_last_words(text, seconds):
    assert silence_needed(text) == seconds


def test_chinese_counts_characters_and_english_words():
    assert units("多少钱一瓶") == 5
    assert units("how much is it?") == 4
    assert units("这个 SPF50 呢") == 4


@pytest.mark.parametrize("text", ["嗯", "嗯嗯嗯", "对对对", "好的", "uh-huh", "Okay, okay.", "yeah right"])
def test_nodding_aloud(text):
    assert is_backchannel(text)


@pytest.mark.parametrize("text", ["", "好喝吗", "okay how much", "对皮肤好吗"])
def test_no_nodding(text):
    assert not is_backchannel(text)
