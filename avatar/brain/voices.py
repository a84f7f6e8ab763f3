"""From texts to utterances, with the voice of one room."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from avatar.comments.writing import Piece
from avatar.contracts import Cue, Emotion, Utterance, UtteranceKind
from core.contracts import Language
from core.errors import AdloomError, RetryableError

logger = logging.getLogger(__name__)
KEPT = 400
"""Utterances remembered in memory; all are on disk besides."""


class VoiceGone(RetryableError):
    """The voice cannot say it, or cannot say anything now; the reason is in the log."""

    code = "voice_gone"


class Speak(Protocol):
    """`avatar.speech.voicing.voice_answer`, or a scripted voice."""

    def __call__(
        self,
        text: str,
        language: Language,
        voice: str,
        emotion: Emotion,
        cues: Sequence[Cue],
        kind: UtteranceKind,
    ) -> Iterator[Utterance]: ...


def _always() -> bool:
    """A voice that is nobody's may always speak."""
    return True


class Voices:
    """Voices pieces and lines; None where the voice cannot, with the reason in the log. Safe between threads.

    `may_speak` is asked before what is remembered is said again: a person may have withdrawn their voice.
    """

    def __init__(
        self, speak: Speak, speak_whole: Speak, language: Language, voice: str, may_speak: Callable[[], bool] = _always
    ) -> None:
        self._speak, self._speak_whole = speak, speak_whole
        self._language, self._voice = language, voice
        self._may_speak = may_speak
        self._kept: dict[tuple[Piece, UtteranceKind], tuple[Utterance, ...]] = {}
        self._lock = threading.Lock()

    def piece(self, piece: Piece, kind: UtteranceKind = "answer") -> tuple[Utterance, ...] | None:
        """`piece` sentence by sentence; the same piece is voiced once."""
        found = self._found(piece, kind)
        if found is not None:
            return found
        made = self._made(self._speak, piece, kind)
        if made is not None:
            self._keep(piece, kind, made)
        return made

    def stream(self, piece: Piece, kind: UtteranceKind = "answer") -> Iterator[Utterance]:
        """`piece` sentence by sentence, each as soon as it is voiced. Raises VoiceGone."""
        found = self._found(piece, kind)
        if found is not None:
            yield from found
            return
        made: list[Utterance] = []
        try:
            for each in self._speak(piece.text, self._language, self._voice, piece.emotion, piece.cues, kind):
                made.append(each)
                yield each
        except (AdloomError, OSError, ValueError) as error:
            logger.warning("not voiced: %s: %s", type(error).__name__, error)
            raise VoiceGone("not voiced") from error
        self._keep(piece, kind, tuple(made))

    def whole(self, piece: Piece, kind: UtteranceKind) -> Utterance | None:
        """`piece` in one utterance: sentences of the script, bridges and notices are cut by clause alone."""
        made = self._made(self._speak_whole, piece, kind)
        return made[0] if made else None

    def forget(self) -> None:
        """Facts changed: nothing kept in memory may be said again unasked."""
        with self._lock:
            self._kept.clear()

    def _found(self, piece: Piece, kind: UtteranceKind) -> tuple[Utterance, ...] | None:
        """What is remembered; a person's voice is asked anew, and where it may not speak, says why."""
        with self._lock:
            found = self._kept.get((piece, kind))
        return found if found is None or self._may_speak() else None

    def _keep(self, piece: Piece, kind: UtteranceKind, made: tuple[Utterance, ...]) -> None:
        with self._lock:
            while len(self._kept) >= KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[piece, kind] = made

    def _made(self, speak: Speak, piece: Piece, kind: UtteranceKind) -> tuple[Utterance, ...] | None:
        try:
            return tuple(speak(piece.text, self._language, self._voice, piece.emotion, piece.cues, kind))
        except (AdloomError, OSError, ValueError) as error:
            logger.warning("not voiced: %s: %s", type(error).__name__, error)
            return None
