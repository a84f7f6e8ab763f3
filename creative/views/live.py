"""The line on which open pages hear that something changed; they fetch their part again."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from core.live_updates.streaming import live_response

TOPICS = ("materials", "references", "batch:")


async def live(request: HttpRequest) -> HttpResponseBase:
    """Events of this advertiser, each as a plain message; `topic` limits them to one kind."""
    advertiser_id = await sync_to_async(_advertiser_id)(request)
    if advertiser_id is None:
        return HttpResponse(status=401)
    wanted = request.GET.get("topic", "")
    topics = (wanted,) if wanted.startswith(TOPICS) else TOPICS
    response = live_response(advertiser_id, topics, _changed)
    response.streaming_content = _as_messages(response.streaming_content)
    return response


live.is_guarded = True  # type: ignore[attr-defined] # read by the rule that walks all addresses


def _advertiser_id(request: HttpRequest) -> uuid.UUID | None:
    member = request.member  # type: ignore[attr-defined] # put there by the tenancy middleware
    return member.advertiser_id if member else None


async def _changed() -> list[tuple[str, Any]]:
    """On every connect, and after updates may have been missed: the page fetches its part anew."""
    return [("changed", "")]


async def _as_messages(events: Any) -> AsyncIterator[bytes]:
    """Topics become the text of unnamed events, so that one listener hears them all."""
    async for part in events:
        yield part if part.startswith(b":") else b"data: " + part.split(b"\n", 1)[0].removeprefix(b"event: ") + b"\n\n"
