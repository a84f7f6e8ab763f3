"""Soft sound under a few shots, synthesised; most of the footage is silent."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from demo.synth.instruments import RATE, Sound, shaped_noise


def rain(seconds: float) -> Sound:
    """Rain on a window: a hush, and drops close by."""
    sound = 0.10 * shaped_noise(seconds, 500, 5200, 3) + 0.05 * shaped_noise(seconds, 60, 260, 4)
    random = np.random.default_rng(6)
    tick = shaped_noise(0.05, 1200, 6000, 5) * np.exp(-np.arange(int(0.05 * RATE)) / RATE * 130)
    for start in random.uniform(0, seconds - 0.06, int(seconds * 26)):
        first = int(start * RATE)
        sound[first : first + tick.size] += tick * random.uniform(0.01, 0.09)
    return sound


SOUNDS = {"night-overtime-window-rain": rain}


def write_ambience(name: str, seconds: float, folder: Path) -> Path | None:
    """The sound of a shot as a wav file, or None for a silent one."""
    if name not in SOUNDS:
        return None
    sound = SOUNDS[name](seconds)
    fade = np.minimum(1, np.minimum(np.arange(sound.size), np.arange(sound.size)[::-1]) / (0.15 * RATE))
    path = folder / f"{name}.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(sound * fade, -1, 1) * 32_000).astype("<i2").tobytes())
    return path
