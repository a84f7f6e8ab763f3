"""A stand-in for hearing: it says what it was told, word by word while something sounds. Marked as degraded."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.hearing.base import HEARING_RATE, Heard, HeardWord, HearingCapabilities, HearingRefused

WORD_SECONDS = 0.25
"""How much sound one word takes; a Chinese character is a word."""
_BLOCK = HEARING_RATE // 100
_SOUNDS_FROM = 0.01
"""Root mean square of ten milliseconds that count as sound: 40 dB under full scale."""
_WORD = re.compile(r"[\u3400-\u9fff][^\w\s]*|[^\s\u3400-\u9fff]+")


class ScriptedHearing:
    """Hears `texts`, one a turn in which anything sounds, over all of its streams; "" when they are used up.

    The same samples in the same pieces give the same answers.
    """

    name = "scripted"
    version = "1"
    capabilities = HearingCapabilities(
        streaming=True, word_times=True, languages=("zh-CN", "en"), degraded="hearing:scripted"
    )

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = tuple(texts)
        self._next = 0
        self._lock = threading.Lock()

    def open(self, language: str) -> ScriptedStream:
        del language  # the texts are in whatever language they are in
        return ScriptedStream(self)

    def next_text(self) -> str:
        """The text of the turn that just began to sound."""
        with self._lock:
            place, self._next = self._next, self._next + 1
        return self._texts[place] if place < len(self._texts) else ""


class ScriptedStream:
    """A turn begins with its first sound and ends with `finish`; silence brings no words."""

    def __init__(self, engine: ScriptedHearing) -> None:
        self._engine = engine
        self._left = np.zeros(0, dtype=np.float32)
        self._blocks = 0
        self._begin()

    def _begin(self) -> None:
        self._text: str | None = None
        self._sounding: list[int] = []
        self._told = 0

    def accept(self, samples: NDArray[np.float32]) -> Heard | None:
        """Words come as sound does: one for every quarter of a second of it."""
        whole = np.concatenate([self._left, np.asarray(samples, dtype=np.float32)])
        count = len(whole) // _BLOCK
        table = whole[: count * _BLOCK].reshape(count, _BLOCK)
        self._left = whole[count * _BLOCK :]
        loud = np.flatnonzero(np.sqrt((table**2).mean(axis=1)) >= _SOUNDS_FROM) if count else np.zeros(0, dtype=int)
        self._sounding += [self._blocks + int(place) for place in loud]
        self._blocks += count
        if self._sounding and self._text is None:
            self._text = self._engine.next_text()
        heard = min(len(self._sounding) * _BLOCK // int(WORD_SECONDS * HEARING_RATE), len(self._pieces()))
        if heard <= self._told:
            return None
        self._told = heard
        return self._so_far(heard, is_final=False)

    def finish(self) -> Heard:
        """The whole text of the turn, however long it sounded; "" where nothing did."""
        heard = self._so_far(len(self._pieces()), is_final=True)
        self._begin()
        return heard

    def _pieces(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self._text or ""))

    def _so_far(self, count: int, is_final: bool) -> Heard:
        text, pieces = self._text or "", self._pieces()
        said = text if count == len(pieces) else text[: pieces[count - 1].end()]
        words = tuple(self._word(place, piece.group()) for place, piece in enumerate(pieces[:count]))
        return Heard(said, is_final, words)

    def _word(self, place: int, text: str) -> HeardWord:
        """Its quarter of a second of sound; what was not sounded any more stands at the turn's end."""
        step, last = int(WORD_SECONDS * HEARING_RATE) // _BLOCK, len(self._sounding) - 1
        start = self._sounding[min(place * step, last)]
        end = self._sounding[min(place * step + step - 1, last)] + 1
        return HeardWord(text, start * _BLOCK / HEARING_RATE, end * _BLOCK / HEARING_RATE)


def read_hearing_script(path: Path) -> ScriptedHearing:
    """A stand-in with one text a line of the UTF-8 file at `path`; HearingRefused where it cannot be read."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise HearingRefused(f"HEARING_SCRIPT={path} cannot be read as text: {error}") from error
    return ScriptedHearing([line.strip() for line in lines if line.strip()])
