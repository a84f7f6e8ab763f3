"""One line of what waits on the first page, whichever app it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Waiting:
    """One thing only a person can decide: `level` is blocked, look or choice; `place` a word of the rail."""

    level: Literal["stop", "look", "ask"]
    thing: str
    reason: str
    word: str
    url: str
    place: str
