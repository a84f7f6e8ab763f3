"""Word and sound times for voices that give none: espeak-ng's times for the same words, laid over their sound.

Both say the same sounds in the same order; what differs is pace. Their sounds are matched moment by
moment; where they have too little in common, their pauses are, and time runs evenly between them.
The guide is never heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generation.engines.voiceover.base import Speech
from generation.engines.voiceover.matched_times import MOST_UNLIKE, match

_HOP_SECONDS = 0.01
_QUIET_SHARE = 0.06
"""Quiet is what lies under this share of the loud parts (95th percentile of RMS): 24 dB."""
_SHORTEST_PAUSE = 0.07
_FARTHEST = 0.12
"""A pause is the other's when both stand at about the same share of their line."""


@dataclass(frozen=True)
class _Pause:
    start: float
    end: float


def guided(speech: Speech, guide: Speech) -> Speech:
    """`speech` with the spans and phonemes of `guide`, moved to where they are heard in it."""
    if not guide.spans or not speech.samples.size:
        return speech
    there, here = _by_sounds(speech, guide) or _by_pauses(speech, guide)

    def at(seconds: float) -> float:
        return float(np.interp(seconds, there, here))

    spans = tuple(
        replace(span, start_seconds=at(span.start_seconds), end_seconds=at(span.end_seconds)) for span in guide.spans
    )
    phonemes = tuple(replace(each, start_seconds=at(each.start_seconds)) for each in guide.phonemes)
    return replace(speech, spans=spans, phonemes=phonemes)


def _by_sounds(speech: Speech, guide: Speech) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Moments of the guide and of the speech by their sounds; None where they are too unlike."""
    found = match((guide.samples, guide.sample_rate), (speech.samples, speech.sample_rate))
    return (found.there, found.here) if found is not None and found.unlikeness <= MOST_UNLIKE else None


def _by_pauses(speech: Speech, guide: Speech) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    first, last, pauses = _sounding(speech.samples, speech.sample_rate)
    begin, end = guide.spans[0].start_seconds, guide.spans[-1].end_seconds
    anchors = [(begin, first), *_matched(_gaps(guide), pauses, (begin, end), (first, last)), (end, last)]
    there, here = (np.asarray(side) for side in zip(*anchors, strict=True))
    return there, here


def _gaps(guide: Speech) -> list[_Pause]:
    return [
        _Pause(before.end_seconds, after.start_seconds)
        for before, after in pairwise(guide.spans)
        if after.start_seconds - before.end_seconds >= _SHORTEST_PAUSE
    ]


def _matched(
    gaps: Sequence[_Pause], pauses: Sequence[_Pause], there: tuple[float, float], here: tuple[float, float]
) -> list[tuple[float, float]]:
    """Anchor pairs (guide seconds, speech seconds) at the ends of every pause that both make, ascending."""
    anchors: list[tuple[float, float]] = []
    left = list(pauses)
    for gap in gaps:
        share = ((gap.start + gap.end) / 2 - there[0]) / (there[1] - there[0])
        near = [
            (abs(((pause.start + pause.end) / 2 - here[0]) / (here[1] - here[0]) - share), place)
            for place, pause in enumerate(left)
        ]
        if near and min(near)[0] <= _FARTHEST:
            place = min(near)[1]
            anchors += [(gap.start, left[place].start), (gap.end, left[place].end)]
            left = left[place + 1 :]
    return anchors


def _sounding(samples: NDArray[np.float64], rate: int) -> tuple[float, float, list[_Pause]]:
    """Seconds of the first and last sound, and the pauses between."""
    hop = max(int(rate * _HOP_SECONDS), 1)
    count = max(len(samples) // hop, 1)
    table = np.pad(samples, (0, max(count * hop - len(samples), 0)))[: count * hop].reshape(count, hop)
    level = np.sqrt((table**2).mean(axis=1))
    loud = np.flatnonzero(level > np.percentile(level, 95) * _QUIET_SHARE)
    if not loud.size:
        return 0.0, len(samples) / rate, []
    pauses = [
        _Pause((before + 1) * hop / rate, after * hop / rate)
        for before, after in pairwise(loud.tolist())
        if (after - before - 1) * hop / rate >= _SHORTEST_PAUSE
    ]
    return int(loud[0]) * hop / rate, (int(loud[-1]) + 1) * hop / rate, pauses
