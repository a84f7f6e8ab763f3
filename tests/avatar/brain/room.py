"""A brain in a room without processes: everything happens at once, and what it sends is kept in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from avatar.brain.facts import room_texts
from avatar.brain.lanes import AtOnce, Lane, Lanes
from avatar.brain.mind import Brain
from avatar.brain.voices import Voices
from avatar.comments.ground import Ground
from avatar.contracts import (
    Clause,
    Comment,
    Cue,
    Emotion,
    ProductCard,
    RoomConfig,
    ScriptLine,
    Utterance,
    UtteranceKind,
)
from avatar.speech.clauses import split_sentences
from core.contracts import Language, dump
from core.errors import ServiceDown
from core.llm.base import LanguageModel
from tests.avatar.comments.talk import ground

SAMPLES_A_CHARACTER = 9600
"""Five characters a second."""


class ScriptedVoice:
    """Speaks any text, five characters a second; `refuses` is what it cannot say, `said` what it was asked for."""

    def __init__(self, refuses: Sequence[str] = (), is_dead: bool = False, pace: int = SAMPLES_A_CHARACTER) -> None:
        self.refuses, self.is_dead, self.pace = tuple(refuses), is_dead, pace
        self.said: list[str] = []

    def answer(self, text: str, language: Language, voice: str, emotion: Emotion, cues: Sequence[Cue],
               kind: UtteranceKind) -> Iterator[Utterance]:  # fmt: skip
        for sentence in split_sentences(text):
            yield from self.whole(sentence, language, voice, emotion, cues, kind)

    def whole(self, text: str, language: Language, voice: str, emotion: Emotion, cues: Sequence[Cue],
              kind: UtteranceKind) -> Iterator[Utterance]:  # fmt: skip
        self.said.append(text)
        if self.is_dead or any(word in text for word in self.refuses):
            raise ServiceDown("voice", "is gone")
        samples = len(text) * self.pace
        yield Utterance(f"{kind}-{text}", kind, text, language, samples, (Clause(text, 0, samples),), (), (),
                        tuple(cues), emotion, Path("/speech") / "x.npy")  # fmt: skip


LINES = ("欢迎来到直播间。", "澄夜冷萃咖啡，一瓶只要¥39.9。", "每瓶 280 毫升。")


def a_room(seed: int = 1, lines: Sequence[str] = LINES) -> RoomConfig:
    return RoomConfig(
        advertiser="demo",
        language="zh-CN",
        persona="Lin",
        voice="bright",
        background="tea",
        lines=tuple(ScriptLine(place, text) for place, text in enumerate(lines)),
        card=ProductCard("澄夜冷萃咖啡"),
        seed=seed,
        facts=ground().facts,
    )


class Room:
    """A brain and everybody who talks to it."""

    def __init__(
        self,
        voice: ScriptedVoice | None = None,
        model: LanguageModel | None = None,
        held: Ground | None = None,
        lane: Lane | None = None,
        asking: Lane | None = None,
    ) -> None:
        self.voice = voice or ScriptedVoice()
        self.sent: list[dict[str, Any]] = []
        self.config = a_room()
        self.seconds = 0.0
        lane = lane or AtOnce()
        self.brain = Brain(
            room=self.config,
            texts=room_texts(self.config, held or ground(), "小林"),
            voices=Voices(self.voice.answer, self.voice.whole, "zh-CN", "bright"),
            send=self.sent.append,
            lanes=Lanes(lane, lane, asking or lane),
            model=model,
            monotonic=lambda: self.seconds,
        )
        self._numbers = 0

    def comment(self, at: float, viewer: str, text: str) -> list[dict[str, Any]]:
        """What the brain sends for one comment."""
        self._numbers += 1
        comment = dump(Comment(self._numbers, viewer, text, at))
        return self.tell({"kind": "comment", "asked": 100 + self._numbers, "comment": comment})

    def tell(self, message: dict[str, Any]) -> list[dict[str, Any]]:
        before = len(self.sent)
        self.brain.hear(message)
        return self.sent[before:]


def told(messages: Sequence[dict[str, Any]]) -> list[str]:
    """Messages in a word or two each."""
    return [_told(message) for message in messages]


def _told(message: dict[str, Any]) -> str:
    kind = message["kind"]
    if kind == "answer":
        answer = message["answer"]
        return f"answer {answer['comments']} {answer['source']}: {answer['text']}"
    if kind == "dropped":
        return f"dropped {message['comment']}: {message['reason']}"
    if kind == "utterance":
        return f"utterance {message['sentence']}: {message['utterance']['text']}"
    if kind == "unvoiced":
        return f"unvoiced {message['sentence']}: {message['reason']}"
    if kind in ("bridges", "notices"):
        return f"{kind} {len(message['utterances'])}"
    if kind == "done":
        return f"done {message['asked']}"
    if kind == "expired":
        return f"expired {message['comments']}"
    return str(message.get("order", kind))
