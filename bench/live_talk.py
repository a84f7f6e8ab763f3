"""Utterances made of tones, their words, clauses and mouth shapes where they sound: nothing has to be voiced."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from avatar.contracts import SAMPLE_RATE, Answer, Clause, Cue, Utterance, UtteranceKind, VisemeKey, Word

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
    return Answer(comments=comments, utterances=(said,), text=said.text, source="canned", **more)
