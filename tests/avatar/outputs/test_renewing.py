"""A session with a platform begins anew once a day, in a quiet moment, without being lost."""

from __future__ import annotations

import threading

import pytest

from avatar.contracts import TICKS_A_SECOND
from avatar.outputs.coded import Coded
from avatar.outputs.encoder import Encoder
from avatar.outputs.output import Output
from avatar.outputs.renewing import HOUR, Renewals
from avatar.outputs.rtmp import parse_address
from avatar.outputs.sinks import RtmpSink
from bench.live_ingest import Ingest
from tests.avatar.outputs.test_rtmp import Engine


class Session:
    """An output of which only the age counts."""

    def __init__(self, began: int | None = 0) -> None:
        self.session_began = began
        self.renewals: list[int] = []

    def renew(self) -> None:
        self.session_began = None


def day(outputs: list[Session], quiet: range, until: int = 25 * HOUR) -> list[tuple[int, int]]:
    """(tick, output) of every renewal; a renewed output is back 10 ticks later. Quiet in every tick of `quiet`."""
    renewals, told, back = Renewals(outputs), [], {}
    for tick in [*range(22 * HOUR, until, 5)]:
        for number, at in list(back.items()):
            if tick >= at:
                outputs[number - 1].session_began = back.pop(number) and tick
        number = renewals.look(tick, tick in quiet)
        if number is not None:
            told.append((tick, number))
            back[number] = tick + 10
    return told


def test_a_session_is_renewed_in_the_first_quiet_moment_after_23_hours():
    quiet = range(23 * HOUR + 1000, 23 * HOUR + 1010)

    assert day([Session()], quiet) == [(23 * HOUR + 1000, 1)]


def test_without_a_quiet_moment_it_is_renewed_before_the_day_is_over():
    assert day([Session()], range(0)) == [(24 * HOUR - 60 * TICKS_A_SECOND, 1)]


def test_two_platforms_are_not_renewed_within_the_same_minute():
    told = day([Session(), Session()], range(25 * HOUR))

    assert told == [(23 * HOUR, 1), (23 * HOUR + 60 * TICKS_A_SECOND, 2)]


def test_a_file_and_a_lost_output_are_left_alone():
    assert day([Session(None)], range(25 * HOUR)) == []


@pytest.fixture(scope="module")
def encoder():
    return Encoder(160, 96)


def test_the_new_session_begins_with_a_key_picture_and_its_clock_at_0_and_nothing_was_lost(encoder):
    ingest = Ingest()
    output = Output(1, RtmpSink(parse_address(ingest.address()), encoder))

    with Engine(encoder, output, first=40):
        first = ingest.wait(pictures=20)
        assert output.session_began is not None
        output.renew()
        second = ingest.wait(sessions=2, pictures=20)

    assert first.commands[-2:] == ["FCUnpublish", "deleteStream"]
    assert second.pictures()[0].content[0] == 0x17
    assert [each.time for each in second.pictures()[:20]] == [n * 40 for n in range(20)]
    assert second.sounds()[0].time < 43
    assert (output.take_changes(), output.sessions) == ([], 2)
    ingest.close()


class Silent:
    """A file: it has no session."""

    is_remote = False

    def __init__(self) -> None:
        self.closed = threading.Event()

    def open(self) -> None: ...

    def write(self, coded: Coded) -> None: ...

    def flush(self) -> None: ...

    def close(self, is_lost: bool) -> None:
        self.closed.set()


def test_a_file_has_no_session_to_be_renewed():
    output = Output(1, Silent(), is_patient=True)
    output.start()
    output.offer([Coded(True, b"x", 0, 1, True)])
    output.finish()

    assert output.session_began is None
