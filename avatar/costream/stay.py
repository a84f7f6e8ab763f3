"""One guest from the first connection to the last word: the peer, the ear, and what the engine is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatar.costream.ear import Ear, Listener
from avatar.costream.peer import Peer
from avatar.costream.turns import Change, GaveBack, Took
from avatar.costream.visits import Visit
from avatar.live.guest_line import GuestLine

LOST_SECONDS = 4.0
"""A browser sends sound every 20 ms, silence too: so long without any, nobody is there."""

FIRST_SOUND_SECONDS = 25.0
"""From the offer to the first sound: a person looks for their headphones meanwhile."""

SAID_SECONDS = 0.7

Tell = Callable[..., None]


class Stay:
    """`tell` speaks to the engine, `keep_turn` and `keep_said` write into the books. The loop's thread calls all."""

    def __init__(
        self,
        visit: Visit,
        line: GuestLine,
        make_ear: Callable[[Callable[[Change], None]], tuple[Ear, Listener | None]],
        tell: Tell,
        keep_turn: Callable[[int, str], None],
        keep_said: Callable[[str], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.visit, self._line, self._now = visit, line, now
        self._tell, self._keep_turn, self._keep_said = tell, keep_turn, keep_said
        self.ear, self.listener = make_ear(self._change)
        self.peer: Peer | None = None
        self.is_on_air = False
        self.has_sound = False
        self._turns = 0
        self._last_sound = now()
        self._said, self._said_at = "", 0.0

    @property
    def is_lost(self) -> bool:
        """Nothing came in for too long, or the connection says so itself."""
        silent = self._now() - self._last_sound
        limit = LOST_SECONDS if self.has_sound else FIRST_SOUND_SECONDS
        return silent > limit or (self.peer is not None and self.peer.is_over and silent > 1.0)

    def hear(self, samples: NDArray[np.int16]) -> None:
        """20 ms of the guest; on air they are in the programme two ticks later."""
        self.has_sound, self._last_sound = True, self._now()
        peer = self.peer
        played, host = (peer.played_db, self._now() - peer.host_since) if peer is not None else (-100.0, 60.0)
        treated = self.ear.hear(samples, played, host)
        if self.is_on_air:
            self._line.voice.write(treated)
        self._show_words()

    def see(self, yuv: NDArray[np.uint8]) -> None:
        if self.is_on_air:
            self._line.picture.put(yuv)

    def join(self) -> None:
        """On air from now on; told again to an engine that starts anew."""
        if not self.is_on_air:
            self.ear.begin()
        self.is_on_air = True
        self._say("joined", name=self.visit.name, picture=self.visit.has_picture)

    def leave(self, reason: str) -> None:
        """Off the air; the engine hears of it where it thought otherwise."""
        was_on_air, self.is_on_air = self.is_on_air, False
        if was_on_air:
            self._say("left", reason=reason)

    def _change(self, change: Change) -> None:
        """Turns count only on air: who waits may talk as they like."""
        if not self.is_on_air:
            return
        if isinstance(change, Took):
            self._say("speaking")
        elif isinstance(change, GaveBack):
            if change.why == "turn":
                self._turns += 1
                self._keep_turn(self._turns, change.text)
            self._say("paused", why=change.why, seconds=round(change.seconds, 3))

    def _show_words(self) -> None:
        """The operator reads along, a few times a second at most."""
        text = self.ear.text
        if self.is_on_air and text and text != self._said and self._now() - self._said_at >= SAID_SECONDS:
            self._said, self._said_at = text, self._now()
            self._keep_said(text)

    def _say(self, kind: str, **fields: Any) -> None:
        self._tell(kind, guest=self.visit.number, **fields)
