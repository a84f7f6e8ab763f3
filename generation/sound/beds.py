"""What lies under the voice: music repeated to length, and the tone of a quiet room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.contracts import SAMPLE_RATE

Samples = NDArray[np.float64]

_CROSSFADE = SAMPLE_RATE * 3 // 10
_EDGE = SAMPLE_RATE // 20
_SILENT = 10 ** (-50 / 20)


def repeat_to(music: Samples, length: int) -> Samples:
    """(n, 2) `music` as exactly `length` samples.

    A loop whose end runs on into its beginning is laid end to end. Anything else (a song
    with a fade-out) loses its silent edges and is crossfaded at equal power.
    """
    if is_loop(music):
        return np.resize(music, (length, music.shape[1])) if len(music) < length else music[:length]
    music = without_silent_edges(music)
    if len(music) >= length:
        return music[:length]
    overlap = min(_CROSSFADE, len(music) // 4)
    ramp = np.sin(np.linspace(0.0, np.pi / 2, overlap))[:, None] if overlap else np.zeros((0, 1))
    made = np.zeros((length, music.shape[1]))
    at = 0
    while at < length:
        piece = music.copy()
        if at and overlap:
            piece[:overlap] *= ramp
        piece[len(piece) - overlap :] *= ramp[::-1]
        room = min(len(piece), length - at)
        made[at : at + room] += piece[:room]
        at += max(len(music) - overlap, 1)
    return made


def is_loop(music: Samples) -> bool:
    """Whether the end sounds on into the beginning: both edges carry level, and nearly the same."""
    if len(music) < 4 * _EDGE:
        return True
    head, tail = (float(np.sqrt((part**2).mean())) for part in (music[:_EDGE], music[-_EDGE:]))
    whole = float(np.sqrt((music**2).mean()))
    return min(head, tail) > max(_SILENT, whole * 0.05)


def without_silent_edges(music: Samples) -> Samples:
    """`music` from its first to its last sound above -50 dBFS; all of it when there is none."""
    heard = np.flatnonzero(np.abs(music).max(axis=1) > _SILENT)
    return music[heard[0] : heard[-1] + 1] if heard.size else music


ROOM_PERIOD = 2 * SAMPLE_RATE
"""Two seconds repeated: nobody hears the period of a noise this faint, and it costs nothing."""


def room_tone(length: int, level_db: float, seed: int = 1) -> Samples:
    """(length, 2) samples of a quiet room: noise that falls by 5 dB an octave above 120 Hz, at `level_db` RMS."""
    generator = np.random.default_rng(seed)
    size = ROOM_PERIOD
    frequencies = np.fft.rfftfreq(size, 1.0 / SAMPLE_RATE)
    colour = (np.maximum(frequencies, 120.0) / 120.0) ** -0.83
    colour[frequencies < 40.0] = 0.0
    channels = [np.fft.irfft(np.fft.rfft(generator.standard_normal(size)) * colour, size) for _ in range(2)]
    noise = np.stack(channels, axis=1)
    noise *= 10 ** (level_db / 20) / np.sqrt((noise**2).mean())
    return np.resize(noise, (length, 2))
