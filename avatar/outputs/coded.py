"""Encoded pictures and sound on their way to the outputs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from avatar.contracts import SAMPLE_RATE, TICKS_A_SECOND

PICTURE_TIME = Fraction(1, TICKS_A_SECOND)
SOUND_TIME = Fraction(1, SAMPLE_RATE)


@dataclass(frozen=True)
class Coded:
    """One packet: a picture at `pts`/25 s or sound at `pts`/48000 s of the broadcast, dts the same."""

    is_picture: bool
    content: bytes
    pts: int
    duration: int
    is_key: bool = False

    @property
    def at(self) -> Fraction:
        """Its time in seconds, exactly."""
        return self.pts * (PICTURE_TIME if self.is_picture else SOUND_TIME)


@dataclass(frozen=True)
class Codecs:
    """What a receiver has to know before the first packet: sizes and the decoders' own headers."""

    width: int
    height: int
    picture_header: bytes
    sound_header: bytes
