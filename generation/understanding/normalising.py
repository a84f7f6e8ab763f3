"""One pass over a video: the constant-rate copy, a small proxy to look at, its sound."""

from __future__ import annotations

import re
import signal
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from core.media import FfmpegError, Trouble, ffmpeg_binary
from core.media.errors import explain_failure
from generation.understanding.limits import IntakeLimits
from generation.understanding.probing import FPS, Probe, SoundFacts, VideoFacts
from generation.understanding.refusals import Refused
from generation.understanding.sandbox import ChildSlow, start_bounded

PROXY_LONG_SIDE = 640
SILENCE_RATE = 16_000
_BT709, _UNKNOWN = 1, 2
# Decoders say one of these for a damaged frame; a clean file gives none.
_DAMAGE = re.compile(rb"error while decoding|corrupt decoded frame|Invalid data found|Error submitting packet")
_TOLERATED_DAMAGE = 0.02
# What an operator's own ffmpeg says when it was built without something.
_LACKING = re.compile(r"Unknown encoder|No such filter|Unrecognized option|Option not found")


@dataclass(frozen=True)
class Pass:
    """What one pass shall make: any of the three outputs may be left out."""

    path: Path
    demuxer: str
    probe: Probe
    limits: IntakeLimits
    video_out: Path | None = None
    sound_out: Path | None = None
    silence_out: Path | None = None

    @property
    def video(self) -> VideoFacts:
        assert self.probe.video is not None, "a pass is made over video"
        return self.probe.video


@dataclass
class Cost:
    """Filled while a pass runs: frames that came out and lines of damage in the log."""

    frames: int = 0
    damage: int = 0
    sizes: tuple[int, int] = field(default=(0, 0))


def normal_size(video: VideoFacts, long_side: int) -> tuple[int, int]:
    """Width and height of the upright, square-pixelled copy: even, never larger than the original."""
    return _fitted(video.shown_size, long_side, 2)


def proxy_size(video: VideoFacts) -> tuple[int, int]:
    """Width and height of the frames measuring looks at, multiples of four."""
    return _fitted(video.shown_size, PROXY_LONG_SIDE, 4)


def _fitted(size: tuple[float, float], long_side: int, multiple: int) -> tuple[int, int]:
    factor = min(1.0, long_side / max(size))
    width, height = (max(round(side * factor / multiple) * multiple, multiple) for side in size)
    return width, height


