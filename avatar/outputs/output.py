"""One output on a thread of its own: a bounded queue before it, so that a slow receiver never holds up the engine."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Sequence

from avatar.outputs.coded import Coded
from avatar.outputs.rtmp import OutputLost
from avatar.outputs.sinks import Sink
from core.errors import AdloomError

QUEUE_PACKETS = 150
"""About two seconds."""

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0
EAGER_SECONDS = 10.0
CLOSE_SECONDS = 8.0
PATIENCE = 60.0


class Output:
    """Sends packets to `sink`; starts anew with a key picture after every loss.

    `number` counts from 1. With `is_patient` (virtual time) a full queue makes `offer` wait; else it is emptied
    and the next key picture goes on. `changes` are True when the output was lost, False when it is back.
    `session_began` is the tick of the first picture of a session with an ingest, None for files and without a session.
    """

    def __init__(self, number: int, sink: Sink, is_patient: bool = False) -> None:
        self.number = number
        self.lost_since: float | None = None
        self.overflows = 0
        self.sessions = 0
        self.session_began: int | None = None
        self._sink, self._is_patient = sink, is_patient
        self._queue: deque[Coded] = deque()
        self._changes: deque[bool] = deque()
        self._guard = threading.Condition()
        self._needs_key = True
        self._wishes_key = False
        self._is_ending = False
        self._is_renewing = False
        self._is_connected = False
        self._has_begun = False
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"output-{number}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def offer(self, packets: Sequence[Coded]) -> None:
        """Hand over packets; never waits on the clock of the world."""
        with self._guard:
            for coded in packets:
                if not self._is_connected and self._sink.is_remote:
                    continue
                if len(self._queue) >= QUEUE_PACKETS and not self._make_room():
                    continue
                self._queue.append(coded)
            self._guard.notify_all()

    def await_room(self, packets: int, seconds: float) -> None:
        """Wait until so many packets more fit, not longer than `seconds`, and not for an output that is lost."""
        with self._guard:
            self._guard.wait_for(lambda: self._has_room(packets) or self.lost_since is not None, max(0.0, seconds))

    def _has_room(self, packets: int) -> bool:
        return len(self._queue) + packets <= QUEUE_PACKETS

    def take_key_wish(self) -> bool:
        """Whether the next picture has to be a key picture; asked once per picture."""
        with self._guard:
            wish, self._wishes_key = self._wishes_key, False
            return wish

    def renew(self) -> None:
        """End the session in order and begin a new one at once, with a key picture and its clock at 0."""
        with self._guard:
            self._is_renewing, self.session_began = True, None
            self._guard.notify_all()

    def take_changes(self) -> list[bool]:
        """What became of it since the last call."""
        with self._guard:
            changes = list(self._changes)
            self._changes.clear()
            return changes

    def finish(self) -> None:
        """Send what is queued, close; returns when done or after a few seconds."""
        with self._guard:
            self._is_ending = True
            self._guard.notify_all()
        self._stopped.set()
        self._thread.join(CLOSE_SECONDS)

    def _make_room(self) -> bool:
        """Room for one more packet, by waiting or by throwing away what is queued."""
        if self._is_patient and self.lost_since is None:
            self._guard.notify_all()
            self._guard.wait_for(lambda: len(self._queue) < QUEUE_PACKETS or self.lost_since is not None, PATIENCE)
            if len(self._queue) < QUEUE_PACKETS:
                return True
        self._queue.clear()
        self._needs_key = self._wishes_key = True
        self.overflows += 1
        return True

    def _run(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while self._hold_session():
            if self.lost_since is None:
                continue
            pause = self._next_pause(pause)
            if self._stopped.wait(pause):
                return

    def _next_pause(self, pause: float) -> float:
        """Most outages are short: the first seconds are tried often, then less and less so."""
        lost = time.monotonic() - (self.lost_since or 0.0)
        return FIRST_PAUSE_SECONDS if lost < EAGER_SECONDS else min(LONGEST_PAUSE_SECONDS, pause * 1.5)

    def _hold_session(self) -> bool:
        """Open, send until the end; True when another one is to follow: this one was lost, or is renewed."""
        try:
            self._sink.open()
            self._connected()
            while (coded := self._next()) is not None:
                self._sink.write(coded)
                if not self._queue:
                    self._sink.flush()
                if self._needs_key_answered(coded):
                    self._restored(coded)
            self._sink.close(is_lost=False)
            return self._take_renewal()
        except (AdloomError, OSError) as error:
            self._lost(error)
            self._sink.close(is_lost=True)
            return True

    def _take_renewal(self) -> bool:
        with self._guard:
            renews, self._is_renewing = self._is_renewing and not self._is_ending, False
            self._is_connected = self._is_connected and not renews
            return renews

    def _connected(self) -> None:
        with self._guard:
            if self._sink.is_remote:
                self._queue.clear()
            self._is_connected = self._needs_key = self._wishes_key = True
            self._has_begun = False

    def _next(self) -> Coded | None:
        """The next packet to send, from a key picture on after a gap; None at the end of a session."""
        with self._guard:
            while True:
                if self._is_renewing:
                    return None
                while self._queue:
                    coded = self._queue.popleft()
                    self._guard.notify_all()
                    if not self._needs_key or (coded.is_picture and coded.is_key):
                        return coded
                if self._is_ending:
                    return None
                self._guard.wait(0.5)

    def _needs_key_answered(self, coded: Coded) -> bool:
        with self._guard:
            begins = self._needs_key and coded.is_key
            if begins:
                self._needs_key = False
            return begins

    def _restored(self, first: Coded) -> None:
        with self._guard:
            if not self._has_begun:
                self.sessions += 1
                self.session_began = first.pts if self._sink.is_remote else None
            self._has_begun = True
            if self.lost_since is not None:
                self.lost_since = None
                self._changes.append(False)

    def _lost(self, error: Exception) -> None:
        reason = str(error) if isinstance(error, OutputLost) else type(error).__name__
        with self._guard:
            self._is_connected = self._is_renewing = False
            self.session_began = None
            self._queue.clear()
            self._guard.notify_all()
            if self.lost_since is not None:
                return
            self.lost_since = time.monotonic()
            self._changes.append(True)
        print(f"output {self.number} lost: {reason}", file=sys.stderr, flush=True)
