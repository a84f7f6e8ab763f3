"""A sentence of text becomes an `Utterance`: voiced, timed, shaped for the mouth, safe to cut, kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from avatar.contracts import (
    SAMPLES_A_TICK,
    Clause,
    Cue,
    Emotion,
    Utterance,
    UtteranceKind,
    VisemeKey,
    Word,
)
from avatar.speech.clauses import Stretch, split_clauses, split_sentences
from avatar.speech.cut_points import Breathed, breathe
from avatar.speech.kept import SpeechStore
from avatar.speech.visemes import sounds_between, viseme_keys
from avatar.speech.voices import delivery, person_of
from core.contracts import Language, load
from generation.api import ConsentedVoice, SpokenLine, VoiceConsentMissing, VoiceEngine, voice_engine_key, voice_line

TREATMENT = 3
"""Part of every key: raised when the same line may come out otherwise."""
SPEECH_LUFS = -16.0
RATE = 48_000
_FIRST_SOUND = SAMPLES_A_TICK
_HEARD_FROM = 0.006
"""The first sample as strong as this counts as the first sound: 44 dB under full scale."""
_AFTER_LAST = RATE * 200 // 1000
"""At least so much quiet stands behind the last sound: the breath between two sentences."""


def voice_sentence(
    text: str,
    language: Language,
    voice: str = "",
    emotion: Emotion = "warm",
    cues: Sequence[Cue] = (),
    kind: UtteranceKind = "script",
    person: ConsentedVoice | None = None,
    engine: VoiceEngine | None = None,
) -> Utterance:
    """`text` (as written, cue marks taken out) voiced by `engine` (else the configured one); the same is voiced once.

    The first sound comes one tick after the start, at least 200 ms of quiet follow the last, and
    the whole is a whole number of ticks long. `cues` get the sample of the word they stand at.
    `person` is whom `voice` belongs to, where it is a person's: it has to agree each time, to what is kept as well.
    InputError for nothing to say; VoiceRefused or VoiceDown when the engine cannot, VoiceConsentMissing for a person.
    """
    _require_consent(voice, person)
    key = _key(text, language, voice, emotion, person, engine)
    store = _store()
    found = store.find(key)
    if found is None:
        samples, facts = _voice(text, language, voice, emotion, person, engine)
        store.keep(key, samples, facts)
        found = facts, store.folder / f"{key}.npy"
    facts, path = found
    return Utterance(
        id=f"{kind}-{key[:16]}",
        kind=kind,
        text=text,
        language=language,
        samples=facts["samples"],
        clauses=load(tuple[Clause, ...], facts["clauses"]),
        words=(words := load(tuple[Word, ...], facts["words"])),
        visemes=tuple(VisemeKey(viseme, start) for viseme, start in facts["visemes"]),
        cues=placed_cues(cues, words),
        emotion=emotion,
        path=path,
        degraded=tuple(facts["degraded"]),
    )


def voice_answer(
    text: str,
    language: Language,
    voice: str = "",
    emotion: Emotion = "warm",
    cues: Sequence[Cue] = (),
    kind: UtteranceKind = "answer",
    person: ConsentedVoice | None = None,
    engine: VoiceEngine | None = None,
) -> Iterator[Utterance]:
    """`text` sentence by sentence, each as soon as it is voiced; cues go with the sentence they stand in."""
    at = 0
    for sentence in split_sentences(text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        inside = tuple(
            replace(cue, character=cue.character - start) for cue in cues if start <= cue.character < max(at, start + 1)
        )
        yield voice_sentence(sentence, language, voice, emotion, inside, kind, person, engine)


def placed_cues(cues: Sequence[Cue], words: Sequence[Word]) -> tuple[Cue, ...]:
    """`cues` with the sample at which the word they stand before (else the last one) begins."""
    placed = []
    for cue in cues:
        word = next((word for word in words if word.character + len(word.text) > cue.character), None)
        word = word or (words[-1] if words else None)
        placed.append(replace(cue, sample=word.start if word else 0))
    return tuple(placed)


def _store() -> SpeechStore:
    folder = settings.ADLOOM_HOME / "speech"
    store = _STORES.get(str(folder))
    return store or _STORES.setdefault(str(folder), SpeechStore(folder))


_STORES: dict[str, SpeechStore] = {}


def _require_consent(voice: str, person: ConsentedVoice | None) -> None:
    """A person's voice is spoken with their consent or not at all: never with another voice in its place."""
    if person is not None:
        person.require_consent()
    elif person_of(voice):
        raise VoiceConsentMissing("a person's voice was asked for without their consent")


def _key(
    text: str,
    language: Language,
    voice: str,
    emotion: Emotion,
    person: ConsentedVoice | None,
    engine: VoiceEngine | None,
) -> str:
    parts = [TREATMENT, text, language, voice, emotion, voice_engine_key(engine)]
    if person is not None:
        parts.append(person.key)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:40]


