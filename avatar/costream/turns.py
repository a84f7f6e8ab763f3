"""When a guest takes the floor and when a turn of theirs is over. Values and a time that is handed in, no clock.

`hear` says for every 20 ms whether there is speech and what was understood so far; `settle` answers an `Ended` with
the words in their final form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from avatar.costream.end_of_turn import is_backchannel, silence_needed, units

TAKE_SECONDS = 0.5
TAKE_UNITS = 3
"""Chinese characters or words that take the floor before half a second is over."""

EDGE_SECONDS = 1.0
EDGE_TAKE_SECONDS = 0.8
"""In the first second after the host began to speak a listener's "mm" is likelier than a question."""

FALSE_ALARM_SECONDS = 2.0
GAP_SECONDS = 0.6
"""A silence that long ends what never took the floor."""


Why = Literal["turn", "unheard", "false_alarm", "backchannel"]


@dataclass(frozen=True)
class Took:
    """The guest has the floor."""


@dataclass(frozen=True)
class Ended:
    """Silence that may end the turn: the final words are wanted. `seconds` since the last speech."""

    seconds: float


@dataclass(frozen=True)
class GaveBack:
    """The floor is free: `turn` with its `text`, `unheard` where nobody understands words here, or it was nothing to
    stop for."""

    why: Why
    text: str
    seconds: float


Change = Took | Ended | GaveBack


class TurnTaker:
    """One guest. `has_floor` between `Took` and `GaveBack`."""

    def __init__(self) -> None:
        self.has_floor = False
        self._speech_seconds = 0.0
        self._last_speech: float | None = None
        self._settled_until = 0.0

    def hear(self, at: float, seconds: float, is_speech: bool, text: str, host_seconds: float = 60.0) -> list[Change]:
        """A stretch of `seconds` that ends at `at`; `text` of the turn so far; the host speaks since `host_seconds`."""
        if is_speech:
            self._last_speech, self._settled_until = at, 0.0
            self._speech_seconds += seconds
            return self._take(text, host_seconds)
        if self._last_speech is None:
            return []
        silence = at - self._last_speech
        if not self.has_floor:
            return self._pass(silence, text)
        if self._settled_until:
            return [self._give("false_alarm", "", silence)] if silence >= self._settled_until else []
        if silence >= silence_needed(text):
            return [Ended(silence)]
        return []

    def settle(self, text: str, seconds: float) -> GaveBack | None:
        """The final words after an `Ended`; None where nothing was understood and the wait goes on."""
        if is_backchannel(text):
            return self._give("backchannel", text, seconds)
        if units(text):
            return self._give("turn", text, seconds)
        self._settled_until = FALSE_ALARM_SECONDS
        return None

    def give_up(self, seconds: float) -> GaveBack:
        """After an `Ended` where nobody understands words: it counts as a turn nobody can answer."""
        return self._give("unheard", "", seconds)

    def _take(self, text: str, host_seconds: float) -> list[Change]:
        if self.has_floor:
            return []
        needed = EDGE_TAKE_SECONDS if host_seconds < EDGE_SECONDS else TAKE_SECONDS
        says_much = units(text) >= TAKE_UNITS
        if is_backchannel(text) or not (self._speech_seconds >= needed or says_much):
            return []
        self.has_floor = True
        return [Took()]

    def _pass(self, silence: float, text: str) -> list[Change]:
        """Too little to take the floor: a short question still does, a cough or a "mm" is forgotten."""
        if silence < max(GAP_SECONDS, silence_needed(text) if text else 0.0):
            return []
        if units(text) > 1 and not is_backchannel(text):
            self.has_floor = True
            return [Took(), Ended(silence)]
        self._forget()
        return []

    def _give(self, why: Why, text: str, seconds: float) -> GaveBack:
        self.has_floor = False
        self._forget()
        return GaveBack(why, text, seconds)

    def _forget(self) -> None:
        self._speech_seconds, self._last_speech, self._settled_until = 0.0, None, 0.0
