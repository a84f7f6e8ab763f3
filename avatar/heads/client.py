"""The engine's end: tells the worker what will be said and takes what is drawn. A tick never waits for either."""

from __future__ import annotations

import json
import socket
import threading
import time
from pathlib import Path
from typing import Any

from avatar.contracts import Utterance
from avatar.heads.door import connect
from avatar.heads.ring import Ring, Taken

RETRY_SECONDS = 0.5
REFUSED_SECONDS = 10.0
ANSWER_SECONDS = 30.0
ANSWER_BYTES = 65_536
LOOK_SECONDS = 0.001


class HeadClient:
    """One room's connection; made anew by a thread whenever the worker went away. `calls` counts connections made."""

    def __init__(self, door: Path, cache: Path) -> None:
        self.ring = Ring.make()
        self.calls = 0
        self.refusal = ""
        self._door, self._cache = door, cache
        self._end: socket.socket | None = None
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._keep_connected, name="head-client", daemon=True)
        self._thread.start()

    @property
    def is_ready(self) -> bool:
        """Whether a worker answers."""
        return self._end is not None

    def await_ready(self, seconds: float) -> bool:
        """Wait before the clock starts; False when no worker came, or it refused."""
        until = time.monotonic() + seconds
        while not self.is_ready and not self.refusal and time.monotonic() < until:
            time.sleep(LOOK_SECONDS * 10)
        return self.is_ready

    def play(self, utterance: Utterance, epoch: int, tick: int, frame: int, count: int) -> None:
        """Picture `frame` of the utterance is shown in `tick`, and `count` of them in all."""
        self._send("play", utterance, epoch=epoch, tick=tick, frame=frame, count=count)

    def want(self, utterance: Utterance) -> None:
        """It will be said."""
        self._send("want", utterance)

    def take(self, epoch: int, tick: int, patience: float = 0.0) -> Taken:
        """What the tick shows; waits up to `patience` seconds for it, which only virtual time may do."""
        taken = self.ring.take(epoch, tick)
        until = time.monotonic() + patience
        while not taken.is_there and patience and self.is_ready and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)
            taken = self.ring.take(epoch, tick)
        return taken

    def close(self) -> None:
        self._closing.set()
        self._hang_up()

    def _send(self, kind: str, utterance: Utterance, **numbers: int) -> None:
        end = self._end
        if end is None or utterance.path is None:
            return
        told: dict[str, Any] = {"kind": kind, "utterance": utterance.id, "sound": str(utterance.path), **numbers}
        try:
            end.send(json.dumps(told).encode() + b"\n", socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
        except OSError:
            # A worker that does not read is as good as gone; half a line in its ear is of no use either.
            self._hang_up()

    def _hang_up(self) -> None:
        end, self._end = self._end, None
        if end is not None:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _keep_connected(self) -> None:
        while not self._closing.is_set():
            try:
                end = connect(self._door)
            except OSError:
                self._closing.wait(RETRY_SECONDS)
                continue
            if self._is_let_in(end):
                self.calls += 1
                self._end = end
                self._await_end(end)
                self._end = None
            end.close()
            self._closing.wait(REFUSED_SECONDS if self.refusal else RETRY_SECONDS)

    def _is_let_in(self, end: socket.socket) -> bool:
        end.settimeout(ANSWER_SECONDS)
        try:
            socket.send_fds(end, [json.dumps({"cache": str(self._cache)}).encode()], [self.ring.fd])
            answer = json.loads(end.recv(ANSWER_BYTES) or b"{}")
        except (OSError, ValueError):
            return False
        self.refusal = str(answer.get("reason", "")) if answer.get("kind") == "refused" else ""
        end.settimeout(None)
        return answer.get("kind") == "ready"

    def _await_end(self, end: socket.socket) -> None:
        """The worker says nothing more; its silence ends with it."""
        try:
            while end.recv(ANSWER_BYTES):
                pass
        except OSError:
            return
