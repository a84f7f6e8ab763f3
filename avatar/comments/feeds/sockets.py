"""Following a platform over a socket: TikTok's connectors as they stand, Bilibili with its session round it."""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from avatar.comments.contracts import Heard
from avatar.comments.feeds import bilibili, tiktok
from avatar.comments.feeds.fields import mapping, word
from avatar.comments.feeds.following import LONGEST_PAUSE, TIME_LIMIT_SECONDS, Store, mark
from core.errors import InputError, ServiceDown

logger = logging.getLogger(__name__)
LARGEST_MESSAGE = 1 << 20
LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Session:
    """Where to connect, what to say first, and what to say every `beat_seconds` so that it lasts."""

    url: str
    hello: bytes = b""
    beat: bytes = b""
    beat_seconds: float = bilibili.SESSION_HEARTBEAT_SECONDS


class Spoken(Protocol):
    """A platform that speaks over a socket. `begin` and `keep` raise ServiceDown."""

    name: str

    def begin(self) -> Session: ...

    def keep(self) -> None: ...

    def end(self) -> None: ...

    def read(self, message: str | bytes) -> tuple[Heard, ...]: ...


class TikTokConnector:
    """A connector that runs at `url`."""

    name = "tiktok"

    def __init__(self, url: str) -> None:
        self._url = url

    def begin(self) -> Session:
        return Session(self._url)

    def keep(self) -> None:
        return None

    def end(self) -> None:
        return None

    def read(self, message: str | bytes) -> tuple[Heard, ...]:
        try:
            heard = tiktok.read_message(json.loads(message))
        except (ValueError, RecursionError):
            return ()
        return (heard,) if heard else ()


class BilibiliRoom:
    """A room of the open live interface: `code` is the host's, `key` and `secret` the app's."""

    name = "bilibili"

    def __init__(self, api: str, app: int, code: str, key: str, secret: str) -> None:
        self._api, self._app, self._code, self._key, self._secret = api, app, code, key, secret
        self._game = ""

    def begin(self) -> Session:
        data = self._call("/v2/app/start", {"code": self._code, "app_id": self._app})
        self._game = word(mapping(data.get("game_info")), "game_id")
        told = mapping(data.get("websocket_info"))
        links, auth = told.get("wss_link"), word(told, "auth_body", longest=4000)
        if not isinstance(links, list) or not links or not auth:
            raise ServiceDown("Bilibili", "named no address to listen at")
        hello = bilibili.packet(bilibili.AUTH, auth.encode())
        return Session(str(links[0]), hello, bilibili.packet(bilibili.HEARTBEAT))

    def keep(self) -> None:
        if self._game:
            self._call("/v2/app/heartbeat", {"game_id": self._game})

    def end(self) -> None:
        if self._game:
            self._call("/v2/app/end", {"app_id": self._app, "game_id": self._game})

    def read(self, message: str | bytes) -> tuple[Heard, ...]:
        try:
            return bilibili.read_message(message.encode() if isinstance(message, str) else message)
        except InputError as error:
            logger.warning("a packet was passed over: %s", error)
            return ()

    def _call(self, path: str, fields: dict[str, Any]) -> Any:
        body = json.dumps(fields).encode()
        signed = bilibili.signed_headers(self._key, self._secret, body, secrets.token_hex(8), int(time.time()))
        headers = {**signed, "Accept": "application/json", "Content-Type": "application/json"}
        try:
            answer = mapping(
                httpx.post(self._api + path, content=body, headers=headers, timeout=TIME_LIMIT_SECONDS).json()
            )
        except (httpx.HTTPError, ValueError) as error:
            raise ServiceDown("Bilibili", f"does not answer: {type(error).__name__}") from None
        if answer.get("code") != 0:
            raise ServiceDown("Bilibili", f"answered {word(answer, 'code')} {word(answer, 'message', longest=80)}")
        return mapping(answer.get("data"))


def listen(platform: Spoken, store: Store, wait: Callable[[float], bool]) -> None:
    """Until `wait` (seconds in) says that it is time to end; a connection that breaks is opened again."""
    failures = 0
    while True:
        try:
            session = platform.begin()
            with connect(session.url, open_timeout=TIME_LIMIT_SECONDS, max_size=LARGEST_MESSAGE) as socket:
                failures = 0
                if _heard_out(platform, session, socket, store, wait):
                    return platform.end()
        except (ServiceDown, OSError, TimeoutError, WebSocketException) as error:
            logger.warning("comments are listened for again: %s", type(error).__name__)
        failures += 1
        if wait(min(LONGEST_PAUSE, 2.0**failures)):
            return None


def _heard_out(
    platform: Spoken, session: Session, socket: ClientConnection, store: Store, wait: Callable[[float], bool]
) -> bool:
    """Whether it was time to end; raises when the connection breaks."""
    if session.hello:
        socket.send(session.hello)
    beat_at = time.monotonic() + session.beat_seconds
    while not wait(0.0):
        if time.monotonic() >= beat_at:
            beat_at = time.monotonic() + session.beat_seconds
            if session.beat:
                socket.send(session.beat)
            platform.keep()
        try:
            message = socket.recv(timeout=LOOK_SECONDS)
        except TimeoutError:
            continue
        for heard in platform.read(message):
            store(f"{platform.name}:{heard.id or mark(heard)}", heard)
    return True
