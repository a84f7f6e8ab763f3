"""Which moment of one reading of a line is which of another: by the colour of their sounds, frame by frame.

Dynamic time warping over cepstra (Sakoe and Chiba 1978, their slopes between a half and two), as
forced aligners without trained models do it. Quiet is left out of both: pauses differ, sounds do not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_FRAME_SECONDS, _WINDOW_SECONDS = 0.01, 0.025
_MOST_FRAMES = 2_000
"""Longer lines are looked at in longer frames: the table grows with the square."""
_QUIET_SHARE, _SHORTEST_QUIET = 0.05, 9
"""26 dB under the loud parts; in frames: the stops inside words stay."""
_BANDS, _LOWEST_HERTZ, _HIGHEST_HERTZ = 24, 80.0, 5_500.0
_CEPSTRA, _LEVEL_WEIGHT = 8, 2.0
_SLANT = 1.1
"""What a step counts that lets one voice go twice as fast as the other."""
MOST_UNLIKE = 0.85
"""Cost of the path beside that of any two moments. The same line costs 0.36 to 0.72, in a whisper and from another
synthesizer too; sounds that are no speech cost 0.9 and more."""


@dataclass(frozen=True)
class Matched:
    """Seconds in the one (`there`) and the same moments in the other (`here`), both ascending.

    `unlikeness`: 0 for the same reading, about 1 for two that have nothing in common.
    """

    there: Floats
    here: Floats
    unlikeness: float


def match(there: tuple[Floats, int], here: tuple[Floats, int]) -> Matched | None:
    """Match two readings (samples, rate); None where one of them is too short or the paces are too different."""
    outer, inner = _sounding(*there), _sounding(*here)
    count = len(inner)
    if min(count, len(outer)) < 5:
        return None
    # As many frames of both: the path then runs along the diagonal whatever their paces.
    outer = np.interp(np.linspace(0, len(outer) - 1, count), np.arange(len(outer)), outer)
    one, other = _cepstra(*here, inner), _cepstra(*there, outer)
    squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None] - 2.0 * one @ other.T
    costs = np.sqrt(np.maximum(squares, 0.0))
    found = _cheapest_path(costs)
    if found is None:
        return None
    rows, columns, cost = found
    times, place = np.unique(outer[columns], return_inverse=True)
    moments = np.bincount(place, inner[rows]) / np.bincount(place)
    return Matched(times, np.maximum.accumulate(moments), cost / float(costs.mean()))


def _sounding(samples: Floats, rate: int) -> Floats:
    """Seconds of the middles of all frames that sound, short quiet between them included."""
    hop = max(int(rate * max(_FRAME_SECONDS, len(samples) / rate / _MOST_FRAMES)), 1)
    count = len(samples) // hop
    if not count:
        return np.zeros(0)
    level = np.sqrt((samples[: count * hop].reshape(count, hop) ** 2).mean(axis=1))
    loud = np.flatnonzero(level > np.percentile(level, 95) * _QUIET_SHARE)
    kept = np.zeros(count, dtype=bool)
    kept[loud] = True
    for before, gap in zip(loud[:-1], np.diff(loud), strict=True):
        if gap <= _SHORTEST_QUIET:
            kept[before : before + gap] = True
    return (np.flatnonzero(kept) + 0.5) * hop / rate


def _cepstra(samples: Floats, rate: int, middles: Floats) -> Floats:
    """f64[frames, 9]: the cosine transform of the mel bands' levels, each of mean 0 and spread 1 over the line."""
    window = int(rate * _WINDOW_SECONDS)
    size = 1 << (window - 1).bit_length()
    starts = (middles * rate).astype(np.intp) + window - window // 2
    frames = np.pad(samples, (window, window + size))[starts[:, None] + np.arange(window)] * np.hanning(window)
    power = np.abs(np.fft.rfft(frames, size)) ** 2
    levels = np.log(power @ _mel_bands(size, rate).T + 1e-7)
    places = np.outer(np.arange(_CEPSTRA + 1), np.arange(_BANDS) + 0.5)
    cepstra = levels @ np.cos(np.pi / _BANDS * places).T
    cepstra = (cepstra - cepstra.mean(axis=0)) / (cepstra.std(axis=0) + 1e-6)
    cepstra[:, 0] *= _LEVEL_WEIGHT
    return np.asarray(cepstra)


def _mel_bands(size: int, rate: int) -> Floats:
    """Triangles over the bins of a transform of `size`; mel as 2595 log10(1 + f / 700)."""
    ends = 2595.0 * np.log10(1.0 + np.array([_LOWEST_HERTZ, min(_HIGHEST_HERTZ, rate / 2)]) / 700.0)
    edges = 700.0 * (10.0 ** (np.linspace(ends[0], ends[1], _BANDS + 2) / 2595.0) - 1.0)
    hertz = np.fft.rfftfreq(size, 1.0 / rate)[None]
    rising = (hertz - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - hertz) / np.diff(edges)[1:, None]
    return np.asarray(np.maximum(np.minimum(rising, falling), 0.0))


def _cheapest_path(costs: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp], float] | None:
    """Rows and columns of the cheapest path from corner to corner, and its mean cost; steps (1,1), (1,2), (2,1)."""
    count = len(costs)
    sums = np.full((count, count), np.inf)
    steps = np.zeros((count, count), dtype=np.int8)
    sums[0, 0] = costs[0, 0]
    for row in range(1, count):
        ways = np.full((3, count), np.inf)
        ways[0, 1:] = sums[row - 1, :-1] + costs[row, 1:]
        ways[1, 2:] = sums[row - 1, :-2] + costs[row, 1:-1] + _SLANT * costs[row, 2:]
        if row > 1:
            ways[2, 1:] = sums[row - 2, :-1] + costs[row - 1, 1:] + _SLANT * costs[row, 1:]
        steps[row] = ways.argmin(axis=0)
        sums[row] = ways.min(axis=0)
    if not np.isfinite(sums[-1, -1]):
        return None
    rows, columns = _walked_back(steps)
    return rows, columns, float(costs[rows, columns].mean())


def _walked_back(steps: NDArray[np.int8]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    row = column = len(steps) - 1
    path = [(row, column)]
    while row > 0:
        step = steps[row, column]
        if step == 1:
            path.append((row, column - 1))
        elif step == 2:
            path.append((row - 1, column))
        row, column = row - (2 if step == 2 else 1), column - (2 if step == 1 else 1)
        path.append((row, column))
    table = np.array(path[::-1], dtype=np.intp)
    return table[:, 0], table[:, 1]
