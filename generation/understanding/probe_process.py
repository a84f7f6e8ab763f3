"""The child that opens a stranger's file: headers, packet times, a few decoded frames.

Run as ``python -m generation.understanding.probe_process`` under the limits of
`sandbox`. Reads one request as JSON, prints one answer: the fields of
`probing.Probe`, or ``{"refused": code, "details": {…}}``.
"""

from __future__ import annotations

import itertools
import json
import sys
from fractions import Fraction
from typing import Any

from generation.understanding.codecs import SOUND_CODECS, VIDEO_CODECS, WANTED_SOUND, WANTED_VIDEO
from generation.understanding.refusals import Refused

_FRAMES_TRIED = 6
_PACKETS_TRIED = 400
_HDR_CURVES = {16: "pq", 18: "hlg"}
# A file is short of what its own index promises when more than this share is missing.
_MISSING_SHARE = 0.03


def probe(request: dict[str, Any]) -> dict[str, Any]:
    """What the file at request["path"] is, opened with request["demuxer"] and nothing else."""
    import av

    av.logging.set_level(None)
    # Only the file itself: a container may name others (drefs, attachments, segments), none is followed.
    options = {"protocol_whitelist": "file", "max_streams": str(request["max_streams"] + 1), "probesize": "20000000"}
    try:
        container = av.open(request["path"], format=request["demuxer"], options=options, metadata_errors="replace")
    except av.error.FFmpegError as error:
        raise Refused("corrupt", what="its structure makes no sense") from error
    with container:
        return _describe(container, request)


def _describe(container: Any, request: dict[str, Any]) -> dict[str, Any]:
    if len(container.streams) > request["max_streams"]:
        raise Refused("too_many_streams", what=len(container.streams))
    video, sound = _choose_video(container), _choose_sound(container)
    if video is None and sound is None:
        raise Refused("nothing_inside")
    facts: dict[str, Any] = {"container": container.format.name, "seconds": _claimed_seconds(container)}
    facts["notes"] = _sound_note(container, sound)
    if sound is not None:
        facts["sound"] = _sound_facts(sound)
    if video is not None:
        facts["video"] = _video_facts(container, video, request)
    return facts


def _choose_video(container: Any) -> Any:
    """The largest real video stream; cover pictures are none."""
    import av

    cover = av.stream.Disposition.attached_pic
    streams = [stream for stream in container.streams.video if not stream.disposition & cover]
    if not streams:
        return None
    readable = [stream for stream in streams if _codec_name(stream) in VIDEO_CODECS]
    if not readable:
        raise Refused(
            "codec_not_supported",
            part="picture",
            what=_codec_name(streams[0]) or "something unknown",
            wanted=WANTED_VIDEO,
        )
    return max(readable, key=lambda stream: stream.codec_context.width * stream.codec_context.height)


def _choose_sound(container: Any) -> Any:
    streams = [stream for stream in container.streams.audio if _is_readable_sound(stream)]
    if streams or not container.streams.audio or len(container.streams.video):
        return streams[0] if streams else None
    what = _codec_name(container.streams.audio[0]) or "something unknown"
    raise Refused("codec_not_supported", part="sound", what=what, wanted=WANTED_SOUND)


def _is_readable_sound(stream: Any) -> bool:
    """A damaged header may leave a known codec without a rate or channels; ffmpeg would stop at it."""
    context = stream.codec_context
    return _codec_name(stream) in SOUND_CODECS and context.sample_rate > 0 and context.channels > 0


def _codec_name(stream: Any) -> str:
    context = stream.codec_context
    return "" if context is None else str(context.codec.canonical_name)


def _sound_note(container: Any, sound: Any) -> list[str]:
    return ["its sound could not be read and is left out"] if len(container.streams.audio) and sound is None else []


def _sound_facts(stream: Any) -> dict[str, Any]:
    context = stream.codec_context
    index = [other.index for other in stream.container.streams.audio].index(stream.index)
    return {
        "index": index,
        "codec": _codec_name(stream),
        "rate": context.sample_rate or 0,
        "channels": context.channels or 0,
    }


def _video_facts(container: Any, stream: Any, request: dict[str, Any]) -> dict[str, Any]:
    context = stream.codec_context
    _check_size(context.width, context.height, request)
    rate = float(stream.average_rate or stream.guessed_rate or 0)
    if rate > request["max_frame_rate"]:
        raise Refused("frame_rate", what=round(rate), most=round(request["max_frame_rate"]))
    first = _try_frames(container, stream)
    _check_size(first.width, first.height, request)
    sides = first.format
    facts = {
        "index": [other.index for other in container.streams.video].index(stream.index),
        "codec": _codec_name(stream),
        "profile": str(context.profile or ""),
        "width": first.width,
        "height": first.height,
        "pixel_format": sides.name,
        "bit_depth": max(component.bits for component in sides.components),
        "has_alpha": any(component.is_alpha for component in sides.components) or sides.name == "pal8",
        "rotation": int(first.rotation) % 360,
        "aspect": _aspect(stream, first),
        "is_interlaced": bool(first.interlaced_frame),
        "is_full_range": int(context.color_range) == 2 or sides.name.startswith("yuvj"),
        "matrix": int(context.colorspace),
        "hdr": _HDR_CURVES.get(int(context.color_trc), ""),
        "rate": rate,
    }
    return {**facts, **_packet_facts(container, stream, request["max_seconds"])}


