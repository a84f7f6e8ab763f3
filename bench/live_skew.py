"""Flash and tone found again in a file: how far picture and sound are apart."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

RATE = 48_000
HOP = 48


def write_claps(path: Path, seconds: int) -> None:
    """A file in which every other second a white picture and a tone begin with the same tick."""
    from avatar.outputs.encoder import Encoder
    from avatar.outputs.sinks import FileSink

    encoder = Encoder(96, 96, "ultrafast")
    sink = FileSink(path, encoder)
    sink.open()
    tone = np.rint(12000 * np.sin(2 * np.pi * 1500 * np.arange(1920) / RATE)).astype(np.int16)
    for tick in range(seconds * 25):
        claps = tick % 50 in (20, 21, 22, 23)
        picture = np.full((144, 96), 128, np.uint8)
        picture[:96] = 235 if claps else 16
        for coded in encoder.picture(picture, tick) + encoder.sound(tone if claps else np.zeros(1920, np.int16), tick):
            sink.write(coded)
    for coded in encoder.finish():
        sink.write(coded)
    sink.close(is_lost=False)


def skews_ms(path: Path) -> list[float]:
    """For every flash: when the tone next to it begins, less when the flash does."""
    flashes, tones = _onsets(*_pictures(path), 0.2), _onsets(*_levels(path), 0.2)
    near = [min(tones, key=lambda tone: abs(tone - flash)) - flash for flash in flashes]
    return [1000 * each for each in near]


def time_stamps(path: Path) -> dict[str, Any]:
    """The different steps, in ms, between neighbouring pictures and between neighbouring pieces of sound."""
    import av

    stamps: dict[str, list[int]] = {"video": [], "audio": []}
    with av.open(str(path)) as container:
        for packet in container.demux():
            if packet.dts is not None:
                stamps[packet.stream.type].append(round(packet.dts * packet.time_base * 1000))
    steps = {kind: sorted({later - earlier for earlier, later in pairwise(found)}) for kind, found in stamps.items()}
    return {"pictures": steps["video"], "sound": steps["audio"], "last_ms": stamps["video"][-1]}


def _pictures(path: Path) -> tuple[np.ndarray, np.ndarray]:
    import av

    times, bright = [], []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            times.append(float(frame.pts * frame.time_base))
            bright.append(float(frame.to_ndarray()[8:88:8, ::8].mean()) > 128)
    return np.asarray(times), np.asarray(bright)


def _levels(path: Path) -> tuple[np.ndarray, np.ndarray]:
    import av

    times, loud = [], []
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            begin = float(frame.pts * frame.time_base)
            samples = frame.to_ndarray()[0]
            for at in range(0, len(samples) - HOP + 1, HOP):
                times.append(begin + at / RATE)
                loud.append(float(np.abs(samples[at : at + HOP]).max()) > 0.06)
    return np.asarray(times), np.asarray(loud)


def _onsets(times: np.ndarray, is_on: np.ndarray, quiet_seconds: float) -> list[float]:
    """Where it comes on after having been off for a while."""
    found, last_on = [], -1.0
    for at, on in zip(times, is_on, strict=True):
        if on:
            if at - last_on > quiet_seconds:
                found.append(float(at))
            last_on = float(at)
    return found
