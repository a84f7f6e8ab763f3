"""The addresses that messages come in at, in front of Django: `/in/TOKEN`, `/widget/TOKEN/…`, `/crm/ID`."""

from __future__ import annotations

import asyncio
import logging
import weakref

import psycopg
from psycopg_pool import PoolTimeout

from agentbot.channels import vendor_door, webhook, widget
from agentbot.channels.desk import Desk, TooMany
from agentbot.channels.http import App, Gone, Receive, Scope, Send, TooLarge, answer
from agentbot.channels.vendors.known import VENDORS
from agentbot.crm import feedback
from core.errors import InputError
from core.webhooks.signing import BadSignature

logger = logging.getLogger(__name__)
INBOUND = "/in/"
_desks: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Desk] = weakref.WeakKeyDictionary()


def with_channels(app: App) -> App:
    """`app` with the channels' addresses in front of it."""

    async def routed(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith((INBOUND, widget.PREFIX, feedback.PREFIX)):
            return await _take(scope, receive, send)
        await app(scope, receive, send)

    return routed


async def current_desk() -> Desk:
    """The desk of the running event loop, open."""
    desk = _desks.setdefault(asyncio.get_running_loop(), Desk())
    await desk.open()
    return desk


async def _take(scope: Scope, receive: Receive, send: Send) -> None:
    try:
        await _dispatch(scope, receive, send)
    except TooLarge:
        await answer(send, 413, {"error": "the body is larger than 64 KiB"}, {"connection": "close"})
    except BadSignature as error:
        await answer(send, 401, {"error": str(error)})
    except InputError as error:
        await answer(send, 422, {"error": str(error), "field": error.thing, "code": error.code})
    except TooMany as error:
        await answer(send, 429, {"error": "too many messages"}, {"retry-after": str(error.seconds)})
    except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as error:
        logger.warning("a message was turned away: %s", type(error).__name__)
        await answer(send, 503, {"error": "the database does not answer"}, {"retry-after": "1"})
    except Gone:
        return


async def _dispatch(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"].startswith(widget.PREFIX):
        return await _widget(scope, receive, send)
    desk = await current_desk()
    if scope["path"].startswith(feedback.PREFIX):
        if scope["method"] != "POST":
            return await _only_post(send)
        return await feedback.take_feedback(desk, scope, receive, send)
    await _inbound(desk, scope, receive, send)


async def _inbound(desk: Desk, scope: Scope, receive: Receive, send: Send) -> None:
    """A signed channel of one's own takes POST alone; platforms shake hands by GET."""
    account = await desk.accounts.find(scope["path"].removeprefix(INBOUND))
    vendor = VENDORS.get(account.kind) if account else None
    if vendor is None and scope["method"] != "POST":
        return await _only_post(send)
    if account is None or account.kind == "widget":
        return await answer(send, 404, {"error": "there is no such channel"})
    if account.state == "disabled":
        return await answer(send, 403, {"error": "this channel is switched off"})
    if vendor is not None:
        return await vendor_door.serve(desk, account, vendor, scope, receive, send)
    await webhook.take_message(desk, account, scope, receive, send)


async def _only_post(send: Send) -> None:
    await answer(send, 405, {"error": "only POST"}, {"allow": "POST"})


async def _widget(scope: Scope, receive: Receive, send: Send) -> None:
    token, what = widget.parse_path(scope["path"])
    desk = await current_desk()
    account = await desk.accounts.find(token)
    if account is None or account.kind != "widget":
        return await answer(send, 404, {"error": "there is no such channel"}, {"access-control-allow-origin": "*"})
    await widget.serve(desk, account, what, scope, receive, send)
