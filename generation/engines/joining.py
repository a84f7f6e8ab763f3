"""Joins segments and one sound track into an mp4 by copying packets; nothing is encoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from core.errors import TerminalError
from generation.contracts import FPS, SAMPLE_RATE, SAMPLES_PER_FRAME

TIMESCALE = FPS * 512
AAC_SAMPLES = 1024


class SegmentMismatch(TerminalError):
    """Segments differ in their headers or their frames and cannot be joined by copy."""

    code = "segment_mismatch"


@dataclass(frozen=True)
class PictureFacts:
    """Counted from the packets of a rendered picture file."""

    frames: int
    header: bytes
    width: int
    height: int


def picture_facts(path: Path) -> PictureFacts:
    """Frames (packets), codec header and size; SegmentMismatch when pts do not stand on the 1/30 grid."""
    import av

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        grid = sorted(_on_grid(p.pts, stream.time_base, path) for p in container.demux(stream) if p.size)
        if grid != list(range(len(grid))):
            raise SegmentMismatch(f"{path.name}: pictures do not tile the frame grid from 0")
        header = bytes(stream.codec_context.extradata or b"")
        return PictureFacts(len(grid), header, stream.codec_context.width, stream.codec_context.height)


def _on_grid(pts: int | None, time_base: Fraction | None, path: Path) -> int:
    place = Fraction(pts or 0) * Fraction(time_base or 1) * FPS
    if pts is None or place.denominator != 1:
        raise SegmentMismatch(f"{path.name}: a picture stands off the frame grid")
    return int(place)


def join(segments: Sequence[Path], audio_path: Path | None, out_path: Path, frames: int) -> None:
    """Write `segments` one after another with the one AAC track into `out_path`, moov first.

    Raises SegmentMismatch when headers differ or the frames do not add up to `frames`.
    """
    import av

    with av.open(str(segments[0])) as first:
        template = first.streams.video[0]
        header = bytes(template.codec_context.extradata or b"")
        options = {"movflags": "+faststart", "video_track_timescale": str(TIMESCALE)}
        with av.open(str(out_path), "w", format="mp4", options=options) as out:
            video = out.add_stream_from_template(template)
            video.time_base = Fraction(1, FPS)
            sound = _sound_packets(audio_path, out, frames) if audio_path else iter(())
            _interleave(out, _video_packets(segments, video, header, frames), sound)


def _video_packets(segments: Sequence[Path], video: Any, header: bytes, frames: int) -> Iterator[Any]:
    import av

    base = 0
    for path in segments:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            if bytes(stream.codec_context.extradata or b"") != header:
                raise SegmentMismatch(f"{path.name}: its codec header differs from the first segment's")
            count = 0
            for packet in container.demux(stream):
                if not packet.size:
                    continue
                pts = _on_grid(packet.pts, stream.time_base, path)
                dts = _on_grid(packet.dts, stream.time_base, path)
                packet.stream, packet.time_base = video, Fraction(1, FPS)
                packet.pts, packet.dts, packet.duration = base + pts, base + dts, 1
                count += 1
                yield packet
        base += count
    if base != frames:
        raise SegmentMismatch(f"the segments hold {base} frames, the ad has {frames}")


def _sound_packets(audio_path: Path, out: Any, frames: int) -> Iterator[Any]:
    """The AAC packets of `audio_path`, priming kept, cut at the end of the picture."""
    import av

    container = av.open(str(audio_path))
    stream = container.streams.audio[0]
    if stream.codec_context.sample_rate != SAMPLE_RATE:
        raise SegmentMismatch(f"{audio_path.name}: {stream.codec_context.sample_rate} Hz, expected {SAMPLE_RATE}")
    copy = out.add_stream_from_template(stream)
    copy.time_base = Fraction(1, SAMPLE_RATE)
    end = frames * SAMPLES_PER_FRAME

    def packets() -> Iterator[Any]:
        with container:
            for packet in container.demux(stream):
                if not packet.size or packet.pts is None:
                    continue
                at = int(Fraction(packet.pts) * Fraction(stream.time_base or 1) * SAMPLE_RATE)
                if at >= end:
                    break
                packet.stream, packet.time_base = copy, Fraction(1, SAMPLE_RATE)
                packet.pts = packet.dts = at
                packet.duration = min(AAC_SAMPLES, end - at)
                yield packet

    return packets()


def _interleave(out: Any, video: Iterator[Any], sound: Iterator[Any]) -> None:
    """Mux both in order of time, so that players need no long reach."""
    waiting = next(sound, None)
    for packet in video:
        while waiting is not None and waiting.pts * FPS <= packet.dts * SAMPLE_RATE:
            out.mux(waiting)
            waiting = next(sound, None)
        out.mux(packet)
    while waiting is not None:
        out.mux(waiting)
        waiting = next(sound, None)
