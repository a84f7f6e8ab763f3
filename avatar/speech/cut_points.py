"""Making a voiced sentence safe to cut and to take up again: silence at the end of every clause. Pure.

A cut or a re-entry in the middle of a sound is heard as a tear. Where the voice leaves less than
60 ms of quiet between two clauses, silence is put in at its quietest moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import SAMPLE_RATE

Samples = NDArray[np.floating]

QUIET_SAMPLES = SAMPLE_RATE * 60 // 1000
"""So long the quiet at a clause end is at least: as long as the fade of a cut."""
QUIET_BELOW = 0.005
"""RMS below which 5 ms count as quiet: 46 dB under full scale, some 28 under the voice."""
_HOP = SAMPLE_RATE * 5 // 1000
_LEAD = SAMPLE_RATE * 10 // 1000
"""Re-entry begins this much before the first sound."""
_INSERTED = SAMPLE_RATE * 70 // 1000
_FADE = SAMPLE_RATE * 6 // 1000
_BEFORE, _AFTER = SAMPLE_RATE * 60 // 1000, SAMPLE_RATE * 20 // 1000


@dataclass(frozen=True)
class Insertion:
    """`length` samples of silence put in before sample `at` of the original."""

    at: int
    length: int


@dataclass(frozen=True)
class Breathed:
    """Samples with quiet at every clause end; `boundaries` are where the next clause begins, in these samples."""

    samples: Samples
    boundaries: tuple[int, ...]
    insertions: tuple[Insertion, ...]

    def moved(self, sample: int) -> int:
        """Where a sample of the original lies now; the one at an insertion lies behind it."""
        return sample + sum(each.length for each in self.insertions if each.at <= sample)


def breathe(samples: Samples, gaps: Sequence[tuple[int, int]]) -> Breathed:
    """`gaps` are (end of the last word, start of the next) at every clause end but the last, in samples, ascending."""
    boundaries: list[int] = []
    insertions: list[Insertion] = []
    for end, start in gaps:
        first, last = max(end - _BEFORE, 0), min(max(start, end) + _AFTER, len(samples))
        run = _quiet_run(samples, first, last)
        if run[1] - run[0] >= QUIET_SAMPLES:
            boundaries.append(run[1] - _LEAD + sum(each.length for each in insertions))
            continue
        at = run[1] if run[1] > run[0] else _quietest(samples, first, last)
        insertions.append(Insertion(at, _INSERTED))
        boundaries.append(at + sum(each.length for each in insertions) - _LEAD)
    return Breathed(_with_silence(samples, insertions), tuple(boundaries), tuple(insertions))


def _levels(samples: Samples, first: int, last: int) -> Samples:
    count = max((last - first) // _HOP, 1)
    table = np.asarray(samples[first : first + count * _HOP], dtype=np.float64)
    table = np.pad(table, (0, count * _HOP - len(table))).reshape(count, _HOP)
    return np.asarray(np.sqrt((table**2).mean(axis=1)))


def _quiet_run(samples: Samples, first: int, last: int) -> tuple[int, int]:
    """(start, end) of the longest quiet within [first, last); (first, first) where there is none."""
    best = (first, first)
    start: int | None = None
    levels = _levels(samples, first, last)
    for place in range(len(levels) + 1):
        if place < len(levels) and levels[place] < QUIET_BELOW:
            start = place if start is None else start
        elif start is not None:
            found = (first + start * _HOP, first + place * _HOP)
            best = found if found[1] - found[0] > best[1] - best[0] else best
            start = None
    return best


def _quietest(samples: Samples, first: int, last: int) -> int:
    return first + int(np.argmin(_levels(samples, first, last))) * _HOP + _HOP // 2


def _with_silence(samples: Samples, insertions: Sequence[Insertion]) -> Samples:
    if not insertions:
        return samples
    fade = 0.5 - 0.5 * np.cos(np.pi * np.arange(_FADE) / _FADE)
    parts: list[Samples] = []
    at = 0
    for each in insertions:
        before = np.array(samples[at : each.at])
        _fade_in(before, fade) if at else None
        length = min(_FADE, len(before))
        if length:
            before[-length:] *= fade[:length][::-1]
        parts += [before, np.zeros(each.length, dtype=samples.dtype)]
        at = each.at
    rest = np.array(samples[at:])
    _fade_in(rest, fade)
    return np.concatenate([*parts, rest])


def _fade_in(part: Samples, fade: Samples) -> None:
    length = min(len(fade), len(part))
    part[:length] *= fade[:length]
