"""The way in for platforms: `/in/TOKEN`, verified on the raw bytes, stored, then answered in their words."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import parse_qsl

from agentbot.channels.base import Account
from agentbot.channels.desk import Desk
from agentbot.channels.http import Receive, Scope, Send, answer, answer_bytes, headers_of, read_body
from agentbot.channels.vendors.base import Reply, Request, Secrets, Vendor
from core.webhooks.signing import BadSignature

LARGEST_BATCH_BYTES = 1024 * 1024
"""A platform gathers events of many visitors into one request."""
Found = TypeVar("Found")


async def serve(desk: Desk, account: Account, vendor: Vendor, scope: Scope, receive: Receive, send: Send) -> None:
    """One request. Raises what the channels' door turns into answers."""
    if scope["method"] not in ("GET", "POST"):
        return await answer(send, 405, {"error": "only GET and POST"}, {"allow": "GET, POST"})
    body = await read_body(scope, receive, LARGEST_BATCH_BYTES) if scope["method"] == "POST" else b""
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    request = Request(scope["method"], query, headers_of(scope), body)
    reply = _first(account, lambda secrets: vendor.greet(secrets, request, time.time()))
    if reply is None and scope["method"] == "GET":
        return await answer(send, 405, {"error": "only POST"}, {"allow": "POST"})
    if reply is None:
        for event in _first(account, lambda secrets: vendor.read(secrets, request, time.time())):
            await desk.hear(account, event)
    await _say(send, reply or vendor.acknowledgement)


def _first(account: Account, ask: Callable[[Secrets], Found]) -> Found:
    """By the newest credentials, else by those that are being replaced."""
    if not account.credentials:
        raise BadSignature("this channel has no credentials")
    for secrets in account.credentials[:-1]:
        try:
            return ask(secrets)
        except BadSignature:
            continue
    return ask(account.credentials[-1])


async def _say(send: Send, reply: Reply) -> None:
    await answer_bytes(send, 200, reply.body, {"content-type": reply.content_type})
