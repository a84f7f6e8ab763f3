"""Curves of motion: every one maps 0..1 to (about) 0..1 and clamps its input."""

from __future__ import annotations

import math


def clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    return low if value < low else high if value > high else value


def progress(frame: float, start: float, length: float) -> float:
    """How far `frame` is through a move of `length` frames that begins at `start`, 0..1."""
    return clamp((frame - start) / length) if length > 0 else float(frame >= start)


def out_cubic(share: float) -> float:
    return 1 - (1 - clamp(share)) ** 3


def in_cubic(share: float) -> float:
    return float(clamp(share) ** 3)


def in_out(share: float) -> float:
    share = clamp(share)
    return 4 * share**3 if share < 0.5 else 1 - (-2 * share + 2) ** 3 / 2


def in_out_sine(share: float) -> float:
    return 0.5 - 0.5 * math.cos(math.pi * clamp(share))


def out_expo(share: float) -> float:
    share = clamp(share)
    return 1.0 if share >= 1 else 1 - 2 ** (-10 * share)


def out_back(share: float, overshoot: float = 1.70158) -> float:
    """Goes past 1 and settles (Penner's back curve)."""
    share = clamp(share) - 1
    return 1 + (overshoot + 1) * share**3 + overshoot * share**2


def spring(share: float, swings: float = 1.5, damping: float = 5.5) -> float:
    """A damped spring from 0 to 1; above 1 on its first swing, at rest by share = 1."""
    share = clamp(share)
    if share >= 1:
        return 1.0
    return 1 - math.exp(-damping * share) * math.cos(2 * math.pi * swings * share)


def pulse(frame: float, period: float, length: float) -> float:
    """0..1..0 once every `period` frames, over `length` frames."""
    phase = frame % period
    return math.sin(math.pi * phase / length) if phase < length else 0.0
