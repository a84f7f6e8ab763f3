"""The policy in force of each vertical, read again every few seconds."""

from __future__ import annotations

import time
from typing import Any

from core.pools import Pool

REMEMBERED_SECONDS = 5.0
_IN_FORCE = """
select policy from agentbot_policyversion
where vertical = %s and is_promoted and withdrawn_at is null order by id desc limit 1
"""


class PolicyShelf:
    """What TurnInput.policy carries; empty while rules decide. Going back from one counts within five seconds."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._known: dict[str, tuple[float, dict[str, Any]]] = {}

    async def of(self, vertical: str) -> dict[str, Any]:
        known = self._known.get(vertical)
        if known and known[0] > time.monotonic():
            return known[1]
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_IN_FORCE, [vertical])).fetchone()
        policy: dict[str, Any] = row["policy"] if row else {}
        self._known[vertical] = (time.monotonic() + REMEMBERED_SECONDS, policy)
        return policy
