"""What is voiced before it is needed: sentences the engine asks for, its phrases, and standing answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from avatar.brain.facts import RoomTexts
from avatar.brain.lanes import Lane
from avatar.brain.voices import Voices
from avatar.comments.writing import Piece
from avatar.contracts import UtteranceKind
from core.contracts import dump

Message = dict[str, Any]
SENTENCES, CANNED = 1, 2
"""Ranks of the lane: what goes on air soonest comes first."""


class Ahead:
    """Voices on `lane` and sends what the engine asked for. `texts` gives what holds now."""

    def __init__(
        self, texts: Callable[[], RoomTexts], voices: Voices, lane: Lane, send: Callable[[Message], None]
    ) -> None:
        self._texts, self._voices, self._lane, self._send = texts, voices, lane, send
        self._has_asides = False

    def ask(self, sentences: Sequence[int], asked: int) -> None:
        """Voice the sentences with these numbers, then say that `asked` is done."""
        for sentence in sentences:
            self._lane.add(partial(self._voice_sentence, sentence), SENTENCES)
        self._lane.add(partial(self._end, asked), SENTENCES)

    def begin_anew(self) -> None:
        """The engine starts anew and knows no phrases."""
        self._has_asides = False

    def voice_canned(self) -> None:
        """Standing answers, when nothing else is to be voiced."""
        for piece in dict.fromkeys(piece for writer in self._texts().writers for piece in writer.canned()):
            self._lane.add(partial(self._voice_piece, piece), CANNED)

    def _voice_piece(self, piece: Piece) -> None:
        self._voices.piece(piece)

    def _voice_sentence(self, sentence: int) -> None:
        line = self._texts().line(sentence)
        utterance = self._voices.whole(Piece(line.text, line.cues, line.emotion), "script") if line else None
        if utterance is not None:
            self._send({"kind": "utterance", "sentence": sentence, "utterance": dump(utterance)})
            return
        reason = "no voice" if line is not None else "facts changed"
        self._send({"kind": "unvoiced", "sentence": sentence, "reason": reason})

    def _end(self, asked: int) -> None:
        """Phrases come with the first sentences: whoever waits for "done" has them from the first tick on."""
        if not self._has_asides:
            self._has_asides = True
            self._voice_asides("bridges", "bridge", self._texts().bridges)
            self._voice_asides("notices", "notice", self._texts().notices)
        self._send({"kind": "done", "asked": asked})

    def _voice_asides(self, name: str, kind: UtteranceKind, texts: Sequence[str]) -> None:
        voiced = [self._voices.whole(Piece(text), kind) for text in texts]
        self._send({"kind": name, "utterances": [dump(each) for each in voiced if each is not None]})
