"""The delay line: coded packets held for some seconds before any output has them, so that a dump takes them back.

Packets leave with the times they came with: the programme is the same, later. A dump puts the slate and silence in
the place of every packet that is still held, time for time, so that an output sees no gap and no step back.
Nothing is encoded at that moment: the slate was encoded before the room went on air.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import SAMPLES_A_TICK, TICKS_A_SECOND
from avatar.outputs.coded import Coded
from avatar.outputs.encoder import SOUND_FRAME, Encoder

SHORTEST_SECONDS, LONGEST_SECONDS = 3.0, 5.0
"""Shorter, no operator hears and decides in time; longer, a viewer's question is stale when it is heard."""

SOUND_REACH = 2 * SOUND_FRAME
"""An AAC packet is heard over the 2048 samples from its time on: its window overlaps that of the next one."""


@dataclass(frozen=True)
class Slate:
    """What stands in for dumped packets: pictures from a key picture on, and one packet of silence."""

    pictures: tuple[bytes, ...]
    keys: tuple[bool, ...]
    silence: bytes


class DelayLine:
    """Holds packets for `ticks`; the ticks it is told ascend. One thread uses it."""

    def __init__(self, ticks: int, slate: Slate) -> None:
        self.ticks, self._slate = ticks, slate
        self._held: deque[Coded] = deque()
        self._void_until = 0
        self._wishes_key = False

    def __len__(self) -> int:
        """Packets held."""
        return len(self._held)

    def put(self, packets: Iterable[Coded], tick: int) -> list[Coded]:
        """Take in what was encoded in `tick`; what leaves now, in the order it came in."""
        self._held.extend(self._cleared(packets))
        return self._released((tick + 1 - self.ticks) * SAMPLES_A_TICK)

    def dump(self, tick: int) -> float:
        """Before `tick` is encoded: nothing of what was said and seen before it leaves any more; the seconds of it.

        Sound that the encoder still holds comes out later and is silenced then.
        """
        pictures = sum(each.is_picture for each in self._held)
        self._void_until = tick * SAMPLES_A_TICK
        self._held = deque(self._slated(self._held))
        self._wishes_key = True
        return pictures / TICKS_A_SECOND

    def take_key_wish(self) -> bool:
        """Whether the next picture has to be a key picture: the slate ends with it."""
        wish, self._wishes_key = self._wishes_key, False
        return wish

    def drain(self, packets: Iterable[Coded]) -> list[Coded]:
        """Everything, with the encoder's last packets."""
        self._held.extend(self._cleared(packets))
        left, self._held = list(self._held), deque()
        return left

    def _released(self, until: int) -> list[Coded]:
        """In order: a packet that has to stay keeps back those behind it."""
        leaving = []
        while self._held and _reach(self._held[0]) <= until:
            leaving.append(self._held.popleft())
        return leaving

    def _cleared(self, packets: Iterable[Coded]) -> list[Coded]:
        """Sound whose window reaches back before the last dump is silence."""
        return [self._silent(each) if self._is_void(each) else each for each in packets]

    def _is_void(self, coded: Coded) -> bool:
        return not coded.is_picture and coded.pts < self._void_until

    def _slated(self, packets: Iterable[Coded]) -> list[Coded]:
        made, place = [], 0
        for each in packets:
            if not each.is_picture:
                made.append(self._silent(each))
                continue
            at = place % len(self._slate.pictures)
            made.append(replace(each, content=self._slate.pictures[at], is_key=self._slate.keys[at]))
            place += 1
        return made

    def _silent(self, coded: Coded) -> Coded:
        return replace(coded, content=self._slate.silence)


def _reach(coded: Coded) -> int:
    """The sample up to which a packet is seen or heard: no packet leaves that tells of what may yet be dumped."""
    return (coded.pts + 1) * SAMPLES_A_TICK if coded.is_picture else coded.pts + SOUND_REACH


def encode_slate(yuv: NDArray[Any], width: int, height: int, preset: str, ticks: int) -> Slate:
    """`ticks` pictures of the slate and a silent packet, made as the programme's own encoder makes them."""
    encoder = Encoder(width, height, preset)
    try:
        pictures = [packet for tick in range(ticks) for packet in encoder.picture(yuv, tick)]
        silence = np.zeros(SAMPLES_A_TICK, np.int16)
        sounds = [packet for tick in range(8) for packet in encoder.sound(silence, tick)]
    finally:
        encoder.finish()
        encoder.close()
    return Slate(_contents(pictures), tuple(each.is_key for each in pictures), sounds[-1].content)


def _contents(packets: Sequence[Coded]) -> tuple[bytes, ...]:
    return tuple(each.content for each in packets)
