"""The guest's seat in the engine: what the co-stream process tells, the guest's voice in the mix, the way back.

The engine knows no WebRTC: sound and pictures come through shared memory, news through a wire.
"""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from avatar.faces.contracts import GuestView
from avatar.live.guest_line import GuestLine
from avatar.live.guest_sound import Leveller, Limiter, SteeredVoice
from avatar.live.wire import CLOSED, Message, Wire

Samples = NDArray[np.int16]
Yuv = NDArray[np.uint8]
Pause = Literal["turn", "unheard", "false_alarm", "backchannel"]


@dataclass(frozen=True)
class Joined:
    """A guest is on air from the next tick on. `number` counts a broadcast's guests from 1."""

    number: int
    name: str
    has_picture: bool


@dataclass(frozen=True)
class Speaking:
    """The guest takes the floor."""

    number: int


@dataclass(frozen=True)
class Paused:
    """The guest gives the floor back: a finished turn, one that no ear understood, or it was nothing to stop for.

    `seconds` since the last word.
    """

    number: int
    why: Pause
    seconds: float = 0.0


@dataclass(frozen=True)
class Left:
    """`reason`: left, lost, removed, withdrawn, dumped, ended."""

    number: int
    reason: str


News = Joined | Speaking | Paused | Left


class GuestSeat:
    """`take` what is new, `hear` for every tick. A thread reads the wire; nothing here waits."""

    def __init__(self, wire: Wire, line: GuestLine) -> None:
        self._wire, self._line = wire, line
        self._news: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._guest: Joined | None = None
        self._voice = SteeredVoice(line.voice)
        self._leveller, self._limiter = Leveller(), Limiter()
        self._picture: Yuv | None = None
        self._was_seen = False
        threading.Thread(target=self._read, name="guest-read", daemon=True).start()
        self.tell("hello")

    def take(self) -> list[News]:
        """News since the last call; who is on air changes with them."""
        taken: list[News] = []
        while not self._news.empty():
            news = self._news.get_nowait()
            if isinstance(news, Joined):
                self._seat(news)
            elif isinstance(news, Left) and self._guest is not None and news.number == self._guest.number:
                self._guest = None
            taken.append(news)
        return taken

    def cut_off(self, reason: str) -> None:
        """The guest is off the air from this tick on, whatever still comes in; `take` tells it as news."""
        guest, self._guest = self._guest, None
        if guest is None:
            return
        self.tell("cut_off", guest=guest.number, reason=reason)
        self._news.put(Left(guest.number, reason))

    def hear(self, host: Samples, is_silent: bool) -> Samples:
        """The programme of a tick: the host and, unless the slate is up, the guest. The guest hears the host alone."""
        programme = host
        if self._guest is not None:
            voice = self._leveller.apply(self._voice.next())
            if not is_silent:
                programme = self._limiter.apply(host.astype(np.float32) + voice)
        self._line.back.write(host)
        self._line.monitor.write(programme)
        return programme

    def view(self) -> GuestView | None:
        """What is to be seen of the guest in this tick."""
        if self._guest is None:
            return None
        newest = self._line.picture.take() if self._guest.has_picture else None
        if newest is not None:
            self._picture = newest
        is_fresh, self._was_seen = newest is not None or not self._was_seen, True
        return GuestView(self._guest.name, self._picture, is_fresh)

    def tell(self, kind: str, **fields: object) -> None:
        """A word to the co-stream process; when that is gone, its guest is gone, too."""
        try:
            self._wire.send({"kind": kind, **fields})
        except OSError:
            self._news.put(Left(self._guest.number if self._guest else 0, "lost"))

    def _seat(self, guest: Joined) -> None:
        self._guest, self._picture, self._was_seen = guest, None, False
        self._line.picture.take()
        self._leveller, self._limiter = Leveller(), Limiter()
        self._voice.begin()

    def _read(self) -> None:
        while (message := self._wire.receive()) is not CLOSED:
            news = understood(message) if message is not None else None
            if news is not None:
                self._news.put(news)


def understood(message: Message) -> News | None:
    """A message of the co-stream process; None for what is none."""
    try:
        number, kind = int(message["guest"]), message["kind"]
        if kind == "joined":
            return Joined(number, str(message["name"]), bool(message["picture"]))
        if kind == "speaking":
            return Speaking(number)
        if kind == "paused" and message["why"] in get_args(Pause):
            return Paused(number, message["why"], float(message.get("seconds", 0.0)))
        return Left(number, str(message["reason"])) if kind == "left" else None
    except (KeyError, TypeError, ValueError):
        return None