def _check_size(width: int, height: int, request: dict[str, Any]) -> None:
    least, most = request["min_side"], request["max_side"]
    if not (least <= min(width, height) and max(width, height) <= most):
        raise Refused("dimensions", what=f"{width} × {height}", least=least, most=most)


def _try_frames(container: Any, stream: Any) -> Any:
    """The first decoded frame; Refused when none of the first packets gives one."""
    import av

    stream.thread_type = "NONE"
    first = None
    seen = 0
    for count, packet in enumerate(_packets(container, stream)):
        try:
            decoded = packet.decode()
        except av.error.FFmpegError:
            decoded = []
        for frame in decoded:
            first = first or frame
            seen += 1
        if seen >= _FRAMES_TRIED or (count > _PACKETS_TRIED and first is None):
            break
    if first is None:
        raise Refused("corrupt", what="not one frame of it can be decoded")
    return first


def _packets(container: Any, stream: Any) -> Any:
    """Packets of one stream until the file ends or stops making sense; the last one flushes the decoder."""
    import av

    try:
        yield from container.demux(stream)
    except av.error.FFmpegError:
        return


def _aspect(stream: Any, frame: Any) -> float:
    """Shape of one pixel (width / height); 1.0 where none is told or the value is absurd."""
    ratio = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
    value = float(ratio) if ratio else 1.0
    return value if 0.2 <= value <= 5.0 else 1.0


def _packet_facts(container: Any, stream: Any, max_seconds: float) -> dict[str, Any]:
    """Times of all packets up to `max_seconds`: real length, whether each lies on the grid of 30, key distances."""
    base = stream.time_base or Fraction(1, 90_000)
    times, keys, is_cut = _packet_times(container, stream, base, max_seconds)
    if not times:
        raise Refused("corrupt", what="its frames carry no times")
    _check_complete(container, stream, len(times), max(times) - min(times), is_cut)
    times.sort()
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else Fraction(1, 30)
    return {
        "frames": len(times),
        "seconds": float(times[-1] - times[0] + usual),
        "is_longer": is_cut,
        "is_variable": any(abs(gap - usual) > Fraction(3, 1000) for gap in gaps),
        "is_on_grid": all(abs(time - times[0] - Fraction(i, 30)) <= Fraction(2, 1000) for i, time in enumerate(times)),
        "longest_gop": _longest_gop(keys),
    }


def _packet_times(
    container: Any, stream: Any, base: Fraction, max_seconds: float
) -> tuple[list[Fraction], list[bool], bool]:
    container.seek(0, backward=True, any_frame=False)
    times: list[Fraction] = []
    keys: list[bool] = []
    for packet in _packets(container, stream):
        if packet.size == 0 or packet.pts is None:
            continue
        at = packet.pts * base
        if times and at - times[0] > max_seconds + 2:
            return times, keys, True
        times.append(at)
        keys.append(bool(packet.is_keyframe))
    return times, keys, False


def _longest_gop(keys: list[bool]) -> int:
    longest = since = 0
    for is_key in keys:
        since = 1 if is_key else since + 1
        longest = max(longest, since)
    return longest


def _check_complete(container: Any, stream: Any, found: int, found_seconds: Fraction, is_cut: bool) -> None:
    """Refused when the file's own index promises more than there is."""
    if is_cut:
        return
    if stream.frames and found < stream.frames * (1 - _MISSING_SHARE) - 1:
        raise Refused("truncated", what=f"{found} of {stream.frames} frames are there")
    claimed = _claimed_seconds(container)
    if container.format.name.startswith("matroska") and claimed > float(found_seconds) * 1.1 + 1.0:
        raise Refused("truncated", what=f"{float(found_seconds):.1f} of {claimed:.1f} seconds are there")


def _claimed_seconds(container: Any) -> float:
    return max(container.duration or 0, 0) / 1_000_000


def main() -> None:
    """One request in, one answer out."""
    request = json.loads(sys.stdin.read())
    try:
        answer = probe(request)
    except Refused as reason:
        answer = {"refused": reason.code, "details": reason.details}
    except MemoryError:
        answer = {"refused": "too_heavy", "details": {"what": "memory"}}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
