"""Encodes once for all outputs: H.264 without delay, AAC, both by counters that never look at a clock."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import SAMPLE_RATE, SAMPLES_A_TICK, TICKS_A_SECOND
from avatar.outputs.coded import PICTURE_TIME, SOUND_TIME, Codecs, Coded

KEY_TICKS = 2 * TICKS_A_SECOND
BITS_A_SECOND_720P = 2_500_000
QUALITY = "22"
"""x264's constant quality under that ceiling. A constant rate spends the ceiling on a host that stands still: twice
the bits and a fifth more processor time for nothing that can be seen."""

LEAST_BITS_A_SECOND = 150_000
SOUND_BITS_A_SECOND = 128_000
SOUND_FRAME = 1024
"""Samples of one AAC frame."""
AAC_HOLDS = 2 * SOUND_FRAME
"""What FFmpeg's AAC encoder keeps back: a frame of priming and one that it looks ahead."""


def bits_a_second(width: int, height: int) -> int:
    """The ceiling: 2.5 Mbit/s at 720 x 1280, by area elsewhere."""
    return max(LEAST_BITS_A_SECOND, BITS_A_SECOND_720P * width * height // (720 * 1280))


class Encoder:
    """Takes one picture and 1920 samples for every tick; outputs copy their streams from its templates."""

    def __init__(self, width: int, height: int, preset: str = "superfast") -> None:
        import av

        self._container: Any = av.open("/dev/null", "w", format="null")
        self.picture_template = self._picture_stream(width, height, preset)
        self.sound_template = self._sound_stream()
        self._container.start_encoding()
        self.codecs = Codecs(
            width,
            height,
            bytes(self.picture_template.codec_context.extradata),
            bytes(self.sound_template.codec_context.extradata),
        )
        self._pictures = 0
        self._framed = 0
        self._rest: NDArray[np.int16] = np.zeros(0, np.int16)
        self._shifts: list[tuple[int, int]] = [(0, 0)]
        self._taken = 0
        self._ends: dict[bool, Fraction] = {}

    def _picture_stream(self, width: int, height: int, preset: str) -> Any:
        rate = bits_a_second(width, height)
        stream = self._container.add_stream("libx264", rate=TICKS_A_SECOND)
        context = stream.codec_context
        context.width, context.height, context.pix_fmt = width, height, "yuv420p"
        context.time_base = PICTURE_TIME
        context.gop_size, context.max_b_frames = KEY_TICKS, 0
        context.thread_count = 1
        context.flags |= _flag("global_header")
        # No HRD: ingests that cut HLS put its messages before the parameter sets, and Chromium refuses those pictures.
        keys = f"scenecut=0:keyint={KEY_TICKS}:min-keyint={KEY_TICKS}:force-cfr=1"
        context.options = {
            **{"preset": preset, "tune": "zerolatency", "profile": "main", "forced-idr": "1", "x264-params": keys},
            **{"crf": QUALITY, "maxrate": str(rate), "bufsize": str(rate)},
        }
        return stream

    def _sound_stream(self) -> Any:
        stream = self._container.add_stream("aac", rate=SAMPLE_RATE)
        context = stream.codec_context
        context.layout, context.format = "mono", "fltp"
        context.time_base = SOUND_TIME
        context.bit_rate = SOUND_BITS_A_SECOND
        context.flags |= _flag("global_header")
        context.options = {"aac_coder": "fast"}
        return stream

    def picture(self, yuv: NDArray[np.uint8], tick: int, forces_key: bool = False) -> list[Coded]:
        """Encode an I420 picture (height * 3 / 2, width), which may be drawn over again afterwards."""
        import av

        frame = av.VideoFrame.from_numpy_buffer(yuv, format="yuv420p")
        frame.pts, frame.time_base = self._pictures, PICTURE_TIME
        if forces_key:
            frame.pict_type = av.video.frame.PictureType.I
        self._pictures += 1
        packets = self.picture_template.encode(frame)
        made = [Coded(True, bytes(packet), tick, 1, packet.is_keyframe) for packet in packets]
        return self._noted(made)

    def sound(self, samples: NDArray[np.int16], tick: int) -> list[Coded]:
        """Encode the samples of a tick; what does not fill a frame waits for the next."""
        shift = tick * SAMPLES_A_TICK - self._taken
        if shift != self._shifts[-1][1]:
            self._shifts.append((self._taken, shift))
        self._taken += len(samples)
        self._rest = np.concatenate([self._rest, samples])
        made: list[Coded] = []
        while len(self._rest) >= SOUND_FRAME:
            made += self._sound_frame(self._rest[:SOUND_FRAME])
            self._rest = self._rest[SOUND_FRAME:]
        return self._noted(made)

    @property
    def skew_ms(self) -> float:
        """How far sound and picture of the newest packets lie apart, sound first above 0.

        Each track ends where its newest packet does, the sound with what still waits for its frame to fill up and
        lies in the AAC encoder: nothing but a packet that got lost or a time that was miscounted makes it differ.
        """
        if len(self._ends) < 2:
            return 0.0
        waiting = Fraction(len(self._rest) + AAC_HOLDS, SAMPLE_RATE)
        return round(float(self._ends[False] + waiting - self._ends[True]) * 1000, 3)

    def _noted(self, made: list[Coded]) -> list[Coded]:
        for coded in made:
            self._ends[coded.is_picture] = coded.at + coded.duration * (
                PICTURE_TIME if coded.is_picture else SOUND_TIME
            )
        return made

    def finish(self) -> list[Coded]:
        """What the encoders still hold; nothing may follow."""
        made: list[Coded] = []
        if len(self._rest):
            made += self._sound_frame(np.pad(self._rest, (0, SOUND_FRAME - len(self._rest))))
        made += self._sounds(self.sound_template.encode(None))
        held = self.picture_template.encode(None)
        return made + [Coded(True, bytes(packet), packet.pts, 1, packet.is_keyframe) for packet in held]

    def close(self) -> None:
        self._container.close()

    def _sound_frame(self, samples: NDArray[np.int16]) -> list[Coded]:
        import av

        planes = (samples.astype(np.float32) / 32768.0).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = SAMPLE_RATE, SOUND_TIME, self._framed
        self._framed += SOUND_FRAME
        return self._sounds(self.sound_template.encode(frame))

    def _sounds(self, packets: list[Any]) -> list[Coded]:
        """The encoder counts without gaps; where the media clock jumped, its time is put back here.

        Its very first packet lies before the first sample and stays out: containers that know no negative time
        would move everything to make room for it.
        """
        made = []
        for packet in packets:
            if packet.pts < 0:
                continue
            shift = next(by for begins, by in reversed(self._shifts) if begins <= packet.pts)
            made.append(Coded(False, bytes(packet), packet.pts + shift, SOUND_FRAME))
        return made


def _flag(name: str) -> int:
    from av.codec.context import Flags

    return int(getattr(Flags, name))
