"""A guest and the host on one floor: a hard cut, a wait, an answer, the way back; and what reaches the programme."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from avatar.contracts import SAMPLES_A_TICK
from avatar.live.conversation import PATIENCE_TICKS, Conversation
from avatar.live.guest import GuestSeat, Joined, Left, Paused, Speaking
from avatar.live.guest_line import GuestLine, WindowSize, make_line_memory
from avatar.live.wire import Wire
from bench.live_talk import answer, utterance
from tests.avatar.live.room_talk import Room


class Talk:
    """A room with a conversation on it; news are heard at the start of the next tick."""

    def __init__(self) -> None:
        self.room = Room([utterance("a", (6, 6)), utterance("b", (4,))], bridges=[utterance("back", (1,), "bridge")])
        self.conversation = Conversation(self.room.floor)
        self.told: list[str] = []

    def hear(self, *news: object) -> None:
        self.told += [name for name, _ in self.conversation.hear(news, self.room.tick)]

    def run(self, ticks: int) -> None:
        for _ in range(ticks):
            self.hear()
            self.room.run(1)

    def says(self) -> str:
        """What sounds in the middle of the tick just gone by."""
        now = self.room.floor.on_air((self.room.tick - 1) * SAMPLES_A_TICK + SAMPLES_A_TICK // 2)
        return now.turn.utterance.id if now else ""


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    talk.hear(Joined(1, "Lin", True))
    talk.run(30)
    assert talk.says() == "a"
    return talk


def test_a_guest_cuts_the_host_at_the_next_tick_and_the_host_waits(talk):
    talk.hear(Speaking(1))
    talk.run(1)

    cut = talk.room.of("cut")[-1]
    assert (cut.fields["kind"], cut.tick) == ("hard", 30)
    talk.run(200)
    assert talk.says() == ""


def test_the_answer_frees_the_floor_and_a_bridge_leads_back_to_the_clause_that_was_cut(talk):
    talk.hear(Speaking(1))
    talk.run(50)
    talk.hear(Paused(1, "turn", 0.5))
    talk.conversation.ask(7)
    reply = answer("reply", comments=(7,), urgent=True, to_guest=True)
    assert talk.conversation.admits(reply)
    talk.room.offer(reply)

    talk.run(1)
    assert talk.says() == "reply"
    talk.room.run_until("answer_ended")
    started = talk.room.run_until("sentence_started")
    assert started.fields["text"].startswith("back")
    assert talk.room.run_until("resumed").fields["rule"] == "clause"


def test_a_false_alarm_lets_the_script_go_on_without_a_bridge(talk):
    talk.hear(Speaking(1))
    talk.run(60)

    talk.hear(Paused(1, "false_alarm", 2.0))
    resumed = talk.room.run_until("resumed")

    assert resumed.fields["rule"] == "clause"
    assert not [each for each in talk.room.of("sentence_started") if each.fields["text"].startswith("back")]


@pytest.mark.parametrize("end", [Paused(1, "unheard", 0.7), Left(1, "lost")])
def test_a_guest_who_drops_off_or_is_not_understood_is_followed_by_a_bridge(talk, end):
    talk.hear(Speaking(1))
    talk.run(40)

    talk.hear(end)

    assert talk.room.run_until("sentence_started").fields["text"].startswith("back")
    assert talk.room.run_until("resumed").fields["rule"] == "clause"


def test_nobody_waits_for_an_answer_for_ever(talk):
    talk.hear(Speaking(1))
    talk.run(10)
    talk.hear(Paused(1, "turn"))

    talk.run(PATIENCE_TICKS - 1)
    assert talk.says() == ""
    talk.run(8)

    assert talk.says() == "back"


def test_what_is_said_next_makes_the_answer_to_what_was_said_before_pointless(talk):
    talk.hear(Speaking(1))
    talk.hear(Paused(1, "turn"))
    talk.conversation.ask(7)
    talk.hear(Speaking(1))

    assert talk.conversation.take_void() == [7]
    assert not talk.conversation.admits(answer("late", comments=(7,), to_guest=True))


def test_a_comments_answer_that_a_guest_cuts_comes_again(talk):
    talk.room.offer(answer("comment", comments=(1,), clauses=(8,)))
    talk.run(20)
    assert talk.says() == "comment"

    talk.hear(Speaking(1))
    talk.run(30)
    talk.hear(Paused(1, "backchannel"))
    talk.run(30)

    assert talk.says() == "comment"


def test_a_guests_own_answer_that_they_cut_does_not(talk):
    talk.hear(Speaking(1))
    talk.hear(Paused(1, "turn"))
    talk.conversation.ask(7)
    reply = answer("reply", comments=(7,), clauses=(8,), urgent=True, to_guest=True)
    assert talk.conversation.admits(reply)
    talk.room.offer(reply)
    talk.run(20)
    assert talk.says() == "reply"

    talk.hear(Speaking(1))
    talk.run(20)
    talk.hear(Paused(1, "false_alarm"))
    talk.run(30)

    assert talk.says() == "a"


@pytest.fixture
def line() -> GuestLine:
    size = WindowSize(24, 32)
    return GuestLine(make_line_memory(size), size)


@pytest.fixture
def seat(line) -> Iterator[tuple[GuestSeat, Wire]]:
    ours, theirs = socket.socketpair()
    other = Wire(theirs)
    seat = GuestSeat(Wire(ours), line)
    yield seat, other
    other.close()


def tell(seat: tuple[GuestSeat, Wire], kind: str, **fields: object) -> list[object]:
    """A message of the co-stream process and the news it makes."""
    seat[1].send({"kind": kind, **fields})
    until = time.monotonic() + 10
    while not (news := seat[0].take()):
        assert time.monotonic() < until
    return news


HOST = np.full(SAMPLES_A_TICK, 3000, np.int16)


def test_a_guest_is_in_the_programme_and_not_in_what_they_hear(seat, line):
    assert tell(seat, "joined", guest=1, name="Lin", picture=False) == [Joined(1, "Lin", False)]
    tone = (6000 * np.sin(2 * np.pi * 440 * np.arange(SAMPLES_A_TICK * 4) / 48_000)).astype(np.int16)
    line.voice.write(tone)
    back, monitor = line.back.reader(), line.monitor.reader()

    programme = [seat[0].hear(HOST, is_silent=False) for _ in range(2)]

    assert np.abs(np.concatenate(programme).astype(int) - 3000).max() > 3000
    assert (back.read(2 * SAMPLES_A_TICK) == 3000).all()
    assert np.array_equal(monitor.read(2 * SAMPLES_A_TICK), np.concatenate(programme))


def test_nobody_is_heard_before_they_are_on_air_under_the_slate_or_after_they_were_cut_off(seat, line):
    noise = np.full(SAMPLES_A_TICK * 6, 9000, np.int16)
    line.voice.write(noise)
    assert np.array_equal(seat[0].hear(HOST, is_silent=False), HOST)

    tell(seat, "joined", guest=1, name="Lin", picture=False)
    line.voice.write(noise)
    assert np.array_equal(seat[0].hear(HOST, is_silent=True), HOST)
    seat[0].cut_off("dumped")
    line.voice.write(noise)

    assert np.array_equal(seat[0].hear(HOST, is_silent=False), HOST)
    assert seat[0].take() == [Left(1, "dumped")]
    assert [seat[1].receive(5.0), seat[1].receive(5.0)][1] == {"kind": "cut_off", "guest": 1, "reason": "dumped"}


def test_the_newest_picture_is_seen_once_as_fresh(seat, line):
    tell(seat, "joined", guest=1, name="Lin", picture=True)
    assert seat[0].view().picture is None
    line.picture.put(np.full((48, 24), 77, np.uint8))

    first, second = seat[0].view(), seat[0].view()

    assert (first.picture == 77).all()
    assert (first.is_fresh, second.is_fresh) == (True, False)


def test_a_whole_engine_dumps_what_it_holds(tmp_path: Path, monkeypatch):
    """In virtual time, with the order of an operator: the file has every picture, three seconds of them the slate."""
    from avatar.live import __main__ as process
    from avatar.live.programme import Programme
    from tests.avatar.live.test_engine import broadcast, decoded, setup_in

    before = Programme.advance

    def advance(self: Programme, tick: int, news: object = ()) -> object:
        if tick == 150:
            self._obey("dump")
        return before(self, tick, news)

    monkeypatch.setattr(Programme, "advance", advance)
    monkeypatch.setattr(process.signal, "signal", lambda *_: None)
    log = broadcast(replace(setup_in(tmp_path), guest_delay_seconds=3.0), tmp_path)

    pictures, sound = decoded(tmp_path / "out.mp4")
    assert pictures == list(range(200))
    assert 0 <= len(sound) - 200 * 1920 <= 3 * 1024
    assert [line["seconds"] for line in log if line["event"] == "dumped"] == [3.0]
    assert np.abs(sound[76 * 1920 + 2048 : 150 * 1920]).max() < 0.002
    assert np.abs(sound[: 74 * 1920]).max() > 0.1
