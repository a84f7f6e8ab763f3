"""Channel accounts by the token in their address, remembered for a few seconds."""

from __future__ import annotations

import json
import re
import time

from agentbot.channels.base import Account
from agentbot.channels.vendors.known import VENDORS
from agentbot.pii import unwrap_key
from core.pools import Pool

REMEMBERED_SECONDS = 3.0
MOST_REMEMBERED = 5000
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_FIND = """
select id, advertiser_id, kind, mode, state, secret, old_secret, origins
from agentbot_channelaccount where inbound_token = %s
"""


class Accounts:
    """Tokens nobody knows are remembered too, so that guessing costs the database little."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._known: dict[str, tuple[float, Account | None]] = {}

    async def find(self, token: str) -> Account | None:
        if not _TOKEN.fullmatch(token):
            return None
        now = time.monotonic()
        known = self._known.get(token)
        if known and known[0] > now:
            return known[1]
        account = await self._read(token)
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[token] = (now + REMEMBERED_SECONDS, account)
        return account

    async def _read(self, token: str) -> Account | None:
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_FIND, [token])).fetchone()
        if row is None:
            return None
        keys = tuple(unwrap_key(bytes(row[name])) for name in ("secret", "old_secret") if row[name])
        return Account(
            id=row["id"],
            advertiser_id=row["advertiser_id"],
            kind=row["kind"],
            mode=row["mode"],
            state=row["state"],
            keys=keys if row["kind"] not in VENDORS else (),
            credentials=tuple(json.loads(each) for each in keys) if row["kind"] in VENDORS else (),
            origins=tuple(row["origins"]),
        )
