"""Refuses bodies that are too large before Django writes them to disk.

Under ASGI Django takes in a whole body before any middleware runs, whoever sends it.
So the limit stands in front: little for a stranger, `UPLOAD_MAX_BYTES` for a member.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

STRANGERS_BYTES = 1024 * 1024
"""Room for any form a visitor may fill in."""
OVERHEAD_BYTES = 1024 * 1024
"""What a form adds around the file it carries."""


class BodyTooLarge(Exception):
    """More came than was allowed."""


def limit_bodies(app: App) -> App:
    """`app` behind the limit; answers 413 and closes the connection when it is passed."""

    async def limited(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await app(scope, receive, send)
        limit = await _limit_of(scope)
        announced = _announced_bytes(scope)
        if announced is not None and announced > limit:
            return await _refuse(send)
        try:
            await app(scope, _counted(receive, limit), send)
        except BodyTooLarge:
            await _refuse(send)

    return limited


def _counted(receive: Receive, limit: int) -> Receive:
    """A body without an announced length is counted as it comes."""
    taken = 0

    async def counted() -> Any:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise BodyTooLarge
        return message

    return counted


async def _limit_of(scope: Scope) -> int:
    """The log-in is looked up only where it matters: for a body a stranger may not send."""
    announced = _announced_bytes(scope)
    if announced is not None and announced <= STRANGERS_BYTES:
        return STRANGERS_BYTES
    is_bodiless = scope["method"] in ("GET", "HEAD") and announced is None
    if is_bodiless or not await sync_to_async(_is_logged_in)(_cookie(scope, settings.SESSION_COOKIE_NAME)):
        return STRANGERS_BYTES
    return int(settings.UPLOAD_MAX_BYTES) + OVERHEAD_BYTES


def _announced_bytes(scope: Scope) -> int | None:
    raw = _header(scope, b"content-length")
    return int(raw) if raw.isdigit() else None


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")


def _cookie(scope: Scope, name: str) -> str:
    try:
        found = SimpleCookie(_header(scope, b"cookie").decode("latin-1")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _is_logged_in(session_key: str) -> bool:
    if not session_key:
        return False
    try:
        return SESSION_KEY in import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    finally:
        # Outside of Django's requests nobody else closes it.
        connection.close()


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": b"too large\n"})
