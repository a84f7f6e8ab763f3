"""ffmpeg for sound: decode anything to samples, encode the mix, measure what came out."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from core.errors import RetryableError, TerminalError
from generation.contracts import SAMPLE_RATE

Samples = NDArray[np.float64]

_LOCAL_ONLY = ("-protocol_whitelist", "file,pipe")
_SECONDS = 120.0


class SoundFailed(TerminalError):
    """ffmpeg could not read or write this sound; the text ends with its own words."""

    code = "sound_failed"


class SoundSlow(RetryableError):
    """ffmpeg took longer than a sound of this length can need."""

    code = "sound_slow"


@dataclass(frozen=True)
class Measured:
    """Verdict of ffmpeg's ebur128 on a file: integrated loudness and true peak in dBTP."""

    lufs: float
    true_peak: float


def ffmpeg_binary() -> str:
    """The program to run: FFMPEG_BINARY, else the one that comes with the install."""
    return os.environ.get("FFMPEG_BINARY") or imageio_ffmpeg.get_ffmpeg_exe()


def run_program(arguments: list[str], sent: bytes | None = None) -> tuple[bytes, str]:
    """Run ffmpeg with `arguments`; its stdout and its messages. SoundFailed or SoundSlow otherwise."""
    command = [ffmpeg_binary(), "-hide_banner", "-nostats", "-y", *([] if sent else ["-nostdin"]), *arguments]
    try:
        done = subprocess.run(command, input=sent, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise SoundSlow(f"no end after {_SECONDS:.0f} s") from error
    messages = done.stderr.decode("utf-8", "replace")
    if done.returncode != 0:
        raise SoundFailed(messages.strip()[-400:] or f"ffmpeg ended with {done.returncode}")
    return done.stdout, messages


def decode_sound(path: Path, channels: int = 2, rate: int = SAMPLE_RATE) -> Samples:
    """All of a sound file as (n, channels) samples in -1..1 at `rate`."""
    arguments = ["-v", "error", *_LOCAL_ONLY, "-i", str(path.absolute()), "-map", "0:a:0", "-vn"]
    arguments += ["-ac", str(channels), "-ar", str(rate), "-f", "f32le", "pipe:1"]
    raw, _ = run_program(arguments)
    return np.frombuffer(raw, dtype="<f4").astype(np.float64).reshape(-1, channels)


def encode_aac(samples: Samples, path: Path) -> None:
    """(n, 2) samples at 48 kHz as one continuous AAC-LC stream of 128 kbit/s in an m4a."""
    arguments = ["-v", "error", "-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", "pipe:0"]
    arguments += ["-c:a", "aac", "-b:a", "128k", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
    temporary = path.with_name(f".{path.stem}.{os.getpid()}.m4a")
    run_program([*arguments, "-f", "ipod", str(temporary.absolute())], sent=samples.astype("<f4").tobytes())
    os.replace(temporary, path)


def measure(path: Path) -> Measured:
    """Loudness and true peak of a finished file."""
    arguments = ["-v", "info", *_LOCAL_ONLY, "-i", str(path.absolute()), "-map", "0:a:0"]
    arguments += ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    _, messages = run_program(arguments)
    summary = messages[messages.rfind("Summary:") :]
    lufs = re.search(r"I:\s+(-?[\d.]+|-inf|nan) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+|-inf|nan) dBFS", summary)
    if lufs is None or peak is None:
        raise SoundFailed("ebur128 gave no summary")
    return Measured(float(lufs[1]), float(peak[1]))
