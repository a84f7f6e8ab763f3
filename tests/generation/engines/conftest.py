"""Small footage whose frames tell their number, and timelines over it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from generation.contracts import (
    Brand,
    Canvas,
    CaptionClip,
    CardClip,
    FootageClip,
    Framing,
    LabelClip,
    MediaSource,
    SafeArea,
    SlotSpan,
    StickerClip,
    Timeline,
    Track,
)

CANVAS = Canvas(270, 480)
SAFE = SafeArea(15, 38, 240, 375)
BITS = 8


def numbered_frame(number: int, width: int, height: int) -> np.ndarray:
    """A grey picture with its number as eight black or white columns over its whole height, and a moving bar."""
    picture = np.full((height, width, 3), 128, np.uint8)
    for bit in range(BITS):
        left, right = width * bit // BITS, width * (bit + 1) // BITS
        picture[: height // 2, left:right] = 235 if number >> bit & 1 else 20
    row = height // 2 + number * 2 % (height // 3)
    picture[row : row + 6] = (200, 60, 30)
    return picture


def write_footage(path: Path, frames: int, width: int = 320, height: int = 180, gop: int = 25) -> MediaSource:
    """A CFR 30 H.264 file of numbered frames."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=30, options={"crf": "12", "preset": "veryfast", "bf": "2"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.gop_size = gop
        stream.codec_context.colorspace, stream.codec_context.color_range = 1, 1
        stream.codec_context.color_primaries, stream.codec_context.color_trc = 1, 1
        for number in range(frames):
            frame = av.VideoFrame.from_ndarray(numbered_frame(number, width, height), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 30)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return MediaSource(f"{path.name:0<64}", str(path), path.name, "video", width, height, frames)


def write_sound(timeline: Timeline, path: Path) -> None:
    """A stand-in for the mix: a quiet tone of exactly the ad's length."""
    samples = timeline.frames * 1600
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("aac", rate=48000, options={"b": "128k"})
        stream.layout = "stereo"
        tone = np.sin(np.arange(samples) * 2 * np.pi * 440 / 48000).astype(np.float32) * 0.1
        for start in range(0, samples, 1024):
            part = np.stack([tone[start : start + 1024]] * 2)
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = 48000, start, Fraction(1, 48000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


@pytest.fixture(scope="session")
def footage(tmp_path_factory: pytest.TempPathFactory) -> MediaSource:
    return write_footage(tmp_path_factory.mktemp("footage") / "numbered.mp4", 120)


@pytest.fixture(scope="session")
def ad(footage: MediaSource) -> Timeline:
    """Three slots: footage with a drift, footage over a blurred fill and a crop, an end card."""
    picture = (
        FootageClip(0, 32, footage, 10, Framing(centre_x=0.4, to_x=0.6)),
        FootageClip(32, 48, footage, 30, Framing("blur")),
        FootageClip(48, 64, footage, 60),
        CardClip(64, 96, "end", ("澄夜冷萃", "立即下单", "chengye.example")),
    )
    tracks = (
        Track("picture", picture),
        Track("caption", (CaptionClip(2, 30, "三秒冲开", emphasis=("三秒",)), CaptionClip(34, 62, "到手 ¥39.9"))),
        Track("sticker", (StickerClip(20, 60, "¥39.9"),)),
        Track("label", (LabelClip(0, 60, "AI 生成"),)),
    )
    slots = (SlotSpan("hook", "", 0, 32), SlotSpan("proof", "", 32, 64), SlotSpan("cta", "", 64, 96))
    return Timeline(CANVAS, SAFE, "zh-CN", 96, slots, tracks, Brand("澄夜"))


def decoded(path: Path) -> list[np.ndarray]:
    """Every picture as RGB."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def number_of(picture: np.ndarray) -> int:
    """The number a whole numbered picture shows, read in a row near its top edge."""
    height, width = picture.shape[:2]
    row = picture[height // 20 : height // 10].mean(axis=(0, 2))
    columns = [row[width * bit // BITS + width // 24 : width * (bit + 1) // BITS - width // 24] for bit in range(BITS)]
    return sum(int(column.mean() > 128) << bit for bit, column in enumerate(columns))
