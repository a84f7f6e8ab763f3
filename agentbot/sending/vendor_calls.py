"""Calls to vendors' own interfaces: the right token, fresh where it no longer holds, and what the answer means."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from agentbot.channels.vendors.base import TOKEN_REFUSED, Call, Outgoing, Secrets, Token, Vendor
from agentbot.channels.vendors.known import VENDORS, base_address
from agentbot.pii import unwrap_key, wrap_key
from core.pools import Pool
from core.webhooks.posting import Answer, Poster

logger = logging.getLogger(__name__)
EARLY_SECONDS = 120.0
"""A token about to end is not begun with."""
_READ = "select session from agentbot_channelaccount where id = %s"
_KEEP = "update agentbot_channelaccount set session = %s where id = %s"


@dataclass(frozen=True)
class Caller:
    """Whose interface is called, and as whom."""

    account: uuid.UUID
    kind: str
    secrets: Secrets

    @property
    def vendor(self) -> Vendor:
        return VENDORS[self.kind]

    @property
    def place(self) -> str:
        """Where its token is kept: other credentials, another token."""
        told = json.dumps(dict(self.secrets), sort_keys=True)
        return f"{self.account}/{hashlib.sha256(told.encode()).hexdigest()}"


@dataclass(frozen=True)
class Held:
    """A token and until when it holds, in seconds of the epoch."""

    value: str
    until: float

    @property
    def is_good(self) -> bool:
        return time.time() < self.until - EARLY_SECONDS


class VendorCalls:
    """One process's calls. Tokens are shared through the account, sealed: one process's new one ends no other's."""

    def __init__(self, pool: Pool, poster: Poster) -> None:
        self._pool = pool
        self._poster = poster
        self._tokens: dict[str, Held] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def send(self, caller: Caller, said: Outgoing) -> Answer:
        """`said` on its way; what came of it."""
        answer, _ = await self.ask(caller, lambda token: caller.vendor.write(caller.secrets, token, said))
        return answer

    async def ask(self, caller: Caller, make: Callable[[str], Call]) -> tuple[Answer, Mapping[str, Any]]:
        """A call that needs a token; once more with another where the first no longer holds."""
        token, failed = await self._token(caller, "")
        if failed is not None:
            return failed, {}
        answer, body = await self._call(caller, make(token))
        if answer.status != TOKEN_REFUSED or caller.vendor.ask_token(caller.secrets) is None:
            return answer, body
        fresh, failed = await self._token(caller, token)
        if failed is not None or fresh == token:
            return failed or answer, body
        return await self._call(caller, make(fresh))

    async def _call(self, caller: Caller, call: Call) -> tuple[Answer, Mapping[str, Any]]:
        answer, body = await self._fetch(caller.vendor, call)
        if not answer.status:
            return answer, {}
        judged = caller.vendor.judge(answer.status, body)
        wait = answer.retry_after_seconds
        return (judged if wait is None else Answer(judged.status, wait, judged.failure)), body

    async def _fetch(self, vendor: Vendor, call: Call) -> tuple[Answer, Mapping[str, Any]]:
        base, may_be_private = base_address(vendor)
        url = base + call.path + (f"?{urlencode(call.query)}" if call.query else "")
        body = b"" if call.body is None else json.dumps(call.body, ensure_ascii=False).encode()
        headers = {"content-type": "application/json", "user-agent": "Adloom/1", **call.headers}
        answer, raw = await self._poster.call(call.method, url, headers, body, may_be_private=may_be_private)
        try:
            found = json.loads(raw) if raw else {}
        except ValueError:
            found = {}
        return answer, found if isinstance(found, dict) else {}

    async def _token(self, caller: Caller, refused: str) -> tuple[str, Answer | None]:
        """One that is not `refused`; or why there is none. One task asks, the others wait for its answer."""
        request = caller.vendor.ask_token(caller.secrets)
        if request is None:
            return caller.secrets.get("access_token", ""), None
        async with self._asking.setdefault(caller.place, asyncio.Lock()):
            for known in (self._tokens.get(caller.place), await self._kept(caller), self._given(caller)):
                if known is not None and known.is_good and known.value != refused:
                    self._tokens[caller.place] = known
                    return known.value, None
            return await self._refresh(caller, request)

    async def _refresh(self, caller: Caller, request: Call) -> tuple[str, Answer | None]:
        answer, body = await self._fetch(caller.vendor, request)
        token = caller.vendor.read_token(body) if 200 <= answer.status < 300 else None
        if token is None:
            # Nothing was sent yet, whatever became of this call.
            judged = caller.vendor.judge(answer.status, body) if answer.status else answer
            status = judged.status if not 200 <= judged.status < 300 else TOKEN_REFUSED
            return "", Answer(status, answer.retry_after_seconds, judged.failure or "gave no token")
        await self._keep(caller, token)
        return token.value, None

    def _given(self, caller: Caller) -> Held | None:
        """The token among the credentials holds until it is refused."""
        value = caller.secrets.get("access_token")
        return Held(value, time.time() + 3600.0) if value else None

    async def _kept(self, caller: Caller) -> Held | None:
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_READ, [caller.account])).fetchone()
        if row is None or row["session"] is None:
            return None
        try:
            told = json.loads(unwrap_key(bytes(row["session"])))
        except ValueError:
            logger.error("the token of channel %s cannot be opened", caller.account)
            return None
        return Held(told["value"], told["until"]) if told.get("place") == caller.place else None

    async def _keep(self, caller: Caller, token: Token) -> None:
        held = Held(token.value, time.time() + token.seconds)
        self._tokens[caller.place] = held
        told = {"place": caller.place, "value": held.value, "until": held.until}
        async with self._pool.connection() as connection:
            await connection.execute(_KEEP, [wrap_key(json.dumps(told).encode()), caller.account])
