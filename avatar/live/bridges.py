"""Short phrases that lead back to the script, dealt so that none comes again soon."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Sequence

from avatar.contracts import Utterance

APART = 10


class Bridges:
    """Deals by the room's seed; none of the last ten comes again while another is there."""

    def __init__(self, seed: int, utterances: Sequence[Utterance] = ()) -> None:
        self._random = random.Random(seed)
        self._utterances: tuple[Utterance, ...] = tuple(utterances)
        self._last: deque[str] = deque(maxlen=APART)

    def replace(self, utterances: Sequence[Utterance]) -> None:
        self._utterances = tuple(utterances)

    def deal(self) -> Utterance | None:
        if not self._utterances:
            return None
        recent = list(self._last)[-min(APART, len(self._utterances) - 1) :] if len(self._utterances) > 1 else []
        chosen = self._random.choice([each for each in self._utterances if each.id not in recent])
        self._last.append(chosen.id)
        return chosen
