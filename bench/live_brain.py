"""A brain that knows its lines: answers `needs` and comments over a real socket pair, on a thread."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from avatar.contracts import Answer, Dropped, Utterance
from avatar.live.wire import CLOSED, Wire
from bench.live_talk import utterance
from core.contracts import dump


class ScriptedBrain:
    """`answers` by the comment's text; comments without one are dropped as "small talk"."""

    def __init__(
        self,
        script: Mapping[int, Utterance],
        answers: Mapping[str, Answer] | None = None,
        bridges: tuple[Utterance, ...] = (),
    ) -> None:
        self.script, self.answers, self.bridges = script, dict(answers or {}), bridges
        self.heard: list[dict[str, Any]] = []
        ours, self.theirs = socket.socketpair()
        self.wire = Wire(ours)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while (message := self.wire.receive()) is not CLOSED:
            if message is None:
                continue
            self.heard.append(message)
            try:
                self._reply(message)
            except OSError:
                return

    def _reply(self, message: dict[str, Any]) -> None:
        if message["kind"] == "hello":
            self.wire.send({"kind": "bridges", "utterances": dump(list(self.bridges))})
        if message["kind"] == "needs":
            for number in message["sentences"]:
                if number in self.script:
                    said = dump(self.script[number])
                    self.wire.send({"kind": "utterance", "sentence": number, "utterance": said})
        if message["kind"] == "comment":
            self._reply_to(message["comment"])
        if "asked" in message:
            self.wire.send({"kind": "done", "asked": message["asked"]})

    def _reply_to(self, comment: dict[str, Any]) -> None:
        found = self.answers.get(comment["text"])
        if found is None:
            self.wire.send({"kind": "dropped", **dump(Dropped(comment["number"], "small talk"))})
        else:
            plain = {**dump(found), "comments": [comment["number"]]}
            self.wire.send({"kind": "answer", "answer": plain})


def spoken_script(folder: Path, count: int = 4) -> dict[int, Utterance]:
    """Sentences of two clauses as tones, 440 Hz and up."""
    return {number: utterance(f"s{number}", (3, 3), folder=folder, tone=440.0 + 60 * number) for number in range(count)}
