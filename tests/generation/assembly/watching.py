"""Looks at a finished file as players do: ffmpeg and PyAV, frames by number, flashes and beeps by time."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import av.logging
import numpy as np

from core.media import ffmpeg_binary
from tests.generation.assembly.pieces import number_and_flash


@dataclass(frozen=True)
class Watched:
    """Everything a file shows: numbers and places of its frames, its sound, when it flashes, what PyAV logged."""

    numbers: list[int]
    places: list[Fraction]
    decode_places: list[Fraction]
    sound: np.ndarray
    flash_seconds: list[float]
    warnings: list[str]


def watch(path: Path) -> Watched:
    """Decode all of it with PyAV."""
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture() as logged, av.open(str(path)) as container:
            video = container.streams.video[0]
            # One thread: a decoder's own threads that log need the interpreter while somebody holds it to join them.
            video.thread_count = 1
            dts = [packet.dts * video.time_base for packet in container.demux(video) if packet.size]
            container.seek(0)
            shown = container.decode(video)
            seen = [(number_and_flash(f.to_ndarray(format="rgb24")), f.pts * f.time_base) for f in shown]
    finally:
        av.logging.set_level(None)
    flashes = [float(at) for (_, is_flash), at in seen if is_flash]
    return Watched(
        numbers=[number for (number, _), _ in seen],
        places=[at for _, at in seen],
        decode_places=dts,
        sound=sound_of(path),
        flash_seconds=flashes,
        warnings=[message for _, _, message in logged],
    )


def ffmpeg(*arguments: str) -> bytes:
    """What ffmpeg writes to stdout; AssertionError for a single word on stderr."""
    run = subprocess.run([str(ffmpeg_binary()), "-v", "error", *arguments], capture_output=True, check=True)
    assert run.stderr == b""
    return run.stdout


def sound_of(path: Path) -> np.ndarray:
    """The first channel at 48 kHz, after the edit list."""
    wave = ffmpeg("-i", str(path), "-map", "0:a", "-f", "f32le", "-ac", "2", "-")
    return np.frombuffer(wave, "<f4").reshape(-1, 2)[:, 0]


def frame_hashes(path: Path) -> list[str]:
    lines = ffmpeg("-i", str(path), "-map", "0:v", "-f", "framemd5", "-").decode().splitlines()
    return [line.split(",")[-1].strip() for line in lines if not line.startswith("#")]


def beep_seconds(sound: np.ndarray) -> list[float]:
    """When loud stretches begin that follow at least 50 ms of quiet."""
    loud = np.flatnonzero(np.abs(sound) > 0.3)
    gaps = np.diff(loud, prepend=-48000) > 2400
    return [float(at) / 48000 for at in loud[gaps]]
