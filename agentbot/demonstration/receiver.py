"""A CRM's webhook on loopback: takes what is signed, keeps it, answers 200."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any

from core.webhooks.signing import BadSignature, read_headers, secret_bytes, verify


@dataclass
class Receiver:
    """Events in the order they came, each once by its id; `secret` is known once the connection is made."""

    url: str = ""
    secret: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0
    _changed: Condition = field(default_factory=Condition)

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """The HTTP status for a delivery: 200, or 401 when it is not signed with our secret."""
        try:
            signed = read_headers(headers)
            verify([secret_bytes(self.secret)], signed, body, time.time())
        except BadSignature:
            self.refused += 1
            return 401
        with self._changed:
            if all(event["id"] != signed.id for event in self.events):
                self.events.append({"id": signed.id, **json.loads(body)})
            self._changed.notify_all()
        return 200

    def wait_for(self, kind: str, seconds: float) -> dict[str, Any] | None:
        """The first event of `kind`, as soon as it is there; None when it did not come."""

        def found() -> dict[str, Any] | None:
            return next((event for event in self.events if event["type"] == kind), None)

        with self._changed:
            self._changed.wait_for(found, seconds)
            return found()


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that listens for as long as the block lasts."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            status = receiver.take({name.lower(): value for name, value in self.headers.items()}, body)
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Deliveries are shown on the demo's page, not on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/crm"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