def frames_of(wanted: Pass, cost: Cost) -> Iterator[bytes]:
    """Run the pass; every frame at 30 fps as planar YUV 4:2:0 bytes of `proxy_size`.

    Refused when the decoder gives up, finds too much damage or takes more than its
    share; ChildSlow when the machine gave it no time.
    """
    seconds = min(wanted.video.seconds, wanted.limits.max_seconds)
    cpu_seconds = 120.0 + 40.0 * seconds
    width, height = proxy_size(wanted.video)
    with tempfile.TemporaryFile() as log:
        process = start_bounded(
            command(wanted), cpu_seconds=cpu_seconds, memory_bytes=wanted.limits.decode_memory_bytes, stderr=log
        )
        watchdog = threading.Timer(cpu_seconds * 4, process.kill)
        watchdog.start()
        try:
            assert process.stdout is not None
            while frame := _read_whole(process.stdout, width * height * 3 // 2):
                cost.frames += 1
                yield frame
            process.wait()
        finally:
            was_slow = watchdog.finished.is_set()
            watchdog.cancel()
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
        _judge(process.returncode, log, cost, was_slow)


def _read_whole(pipe: IO[bytes], size: int) -> bytes:
    """The next `size` bytes; b"" at the end (a torn last frame is none)."""
    content = pipe.read(size)
    return content if len(content) == size else b""


def _judge(exit_code: int, log: IO[bytes], cost: Cost, was_slow: bool) -> None:
    log.seek(0)
    cost.damage = sum(1 for line in log if _DAMAGE.search(line))
    if was_slow:
        raise ChildSlow("ffmpeg was given too little of the machine to read a file")
    if exit_code != 0:
        log.seek(0)
        raise failure_of(exit_code, log.read(64_000).decode("utf-8", "replace"))
    if cost.frames == 0:
        raise Refused("corrupt", what="not one frame of it can be decoded")
    if cost.damage > max(2, cost.frames * _TOLERATED_DAMAGE):
        raise Refused("corrupt", what=f"{cost.damage} places in it cannot be decoded")


def failure_of(exit_code: int, log: str) -> Exception:
    """A full disk, a kill and an ffmpeg that lacks a part are ours; everything else is the file's."""
    error: FfmpegError = explain_failure(exit_code, log)
    if exit_code == -signal.SIGXCPU or error.trouble is Trouble.MEMORY:
        return Refused("too_heavy", what="time" if exit_code < 0 else "memory")
    is_ours = error.trouble is Trouble.DISK_FULL or exit_code == -signal.SIGKILL or _LACKING.search(log)
    if is_ours:
        return error
    return Refused("corrupt", what="the decoder gave up on it")


def command(wanted: Pass) -> list[str]:
    """ffmpeg's argument list for the pass."""
    limit = ["-t", f"{wanted.limits.max_seconds:.3f}"]
    largest = str(wanted.limits.max_side**2)
    opened = ["-protocol_whitelist", "file", "-f", wanted.demuxer, "-threads", "2", "-max_pixels", largest]
    arguments = [ffmpeg_binary(), "-hide_banner", "-nostdin", "-nostats", "-y", "-loglevel", "repeat+warning"]
    arguments += [*opened, *limit, "-i", str(wanted.path.absolute()), "-filter_complex_threads", "1"]
    arguments += ["-filter_complex", _graph(wanted), "-map_metadata", "-1", "-map_chapters", "-1"]
    if wanted.video_out is not None:
        arguments += [*_video_output(), str(wanted.video_out.absolute())]
    arguments += ["-map", "[proxy]", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"]
    return arguments + _sound_outputs(wanted)


def _video_output() -> list[str]:
    """H.264 high, 8 bit, BT.709, a key frame a second at least: cheap to seek in, visually lossless."""
    picture = ["-map", "[full]", "-fps_mode", "passthrough", "-c:v", "libx264", "-preset", "veryfast", "-crf", "18"]
    picture += ["-profile:v", "high", "-pix_fmt", "yuv420p", "-g", "30", "-bf", "2", "-threads", "2"]
    picture += ["-flags", "+cgop+bitexact", "-fflags", "+bitexact", "-video_track_timescale", "15360"]
    colours = ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv"]
    return [*picture, *colours, "-movflags", "+faststart", "-f", "mp4"]


def _sound_outputs(wanted: Pass) -> list[str]:
    sound = wanted.probe.sound
    if sound is None or wanted.sound_out is None or wanted.silence_out is None:
        return []
    return _sound_to(sound, wanted.sound_out, wanted.silence_out)


def _sound_to(sound: SoundFacts, kept: Path, heard: Path) -> list[str]:
    source = ["-map", f"0:a:{sound.index}", "-af", "aresample=async=1:first_pts=0"]
    full = [*source, "-ac", "2", "-ar", "48000", "-c:a", "flac", "-sample_fmt", "s16", "-f", "flac"]
    thin = [*source, "-ac", "1", "-ar", str(SILENCE_RATE), "-c:a", "pcm_s16le", "-f", "s16le"]
    return [*full, str(kept.absolute()), *thin, str(heard.absolute())]


def sound_command(
    path: Path, demuxer: str, sound: SoundFacts, limits: IntakeLimits, kept: Path, heard: Path
) -> list[str]:
    """ffmpeg's argument list for a file that is only sound: FLAC to `kept`, 16 kHz samples to `heard`."""
    opened = ["-protocol_whitelist", "file", "-f", demuxer, "-t", f"{limits.max_seconds:.3f}"]
    quiet = ["-hide_banner", "-nostdin", "-nostats", "-y", "-loglevel", "repeat+warning"]
    outputs = ["-vn", "-map_metadata", "-1", *_sound_to(sound, kept, heard)]
    return [ffmpeg_binary(), *quiet, *opened, "-i", str(path.absolute()), *outputs]


def _graph(wanted: Pass) -> str:
    """The filter graph: upright and square by ffmpeg itself, then these steps in order of cost."""
    video = wanted.video
    width, height = normal_size(video, wanted.limits.long_side)
    steps = ["setpts=PTS-STARTPTS"]
    if video.is_interlaced:
        steps.append("bwdif=mode=send_frame:deint=interlaced")
    # Frames that are dropped need no scaling; frames that are doubled are doubled after it.
    if video.rate > FPS:
        steps.append(f"fps={FPS}")
    if wanted.video_out is None:
        width, height = proxy_size(video)
        tail = f"{_scaled(video, width, height)},fps={FPS},format=yuv420p[proxy]"
        return f"[0:v:{video.index}]{','.join(steps)},{tail}"
    picture = _tone_mapped(video, width, height) if video.hdr else _scaled(video, width, height)
    tags = "setsar=1,setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    small_width, small_height = proxy_size(video)
    small = f"scale={small_width}:{small_height}:flags=area,format=yuv420p"
    chain = f"{','.join(steps)},{picture},fps={FPS},format=yuv420p,{tags},split[full][small]"
    return f"[0:v:{video.index}]{chain};[small]{small}[proxy]"


def _scaled(video: VideoFacts, width: int, height: int) -> str:
    flags = "area" if max(width, height) <= PROXY_LONG_SIDE else "bicubic"
    scale = f"scale={width}:{height}:flags={flags}:out_range=tv:out_color_matrix=bt709"
    if video.has_alpha:
        # What shows through is white, as on a page.
        return (
            "format=rgba,split[over][under];[under]drawbox=c=white:t=fill:replace=1[white];"
            f"[white][over]overlay=format=auto,{scale}"
        )
    if video.is_full_range:
        scale += ":in_range=pc"
    if video.matrix == _UNKNOWN and not video.pixel_format.startswith(("rgb", "bgr", "gbr", "pal", "argb", "abgr")):
        # Nothing told: standard definition is BT.601, anything larger BT.709.
        scale += f":in_color_matrix={'bt709' if min(video.width, video.height) >= 720 else 'bt601'}"
    return scale


def _tone_mapped(video: VideoFacts, width: int, height: int) -> str:
    """PQ or HLG to SDR: to linear light at 203 nits for white (ITU-R BT.2408), hable's curve, back to BT.709."""
    curve = "smpte2084" if video.hdr == "pq" else "arib-std-b67"
    return (
        f"scale={width}:{height}:flags=bicubic,"
        f"zscale=tin={curve}:pin=2020:min=2020_ncl:rin=limited:t=linear:npl=203,format=gbrpf32le,"
        "zscale=p=709,tonemap=tonemap=hable:desat=0,zscale=t=709:m=709:r=limited,format=yuv420p"
    )
