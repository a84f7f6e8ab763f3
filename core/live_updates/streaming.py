"""Server-sent events: the full state on connecting, then each update, and a breath now and then."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from django.http import StreamingHttpResponse

from core.live_updates.hub import Hub, current_hub

BREATH_SECONDS = 15.0
"""Proxies close what is silent for a minute; a comment line keeps the connection."""

FullState = Callable[[], Awaitable[list[tuple[str, Any]]]]


def live_response(advertiser_id: uuid.UUID, topics: tuple[str, ...], full_state: FullState) -> StreamingHttpResponse:
    """Answer of an async view: events of this advertiser whose topic starts with one of `topics`.

    `full_state` gives (event, payload) pairs that bring a page up to date from nothing.
    It is sent on every connect, so a browser that reconnects by itself after a break has
    missed nothing, whatever its Last-Event-ID. A payload that is a string goes out as it
    is (an HTML fragment for htmx), anything else as JSON.
    """
    stream = stream_events(str(advertiser_id), topics, full_state)
    response = StreamingHttpResponse(stream, content_type="text/event-stream; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def changed_response(advertiser_id: uuid.UUID, topics: tuple[str, ...], wanted: str = "") -> StreamingHttpResponse:
    """Answer of an async view whose pages fetch their part again: each topic as a plain message, "changed" on connect.

    `wanted` limits it to one of `topics` (or to one thing of it, such as one batch).
    """
    heard = (wanted,) if wanted.startswith(topics) else topics
    response = live_response(advertiser_id, heard, _everything)
    response.streaming_content = _as_messages(response.streaming_content)
    return response


async def _everything() -> list[tuple[str, Any]]:
    """On every connect, and after updates may have been missed: the page fetches its part anew."""
    return [("changed", "")]


async def _as_messages(events: Any) -> AsyncIterator[bytes]:
    """Topics become the text of unnamed events, so that one listener hears them all."""
    async for part in events:
        yield part if part.startswith(b":") else b"data: " + part.split(b"\n", 1)[0].removeprefix(b"event: ") + b"\n\n"


async def stream_events(
    advertiser_id: str,
    topics: tuple[str, ...],
    full_state: FullState,
    *,
    breath_seconds: float = BREATH_SECONDS,
    hub: Hub | None = None,
) -> AsyncIterator[bytes]:
    """The bytes of the stream. Subscribes before it reads the state, so nothing falls between."""
    async with (hub or current_hub()).subscribe(advertiser_id, lambda topic: topic.startswith(topics)) as page:
        for event, payload in await full_state():
            yield encode_event(event, payload)
        while True:
            try:
                update = await asyncio.wait_for(page.updates.get(), breath_seconds)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if update.topic:
                yield encode_event(update.topic, update.payload)
                continue
            for event, payload in await full_state():
                yield encode_event(event, payload)


def encode_event(event: str, payload: Any) -> bytes:
    """One event in the format of the HTML standard: a `data:` line for each line of text."""
    text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
    lines = "".join(f"data: {line}\n" for line in text.split("\n"))
    return f"event: {event}\n{lines}\n".encode()
