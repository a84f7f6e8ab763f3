"""An ad that flashes and beeps at the same instants, to see whether sound and picture stay together."""

from __future__ import annotations

import wave
from fractions import Fraction
from pathlib import Path

import numpy as np

from generation.contracts import (
    Brand,
    Canvas,
    FootageClip,
    MediaSource,
    SafeArea,
    SlotSpan,
    Timeline,
    Track,
    VoiceClip,
)

SLOT_FRAMES = 48
FLASH_FRAME = 20
"""In every slot; far from the joins, where voices are silent."""
_BEEP_SECONDS = 0.05


def flash_ad(folder: Path, slots: int, canvas: Canvas) -> Timeline:
    """`slots` slots of footage over a beeping voice, each with one flash."""
    frames = slots * SLOT_FRAMES
    source, voice = _footage(folder / "flashes.mp4", canvas, frames), _voice(folder / "beep.wav")
    starts = range(0, frames, SLOT_FRAMES)
    tracks = (
        Track("picture", tuple(FootageClip(at, at + SLOT_FRAMES, source, at) for at in starts)),
        Track("voice", tuple(VoiceClip(at, at + SLOT_FRAMES, str(voice), "beep") for at in starts)),
    )
    spans = tuple(SlotSpan("proof", "", at, at + SLOT_FRAMES) for at in starts)
    safe = SafeArea(0, 0, canvas.width, canvas.height)
    return Timeline(canvas, safe, "zh-CN", frames, spans, tracks, Brand("澄夜"))


def flashes_of(path: Path) -> list[float]:
    """Seconds at which white pictures are shown."""
    import av

    with av.open(str(path)) as container:
        shown = [(float(f.pts * f.time_base), f.to_ndarray(format="gray").mean()) for f in container.decode(video=0)]
    return [at for at, brightness in shown if brightness > 200]


def beeps_of(sound: np.ndarray) -> list[float]:
    """Seconds at which a stretch begins that is loud after 50 ms of quiet."""
    loud = np.flatnonzero(np.abs(sound) > 0.5 * np.abs(sound).max())
    return [float(at) / 48_000 for at in loud[np.diff(loud, prepend=-48_000) > 2_400]]


def _footage(path: Path, canvas: Canvas, frames: int) -> MediaSource:
    import av

    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=30, options={"crf": "12", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = canvas.width, canvas.height, "yuv420p"
        for number in range(frames):
            picture = np.full((canvas.height, canvas.width, 3), 60, np.uint8)
            picture[:, number * 7 % canvas.width :][:, :20] = 130
            if number % SLOT_FRAMES == FLASH_FRAME:
                picture[:] = 255
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 30)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return MediaSource(f"{path.name:0<64}", str(path), path.name, "video", canvas.width, canvas.height, frames)


def _voice(path: Path) -> Path:
    sound = np.zeros(SLOT_FRAMES * 1600)
    at = np.arange(int(_BEEP_SECONDS * 48_000)) / 48_000
    sound[FLASH_FRAME * 1600 :][: len(at)] = 0.7 * np.sin(2 * np.pi * 1000 * at)
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, 48_000, 0, "NONE", ""))
        out.writeframes((sound * 32_767).astype("<i2").tobytes())
    return path
