"""The line on which open inboxes and boards hear that something changed; they fetch their part again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from django.http import HttpResponseBase

from core.live_updates import live_response
from core.member_pages import MemberRequest, member_page

TOPICS = ("conversations", "leads")


@member_page("GET")
async def live(request: MemberRequest) -> HttpResponseBase:
    """Events of this advertiser, each as a plain message; `topic` limits them to one kind."""
    wanted = request.GET.get("topic", "")
    topics = (wanted,) if wanted.startswith(TOPICS) else TOPICS
    response = live_response(request.advertiser.pk, topics, _changed)
    response.streaming_content = _as_messages(response.streaming_content)
    return response


async def _changed() -> list[tuple[str, Any]]:
    """On every connect, and after updates may have been missed: the page fetches its part anew."""
    return [("changed", "")]


async def _as_messages(events: Any) -> AsyncIterator[bytes]:
    """Topics become the text of unnamed events, so that one listener hears them all."""
    async for part in events:
        yield part if part.startswith(b":") else b"data: " + part.split(b"\n", 1)[0].removeprefix(b"event: ") + b"\n\n"
