"""One conversation on Douyin from end to end: heard, answered from what is approved, echoed, taken over in the app."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from django.utils import timezone

from agentbot.models import Conversation, Message, OutboundPart
from agentbot.turns.brain import Brain
from core.models import AdvertiserArticle, AdvertiserPrice
from core.pools import make_pool
from tests.agentbot.channels.platform import Platform, knock, opened, run, send_all
from tests.agentbot.channels.vendors import samples

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings) -> Iterator[Platform]:
    server = Platform()
    server.open()
    settings.DOUYIN_API_URL = f"http://127.0.0.1:{server.port}"
    yield server
    server.close()


def answer_what_is_due() -> int:
    """The quiet window and the typing are over."""
    Conversation.objects.exclude(turn_due_at=None).update(turn_due_at=timezone.now())

    async def whole() -> int:
        async with make_pool(4, "test") as pool:
            return await Brain(pool, 7).answer_due()

    found = asyncio.run(whole())
    OutboundPart.objects.filter(state="scheduled").update(due_at=timezone.now())
    return found


def test_a_talk_on_douyin(server):
    channel = opened("douyin", samples.DOUYIN)
    advertiser = channel.account.advertiser
    advertiser.vertical = "car"
    advertiser.save()
    AdvertiserPrice.objects.create(advertiser=advertiser, item="星河 SUV", amount_minor=12_980_000, currency="CNY")
    AdvertiserArticle.objects.create(advertiser=advertiser, title="试驾", text="店里周末也可以试驾。")
    path = f"/in/{channel.account.inbound_token}"

    run(lambda: knock(path, samples.douyin_message("星河 SUV 多少钱？", "@1")))
    assert answer_what_is_due() == 1
    send_all(seconds=3.0)

    said = server.texts()
    assert any("129,800" in text or "12.98" in text for text in said)
    first = server.asked[0].body
    assert (first["to_user_id"], first["conversation_id"], first["msg_id"]) == ("visitor-1", samples.CONVERSATION, "@1")
    sent = OutboundPart.objects.get(ordinal=1)
    assert (sent.state, sent.external_id) == ("sent", "@1")

    # The platform tells what we sent: nothing changes. Then somebody types in the app.
    run(lambda: knock(path, samples.douyin_echo(samples.DOUYIN["client_key"], sent.external_id)))
    assert Conversation.objects.get().owner == "bot"
    run(lambda: knock(path, samples.douyin_echo("", "@person", "我是店长，我来说")))
    assert Conversation.objects.get().owner == "human"

    run(lambda: knock(path, samples.douyin_message("周末能去试驾吗？", "@2")))
    answer_what_is_due()
    send_all()
    assert server.texts() == said
    assert Message.objects.filter(author="person").count() == 1
