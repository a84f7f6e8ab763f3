"""Answers whose rest is voiced while their beginning is on air; comments asked again of a brain that died."""

from __future__ import annotations

from dataclasses import replace

import pytest

from avatar.contracts import SAMPLE_RATE, Answer, Comment, Dropped, More
from avatar.live.airtime import LONGEST, Airtime, Waiting
from avatar.live.desk import Begun, Command, Done, Voiced
from avatar.live.programme import Programme
from avatar.live.schedule import spoken_bounds
from bench.live_talk import answer, utterance
from tests.avatar.live.room_talk import Room
from tests.avatar.live.test_engine import setup_in

SCRIPT = [utterance("a", (2, 2, 2)), utterance("b", (2, 2)), utterance("c", (3,))]


def part(name: str, words: int = 2):
    return utterance(name, (words,), "answer")


def opened(name: str = "one", expected: int = 0) -> Answer:
    return replace(answer(name, (1,)), is_open=True, text="the whole of it", expected=expected)


def more(room: Room, utterance=None, is_last: bool = False) -> None:
    length = 0 if utterance is None else utterance.samples
    if not room.airtime.extend(More((1,), utterance, is_last), length):
        room.floor.chooser.extend(More((1,), utterance, is_last), length, room.tick)


def test_an_answer_goes_on_air_with_its_first_sentence_and_ends_with_its_last():
    room = Room(SCRIPT)
    room.run(30)
    room.offer(opened())
    room.run_until("answer_started")
    more(room, part("two"))
    more(room, is_last=True)

    ended = room.run_until("answer_ended")

    assert room.of("answer_started")[0].fields["text"] == "the whole of it"
    assert ended.fields == {"comments": [1], "text": "one00 one01 one02. two00 two01."}
    assert room.of("answer_ended") == [ended]


def test_the_host_waits_for_the_rest_in_silence_but_not_for_long():
    room = Room(SCRIPT)
    room.run(30)
    room.offer(opened())
    started = room.run_until("answer_started")

    ended = room.run_until("answer_ended")

    room.run(2)
    assert ended.fields["text"] == "one00 one01 one02."
    assert 35 < ended.tick - started.tick - 20 < 45
    assert [each.fields["rule"] for each in room.of("resumed")] == ["clause"]


def test_the_rest_may_come_before_the_answer_is_on_air():
    room = Room(SCRIPT)
    room.airtime.is_paused = True
    room.run(30)
    room.offer(opened())
    more(room, part("two"))
    more(room, is_last=True)
    room.airtime.is_paused = False

    room.run_until("answer_ended")

    assert room.of("answer_started")[0].fields["text"] == "one00 one01 one02. two00 two01."


def test_an_operators_word_does_not_wait_for_the_rest():
    room = Room(SCRIPT)
    room.run(30)
    room.offer(opened())
    room.run_until("answer_started")
    room.run(25)
    room.offer(answer("operator", (), (2,), urgent=True))

    room.run(2)

    assert [each.event for each in room.events][-2:] == ["answer_ended", "answer_started"]


def test_what_would_make_it_longer_than_twenty_seconds_is_left_out():
    airtime = Airtime()
    airtime.offer(Waiting(opened(), 0, 0, LONGEST - SAMPLE_RATE))

    airtime.extend(More((1,), part("two"), False), 2 * SAMPLE_RATE)

    (left,) = airtime.waiting
    assert (len(left.answer.utterances), left.answer.is_open) == (1, False)


def test_it_only_begins_where_the_whole_of_it_would_find_air():
    airtime = Airtime()
    airtime.spent = 20 * SAMPLE_RATE
    airtime.offer(Waiting(opened(expected=10 * SAMPLE_RATE), 0, 0, SAMPLE_RATE))

    assert airtime.best(0) is None
    airtime.extend(More((1,), None, True), 0)
    assert airtime.best(0) is not None


class Desk:
    """A brain by hand: `said` is what it says next, `asked` what it was asked."""

    def __init__(self) -> None:
        self.said: list[Command] = []
        self.sent: list[tuple[str, dict]] = []

    def send(self, kind: str, **fields) -> None:
        self.sent.append((kind, fields))

    def take(self) -> list[Command]:
        said, self.said = self.said, []
        return said

    def take_until_done(self, asked: int, seconds: float) -> list[Command]:
        return [*self.take(), Done(asked)]

    def comments(self) -> list[int]:
        return [fields["comment"]["number"] for kind, fields in self.sent if kind == "comment"]


@pytest.fixture
def desk():
    return Desk()


def programme(desk: Desk, folder, **more: object) -> Programme:
    comments = tuple(Comment(number, "Lin", f"question {number}", number - 1.0) for number in (1, 2, 3))
    made = Programme(setup_in(folder, None, comments, is_paced=True, **more), desk, spoken_bounds)
    made.voices.script = dict(enumerate(SCRIPT))
    return made


def test_a_brain_that_died_over_comments_is_asked_for_them_again_when_it_is_back(desk, tmp_path):
    room = programme(desk, tmp_path)
    for tick in range(60):
        desk.said += [Begun(), Voiced(0, SCRIPT[0])] if tick == 0 else [Dropped(2, "small talk")] if tick == 30 else []
        room.advance(tick)
    assert desk.comments() == [1, 2, 3]
    desk.sent.clear()
    desk.said.append(Begun())

    events = room.advance(60)

    assert desk.comments() == [1, 3]
    assert [each for each in events if each.event == "comment_received"] == []


def test_comments_nobody_says_anything_to_are_written_down_as_too_late(desk, tmp_path):
    room = programme(desk, tmp_path)

    events = [each for tick in range(50 * 25) for each in room.advance(tick)]

    dropped = [(each.fields["comment"], each.fields["reason"]) for each in events if each.event == "comment_dropped"]
    assert dropped == [(1, "too late"), (2, "too late"), (3, "too late")]


def test_the_first_start_of_a_brain_is_no_second_one(desk, tmp_path):
    room = programme(desk, tmp_path)
    room.advance(0)
    desk.said.append(Begun())
    room.advance(1)

    assert desk.comments() == [1]
