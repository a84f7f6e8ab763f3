"""Comments over a WebSocket: `/live/in/TOKEN/ws`, in front of Django, for a sender that has many of them.

Every message is signed by itself, as a POST to `/live/in/TOKEN` would be: `{"webhook-id", "webhook-timestamp",
"webhook-signature", "body": the JSON as text}`. A socket that stays open for hours must not be worth more to who
steals it than one message. The answer is the POST's: `{"id", "comment", "duplicate"}` or `{"id", "error"}`.

In the web process and not beside the engine: what comes in has to be stored before it is answered, and outlives the
room's processes there.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections

from avatar.models import Room
from avatar.services.intake import LARGEST_BODY_BYTES, NotOnAir, take_signed
from core.errors import InputError
from core.webhooks.signing import ID_HEADER, SIGNATURE_HEADER, TIME_HEADER, BadSignature

logger = logging.getLogger(__name__)
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

PREFIX, SUFFIX = "/live/in/", "/ws"
SHORTEST_TOKEN = 16
SILENCE_SECONDS = 120.0
"""A sender that says nothing for so long is gone; it may come back."""

NO_ROOM, TOO_BROKEN = 4404, 4400
MOST_BROKEN = 20
"""Messages in a row that are not signed or not readable, before the socket is closed."""

_HEADERS = (ID_HEADER, TIME_HEADER, SIGNATURE_HEADER)


def with_comment_sockets(app: App) -> App:
    """`app` with the comment sockets in front of it; other sockets are turned away."""

    async def routed(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return await app(scope, receive, send)
        await _serve(str(scope["path"]), receive, send)

    return routed


async def _serve(path: str, receive: Receive, send: Send) -> None:
    await receive()
    room = await _room(path)
    if room is None:
        return await send({"type": "websocket.close", "code": NO_ROOM})
    await send({"type": "websocket.accept"})
    broken = 0
    while broken < MOST_BROKEN:
        try:
            message = await asyncio.wait_for(receive(), SILENCE_SECONDS)
        except TimeoutError:
            return await send({"type": "websocket.close", "code": 1001})
        if message["type"] == "websocket.disconnect":
            return None
        answer = await _answer(room, message.get("text") or (message.get("bytes") or b"").decode("utf-8", "replace"))
        broken = broken + 1 if answer.get("broken") else 0
        await send({"type": "websocket.send", "text": json.dumps(answer, ensure_ascii=False)})
    return await send({"type": "websocket.close", "code": TOO_BROKEN})


async def _room(path: str) -> Room | None:
    token = path.removeprefix(PREFIX).removesuffix(SUFFIX)
    if not path.startswith(PREFIX) or not path.endswith(SUFFIX) or len(token) < SHORTEST_TOKEN or "/" in token:
        return None
    try:
        return await sync_to_async(_find)(token)
    except DatabaseError:
        return None


def _find(token: str) -> Room | None:
    close_old_connections()
    return Room.objects.filter(intake_token=token).first()


async def _answer(room: Room, text: str) -> dict[str, Any]:
    """What the sender hears of one message; `broken` where it was none of ours."""
    try:
        message = _read(text)
    except InputError as error:
        return {"error": str(error), "broken": True}
    named = {"id": message[ID_HEADER]}
    try:
        return named | await sync_to_async(_take)(room, message)
    except BadSignature as error:
        return named | {"error": str(error), "broken": True}
    except (InputError, NotOnAir) as error:
        return named | {"error": str(error)}
    except DatabaseError as error:
        logger.warning("a comment was turned away: %s", type(error).__name__)
        return named | {"error": "the database does not answer; send it again"}


def _take(room: Room, message: Mapping[str, str]) -> dict[str, Any]:
    close_old_connections()
    stored = take_signed(room, message, message["body"].encode())
    return {"comment": stored.number, "duplicate": stored.duplicate}


def _read(text: str) -> dict[str, str]:
    if len(text) > LARGEST_BODY_BYTES:
        raise InputError("message", "is larger than 64 KiB")
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("message", "is not JSON") from error
    fields = (*_HEADERS, "body")
    if not isinstance(raw, dict) or not all(isinstance(raw.get(field), str) for field in fields):
        raise InputError("message", f"is not an object with the texts {', '.join(fields)}")
    return {field: raw[field] for field in fields}
