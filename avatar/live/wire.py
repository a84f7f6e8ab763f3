"""JSON lines over one end of a socket pair: all that the engine and the brain say to each other.

A process that was killed leaves half a line behind; its successor on the same end begins with a
line feed, and a line that cannot be read is passed over.
"""

from __future__ import annotations

import json
import select
import socket
import threading
from collections import deque
from collections.abc import Iterator
from typing import Any

Message = dict[str, Any]
READ_BYTES = 1 << 16
CLOSED: Message = {"kind": "closed"}


class Wire:
    """One end of the pair. `send` and `receive` may be called from different threads."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._sending = threading.Lock()
        self._rest = b""
        self._read: deque[Message] = deque()
        self._socket.setblocking(True)
        self._send_bytes(b"\n")

    @classmethod
    def from_fd(cls, fd: int) -> Wire:
        """Takes over an inherited end."""
        return cls(socket.socket(fileno=fd))

    def send(self, message: Message) -> None:
        """Write a line; waits while the other side reads slowly. OSError when it is gone."""
        self._send_bytes(json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def receive(self, seconds: float | None = None) -> Message | None:
        """The next message; None when none came within `seconds`; `CLOSED` when the other side is gone."""
        while not self._read:
            if seconds is not None and not select.select([self._socket], [], [], seconds)[0]:
                return None
            try:
                piece = self._socket.recv(READ_BYTES)
            except OSError:
                return CLOSED
            if not piece:
                return CLOSED
            self._rest += piece
            *lines, self._rest = self._rest.split(b"\n")
            self._read.extend(readable(lines))
        return self._read.popleft()

    def close(self) -> None:
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._socket.close()

    def _send_bytes(self, line: bytes) -> None:
        with self._sending:
            self._socket.sendall(line)


def readable(lines: list[bytes]) -> Iterator[Message]:
    """The messages of whole lines; what is torn or no message is passed over."""
    for line in lines:
        try:
            message = json.loads(line)
        except ValueError:
            continue
        if isinstance(message, dict) and isinstance(message.get("kind"), str):
            yield message
