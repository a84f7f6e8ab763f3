"""Long shots parted into stretches short enough to use, at calm moments and in pauses."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generation.understanding.cuts import Interval

LONGEST_FRAMES = 180
SHORTEST_FRAMES = 60
_STEP = 3
_PAUSE_WORTH = 1.0


def part_long_shots(
    shots: Sequence[Interval], changes: NDArray[np.float64], silences: Sequence[tuple[int, int]]
) -> list[Interval]:
    """`shots` with those over six seconds parted into stretches of two to six.

    `changes` is the change from frame to frame; `silences` are frame ranges without
    speech. Of all ways to part a shot the one whose borders are calmest is taken.
    """
    made: list[Interval] = []
    for shot in shots:
        made += [shot] if shot.frames <= LONGEST_FRAMES else _parted(shot, changes, silences)
    return made


def _parted(shot: Interval, changes: NDArray[np.float64], silences: Sequence[tuple[int, int]]) -> list[Interval]:
    places = list(range(shot.start, shot.end, _STEP))
    costs = _unrest(shot, changes, silences)[::_STEP]
    reach = range(SHORTEST_FRAMES // _STEP, LONGEST_FRAMES // _STEP + 1)
    best = np.full(len(places), np.inf)
    came_from = np.full(len(places), -1)
    best[0] = 0.0
    for index in range(len(places)):
        for step in reach:
            if index - step >= 0 and best[index - step] + costs[index] + 0.15 < best[index]:
                best[index] = best[index - step] + costs[index] + 0.15
                came_from[index] = index - step
    return _stretches(shot, places, best, came_from)


def _unrest(shot: Interval, changes: NDArray[np.float64], silences: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Per frame: how much moves round it (0..1, half a second's mean), less where somebody pauses."""
    part = changes[shot.start : shot.end]
    smooth = np.convolve(part, np.ones(15) / 15, mode="same")
    cost = smooth / max(float(smooth.max()), 1e-6)
    if silences:
        cost = cost + _PAUSE_WORTH
        for start, end in silences:
            cost[max(start - shot.start, 0) : max(end - shot.start, 0)] -= _PAUSE_WORTH
    return np.asarray(cost)


def _stretches(
    shot: Interval, places: list[int], best: NDArray[np.float64], came_from: NDArray[np.intp]
) -> list[Interval]:
    """Backwards from the cheapest last border that leaves a last stretch of allowed length."""
    ends = [i for i, place in enumerate(places) if SHORTEST_FRAMES <= shot.end - place <= LONGEST_FRAMES]
    at = min(ends, key=lambda index: float(best[index]))
    borders = [shot.end]
    while at > 0:
        borders.append(places[at])
        at = int(came_from[at])
    borders.append(shot.start)
    borders.reverse()
    return [Interval(start, end) for start, end in itertools.pairwise(borders)]
