"""Everything a turn may look at, read for a batch of conversations at once."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agentbot.contracts import Knowledge, Said, TurnInput
from agentbot.pii import unseal, unwrap_key
from agentbot.turns.claiming import Claim
from core.pools import Pool, Row

logger = logging.getLogger(__name__)
MESSAGES_READ = 40
ASKS_COUNT_HOURS = 24
TURNS = uuid.UUID("5d3a1f5e-6e58-4c93-a0d3-0a9be9f0c2b7")
"""Namespace of the agents' turns: a turn taken again after a crash is the same turn."""

_MESSAGES = """
select m.conversation_id, m.id, m.seq, m.direction, m.author, m.asks_contact, m.body, k.wrapped, m.created_at,
  m.sent_at, m.is_public, coalesce(p.turn_id::text, '') as turn
from agentbot_conversation c
join agentbot_message m on m.conversation_id = c.id and m.seq > c.last_seq - %(read)s
left join agentbot_piikey k on k.id = m.key_id
left join agentbot_outboundpart p on p.id = m.part_id
where c.id = any(%(ids)s)
"""
_TURNS = """
select t.conversation_id, t.kind, t.state, t.upto_seq, t.created_at, t.refuses, count(p.id) as parts,
  count(p.id) filter (where p.state in ('sending', 'sent', 'unknown')) as said,
  count(p.id) filter (where p.is_fenced and p.state in ('scheduled', 'cancelled')) as cut,
  coalesce(bool_or(p.asks_contact) filter (where p.state in ('sending', 'sent', 'unknown')
    or (p.state = 'scheduled' and p.attempts > 0)), false) as asked
from agentbot_agentturn t
left join agentbot_outboundpart p on p.turn_id = t.id and p.event_type = 'message.part'
where t.conversation_id = any(%(ids)s)
group by t.id order by t.created_at
"""
_KEYS = "select id, wrapped from agentbot_piikey where id = any(%s)"
_CONTACTS = """
select p.id as person_id, t.body, k.wrapped from agentbot_person p
join agentbot_contactpoint t on t.person_id = p.id and t.status <> 'withdrawn'
join agentbot_piikey k on k.id = p.key_id
where p.id = any(%s)
"""


@dataclass(frozen=True)
class Waiting:
    """A claimed conversation with what was said in it, opened; `key` seals what we add."""

    claim: Claim
    key: bytes | None
    messages: tuple[Said, ...]
    history: tuple[Said, ...]
    held: tuple[str, ...]
    turns: tuple[Row, ...]

    @property
    def turn_id(self) -> uuid.UUID:
        return uuid.uuid5(TURNS, f"{self.claim.id}/{self.claim.last_inbound_seq}/{self.claim.epoch}")


async def load(pool: Pool, claims: Sequence[Claim]) -> list[Waiting]:
    """Opened messages, turns and contacts of every claim, in four reads."""
    ids = [claim.id for claim in claims]
    async with pool.connection() as connection, connection.pipeline():
        messages = await connection.execute(_MESSAGES, {"ids": ids, "read": MESSAGES_READ})
        turns = await connection.execute(_TURNS, {"ids": ids})
        keys = await connection.execute(_KEYS, [[claim.key_id for claim in claims if claim.key_id]])
        contacts = await connection.execute(_CONTACTS, [[claim.person_id for claim in claims if claim.person_id]])
        by_claim = _grouped(await messages.fetchall(), "conversation_id")
        taken = _grouped(await turns.fetchall(), "conversation_id")
        wrapped = {row["id"]: row["wrapped"] for row in await keys.fetchall()}
        held = _grouped(await contacts.fetchall(), "person_id")
    return [
        _waiting(claim, by_claim[claim.id], taken[claim.id], wrapped.get(claim.key_id), held[claim.person_id])
        for claim in claims
    ]


def turn_input(
    waiting: Waiting, knowledge: Knowledge, now: dt.datetime, policy: dict[str, Any] | None = None
) -> TurnInput:
    """The turn as plain values. Asks and refusals of the last 24 hours count, earlier ones are forgiven.

    An ask that was tried may have been read though no answer came: it counts as asked.
    """
    since = now - dt.timedelta(hours=ASKS_COUNT_HOURS)
    ours = [turn for turn in waiting.turns if turn["kind"] == "agents" and (turn["said"] or turn["asked"])]
    asked = [index for index, turn in enumerate(ours) if turn["asked"]]
    return TurnInput(
        conversation=str(waiting.claim.id),
        turn=str(waiting.turn_id),
        seed=int.from_bytes(hashlib.sha256(waiting.turn_id.bytes).digest()[:4], "big"),
        now=now,
        knowledge=knowledge,
        messages=waiting.messages,
        history=waiting.history,
        held_contacts=waiting.held,
        turns=len(ours),
        asks=sum(1 for index in asked if ours[index]["created_at"] > since),
        turns_since_ask=len(ours) - 1 - asked[-1] if asked else None,
        refusals=sum(1 for turn in ours if turn["refuses"] and turn["created_at"] > since),
        is_disclosed=waiting.claim.is_disclosed and bool(ours),
        policy=policy or {},
    )


def _waiting(claim: Claim, rows: list[Row], turns: list[Row], wrapped: bytes | None, held: list[Row]) -> Waiting:
    answered = max((turn["upto_seq"] for turn in turns if _answers(turn)), default=0)
    if claim.opted_out:
        # Nothing answers the opt-out itself: only what came after it is new.
        answered = max(answered, claim.read_seq)
    rows.sort(key=lambda row: row["seq"])
    # What was said in public is history here: it is answered there.
    fresh = [row for row in rows if row["direction"] == "in" and not row["is_public"] and row["seq"] > answered]
    fresh.sort(key=lambda row: (row["sent_at"], row["seq"]))
    waiting_ids = {row["id"] for row in fresh}
    return Waiting(
        claim=claim,
        key=_unwrapped(wrapped),
        messages=tuple(_said(row) for row in fresh),
        history=tuple(_said(row) for row in rows if row["id"] not in waiting_ids),
        held=tuple(_opened(row) for row in held),
        turns=tuple(turns),
    )


def _answers(turn: Row) -> bool:
    """A turn that was cut short, because the visitor went on, leaves its messages to the next one.

    Its parts still scheduled are void as well: this turn is taken because something came after them. What it did
    say stands in the history, where the next one sees that it need not be said again.
    """
    if turn["state"] in ("failed", "awaiting"):
        return False
    return turn["state"] == "rejected" or not turn["cut"]


def _said(row: Row) -> Said:
    return Said(str(row["id"]), row["author"], _opened(row), row["created_at"], row["asks_contact"], row["turn"])


def _opened(row: Row) -> str:
    """ "" once erased, and for what cannot be opened: one damaged row must not hold up its conversation."""
    key = _unwrapped(row["wrapped"])
    if key is None or row["body"] is None:
        return ""
    try:
        return unseal(key, bytes(row["body"]))
    except ValueError:
        logger.error("a row sealed under another key, or altered: %s", row.get("id"))
        return ""


def _unwrapped(wrapped: bytes | memoryview | None) -> bytes | None:
    try:
        return unwrap_key(bytes(wrapped)) if wrapped else None
    except ValueError:
        logger.error("a key wrapped under another PII_KEY")
        return None


def _grouped(rows: Sequence[Row], name: str) -> dict[uuid.UUID | None, list[Row]]:
    groups: dict[uuid.UUID | None, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[name]].append(row)
    return groups
