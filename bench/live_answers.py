"""Row L4: from a comment to the first sample of its answer with `barge_in: at_once`: canned, voiced live, by a model.

The brain runs as in a room, with its threads and the configured voice; the model is a stand-in that takes a second.
What the engine adds to a ready answer is no measurement here but its rule: the tick in which it is noticed, 40 ms of
quiet after the cut, and the tick of quiet every utterance begins with. Machines are noisy, so medians count.
"""

from __future__ import annotations

import json
import queue
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test.utils import override_settings

from agentbot.contracts import Article, Knowledge
from avatar.brain.facts import room_texts
from avatar.brain.lanes import Lanes, ThreadLane
from avatar.brain.mind import Brain
from avatar.brain.process import whole
from avatar.brain.voices import Voices
from avatar.comments.ground import Ground
from avatar.config import load_room
from avatar.contracts import Comment, RoomConfig
from avatar.speech.voicing import voice_answer
from bench.run import Figure, Row
from core.clock import system_clock
from core.contracts import dump
from core.llm.base import Message
from core.llm.scripted import ScriptedModel

ENGINE_SECONDS = 0.12
MODEL_SECONDS = 1.0
PATIENCE_SECONDS = 30.0
REACH = {"canned": (0.3, 0.6), "live voice": (0.5, 1.0), "model": (1.5, 2.5)}
_NUMBERS = "甲乙丙丁戊己庚辛壬癸"
_PLACES = ("冷藏", "常温", "避光", "阴凉", "密封", "竖放", "平放", "干燥")


@dataclass
class _Talk:
    """A brain that is asked one thing after the other."""

    brain: Brain
    sent: queue.SimpleQueue[dict[str, Any]]
    count: int = 0

    def wait(self, text: str) -> float:
        """Seconds from the comment to its answer, ready for the air."""
        self.count += 1
        comment = Comment(self.count, f"viewer {self.count}", text, self.count * 100.0)
        began = time.perf_counter()
        self.brain.hear({"kind": "comment", "asked": self.count, "comment": dump(comment)})
        while (message := self.sent.get(timeout=PATIENCE_SECONDS))["kind"] != "answer":
            if message["kind"] == "dropped":
                raise AssertionError(f"{text}: {message['reason']}")
        took = time.perf_counter() - began
        self.brain.hear({"kind": "started", "comments": [self.count]})
        return took

    def close(self) -> None:
        lanes = self.brain.lanes
        for lane in (lanes.voicing, lanes.answering, lanes.asking):
            lane.close()


def measure_l4(small: bool, folder: Path) -> Figure:
    """The worst of the three kinds: its median over what it may be."""
    count = 3 if small else 40
    with override_settings(ADLOOM_HOME=folder):
        talk = _talk(load_room(settings.BASE_DIR / "demo" / "live" / "room.yaml"), count)
        try:
            talk.brain.begin()
            _settle(talk.brain)
            talk.wait("多少钱")
            waits = {
                "canned": [talk.wait("多少钱" if number % 2 else "含糖吗") for number in range(count)],
                "live voice": [talk.wait(_live_question(number)) for number in range(count)],
                "model": [talk.wait(f"{_place(number)}放着会变味吗") for number in range(count)],
            }
        finally:
            talk.close()
    behind = {kind: {"p50": _at(each, 0.5), "p95": _at(each, 0.95)} for kind, each in waits.items()}
    worst = max(behind[kind]["p50"] / REACH[kind][0] for kind in REACH)
    is_reached = all(behind[kind]["p50"] <= p50 and behind[kind]["p95"] <= p95 for kind, (p50, p95) in REACH.items())
    return Figure(round(worst, 3), "of the reach, worst median", is_reached, behind)


def _talk(room: RoomConfig, count: int) -> _Talk:
    sent: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    today = system_clock.now().date()
    texts = tuple(f"问:{_live_question(number)}\n答:{_place(number)}的地方放着就好。" for number in range(count))
    articles = tuple(Article(f"a{number}", "保存", text) for number, text in enumerate(texts))
    knowledge = Knowledge("bench", room.card.name, room.language, "retail", articles, version=f"bench-{count}")
    brain = Brain(
        room=room,
        texts=room_texts(
            room, Ground(room.card.name, room.facts, room.language, room.platform, today, knowledge), "小林"
        ),
        voices=Voices(voice_answer, whole, room.language, room.voice),
        send=sent.put,
        lanes=Lanes(*(ThreadLane(f"bench-{name}") for name in ("voicing", "answering", "asking"))),
        model=ScriptedModel([_thinks(room)], repeats=True),
    )
    return _Talk(brain, sent)


def _thinks(room: RoomConfig) -> Callable[[Sequence[Message]], str]:
    """A model that takes a second and says something new each time, from a fact it was given."""
    fact = next(each for each in room.facts if each.id == "volume")
    asked: list[int] = []

    def answer(messages: Sequence[Message]) -> str:
        time.sleep(MODEL_SECONDS)
        asked.append(1)
        text = f"{fact.text}，拧开就能喝，{_place(len(asked))}也行。"
        return json.dumps({"text": text, "sources": [fact.id], "quote": fact.text}, ensure_ascii=False)

    return answer


def _live_question(number: int) -> str:
    return f"{_place(number)}的{_NUMBERS[number // 8 % 10]}号柜子能放吗"


def _place(number: int) -> str:
    return _PLACES[number % len(_PLACES)] + _NUMBERS[number // len(_PLACES) % len(_NUMBERS)]


def _settle(brain: Brain) -> None:
    """Until everything that is done ahead is done."""
    done: queue.SimpleQueue[None] = queue.SimpleQueue()
    for lane in (brain.lanes.voicing, brain.lanes.asking):
        lane.add(lambda: done.put(None), 99)
        done.get(timeout=120.0)


def _at(waits: Sequence[float], share: float) -> float:
    ordered = sorted(waits)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] + ENGINE_SECONDS, 3)


ROWS = [
    Row(
        "L4",
        "comment to the first sample of its answer at once: canned / live voice / model of 1 s",
        "-",
        "p50 ≤ 0.3 / 0.5 / 1.5 s, p95 ≤ 0.6 / 1 / 2.5 s",
        measure_l4,
    )
]
