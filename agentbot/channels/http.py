"""The little of HTTP that messages coming in need, straight on ASGI: no cookies, no sessions, no middleware."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class TooLarge(Exception):
    """More came than a message can be."""


class Gone(Exception):
    """The caller hung up before the body was through."""


async def read_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """The whole body; `TooLarge` as soon as it is longer than `limit` bytes, announced or not."""
    announced = header(scope, b"content-length")
    if announced.isdigit() and int(announced) > limit:
        raise TooLarge
    pieces: list[bytes] = []
    taken = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        piece = message.get("body", b"")
        taken += len(piece)
        if taken > limit:
            raise TooLarge
        pieces.append(piece)
        if not message.get("more_body"):
            return b"".join(pieces)


def header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")


def headers_of(scope: Scope) -> dict[str, str]:
    return {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}


async def answer(send: Send, status: int, payload: Any, more: Mapping[str, str] | None = None) -> None:
    """`payload` as JSON."""
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    await answer_bytes(send, status, body, {"content-type": "application/json", **(more or {})})


async def answer_bytes(send: Send, status: int, body: bytes, more: Mapping[str, str] | None = None) -> None:
    """`body` as it is; `more` says its type."""
    headers = {"content-length": str(len(body)), "cache-control": "no-store"}
    pairs = [(key.encode(), value.encode()) for key, value in {**headers, **(more or {})}.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})
