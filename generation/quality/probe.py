"""What a file's container promises: streams, sizes and every packet's times. No picture is decoded here."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from core.errors import InputError

PROTOCOLS = "file,crypto,data"
FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
"""Only self-contained files: a playlist or concat list would make us read other files for whoever sent it."""


@dataclass(frozen=True)
class PacketTimes:
    """Timing of the picture packets. Frame numbers count in order of display (pts) or of decoding (dts)."""

    packets: int
    start_seconds: float
    end_seconds: float
    frame_seconds: float
    uneven_at: int | None
    dts_back_at: int | None


@dataclass(frozen=True)
class FileFacts:
    """One video file as its container describes it; audio fields are None where there is no audio."""

    path: Path
    width: int
    height: int
    pixel_format: str
    rotation: int
    square_pixels: bool
    times: PacketTimes
    audio_start_seconds: float | None
    audio_rate: int | None
    audio_channels: int | None

    @property
    def fps(self) -> float:
        return 1 / self.times.frame_seconds if self.times.frame_seconds else 0.0

    def frame_of(self, seconds: float) -> int:
        """The frame shown at a moment counted from the first frame; never negative."""
        return max(0, int(seconds * self.fps + 0.5))


def probe_file(path: Path) -> FileFacts:
    """Read the container. Raises InputError naming the file when it is no video we can read."""
    import av

    if not path.is_file():
        raise InputError(path.name, "no such file", "missing_file")
    options = {"protocol_whitelist": PROTOCOLS, "format_whitelist": FORMATS}
    try:
        with av.open(str(path), options=options) as container:
            return _facts(path, container)
    except (av.FFmpegError, ValueError, OSError) as error:
        raise InputError(path.name, f"cannot be read as a video: {_words(error)}", "unreadable") from error


def _words(error: Exception) -> str:
    strerror = getattr(error, "strerror", None)
    return str(strerror or error)[:200]


def _facts(path: Path, container: Any) -> FileFacts:
    if not container.streams.video:
        raise ValueError("it holds no picture")
    video = container.streams.video[0]
    audio = container.streams.audio[0] if container.streams.audio else None
    context = video.codec_context
    if context is None or not context.width or not context.height:
        raise ValueError("its picture has no size")
    aspect = video.sample_aspect_ratio or Fraction(1)
    return FileFacts(
        path=path,
        width=context.width,
        height=context.height,
        pixel_format=str(context.pix_fmt or ""),
        rotation=_rotation(video),
        square_pixels=aspect == 1,
        times=_packet_times(container, video),
        audio_start_seconds=None if audio is None else float((audio.start_time or 0) * audio.time_base),
        audio_rate=None if audio is None else audio.rate,
        audio_channels=None if audio is None else audio.channels,
    )


def _rotation(video: Any) -> int:
    return int(video.metadata.get("rotate", 0) or 0) % 360


def _packet_times(container: Any, video: Any) -> PacketTimes:
    pts: list[int] = []
    dts: list[int] = []
    last_duration = 0
    for packet in container.demux(video):
        if packet.pts is None or packet.is_discard:
            continue
        pts.append(packet.pts)
        dts.append(packet.dts if packet.dts is not None else packet.pts)
        last_duration = packet.duration or last_duration
    if not pts:
        raise ValueError("it holds no picture packets")
    pts.sort()
    steps = [b - a for a, b in pairwise(pts)]
    step = sorted(steps)[len(steps) // 2] if steps else last_duration
    base = float(video.time_base)
    return PacketTimes(
        packets=len(pts),
        start_seconds=pts[0] * base,
        end_seconds=(pts[-1] + (step or last_duration)) * base,
        frame_seconds=step * base,
        uneven_at=next((index + 1 for index, each in enumerate(steps) if abs(each - step) > _tolerance(base)), None),
        dts_back_at=next((i + 1 for i, (a, b) in enumerate(pairwise(dts)) if b <= a), None),
    )


def _tolerance(base: float) -> int:
    """One tick where the time base is too coarse for the rate (milliseconds of Matroska), else none."""
    return 1 if base > 1 / 2000 else 0
