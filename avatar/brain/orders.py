"""The control socket of a room: an operator's orders and comments from outside, one JSON line in, one line back.

A socket file in the install's short folder rather than rows: a room run from a file has no database, an order
must not wait for one that is down, and the kernel says at once whether the room is there. Where rooms lie on
several machines, the host that runs a room passes on what its pages write down.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.errors import InputError

logger = logging.getLogger(__name__)
Order = dict[str, Any]
Obey = Callable[[Order], Order]
LONGEST_LINE = 256 * 1024
PATIENCE_SECONDS = 5.0


class ControlSocket:
    """Listens at `path` (at most 107 bytes) for this user alone, until closed."""

    def __init__(self, path: Path, obey: Obey) -> None:
        self.path, self._obey = path, obey
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._server.bind(str(path))
        os.chmod(path, 0o600)
        self._server.listen(8)
        self._thread = threading.Thread(target=self._serve, name="room-orders", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening and take the file away."""
        try:
            self._server.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._server.close()
        self._thread.join(timeout=PATIENCE_SECONDS)
        self.path.unlink(missing_ok=True)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            with connection:
                try:
                    connection.settimeout(PATIENCE_SECONDS)
                    self._talk(connection)
                except OSError as error:
                    logger.info("an order was broken off: %s", error)

    def _talk(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as lines:
            while line := lines.readline(LONGEST_LINE + 1):
                answer = self._answer(line)
                connection.sendall(json.dumps(answer, ensure_ascii=False).encode() + b"\n")

    def _answer(self, line: bytes) -> Order:
        try:
            if len(line) > LONGEST_LINE:
                raise InputError("order", "is longer than 256 KiB")
            order = json.loads(line)
            if not isinstance(order, dict):
                raise InputError("order", "is not an object")
            return {"ok": True, **self._obey(order)}
        except InputError as error:
            return {"ok": False, "error": f"{error.thing}: {error.reason}"}
        except (ValueError, RecursionError):
            return {"ok": False, "error": "order: is not JSON"}


def give_order(path: Path, order: Order, seconds: float = PATIENCE_SECONDS) -> Order:
    """Send one order to the room that listens at `path` and return its answer; OSError when no room is there."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(seconds)
        connection.connect(str(path))
        connection.sendall(json.dumps(order, ensure_ascii=False).encode() + b"\n")
        with connection.makefile("rb") as lines:
            answer = json.loads(lines.readline(LONGEST_LINE) or b"{}")
    return answer if isinstance(answer, dict) else {}
