"""A scripted visitor writes to a widget and waits for each answer, as a person would."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx
from django.db import connection

from agentbot.channels.asgi import current_desk, with_channels
from agentbot.channels.opening import open_channel
from agentbot.demonstration.receiver import Receiver, receiving
from agentbot.models import ChannelAccount, Conversation, CrmConnection, Message, OutboundPart
from core.errors import InputError, RetryableError
from core.models import Advertiser
from core.profiles import parse_profile, save_profile
from core.yaml_text import read_yaml_file

LARGEST_FILE = 256 * 1024
LONGEST_ANSWER_SECONDS = 60.0
LONGEST_DELIVERY_SECONDS = 30.0
LOOK_SECONDS = 0.2
ORIGIN = "http://127.0.0.1"
NAME = "demo"
Tell = Callable[[str, float, float], None]


class NoAnswer(RetryableError):
    """The visitor of the demo waited in vain."""

    code = "no_answer"


def hold_conversation(folder: Path, target: Path, tell: Tell = lambda *_: None) -> dict[str, Any]:
    """Let the visitor of `folder` talk to its advertiser, write what happened to `target` and return it.

    Needs PostgreSQL and the hosts of conversations. A `target` that is there already is returned as
    it is. Raises InputError for a broken file, NoAnswer when nobody answers within a minute.
    """
    if target.exists():
        return dict(json.loads(target.read_text(encoding="utf-8")))
    try:
        advertiser, _ = save_profile(
            parse_profile(read_yaml_file(folder / "advertiser.yaml", "advertiser.yaml", LARGEST_FILE))
        )
        lines = _lines(read_yaml_file(folder / "visitor.yaml", "visitor.yaml", LARGEST_FILE))
        with receiving() as receiver:
            account = _open_widget(advertiser, receiver)
            try:
                record = _held(account, lines, receiver, tell)
            finally:
                _close(account)
    finally:
        # Runs in a thread of its own, whose connection nobody else would close.
        connection.close()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    return record


def _lines(raw: Any) -> list[str]:
    lines = raw.get("lines") if isinstance(raw, dict) else None
    if not isinstance(lines, list) or not all(isinstance(line, str) and line.strip() for line in lines):
        raise InputError("visitor.yaml", "lines: is not a list of what the visitor types")
    return list(lines)


def _open_widget(advertiser: Advertiser, receiver: Receiver) -> ChannelAccount:
    opened = open_channel(advertiser, "widget", crm_url=receiver.url, name=NAME, origins=(ORIGIN,), may_be_private=True)
    receiver.secret = opened.crm_secret
    return opened.account


def _close(account: ChannelAccount) -> None:
    """The receiver is gone after the demo; nothing may go on knocking there."""
    CrmConnection.objects.filter(accounts=account).update(
        state=CrmConnection.State.DISABLED, failure="the demo is over"
    )
    ChannelAccount.objects.filter(pk=account.pk).update(state=ChannelAccount.State.PAUSED)


def _held(account: ChannelAccount, lines: Sequence[str], receiver: Receiver, tell: Tell) -> dict[str, Any]:
    began = time.time()
    token = secrets.token_urlsafe(24)
    for number, line in enumerate(lines):
        tell("conversation", number, len(lines))
        message = asyncio.run(_write(account, token, line))
        _wait_for_answer(message)
    event = receiver.wait_for("lead.created", LONGEST_DELIVERY_SECONDS)
    tell("conversation", len(lines), len(lines))
    conversation = Conversation.objects.get(messages=message)
    return {
        "advertiser": account.advertiser.name,
        "conversation": str(conversation.pk),
        "seconds": round(time.time() - began, 1),
        "messages": _messages(conversation),
        "lead": _lead(event),
        "crm": {"events": receiver.events, "refused": receiver.refused},
        "degraded": sorted({part for turn in conversation.turns.all() for part in turn.degraded}),
    }


async def _write(account: ChannelAccount, token: str, line: str) -> uuid.UUID:
    """What the widget's script does on send, through the same door."""
    # ASGI's own types differ from library to library in name alone.
    door: Any = with_channels(_nothing_else)
    transport = httpx.ASGITransport(app=door)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN}) as client:
        sent = {"visitor": token, "id": secrets.token_urlsafe(12), "text": line}
        answer = await client.post(f"/widget/{account.inbound_token}/messages", json=sent)
    await (await current_desk()).close()
    answer.raise_for_status()
    return uuid.UUID(answer.json()["message"])


async def _nothing_else(*_: Any) -> None:
    raise NoAnswer("the widget's address is not there")


def _wait_for_answer(message: uuid.UUID) -> None:
    """Until a turn answers `message` and all its parts are out."""
    heard = Message.objects.select_related("conversation").get(pk=message)
    deadline = time.monotonic() + LONGEST_ANSWER_SECONDS
    while time.monotonic() < deadline:
        parts = OutboundPart.objects.filter(conversation=heard.conversation, turn__upto_seq__gte=heard.seq)
        states = list(parts.filter(event_type=OutboundPart.Event.PART).values_list("state", flat=True))
        if states and all(state not in ("scheduled", "sending") for state in states):
            return
        time.sleep(LOOK_SECONDS)
    raise NoAnswer(f"no answer within {LONGEST_ANSWER_SECONDS:.0f} s; see the log of conversations")


def _messages(conversation: Conversation) -> list[dict[str, Any]]:
    """What both sides said, with the seconds since the first message."""
    said = list(conversation.messages.select_related("key").order_by("seq"))
    first = said[0].created_at
    return [
        {
            "author": each.author,
            "text": each.text,
            "at_seconds": round((each.created_at - first).total_seconds(), 1),
            "asks_contact": each.asks_contact,
        }
        for each in said
    ]


def _lead(event: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if event is None else dict(event["data"])
