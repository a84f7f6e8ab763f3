"""A room around a floor, on a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Sequence

from avatar.contracts import SAMPLE_RATE, Answer, BargeIn, Utterance
from avatar.live.airtime import Airtime, Waiting
from avatar.live.bridges import Bridges
from avatar.live.choosing import Voices
from avatar.live.floor import Floor
from avatar.live.rundown import Rundown
from avatar.live.schedule import Event, spoken_bounds


class Room:
    """A floor on a clock that is moved by hand; collects what is logged."""

    def __init__(
        self,
        script: Sequence[Utterance],
        barge_in: BargeIn = "at_once",
        bridges: Sequence[Utterance] = (),
        seconds: float | None = None,
    ) -> None:
        self.rundown = Rundown(len(script))
        self.airtime = Airtime(None if seconds is None else int(seconds * SAMPLE_RATE))
        self.voices = Voices(script=dict(enumerate(script)))
        self.floor = Floor(self.rundown, self.airtime, Bridges(1, bridges), self.voices, barge_in, spoken_bounds)
        self.tick = 0
        self.events: list[Event] = []

    def run(self, ticks: int) -> list[Event]:
        """The events of the next ticks."""
        new: list[Event] = []
        for _ in range(ticks):
            self.floor.refuse(self.airtime.expire(self.tick))
            new += self.floor.advance(self.tick)
            self.tick += 1
        self.events += new
        return new

    def run_until(self, event: str, longest: int = 3000) -> Event:
        """Up to and with the tick in which `event` happens."""
        for _ in range(longest):
            for each in self.run(1):
                if each.event == event:
                    return each
        raise AssertionError(f"no {event} in {longest} ticks")

    def offer(self, ready: Answer) -> None:
        """`ready` could go on air from the next tick on; its comments came in just now."""
        first, until = spoken_bounds(ready.utterances[0])
        self.airtime.offer(Waiting(ready, self.tick, self.tick, until - first))

    def names(self) -> list[str]:
        return [each.event for each in self.events]

    def of(self, event: str) -> list[Event]:
        return [each for each in self.events if each.event == event]
