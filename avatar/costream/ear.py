"""One guest's sound on its way in: echo turned down, speech found, words understood, turns told.

All of it is quick but the words, which a `Listener` understands on a thread of its own: the guest's voice in the
programme never waits for them.
"""

from __future__ import annotations

import math
import queue
import threading
from collections import deque
from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from avatar.costream.echo import TURNED_DOWN, EchoWatch
from avatar.costream.turns import Change, Ended, TurnTaker
from avatar.costream.voice_activity import VoiceActivity
from core.errors import AdloomError
from generation.api import HearingEngine, HearingStream

Samples = NDArray[np.int16]
Floats = NDArray[np.float32]
FRAME = 960
FRAME_SECONDS = 0.02
PREROLL_FRAMES = 15
"""300 ms before speech was found: the first consonant is part of the word."""

_TAPS = 31
_LOW_PASS = (np.sinc((np.arange(_TAPS) - _TAPS // 2) / 3 * 0.92) * np.hamming(_TAPS)).astype(np.float32)
_LOW_PASS /= _LOW_PASS.sum()


class Listener(Protocol):
    """Understands words. `text` is the turn so far; `finish` gives the whole of it to `done`, on any thread."""

    @property
    def text(self) -> str: ...

    def accept(self, samples: Floats) -> None: ...

    def finish(self, done: Callable[[str], None]) -> None: ...


class Ear:
    """`hear` for every 20 ms; what changes is told by `tell`. The final words of turn n come to `settle`, from whatever
    thread, which hands them to `settled` on the thread of `hear`.

    Without a `listener` nobody understands words here: turns are told as `unheard`.
    """

    def __init__(
        self, listener: Listener | None, tell: Callable[[Change], None], settle: Callable[[int, str], None]
    ) -> None:
        self._listener, self._tell, self._settle = listener, tell, settle
        self._activity, self._echo, self._taker = VoiceActivity(), EchoWatch(), TurnTaker()
        self._before: Floats = np.zeros(_TAPS - 1, np.float32)
        self._preroll: deque[Floats] = deque(maxlen=PREROLL_FRAMES)
        self._is_listening = False
        self._is_settling = False
        self._silent_frames = 0
        self._turn = 0
        self._ended_at = 0.0
        self.at = 0.0

    @property
    def text(self) -> str:
        return self._listener.text if self._listener is not None else ""

    def begin(self) -> None:
        """On air from now on: what was said to nobody is no turn."""
        self._taker, self._is_settling, self._is_listening = TurnTaker(), False, False
        self._turn += 1
        if self._listener is not None:
            self._listener.finish(lambda _text: None)

    def hear(self, samples: Samples, played_db: float, host_seconds: float) -> Samples:
        """960 `samples` at 48 kHz, as they may be heard on air. `played_db` is what the guest was sent meanwhile."""
        self.at += FRAME_SECONDS
        is_echo = self._echo.judge(played_db, level_db(samples))
        if is_echo:
            samples = (samples * TURNED_DOWN).astype(np.int16)
        small = self._to_16k(samples)
        is_speech = self._activity.hear(small) and not is_echo
        self._listen(small, is_speech)
        if self._is_settling:
            return samples
        for change in self._taker.hear(self.at, FRAME_SECONDS, is_speech, self.text, host_seconds):
            self._take(change)
        return samples

    def settled(self, turn: int, text: str) -> None:
        """The final words of the turn that seemed to end; those of an earlier one come too late."""
        if turn != self._turn:
            return
        self._is_settling = False
        change = self._taker.settle(text, self.at - self._ended_at)
        if change is not None:
            self._tell(change)

    def _take(self, change: Change) -> None:
        if not isinstance(change, Ended):
            return self._tell(change)
        self._ended_at = self.at - change.seconds
        if self._listener is None:
            return self._tell(self._taker.give_up(change.seconds))
        self._is_settling, self._is_listening = True, False
        turn = self._turn = self._turn + 1
        return self._listener.finish(lambda text: self._settle(turn, text))

    def _listen(self, small: Floats, is_speech: bool) -> None:
        """Only speech is listened to, with what was just before and a second after it."""
        if self._listener is None:
            return
        self._silent_frames = 0 if is_speech else self._silent_frames + 1
        if is_speech and not self._is_listening:
            self._is_listening = True
            self._listener.accept(np.concatenate([*self._preroll, small]))
        elif self._is_listening:
            self._listener.accept(small)
        self._preroll.append(small)
        if self._is_listening and self._silent_frames > 100:
            self._is_listening = False
            self._listener.finish(lambda _text: None)

    def _to_16k(self, samples: Samples) -> Floats:
        whole = np.concatenate([self._before, samples.astype(np.float32) / 32768.0])
        self._before = whole[-(_TAPS - 1) :]
        filtered: Floats = np.convolve(whole, _LOW_PASS, "valid")[::3].astype(np.float32)
        return filtered


def level_db(samples: Samples) -> float:
    """Of full scale; -100 for silence."""
    mean = float(np.mean(np.square(samples.astype(np.float32)))) if len(samples) else 0.0
    return 10 * math.log10(mean / 32768.0**2) if mean > 0.1 else -100.0


class ThreadListener:
    """A stream of a hearing engine on a thread of its own. An engine that fails understands nothing, and says so."""

    def __init__(self, engine: HearingEngine, language: str, failed: Callable[[AdloomError], None]) -> None:
        self._engine, self._language, self._failed = engine, language, failed
        self._said = ""
        self._finals: list[str] = []
        self._work: queue.SimpleQueue[Floats | Callable[[str], None] | None] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="guest-ear", daemon=True).start()

    @property
    def text(self) -> str:
        return self._said

    def accept(self, samples: Floats) -> None:
        self._work.put(samples)

    def finish(self, done: Callable[[str], None]) -> None:
        self._work.put(done)

    def close(self) -> None:
        self._work.put(None)

    def _run(self) -> None:
        try:
            stream = self._engine.open(self._language)
            while (work := self._work.get()) is not None:
                if callable(work):
                    work(self._end_turn(stream))
                else:
                    self._hear(stream, work)
        except AdloomError as error:
            self._failed(error)
            while (work := self._work.get()) is not None:
                if callable(work):
                    work("")

    def _hear(self, stream: HearingStream, samples: Floats) -> None:
        """An engine with ends of its own may end a turn that goes on for us: its pieces are put together."""
        heard = stream.accept(samples)
        if heard is None:
            return
        if heard.is_final:
            self._finals.append(heard.text)
        self._said = joined([*self._finals, "" if heard.is_final else heard.text])

    def _end_turn(self, stream: HearingStream) -> str:
        text = joined([*self._finals, stream.finish().text])
        self._finals, self._said = [], ""
        return text


def joined(pieces: list[str]) -> str:
    """Chinese without spaces, other words with them."""
    kept = [piece.strip() for piece in pieces if piece.strip()]
    made = kept[0] if kept else ""
    for piece in kept[1:]:
        made += f" {piece}" if made[-1:].isascii() and piece[:1].isascii() else piece
    return made
