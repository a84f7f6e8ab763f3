"""Listening with a model that hears whole stretches only: speech is gathered until it pauses. Bounded memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from generation.hearing.base import HEARING_RATE, Heard

PAUSE_SECONDS, LONGEST_SECONDS, SHORTEST_SECONDS = 0.6, 20.0, 0.2
_BLOCK = HEARING_RATE // 50
_QUIETEST = 0.004
_UNDER_LOUD = 0.03
"""Quiet lies 30 dB under the loudest 20 ms of the stretch, or under 48 dB of full scale."""

Recognize = Callable[[NDArray[np.float32]], Heard]


class TurnListener:
    """A stream that gives finals alone: one for each stretch of at most 20 s between two pauses."""

    def __init__(self, recognize: Recognize) -> None:
        self._recognize = recognize
        self._held = np.zeros(0, dtype=np.float32)
        self._before = 0

    def accept(self, samples: NDArray[np.float32]) -> Heard | None:
        """Gathers; a final `Heard` once the speaker paused or spoke for 20 s. Silence ahead of speech is let go."""
        self._held = np.concatenate([self._held, np.asarray(samples, dtype=np.float32)])
        loud = self._loud()
        if not loud.size:
            self._let_go(max(len(self._held) - HEARING_RATE // 2, 0) // _BLOCK * _BLOCK)
            return None
        ends = (int(loud[-1]) + 1) * _BLOCK
        has_paused = len(self._held) - ends >= PAUSE_SECONDS * HEARING_RATE
        if not has_paused and len(self._held) < LONGEST_SECONDS * HEARING_RATE:
            return None
        heard = self._spoken(len(self._held))
        return heard if heard.text else None

    def finish(self) -> Heard:
        """What is left of the turn."""
        if not self._loud().size:
            self._let_go(len(self._held))
            return Heard("", True)
        return self._spoken(len(self._held))

    def _spoken(self, count: int) -> Heard:
        begin, stretch = self._before / HEARING_RATE, self._held[:count]
        self._let_go(count)
        heard = self._recognize(stretch)
        words = tuple(
            replace(word, start_seconds=word.start_seconds + begin, end_seconds=word.end_seconds + begin)
            for word in heard.words
        )
        return replace(heard, words=words, is_final=True)

    def _loud(self) -> NDArray[np.intp]:
        """Blocks in which somebody speaks; none where all of it is shorter than a syllable."""
        count = len(self._held) // _BLOCK
        if not count:
            return np.zeros(0, dtype=np.intp)
        level = np.sqrt((self._held[: count * _BLOCK].reshape(count, _BLOCK) ** 2).mean(axis=1))
        loud = np.flatnonzero(level > max(_QUIETEST, float(level.max()) * _UNDER_LOUD))
        return loud if len(loud) * _BLOCK >= SHORTEST_SECONDS * HEARING_RATE else np.zeros(0, dtype=np.intp)

    def _let_go(self, count: int) -> None:
        self._held = self._held[count:]
        self._before += count
