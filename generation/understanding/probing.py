"""What a file holds, as the probing child found it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.contracts import load
from generation.understanding.limits import IntakeLimits
from generation.understanding.sandbox import ask_child

FPS = 30
_CONFORMING_GOP = 60


@dataclass(frozen=True)
class VideoFacts:
    """One picture stream. `width` and `height` as coded, before `rotation` (degrees) and `aspect` (of a pixel).

    `frames` and `seconds` are counted from packets, at most a little over the intake's
    limit; `is_longer` says there is more. `matrix` is libav's number (1 = BT.709, 2 = not told).
    """

    index: int
    codec: str
    profile: str
    width: int
    height: int
    pixel_format: str
    bit_depth: int
    has_alpha: bool
    rotation: int
    aspect: float
    is_interlaced: bool
    is_full_range: bool
    matrix: int
    hdr: str
    rate: float
    frames: int
    seconds: float
    is_longer: bool
    is_variable: bool
    is_on_grid: bool
    longest_gop: int

    @property
    def shown_size(self) -> tuple[float, float]:
        """Width and height as a viewer sees them: square pixels, turned upright."""
        width, height = self.width * self.aspect, float(self.height)
        return (height, width) if self.rotation % 180 == 90 else (width, height)


@dataclass(frozen=True)
class SoundFacts:
    """One sound stream."""

    index: int
    codec: str
    rate: int
    channels: int


@dataclass(frozen=True)
class Probe:
    """One file. `seconds` is what its header claims (0 where it claims nothing)."""

    container: str
    seconds: float
    notes: tuple[str, ...] = ()
    video: VideoFacts | None = None
    sound: SoundFacts | None = None


def probe_file(path: Path, demuxer: str, limits: IntakeLimits) -> Probe:
    """Probe in a bounded child; Refused says why the file is not taken, ChildSlow that the machine was busy."""
    request = {
        "path": str(path.absolute()),
        "demuxer": demuxer,
        "max_streams": limits.max_streams,
        "max_frame_rate": limits.max_frame_rate,
        "min_side": limits.min_side,
        "max_side": limits.max_side,
        "max_seconds": limits.max_seconds,
    }
    answer = ask_child(
        "generation.understanding.probe_process",
        request,
        seconds=limits.probe_seconds,
        memory_bytes=limits.probe_memory_bytes,
    )
    return load(Probe, answer)


def conforms(probe: Probe, limits: IntakeLimits) -> bool:
    """Whether the upload can be read from as it is: what normalising would make, up to its bit rate."""
    video = probe.video
    return (
        video is not None
        and probe.container == "mov"
        and video.codec == "h264"
        and video.pixel_format == "yuv420p"
        and not (video.is_interlaced or video.is_full_range or video.hdr or video.rotation or video.is_longer)
        and video.matrix == 1
        and video.aspect == 1.0
        and video.is_on_grid
        and video.longest_gop <= _CONFORMING_GOP
        and max(video.width, video.height) <= limits.long_side
        and video.width % 2 == 0
        and video.height % 2 == 0
    )
