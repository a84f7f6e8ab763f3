"""Who opens the chat counts once, however often, and leaves no name behind when erased."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from agentbot.channels.asgi import current_desk, with_channels
from agentbot.channels.opening import open_channel
from agentbot.leads.erasing import erase_visitor
from agentbot.models import ChannelAccount, Conversation, VisitorEntry
from core.models import Advertiser

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = "a" * 32
PAGE = "https://shop.example"


@pytest.fixture
def channel() -> ChannelAccount:
    return open_channel(Advertiser.objects.create(slug="tea", name="Tea"), "widget", origins=(PAGE,)).account


def enter(channel: ChannelAccount, *tokens: str, origin: str = PAGE) -> list[int]:
    """The status of each."""
    statuses: list[int] = []

    async def one(token: str) -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": json.dumps({"visitor": token}).encode()}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        path = f"/widget/{channel.inbound_token}/entered"
        scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "query_string": b"",
            "headers": [(b"origin", origin.encode())],
        }
        await with_channels(None)(scope, receive, send)  # type: ignore[arg-type]  # nothing behind the door is asked

    async def whole() -> None:
        try:
            for token in tokens:
                await one(token)
        finally:
            await (await current_desk()).close()

    asyncio.run(whole())
    return statuses


def test_a_visitor_enters_once(channel):
    assert enter(channel, TOKEN, TOKEN, "b" * 32) == [200, 200, 200]
    assert VisitorEntry.objects.filter(account=channel).count() == 2
    assert TOKEN not in VisitorEntry.objects.earliest("pk").visitor


def test_other_pages_and_odd_tokens_enter_nobody(channel):
    assert enter(channel, TOKEN, origin="https://evil.example") == [403]
    assert enter(channel, "short") == [422]
    assert not VisitorEntry.objects.exists()


def test_erased_the_entry_counts_on_under_another_name(channel):
    enter(channel, TOKEN)
    name = VisitorEntry.objects.get().visitor
    talk = Conversation.objects.create(advertiser=channel.advertiser, account=channel, visitor=name)

    erase_visitor(channel.advertiser, talk.pk)

    assert VisitorEntry.objects.get().visitor == f"erased-{talk.pk}"
