"""When each part is due: reading, thinking and typing at a person's pace. Rows, nobody sleeps.

Times in seconds after the visitor's last message. Drawn from the turn's id, so that a turn
replayed gives the same schedule and two turns never share a rhythm.
"""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Sequence

from agentbot.language import width

READ_SECONDS = (0.8, 1.5)
THINK_SECONDS = (1.2, 3.5)
TYPED_A_SECOND = (6.0, 9.0)
"""Chinese characters; Latin letters count 3/8."""
LONGEST_TYPING = 8.0
LONGEST_FIRST_TYPING = 4.5
"""People answer with a short line first: the middle of first parts lies between 4 and 8 s."""
FIRST = (2.1, 18.5)
LEAST_GAP = 1.1


def chance_of(turn: str, seed: int, use: str) -> random.Random:
    """The one source of chance for `use` in a turn."""
    digest = hashlib.blake2b(f"{turn}\0{seed}\0{use}".encode(), digest_size=8).digest()
    return random.Random(int.from_bytes(digest, "big"))


def schedule(texts: Sequence[str], turn: str, seed: int, elapsed: float = 0.0) -> tuple[float, ...]:
    """Due seconds of each text. `elapsed` is what has passed already (waiting, models): it counts as thinking."""
    chance = chance_of(turn, seed, "pacing")
    due: list[float] = []
    for place, text in enumerate(texts):
        typing = typing_seconds(text, chance)
        if place == 0:
            due.append(_first(chance, typing, elapsed))
        else:
            due.append(due[-1] + max(LEAST_GAP, chance.uniform(0.4, 1.3) + typing))
    return tuple(round(each, 3) for each in due)


def typing_seconds(text: str, chance: random.Random) -> float:
    return min(LONGEST_TYPING, width(text) / chance.uniform(*TYPED_A_SECOND)) * chance.uniform(0.95, 1.05)


def _first(chance: random.Random, typing: float, elapsed: float) -> float:
    low, high = THINK_SECONDS
    think = min(high, max(low, chance.lognormvariate(math.log(math.sqrt(low * high)), 0.3)))
    natural = chance.uniform(*READ_SECONDS) + think + min(typing, LONGEST_FIRST_TYPING + chance.uniform(-0.4, 0.4))
    bounded = min(FIRST[1] + chance.uniform(0.0, 0.9), max(FIRST[0] + chance.uniform(0.0, 0.6), natural))
    return max(bounded, elapsed + chance.uniform(0.15, 0.75)) if elapsed > bounded else bounded
