"""The delay line: the same programme later, and a dump that leaves no gap and nothing of what was dumped."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avatar.contracts import SAMPLES_A_TICK
from avatar.outputs.coded import Coded
from avatar.outputs.delay import DelayLine, Slate, encode_slate
from avatar.outputs.encoder import SOUND_FRAME, Encoder

SLATE = Slate((b"slate key", b"slate"), (True, False), b"silence")


class Source:
    """Packets as the encoder makes them: a picture a tick; a sound frame once its window's 2048 samples are in."""

    def __init__(self) -> None:
        self.tick, self._sound = 0, 0

    def packets(self) -> list[Coded]:
        made = [Coded(True, f"picture {self.tick}".encode(), self.tick, 1, self.tick % 50 == 0)]
        while self._sound + 2 * SOUND_FRAME <= (self.tick + 1) * SAMPLES_A_TICK:
            made.append(Coded(False, f"sound {self._sound}".encode(), self._sound, SOUND_FRAME))
            self._sound += SOUND_FRAME
        return made


def run(ticks: int, delay: int, dumps: set[int], jumps: dict[int, int] | None = None) -> tuple[DelayLine, list[Coded]]:
    """A broadcast of so many ticks with dumps before some of them; what left, in order."""
    line, source, left = DelayLine(delay, SLATE), Source(), []
    for _ in range(ticks):
        source.tick += (jumps or {}).get(source.tick, 0)
        if source.tick in dumps:
            line.dump(source.tick)
        left += line.put(source.packets(), source.tick)
        source.tick += 1
    return line, [*left, *line.drain([])]


def times(packets: list[Coded]) -> list[tuple[bool, int, Fraction]]:
    return [(each.is_picture, each.pts, each.at) for each in packets]


def test_packets_leave_in_order_with_their_own_times_and_none_is_missing():
    _, left = run(200, 75, set())
    source, wanted = Source(), []
    for _ in range(200):
        wanted += source.packets()
        source.tick += 1

    assert left == wanted


def test_a_packet_leaves_when_everything_it_tells_of_is_as_old_as_the_delay():
    line, source = DelayLine(3, SLATE), Source()
    seen = []
    for tick in range(6):
        source.tick = tick
        seen.append([each.pts for each in line.put(source.packets(), tick) if each.is_picture])

    assert seen == [[], [], [], [0], [1], [2]]


def test_a_dump_puts_the_slate_and_silence_in_place_of_what_is_held():
    line, left = run(200, 75, {120})

    pictures = {each.pts: each.content for each in left if each.is_picture}
    assert [pictures[tick] for tick in (44, 45, 46, 47, 119, 120)] == [
        *(b"picture 44", b"slate key", b"slate", b"slate key", b"slate key", b"picture 120"),
    ]
    sounds = {each.pts: each.content for each in left if not each.is_picture}
    silent = [pts for pts, content in sounds.items() if content == b"silence"]
    assert min(silent) + SOUND_FRAME <= 45 * SAMPLES_A_TICK < min(silent) + 2 * SOUND_FRAME
    assert max(silent) < 120 * SAMPLES_A_TICK <= max(silent) + SOUND_FRAME
    assert line.take_key_wish()
    assert not line.take_key_wish()


def test_a_dump_tells_the_seconds_it_took_back():
    line, source = DelayLine(75, SLATE), Source()
    for _ in range(40):
        line.put(source.packets(), source.tick)
        source.tick += 1
    assert line.dump(40) == 40 / 25
    for _ in range(100):
        line.put(source.packets(), source.tick)
        source.tick += 1
    assert line.dump(140) == 75 / 25


@settings(max_examples=60, deadline=None)
@given(
    ticks=st.integers(1, 260),
    delay=st.integers(1, 125),
    dumps=st.sets(st.integers(0, 300), max_size=6),
    jumps=st.dictionaries(st.integers(0, 260), st.integers(1, 60), max_size=3),
)
def test_whatever_is_dumped_times_ascend_and_sound_and_picture_stay_equal(ticks, delay, dumps, jumps):
    _, left = run(ticks, delay, dumps, jumps)
    _, plain = run(ticks, delay, set(), jumps)

    assert times(left) == times(plain)
    for is_picture in (True, False):
        pts = [each.pts for each in left if each.is_picture == is_picture]
        assert pts == sorted(set(pts))
    for tick in dumps:
        after = {each.pts for each in plain if each.is_picture}
        if tick in after:
            void = [each for each in left if each.is_picture and tick - delay <= each.pts < tick]
            assert all(each.content.startswith(b"slate") for each in void)
            heard = [
                each
                for each in left
                if not each.is_picture and (tick - delay) * SAMPLES_A_TICK < each.pts + 2048 <= tick * SAMPLES_A_TICK
            ]
            assert all(each.content == b"silence" for each in heard)


def test_a_slate_is_decoded_after_the_programme_and_before_it():
    """Real packets: slate between two stretches of the programme, one decoder, every picture there."""
    import av

    width, height = 64, 112
    slate = encode_slate(np.full((168, 64), 40, np.uint8), width, height, "superfast", 10)
    encoder, line, left = Encoder(width, height), DelayLine(10, slate), []
    time = np.arange(SAMPLES_A_TICK) / 48_000
    for tick in range(60):
        if tick == 30:
            line.dump(tick)
        bright = np.full((168, 64), 200, np.uint8)
        tone = (8000 * np.sin(2 * np.pi * 440 * (time + tick / 25))).astype(np.int16)
        packets = encoder.picture(bright, tick, line.take_key_wish()) + encoder.sound(tone, tick)
        left += line.put(packets, tick)
    left += line.drain(encoder.finish())

    decoder = av.CodecContext.create("h264", "r")
    decoder.extradata = encoder.codecs.picture_header
    lumas = []
    for each in left:
        if each.is_picture:
            lumas += [int(frame.to_ndarray()[0, 0]) for frame in decoder.decode(av.Packet(each.content))]
    lumas += [int(frame.to_ndarray()[0, 0]) for frame in decoder.decode(None)]
    ears = av.CodecContext.create("aac", "r")
    ears.extradata = encoder.codecs.sound_header
    loud = [
        float(np.abs(frame.to_ndarray()).max())
        for each in left
        if not each.is_picture
        for frame in ears.decode(av.Packet(each.content))
    ]
    encoder.close()

    assert [luma > 100 for luma in lumas] == [True] * 20 + [False] * 10 + [True] * 30
    frames = [place for place, level in enumerate(loud) if level < 0.01]
    assert frames[0] == pytest.approx(20 * 1920 / 1024, abs=2)
    assert frames == list(range(frames[0], frames[-1] + 1))
    assert len(frames) == pytest.approx(10 * 1920 / 1024, abs=3)
