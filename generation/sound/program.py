"""Sound through ffmpeg: decode anything to samples, encode the mix, measure what came out."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import TerminalError
from core.media import ffmpeg_process, run_ffmpeg
from generation.contracts import SAMPLE_RATE

Samples = NDArray[np.float64]

_LOCAL_ONLY = ("-protocol_whitelist", "file")
_LONGEST_SECONDS = 120.0


class SoundFailed(TerminalError):
    """A finished sound could not be measured."""

    code = "sound_failed"


@dataclass(frozen=True)
class Measured:
    """Verdict of ffmpeg's ebur128 on a file: integrated loudness and true peak in dBTP."""

    lufs: float
    true_peak: float


def decode_sound(path: Path, channels: int = 2, rate: int = SAMPLE_RATE) -> Samples:
    """All of a sound file as (n, channels) samples in -1..1 at `rate`; FfmpegRefused when it cannot be read."""
    arguments = [*_LOCAL_ONLY, "-i", str(path.absolute()), "-map", "0:a:0", "-vn"]
    arguments += ["-ac", str(channels), "-ar", str(rate), "-f", "f32le", "pipe:1"]
    raw = run_ffmpeg(arguments, timeout_seconds=_LONGEST_SECONDS, capture=True).output
    return np.frombuffer(raw, dtype="<f4").astype(np.float64).reshape(-1, channels)


def encode_aac(samples: Samples, path: Path) -> None:
    """(n, 2) samples at 48 kHz as one continuous AAC-LC stream of 128 kbit/s in an m4a."""
    arguments = ["-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", "pipe:0"]
    arguments += ["-c:a", "aac", "-b:a", "128k", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
    temporary = path.with_name(f".{path.stem}.{os.getpid()}.m4a")
    arguments += ["-f", "ipod", str(temporary.absolute())]
    with ffmpeg_process(arguments, timeout_seconds=_LONGEST_SECONDS, with_stdin=True) as run:
        # When it ends before it took everything, its exit code tells why.
        with contextlib.suppress(BrokenPipeError):
            run.stdin.write(samples.astype("<f4").tobytes())
        run.finish()
    os.replace(temporary, path)


def measure(path: Path) -> Measured:
    """Loudness and true peak of a finished file."""
    arguments = ["-v", "info", "-nostats", *_LOCAL_ONLY, "-i", str(path.absolute()), "-map", "0:a:0"]
    arguments += ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    log = run_ffmpeg(arguments, timeout_seconds=_LONGEST_SECONDS).log
    summary = log[log.rfind("Summary:") :]
    lufs = re.search(r"I:\s+(-?[\d.]+|-inf|nan) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+|-inf|nan) dBFS", summary)
    if lufs is None or peak is None:
        raise SoundFailed(f"{path.name}: ebur128 gave no summary")
    return Measured(float(lufs[1]), float(peak[1]))
