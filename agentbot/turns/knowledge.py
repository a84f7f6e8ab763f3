"""An advertiser's approved knowledge, read again every few seconds."""

from __future__ import annotations

import hashlib
import time
import uuid
from typing import Any

from agentbot.contracts import Article, Knowledge, PriceFact
from core.pools import Pool
from generation.contracts import APPROVED_ARTICLES

REMEMBERED_SECONDS = 10.0
READ = f"""
select a.slug, a.name, a.language, a.vertical,
  coalesce((select json_agg(json_build_object('id', r.id, 'title', r.title, 'text', r.text) order by r.title)
            from (select id, title, text from core_advertiserarticle where advertiser_id = a.id
                  union all {APPROVED_ARTICLES}) r), '[]') as articles,
  coalesce((select json_agg(json_build_object('id', p.id, 'item', p.item, 'amount_minor', p.amount_minor,
              'currency', p.currency, 'unit', p.unit, 'valid_from', coalesce(p.valid_from::text, ''),
              'valid_until', coalesce(p.valid_until::text, '')) order by p.item, p.unit)
            from core_advertiserprice p where p.advertiser_id = a.id), '[]') as prices
from core_advertiser a where a.id = %s
"""


class KnowledgeShelf:
    """What each advertiser approves of; a profile loaded anew counts within ten seconds."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._known: dict[uuid.UUID, tuple[float, Knowledge]] = {}

    async def of(self, advertiser: uuid.UUID) -> Knowledge:
        known = self._known.get(advertiser)
        if known and known[0] > time.monotonic():
            return known[1]
        knowledge = await self._read(advertiser)
        if known and known[1].version == knowledge.version:
            knowledge = known[1]
        self._known[advertiser] = (time.monotonic() + REMEMBERED_SECONDS, knowledge)
        return knowledge

    async def _read(self, advertiser: uuid.UUID) -> Knowledge:
        async with self._pool.connection() as connection:
            row = await (await connection.execute(READ, [advertiser])).fetchone()
        if row is None:
            raise LookupError(f"advertiser {advertiser} is gone")
        return knowledge_of_row(row)


def knowledge_of_row(row: dict[str, Any]) -> Knowledge:
    """What `READ` gives for one advertiser."""
    version = hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()[:16]
    return Knowledge(
        advertiser=row["slug"],
        name=row["name"],
        language=row["language"],
        vertical=row["vertical"],
        articles=tuple(Article(**each) for each in row["articles"]),
        prices=tuple(PriceFact(**each) for each in row["prices"]),
        version=version,
    )
