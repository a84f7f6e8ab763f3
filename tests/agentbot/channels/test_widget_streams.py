"""One machine cannot take the open places of all visitors."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from agentbot.channels import widget_stream
from agentbot.channels.asgi import current_desk
from agentbot.channels.base import Account
from agentbot.channels.opening import open_channel
from agentbot.models import Conversation
from core.models import Advertiser

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 3


class Page:
    """An open page at `address`: what it was answered, and the way to close it."""

    def __init__(self, account: Account, address: str) -> None:
        self.status = 0
        self.closed, self.answered = asyncio.Event(), asyncio.Event()
        self._account, self._address = account, address

    async def open(self) -> None:
        desk = await current_desk()
        await widget_stream.stream(desk, self._account, "v1", 0, self._receive, self._send, self._address)

    async def _receive(self) -> dict[str, Any]:
        await self.closed.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        self.status = message.get("status", self.status)
        self.answered.set()


@pytest.fixture
def account() -> Account:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    made = open_channel(advertiser, "widget").account
    Conversation.objects.create(advertiser=advertiser, account=made, visitor="v1")
    return Account(made.pk, advertiser.pk, "widget", "auto", "open")


def test_one_address_has_its_share_of_streams_and_gets_places_back(account, monkeypatch):
    monkeypatch.setattr(widget_stream, "MOST_STREAMS_PER_ADDRESS", MOST)

    async def talk() -> list[int]:
        pages = [Page(account, "10.0.0.1") for _ in range(MOST + 1)] + [Page(account, "10.0.0.2")]
        tasks = []
        for page in pages:
            tasks.append(asyncio.create_task(page.open()))
            await page.answered.wait()
        pages[0].closed.set()
        await tasks[0]
        again = Page(account, "10.0.0.1")
        tasks.append(asyncio.create_task(again.open()))
        await again.answered.wait()
        for page in (*pages, again):
            page.closed.set()
        await asyncio.gather(*tasks)
        await (await current_desk()).close()
        return [page.status for page in (*pages, again)]

    assert asyncio.run(talk()) == [200, 200, 200, 429, 200, 200]
    assert widget_stream._open == {}
