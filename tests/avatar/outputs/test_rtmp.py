"""Publishing to an ingest on loopback: a session as it should be, and everything that goes wrong with one."""

from __future__ import annotations

import itertools
import threading
import time
from fractions import Fraction

import numpy as np
import pytest

from avatar.outputs import chunks
from avatar.outputs.amf import Array, decode, encode
from avatar.outputs.chunks import ChunkReader, Message, to_chunks
from avatar.outputs.coded import Coded
from avatar.outputs.encoder import Encoder
from avatar.outputs.output import Output
from avatar.outputs.rtmp import OutputLost, RtmpPublisher, parse_address
from avatar.outputs.sinks import RtmpSink
from avatar.outputs.tags import milliseconds
from bench.live_ingest import Ingest
from core.errors import InputError


@pytest.fixture
def ingest():
    made = Ingest()
    yield made
    made.reads.set()
    made.close()


@pytest.fixture(scope="module")
def encoder():
    return Encoder(160, 96)


class Engine:
    """Feeds an output with pictures and sound, a key picture whenever it is asked for one."""

    def __init__(self, encoder: Encoder, output: Output, first: int = 0, noisy: bool = False) -> None:
        self.encoder, self.output, self.tick, self.noisy = encoder, output, first, noisy
        self._random = np.random.default_rng(1)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Engine:
        self.output.start()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()
        self.output.finish()

    def _run(self) -> None:
        while not self._ends.wait(0.005):
            yuv = np.full((144, 160), 90, np.uint8)
            forces_key = self.output.take_key_wish()
            packets = self.encoder.picture(yuv, self.tick, forces_key)
            if self.noisy:
                packets = [
                    Coded(True, each.content + bytes([1]) * 40_000, each.pts, 1, each.is_key) for each in packets
                ]
            self.output.offer(packets + self.encoder.sound(np.zeros(1920, np.int16), self.tick))
            self.tick += 1


def test_a_session_says_who_it_is_and_begins_with_a_key_picture(encoder, ingest):
    output = Output(1, RtmpSink(parse_address(ingest.address()), encoder))

    with Engine(encoder, output, first=7):
        session = ingest.wait(pictures=60)
    ingest.wait_for_end(session)

    assert session.commands[:5] == ["connect", "releaseStream", "FCPublish", "createStream", "publish"]
    assert session.commands[-2:] == ["FCUnpublish", "deleteStream"]
    assert [each.kind for each in session.media[:3]] == [chunks.METADATA, chunks.PICTURE, chunks.SOUND]
    assert decode(session.media[0].content)[2]["width"] == 160
    pictures = session.pictures()
    assert pictures[0].content[0] == 0x17
    assert [each.time for each in pictures[:60]] == [n * 40 for n in range(60)]
    sounds = [each.time for each in session.sounds()]
    assert {later - earlier for earlier, later in itertools.pairwise(sounds)} == {21, 22}


def test_bad_name_is_tried_again_until_the_ghost_is_gone(encoder):
    ingest = Ingest(refusals=1)
    output = Output(1, RtmpSink(parse_address(ingest.address()), encoder))

    with Engine(encoder, output):
        ingest.wait()

    assert output.take_changes() == [True, False]
    ingest.close()


def test_a_killed_ingest_gets_one_new_session_that_begins_with_a_key_picture_at_once(encoder, ingest):
    output = Output(1, RtmpSink(parse_address(ingest.address()), encoder))

    with Engine(encoder, output):
        ingest.wait(pictures=5)
        ingest.drop()
        session = ingest.wait(sessions=2, pictures=30)

    assert len(ingest.sessions) == 2
    assert session.pictures()[0].content[0] == 0x17
    assert [each.time for each in session.pictures()[:30]] == [n * 40 for n in range(30)]
    assert session.sounds()[0].time < 43
    assert output.take_changes() == [True, False]


def test_an_ingest_that_stops_reading_is_declared_dead_and_holds_nobody_up(encoder, ingest):
    sink = RtmpSink(parse_address(ingest.address()), encoder, send_seconds=0.6)
    output = Output(1, sink)

    with Engine(encoder, output, noisy=True) as engine:
        ingest.wait(pictures=5)
        ingest.reads.clear()
        before, began = engine.tick, time.monotonic()
        while output.lost_since is None and time.monotonic() - began < 10:
            time.sleep(0.01)
        after = engine.tick
        ingest.reads.set()
        ingest.wait(sessions=2)

    assert output.sessions == 2
    assert after - before > 20


def test_the_key_is_in_no_error_and_no_repr():
    address = parse_address("rtmp://127.0.0.1:1/live/s3cret?token=t0p")

    with pytest.raises(OutputLost) as caught:
        RtmpPublisher(address).connect(Encoder(160, 96).codecs)

    assert address.key == "s3cret?token=t0p"
    assert "s3cret" not in f"{caught.value!r} {address!r} {caught.value.__cause__!r}"


@pytest.mark.parametrize("url", ["rtmp://host", "rtmp://host/app", "http://host/app/key", "rtmp://host:x/app/key"])
def test_an_address_without_app_and_key_is_refused_by_name(url):
    with pytest.raises(InputError, match="output: "):
        parse_address(url)


@pytest.mark.parametrize("time", [0, 0xFFFFFE, 0xFFFFFF, 0x1000000, 2**31 + 5, 2**32 - 1])
def test_messages_cross_the_24_bits_of_a_timestamp(time):
    message = Message(chunks.PICTURE, bytes(range(256)) * 600, time, 1)

    pieces = to_chunks(Message(chunks.SET_CHUNK_SIZE, b"\0\0\xea\x60"), 2) + to_chunks(message, 6) * 2
    reader = ChunkReader()
    read = [each for at in range(0, len(pieces), 1000) for each in reader.feed(pieces[at : at + 1000])]

    assert read[1:] == [message, message]


def test_times_are_rounded_from_exact_fractions_and_never_drift():
    a_day = 24 * 3600
    base = Fraction(1, 25)

    assert milliseconds(Fraction(a_day * 25 + 1, 25), base) == a_day * 1000
    sounds = [milliseconds(Fraction(k * 1024, 48000), Fraction(0)) for k in range(a_day * 47, a_day * 47 + 4)]
    assert sounds[-1] - sounds[0] == 64


def test_amf_values_come_back_as_they_went():
    values = ["connect", 1.0, None, True, {"app": "live", "n": 2.0}]

    assert decode(encode(*values)) == values
    assert decode(encode(Array(width=720))) == [{"width": 720.0}]
    with pytest.raises(ValueError, match="AMF0"):
        decode(b"\x02\x00\x09abc\xff\xfe")
