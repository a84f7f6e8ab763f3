"""The loop that fetches where a platform says only that there is something: from a cursor on, to the end."""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from functools import partial

from agentbot.channels.base import Account
from agentbot.channels.hearing import store_event
from agentbot.channels.ingest import Intake
from agentbot.channels.vendors.base import Call, Secrets
from agentbot.channels.vendors.wecom import WeCom
from agentbot.pii import unwrap_key
from agentbot.sending.sender import DATABASE_AWAY
from agentbot.sending.vendor_calls import Caller, VendorCalls
from core.pools import Pool, Row, renew

logger = logging.getLogger(__name__)
LOOK_SECONDS = 0.3
LEASE_SECONDS = 60
AGAIN_SECONDS = 5
MOST_PAGES = 50
_CLAIM = """
update agentbot_channelaccount a set pull_due_at = now() + %(lease)s * interval '1 second'
from (select id from agentbot_channelaccount where pull_due_at <= now() and state <> 'disabled'
      order by pull_due_at limit 8 for update skip locked) due
where a.id = due.id
returning a.id, a.advertiser_id, a.kind, a.mode, a.state, a.secret, a.pull_cursor, a.pull_token, a.pull_due_at
"""
_TURN_PAGE = "update agentbot_channelaccount set pull_cursor = %(cursor)s where id = %(id)s"
_FINISH = """
update agentbot_channelaccount set pull_due_at = case when %(failed)s then now() + %(again)s * interval '1 second' end,
  failure = case when %(failed)s then %(failure)s when failure like 'WeCom%%' then '' else failure end
where id = %(id)s and pull_due_at = %(leased)s
"""


class Fetcher:
    """Claims accounts whose platform has called, and stores what it has, in order; safe to do twice."""

    def __init__(self, pool: Pool, calls: VendorCalls) -> None:
        self.wake = asyncio.Event()
        self._pool = pool
        self._calls = calls
        self._intake = Intake(pool)
        self._vendor = WeCom()
        self._stopping = False

    def stop(self) -> None:
        self._stopping = True
        self.wake.set()

    async def run(self) -> None:
        while not self._stopping:
            self.wake.clear()
            try:
                async with self._pool.connection() as connection:
                    rows = await (await connection.execute(_CLAIM, {"lease": LEASE_SECONDS})).fetchall()
                await asyncio.gather(*(self._fetch(row) for row in rows))
            except DATABASE_AWAY as error:
                logger.warning("fetcher: the database does not answer: %s", type(error).__name__)
                await renew(self._pool)
            try:
                await asyncio.wait_for(self.wake.wait(), LOOK_SECONDS)
            except TimeoutError:
                continue

    async def _fetch(self, row: Row) -> None:
        """What goes wrong with one account is tried again in a while and holds up no other."""
        try:
            failure = await self._pages(row)
        except DATABASE_AWAY:
            raise
        except Exception as error:
            logger.exception("fetcher: channel %s", row["id"])
            failure = f"WeCom: {type(error).__name__}"
        values = {"id": row["id"], "leased": row["pull_due_at"], "failed": bool(failure), "failure": failure[:200]}
        async with self._pool.connection() as connection:
            await connection.execute(_FINISH, {**values, "again": AGAIN_SECONDS})

    async def _pages(self, row: Row) -> str:
        """Page by page; the cursor moves on once a page is stored. Gives what went wrong, "" when nothing did."""
        secrets = json.loads(unwrap_key(bytes(row["secret"])))
        caller = Caller(row["id"], row["kind"], secrets)
        account = _account(row)
        cursor = row["pull_cursor"]
        for _ in range(MOST_PAGES):
            begin = cursor
            page = partial(self._page, secrets, begin, row["pull_token"])
            answer, body = await self._calls.ask(caller, page)
            if answer.status != 200:
                return answer.failure or "WeCom: no answer"
            events, cursor, has_more = self._vendor.read_pulled(body)
            for event in events:
                await store_event(self._pool, self._intake, account, event)
            async with self._pool.connection() as connection:
                await connection.execute(_TURN_PAGE, {"cursor": cursor or begin, "id": row["id"]})
            if not has_more:
                return ""
        return "WeCom: there is still more"

    def _page(self, secrets: Secrets, cursor: str, token: str, access_token: str) -> Call:
        return self._vendor.pull(secrets, access_token, cursor, token)


def _account(row: Row) -> Account:
    account_id: uuid.UUID = row["id"]
    return Account(account_id, row["advertiser_id"], row["kind"], row["mode"], row["state"])