def _voice(
    text: str,
    language: Language,
    voice: str,
    emotion: Emotion,
    person: ConsentedVoice | None,
    engine: VoiceEngine | None,
) -> tuple[NDArray[np.int16], dict[str, Any]]:
    stretches = split_clauses(text, language)
    told = delivery(voice, language, emotion, voice_engine_key(engine).split(":")[0])
    line = voice_line(
        text,
        language,
        voice=told.voice,
        speed=told.speed,
        pitch=told.pitch,
        lufs=SPEECH_LUFS,
        breaths=[stretch.end for stretch in stretches[:-1]],
        person=person,
        engine=engine,
    )
    words = _words(line)
    gaps, stretches = _gaps(stretches, words)
    framed = _Framed(line, breathe(line.samples, gaps))
    samples = framed.samples()
    facts = {
        "samples": len(samples),
        "clauses": [asdict(clause) for clause in framed.clauses(stretches)],
        "words": [asdict(word) for word in framed.words(words, stretches)],
        "visemes": [(key.viseme, key.start) for key in framed.visemes()],
        "degraded": list(line.degraded),
        "engine": line.engine,
        "consent": line.consent,
        "text": text,
    }
    return samples, facts


def _words(line: SpokenLine) -> tuple[Word, ...]:
    return tuple(
        Word(word.text, round(word.start_seconds * RATE), round(word.end_seconds * RATE), word.character)
        for word in line.words
    )


def _gaps(stretches: Sequence[Stretch], words: Sequence[Word]) -> tuple[list[tuple[int, int]], tuple[Stretch, ...]]:
    """(end of the last word, start of the next) between clauses, and the clauses, each with words of its own."""
    gaps: list[tuple[int, int]] = []
    kept: list[Stretch] = []
    last: Word | None = None
    for stretch in stretches:
        inside = [word for word in words if stretch.start <= word.character < stretch.end]
        if kept and (last is None or not inside):
            kept[-1] = Stretch(kept[-1].text + stretch.text, kept[-1].start, stretch.end)
        else:
            kept.append(stretch)
        if inside and last is not None:
            gaps.append((last.end, inside[0].start))
        last = inside[-1] if inside else last
    return gaps, tuple(kept)


@dataclass(frozen=True)
class _Framed:
    """A voiced line with its breaths, laid so that its first sound comes one tick after the start."""

    line: SpokenLine
    breathed: Breathed

    @cached_property
    def offset(self) -> int:
        """What is added to a sample of `breathed`."""
        heard = np.flatnonzero(np.abs(self.breathed.samples[:RATE]) >= _HEARD_FROM)
        return _FIRST_SOUND - (int(heard[0]) if heard.size else 0)

    @cached_property
    def total(self) -> int:
        """A whole number of ticks with enough quiet at the end; 45 ms of it are in the line."""
        whole = self.offset + len(self.breathed.samples) + _AFTER_LAST
        return -(-whole // SAMPLES_A_TICK) * SAMPLES_A_TICK

    def at(self, sample: int) -> int:
        """Where a sample of the line as voiced lies now; nothing is heard before the first sound."""
        return max(self.breathed.moved(sample) + self.offset, _FIRST_SOUND)

    def samples(self) -> NDArray[np.int16]:
        made = np.zeros(self.total, dtype=np.int16)
        voiced = self.breathed.samples[max(-self.offset, 0) :]
        start = max(self.offset, 0)
        made[start : start + len(voiced)] = np.rint(np.clip(voiced, -1.0, 1.0) * 32767.0)
        return made

    def clauses(self, stretches: Sequence[Stretch]) -> list[Clause]:
        edges = [0, *(boundary + self.offset for boundary in self.breathed.boundaries), self.total]
        return [
            Clause(stretch.text.strip(), start, end)
            for stretch, (start, end) in zip(stretches, pairwise(edges), strict=True)
        ]

    def words(self, words: Sequence[Word], stretches: Sequence[Stretch]) -> list[Word]:
        """Each within its clause, so that what was heard of a cut sentence ends with a whole word."""
        clauses = self.clauses(stretches)
        found = []
        for word in words:
            place = sum(stretch.end <= word.character for stretch in stretches[:-1])
            start = min(max(self.at(word.start), clauses[place].start), clauses[place].end - 1)
            end = min(max(self.at(word.end - 1) + 1, start + 1), clauses[place].end)
            found.append(replace(word, start=start, end=end))
        return found

    def visemes(self) -> tuple[VisemeKey, ...]:
        events = [(each.name, self.at(round(each.start_seconds * RATE))) for each in self.line.phonemes]
        rests = [("_", self.at(each.at - 1) + 1) for each in self.breathed.insertions]
        ordered = sorted([*events, *rests], key=lambda event: event[1])
        end = self.at(len(self.line.samples) - RATE * 45 // 1000)
        return viseme_keys(sounds_between(ordered, max(end, ordered[-1][1] if ordered else 0)), self.total)
