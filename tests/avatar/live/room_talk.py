"""Utterances made of tones, and a room around a floor: what the tests of the live room speak with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from avatar.contracts import SAMPLE_RATE, Answer, BargeIn, Clause, Cue, Utterance, UtteranceKind, VisemeKey, Word
from avatar.live.airtime import Airtime, Waiting
from avatar.live.bridges import Bridges
from avatar.live.choosing import Voices
from avatar.live.floor import Floor
from avatar.live.rundown import Rundown
from avatar.live.schedule import Event, spoken_bounds

WORD = SAMPLE_RATE // 4
QUIET = SAMPLE_RATE // 20


def utterance(
    name: str,
    clauses: Sequence[int] = (2, 2),
    kind: UtteranceKind = "script",
    folder: Path | None = None,
    tone: float = 440.0,
    cues: tuple[Cue, ...] = (),
) -> Utterance:
    """Clauses of so many words each; a word lasts 0.25 s, between clauses lie 50 ms of silence."""
    words, spans, keys, text, at = [], [], [], "", QUIET
    for number, count in enumerate(clauses):
        begins = 0 if number == 0 else at
        opening = len(text)
        for each in range(count):
            spelled = f"{name}{number}{each}"
            words.append(Word(spelled, at, at + WORD, len(text)))
            keys += [VisemeKey("PP", at), VisemeKey("AA", at + WORD // 3)]
            text += spelled + (" " if each < count - 1 else "")
            at += WORD
        text += ", " if number < len(clauses) - 1 else "."
        at += QUIET
        spans.append(Clause(text[opening:].strip(), begins, at))
    keys.append(VisemeKey("sil", at - QUIET))
    path = None
    if folder is not None:
        path = folder / f"{name}.npy"
        np.save(path, tone_samples(words, at, tone))
    return Utterance(
        id=name,
        kind=kind,
        text=text,
        language="en",
        samples=at,
        clauses=tuple(spans),
        words=tuple(words),
        visemes=tuple(keys),
        cues=cues,
        path=path,
    )


def tone_samples(words: Sequence[Word], count: int, tone: float) -> np.ndarray:
    """A steady tone while a word is said, silence else."""
    samples = np.zeros(count, np.int16)
    wave = np.rint(8000 * np.sin(2 * np.pi * tone * np.arange(count) / SAMPLE_RATE)).astype(np.int16)
    for word in words:
        samples[word.start : word.end] = wave[word.start : word.end]
    return samples


def answer(
    name: str,
    comments: tuple[int, ...] = (1,),
    clauses: Sequence[int] = (3,),
    folder: Path | None = None,
    **more: object,
) -> Answer:
    said = utterance(name, clauses, "answer", folder)
    return Answer(comments=comments, utterances=(said,), text=said.text, source="canned", **more)  # type: ignore[arg-type]


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
