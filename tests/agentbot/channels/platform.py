"""A platform on the loopback and a channel opened on it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.utils import timezone

from agentbot.channels.asgi import current_desk, with_channels
from agentbot.channels.opening import OpenedChannel
from agentbot.channels.opening_vendors import VERIFY_TOKEN, open_vendor_channel
from agentbot.channels.vendors.base import Request
from agentbot.models import ChannelAccount, Conversation, Message, OutboundPart, PiiKey
from agentbot.pii import new_key, seal, unwrap_key, wrap_key
from agentbot.sending.parts import PartLane
from agentbot.sending.sender import Sender
from agentbot.sending.vendor_calls import VendorCalls
from agentbot.turns.events import event_body
from core.models import Advertiser
from core.pools import make_pool
from core.webhooks.posting import Poster
from tests.agentbot.crm.vendor import Asked, Stored, Vendor


@dataclass
class Platform(Vendor):
    """Answers what a test lays out for a path's last word, else yes in every vendor's way."""

    answers: dict[str, list[Stored]] = field(default_factory=dict)

    def answer(self, asked: Asked) -> Stored:
        name = asked.path.partition("?")[0].rstrip("/").rpartition("/")[2]
        waiting = self.answers.get(name, [])
        if waiting:
            return waiting.pop(0)
        taken = {"data": {"error_code": 0, "msg_id": f"@{len(self.asked)}"}, "message_id": f"mid.{len(self.asked)}"}
        taken |= {"messages": [{"id": f"wamid.{len(self.asked)}"}], "errcode": 0, "msgid": "w1", "result": 1}
        return Stored(200, taken)

    def texts(self) -> list[str]:
        return [each.body["content"]["text"]["text"] for each in self.asked if "/im/send/msg" in each.path]


async def elsewhere(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("not ours")


APP = with_channels(elsewhere)


async def knock(path: str, request: Request) -> tuple[int, bytes]:
    """`request` at the door; status and body of the answer."""
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": request.body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    query = "&".join(f"{name}={_quoted(value)}" for name, value in request.query.items())
    pairs = [(name.encode(), value.encode()) for name, value in request.headers.items()]
    scope = {"type": "http", "method": request.method, "path": path, "headers": pairs, "query_string": query.encode()}
    await APP(scope, receive, send)
    return told[0]["status"], told[1]["body"]


def _quoted(text: str) -> str:
    return quote(text, safe="")


def run(work: Callable[[], Awaitable[Any]]) -> Any:
    """`work` with a desk of its own loop."""

    async def whole() -> Any:
        try:
            return await work()
        finally:
            await (await current_desk()).close()

    return asyncio.run(whole())


def opened(kind: str, secrets: Mapping[str, str], mode: str = "auto") -> OpenedChannel:
    advertiser, _ = Advertiser.objects.get_or_create(slug="tea", defaults={"name": "Tea"})
    given = {name: value for name, value in secrets.items() if name != VERIFY_TOKEN}
    channel = open_vendor_channel(advertiser, kind, given, mode=mode)
    if VERIFY_TOKEN in secrets:
        wrapped = wrap_key(json.dumps(dict(secrets)).encode())
        ChannelAccount.objects.filter(pk=channel.account.pk).update(secret=wrapped)
    return channel


def talk(channel: OpenedChannel, visitor: str = "visitor-1", **more: Any) -> Conversation:
    """A conversation whose visitor has just said something."""
    account = channel.account
    key = PiiKey.objects.create(advertiser=account.advertiser, wrapped=wrap_key(new_key()))
    made = Conversation.objects.create(
        advertiser=account.advertiser, account=account, visitor=visitor, key=key, last_seq=1, last_inbound_seq=1, **more
    )
    Message.objects.create(
        advertiser=account.advertiser,
        conversation=made,
        seq=1,
        direction="in",
        author="visitor",
        sent_at=timezone.now(),
        key=key,
        body=seal(unwrap_key(bytes(key.wrapped)), "在吗"),
    )
    made.refresh_from_db()
    return made


def part(conversation: Conversation, number: int, author: str = "expert", **more: Any) -> OutboundPart:
    """Due now. A person's outlasts the visitor's next words."""
    now = timezone.now()
    data = {"visitor": conversation.visitor, "text": f"part {number}", "author": author}
    fields = {"event_type": "message.part", "is_fenced": author != "person", **more}
    return OutboundPart.objects.create(
        advertiser=conversation.advertiser,
        account=conversation.account,
        conversation=conversation,
        ordinal=number,
        part_no=number,
        epoch=conversation.epoch,
        author=author,
        planned_at=now,
        due_at=now,
        key=conversation.key,
        body=seal(unwrap_key(bytes(conversation.key.wrapped)), event_body(str(fields["event_type"]), now, data)),
        **fields,
    )


def send_all(until: Callable[[], Awaitable[bool]] | None = None, seconds: float = 1.2) -> None:
    """A sender at work until nothing is due any more, or for `seconds`."""

    async def whole() -> None:
        async with make_pool(4, "test") as pool:
            poster = Poster()
            sender = Sender(PartLane(pool, VendorCalls(pool, poster)), poster, 7, pool)
            running = asyncio.create_task(sender.run())
            deadline = asyncio.get_running_loop().time() + seconds
            while asyncio.get_running_loop().time() < deadline:
                await asyncio.sleep(0.05)
                async with pool.connection() as connection:
                    row = await (await connection.execute(_BUSY)).fetchone()
                if row is not None and not row["busy"]:
                    break
            sender.stop()
            await running
            await poster.close()

    asyncio.run(whole())


_BUSY = """
select exists (select 1 from agentbot_outboundpart p where p.state = 'sending'
  or (p.state = 'scheduled' and p.due_at <= now() and not exists (select 1 from agentbot_outboundpart e
    where e.conversation_id = p.conversation_id and e.ordinal <= p.ordinal and e.failure in ('window', 'quota')
      and e.state = 'scheduled'))) as busy
"""


def recover() -> int:
    async def whole() -> int:
        async with make_pool(2, "test") as pool:
            return await PartLane(pool).recover()

    return asyncio.run(whole())
