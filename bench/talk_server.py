"""The advertiser's side: takes signed events on the loopback, keeps them, and misbehaves when told to."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from core.webhooks.signing import BadSignature, SignedHeaders, secret_bytes, verify


@dataclass(frozen=True)
class Heard:
    """One request as it came in; `at` is the wall clock, `status` what was answered, 0 for nothing."""

    at: float
    path: str
    id: str
    digest: str
    event: dict[str, Any]
    status: int


@dataclass(frozen=True)
class Reply:
    """How to answer: `status` 0 takes the event in and never answers; `stores` is off for an event not taken in."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    stores: bool = True


Manners = Callable[[str, str, dict[str, Any]], Reply]


def well_behaved(path: str, event_id: str, event: dict[str, Any]) -> Reply:
    return Reply()


@dataclass
class Outside:
    """A server of ours to be called. `taken` are the events stored, `seen` all requests."""

    manners: Manners = well_behaved
    secrets: dict[str, str] = field(default_factory=dict)
    taken: list[Heard] = field(default_factory=list)
    seen: list[Heard] = field(default_factory=list)
    badly_signed: int = 0
    port: int = 0
    _server: asyncio.Server | None = None

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def close(self) -> None:
        if self._server:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._exchange(reader, writer):
                continue
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:]) if name}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        path = head[0].split()[1]
        event = json.loads(body)
        self._check(path, headers, body)
        reply = self.manners(path, headers["webhook-id"], event)
        heard = Heard(time.time(), path, headers["webhook-id"], hashlib.sha256(body).hexdigest(), event, reply.status)
        self.seen.append(heard)
        if reply.stores:
            self.taken.append(heard)
        if not reply.status:
            return False
        lines = [
            f"HTTP/1.1 {reply.status} X",
            "content-length: 0",
            *(f"{name}: {value}" for name, value in reply.headers),
        ]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        await writer.drain()
        return True

    def _check(self, path: str, headers: dict[str, str], body: bytes) -> None:
        secret = self.secrets.get(path)
        if secret is None:
            return
        signed = SignedHeaders(headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"])
        try:
            verify([secret_bytes(secret)], signed, body, time.time())
        except BadSignature:
            self.badly_signed += 1
