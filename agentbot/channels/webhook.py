"""The signed generic channel: `POST /in/TOKEN` with Standard Webhooks headers."""

from __future__ import annotations

import time

from agentbot.channels.base import LARGEST_BODY_BYTES, Account
from agentbot.channels.desk import Desk
from agentbot.channels.http import Receive, Scope, Send, answer, headers_of, read_body
from agentbot.channels.messages import parse_said
from core.webhooks.signing import read_headers, verify


async def take_message(desk: Desk, account: Account, scope: Scope, receive: Receive, send: Send) -> None:
    """Verified on the raw bytes, stored, then answered 200: never the other way round."""
    body = await read_body(scope, receive, LARGEST_BODY_BYTES)
    headers = read_headers(headers_of(scope))
    verify(account.keys, headers, body, time.time())
    stored = await desk.take(account, parse_said(body, headers.id))
    await answer(send, 200, {"message": str(stored.message), "duplicate": stored.duplicate})
