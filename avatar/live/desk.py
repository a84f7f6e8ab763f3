"""The engine's end of the wire: one thread appends what it reads, one sends; no tick waits for either."""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass
from typing import Any

from avatar.contracts import Answer, Comment, Dropped, More, Utterance
from avatar.live.takes import Takes
from avatar.live.wire import CLOSED, Message, Wire
from core.contracts import load
from core.errors import InputError

MOST_UNSENT = 500
"""A brain that does not read misses what is said to it; the broadcast goes on."""


@dataclass(frozen=True)
class Voiced:
    sentence: int
    utterance: Utterance


@dataclass(frozen=True)
class Phrases:
    """Bridge phrases and notices; they replace those known before."""

    utterances: tuple[Utterance, ...]


@dataclass(frozen=True)
class Heard:
    """A comment that came in at the brain; `by_guest` where a guest on air said it."""

    comment: Comment
    by_guest: bool = False


@dataclass(frozen=True)
class Done:
    asked: int


@dataclass(frozen=True)
class Order:
    """An operator's word: skip, pause_answers, resume_answers, dump, slate, unslate."""

    order: str


@dataclass(frozen=True)
class Expired:
    """A price or another fact changed: what was voiced of the script is void, and so are the answers to `comments`."""

    comments: tuple[int, ...]


@dataclass(frozen=True)
class Begun:
    """A brain has started; what was asked of one before it may be lost."""


Command = Begun | More | Voiced | Phrases | Answer | Dropped | Heard | Done | Order | Expired


class Desk:
    """What came from the brain, in order; `take` never waits, `take_until_done` waits for one answer."""

    def __init__(self, wire: Wire, takes: Takes) -> None:
        self._wire, self._takes = wire, takes
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._unsent: queue.SimpleQueue[Message] = queue.SimpleQueue()
        for work in (self._read, self._write):
            threading.Thread(target=work, name=f"desk{work.__name__}", daemon=True).start()

    def send(self, kind: str, **fields: Any) -> None:
        """Hand a message to the sending thread."""
        if self._unsent.qsize() < MOST_UNSENT:
            self._unsent.put({"kind": kind, **fields})

    def take(self) -> list[Command]:
        """What has come since the last call."""
        taken: list[Command] = []
        try:
            while True:
                taken.append(self._commands.get_nowait())
        except queue.Empty:
            return taken

    def take_until_done(self, asked: int, seconds: float) -> list[Command]:
        """Everything up to the answer to `asked`, or up to a brain that begins anew; what has come until then when
        neither comes in time."""
        taken: list[Command] = []
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                taken.append(self._commands.get(timeout=left))
            except queue.Empty:
                break
            if taken[-1] in (Done(asked), Begun()):
                break
        return taken

    def _read(self) -> None:
        while (message := self._wire.receive()) is not CLOSED:
            if message is None:
                continue
            try:
                for command in self._understand(message):
                    self._commands.put(command)
            except (ValueError, KeyError, TypeError, InputError):
                # A brain that speaks nonsense must not end the broadcast; what it meant is missing, as if never sent.
                continue

    def _write(self) -> None:
        while True:
            try:
                self._wire.send(self._unsent.get())
            except OSError:
                return

    def _understand(self, message: Message) -> list[Command]:
        kind = message["kind"]
        if kind == "utterance":
            return [Voiced(int(message["sentence"]), self._admitted(message["utterance"]))]
        if kind in ("bridges", "notices"):
            return [Phrases(tuple(self._admitted(each) for each in message["utterances"]))]
        if kind == "answer":
            return [self._answer(message["answer"])]
        if kind == "dropped":
            return [Dropped(int(message["comment"]), str(message["reason"]))]
        if kind == "comment":
            return [Heard(load(Comment, message["comment"]), bool(message.get("by_guest")))]
        if kind == "more":
            return [self._more(message)]
        if kind == "begun":
            return [Begun()]
        if kind == "done":
            return [Done(int(message["asked"]))]
        if kind == "expired":
            return [Expired(tuple(int(each) for each in message.get("comments", ())))]
        return [Order(str(message["order"]))] if kind == "order" else []

    def _answer(self, plain: dict[str, Any]) -> Answer:
        answer = load(Answer, plain)
        for utterance in answer.utterances:
            self._takes.admit(utterance)
        return answer

    def _more(self, message: Message) -> More:
        more = load(More, {name: message[name] for name in ("comments", "utterance", "is_last")})
        if more.utterance is not None:
            self._takes.admit(more.utterance)
        return more

    def _admitted(self, plain: dict[str, Any]) -> Utterance:
        utterance = load(Utterance, plain)
        self._takes.admit(utterance)
        return utterance
