"""One-shot sounds as float64 mono arrays at 48 kHz. Frequencies in Hz, lengths in seconds, velocity 0..1."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float64]

RATE = 48_000


def pitch(note: int) -> float:
    """MIDI note number to Hz."""
    return float(440.0 * 2 ** ((note - 69) / 12))


def _time(seconds: float) -> Sound:
    return np.arange(int(seconds * RATE)) / RATE


def _fade(sound: Sound, attack: float = 0.003, release: float = 0.02) -> Sound:
    """Soften both ends so no note clicks."""
    rise, fall = int(attack * RATE), int(release * RATE)
    sound[:rise] *= np.linspace(0, 1, rise)
    sound[-fall:] *= np.linspace(1, 0, fall) ** 2
    return sound


def shaped_noise(seconds: float, low: float, high: float, seed: int) -> Sound:
    """White noise kept between two frequencies, by FFT with soft edges; peak 1."""
    count = int(seconds * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    gain = 1 / (1 + (low / np.maximum(hertz, 1)) ** 6) / (1 + (hertz / high) ** 6)
    sound = np.fft.irfft(spectrum * gain, count)
    return np.asarray(sound / np.abs(sound).max())


def electric_piano(note: int, seconds: float, velocity: float = 0.8) -> Sound:
    """Two-operator FM with a bell partial that dies first."""
    t, hertz = _time(seconds), pitch(note)
    body = np.sin(2 * np.pi * hertz * t + (1.6 * velocity * np.exp(-t * 3.2)) * np.sin(2 * np.pi * hertz * t))
    bell = 0.12 * velocity * np.sin(2 * np.pi * hertz * 7.01 * t) * np.exp(-t * 14)
    tremolo = 1 + 0.08 * np.sin(2 * np.pi * 4.6 * t)
    return _fade((body * np.exp(-t * 1.1) + bell) * tremolo * velocity, 0.004, 0.12)


def pad(note: int, seconds: float, brightness: float = 5.0, attack: float = 0.6) -> Sound:
    """Three detuned voices of rolled-off harmonics that swell in and out."""
    t, out = _time(seconds), np.zeros(int(seconds * RATE))
    for detune, phase in ((0.9965, 0.3), (1.0, 1.7), (1.0036, 4.1)):
        for harmonic in range(1, 11):
            level = np.exp(-harmonic / brightness) / harmonic
            out += level * np.sin(2 * np.pi * pitch(note) * detune * harmonic * t + phase * harmonic)
    return _fade(out * 0.3, attack, min(attack * 1.4, seconds * 0.45))


def string_pluck(note: int, seconds: float, velocity: float = 0.8, damping: float = 0.996, seed: int = 1) -> Sound:
    """Karplus-Strong, one period at a time, then read at the exact pitch."""
    period = max(8, int(RATE / pitch(note)))
    rows = int(seconds * RATE / period) + 3
    wave = np.random.default_rng(seed + note).uniform(-1, 1, period)
    wave = (wave + np.roll(wave, 1) + np.roll(wave, 2)) / 3
    table = np.empty((rows, period))
    for row in range(rows):
        table[row] = wave
        wave = damping * (0.56 * wave + 0.44 * np.roll(wave, 1))
    flat = table.ravel()
    # The averaging delays each period by 0.44 samples, so the sounding period is a little longer.
    positions = np.arange(int(seconds * RATE)) * (pitch(note) * (period + 0.44) / RATE)
    return _fade(np.interp(positions, np.arange(flat.size), flat) * velocity, 0.001, 0.15)


def marimba(note: int, seconds: float = 0.7, velocity: float = 0.8) -> Sound:
    """Wooden bar: fundamental and its fourth harmonic."""
    t, hertz = _time(seconds), pitch(note)
    bar = np.sin(2 * np.pi * hertz * t) * np.exp(-t * 7) + 0.28 * np.sin(2 * np.pi * hertz * 3.98 * t) * np.exp(-t * 22)
    return _fade(bar * velocity, 0.001, 0.05)


def bell(note: int, seconds: float = 1.6, velocity: float = 0.7) -> Sound:
    """Glassy FM bell."""
    t, hertz = _time(seconds), pitch(note)
    tone = np.sin(2 * np.pi * hertz * t + 1.4 * np.exp(-t * 5) * np.sin(2 * np.pi * hertz * 3.5 * t))
    return _fade(tone * np.exp(-t * 3.0) * velocity, 0.002, 0.2)


def saw_stab(note: int, seconds: float, velocity: float = 0.7, brightness: float = 9.0) -> Sound:
    """Short bright chord tone whose harmonics close quickly."""
    t, out = _time(seconds), np.zeros(int(seconds * RATE))
    for harmonic in range(1, 15):
        if pitch(note) * harmonic > 15_000:
            break
        out += (
            np.sin(2 * np.pi * pitch(note) * harmonic * t) / harmonic * np.exp(-t * (2.5 + harmonic * 18 / brightness))
        )
    return _fade(out * velocity * 0.6, 0.002, 0.04)


def bass(note: int, seconds: float, velocity: float = 0.9, growl: float = 0.25) -> Sound:
    """Round bass: sine, a little second and third harmonic."""
    t, hertz = _time(seconds), pitch(note)
    tone = np.sin(2 * np.pi * hertz * t) + growl * np.sin(4 * np.pi * hertz * t) * np.exp(-t * 4)
    tone += growl * 0.5 * np.sin(6 * np.pi * hertz * t) * np.exp(-t * 7)
    return _fade(np.tanh(1.2 * tone) * np.exp(-t * 0.8) * velocity, 0.006, 0.06)


def kick(velocity: float = 1.0, soft: bool = False) -> Sound:
    """Falling sine with a short click."""
    t = _time(0.34)
    sweep = 47 * t + (1.6 if soft else 3.0) * (1 - np.exp(-t * 34))
    drum = np.sin(2 * np.pi * sweep) * np.exp(-t * (9 if soft else 11))
    click = shaped_noise(0.34, 900, 4500, 3) * np.exp(-t * 260) * (0.08 if soft else 0.25)
    return _fade((drum + click) * velocity, 0.001, 0.05)


def snare(velocity: float = 0.7, brush: bool = False) -> Sound:
    """Noise over a tuned shell; the brush has a slower, darker noise."""
    t = _time(0.3)
    noise = shaped_noise(0.3, 900 if brush else 1500, 6000 if brush else 9500, 5) * np.exp(-t * (17 if brush else 21))
    shell = np.sin(2 * np.pi * 188 * t) * np.exp(-t * 30) * (0.25 if brush else 0.6)
    return _fade((noise * 0.8 + shell) * velocity, 0.008 if brush else 0.001, 0.05)


def hat(velocity: float = 0.3, opened: bool = False, seed: int = 7) -> Sound:
    """High noise, short or long."""
    t = _time(0.28 if opened else 0.09)
    return _fade(
        shaped_noise(t.size / RATE + 1e-6, 7000, 15_000, seed)[: t.size]
        * np.exp(-t * (13 if opened else 55))
        * velocity,
        0.001,
        0.02,
    )


def clap(velocity: float = 0.5) -> Sound:
    """Three close bursts and a tail."""
    t = _time(0.26)
    bursts = sum(np.exp(-np.maximum(t - start, 0) * 90) * (t >= start) for start in (0.0, 0.011, 0.022))
    return _fade(
        shaped_noise(0.26, 900, 5200, 11) * (np.asarray(bursts) * 0.5 + np.exp(-t * 22) * 0.5) * velocity, 0.001, 0.05
    )


def shaker(velocity: float = 0.2, seed: int = 13) -> Sound:
    """A swell of high noise."""
    t = _time(0.12)
    return _fade(shaped_noise(0.12, 4500, 11_000, seed) * np.sin(np.pi * t / 0.12) ** 2 * velocity, 0.01, 0.03)
