"""What a finished turn writes, worked out without a database."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from agentbot.contracts import Decision, Part, Said, TurnResult
from agentbot.merging import MOST_HOLDING_PARTS, MOST_PARTS
from agentbot.pii import mask_text, seal
from agentbot.turns.context import Waiting
from agentbot.turns.events import event_body
from core.contracts import dump

LONGEST_SUMMARY = 600


@dataclass(frozen=True)
class PlannedPart:
    """A row of the outbox, sealed."""

    id: uuid.UUID
    part_no: int
    event_type: str
    author: str
    asks_contact: bool
    is_fenced: bool
    due_at: dt.datetime
    body: bytes


@dataclass(frozen=True)
class TurnPlan:
    """All that commits together; `summary` is sealed and only there on a handoff."""

    waiting: Waiting
    turn_id: uuid.UUID
    parts: tuple[PlannedPart, ...]
    answers: tuple[str, ...]
    degraded: tuple[str, ...]
    findings: tuple[str, ...]
    handoff_reason: str
    summary: bytes | None
    discloses: bool
    refuses: bool
    decision: Decision | None
    drafts: tuple[tuple[str, bytes], ...]
    knowledge_version: str
    seed: int
    tokens: int = 0

    @property
    def asks_contact(self) -> bool:
        return any(part.asks_contact for part in self.parts)


def plan_turn(
    waiting: Waiting, result: TurnResult, now: dt.datetime, *, knowledge_version: str = "", seed: int = 0
) -> TurnPlan:
    """`result` as rows. Parts that are late move together, so that their rhythm stays."""
    key = waiting.key
    if key is None:
        raise ValueError(f"conversation {waiting.claim.id} has no key")
    answers = tuple(said.id for said in waiting.messages)
    reason = result.handoff_reason
    summary = summarise(waiting, reason) if reason else ""
    events = [_handed_off(waiting, reason, summary, now, key)] if reason else []
    spoken = _spoken(waiting, result)
    for number, (part, due) in enumerate(zip(spoken, _due(waiting, spoken, now), strict=True), start=1):
        events.append(_part(waiting, result, part, number, len(spoken), due, now, key, answers))
    return TurnPlan(
        waiting=waiting,
        turn_id=waiting.turn_id,
        parts=tuple(events),
        answers=answers,
        degraded=result.degraded,
        findings=result.guard_findings,
        handoff_reason=reason,
        summary=seal(key, summary) if reason else None,
        discloses=result.discloses and bool(spoken),
        refuses=result.pre_pass.refuses_contact,
        decision=result.decision,
        drafts=_drafts(result, key),
        knowledge_version=knowledge_version,
        seed=seed,
        tokens=result.tokens,
    )


def _spoken(waiting: Waiting, result: TurnResult) -> tuple[Part, ...]:
    """In shadow mode even a holding line would be the agents speaking unseen: then a person is called in silence."""
    if not result.handoff_reason:
        return result.parts[:MOST_PARTS]
    return () if waiting.claim.owner == "shadow" else result.parts[:MOST_HOLDING_PARTS]


def summarise(waiting: Waiting, reason: str) -> str:
    """What a person who takes over has to know: the last words of both sides, with contacts masked."""
    lines = [f"{_who(said)}: {mask_text(said.text)}" for said in (*waiting.history[-4:], *waiting.messages[-4:])]
    return "\n".join([reason, *lines])[:LONGEST_SUMMARY]


def _who(said: Said) -> str:
    return "visitor" if said.author == "visitor" else "we"


def _due(waiting: Waiting, parts: tuple[Part, ...], now: dt.datetime) -> list[dt.datetime]:
    if not parts:
        return []
    last = max(said.at for said in waiting.messages)
    planned = [last + dt.timedelta(seconds=part.after_seconds) for part in parts]
    late = max(dt.timedelta(), now - planned[0])
    return [due + late for due in planned]


def _part(
    waiting: Waiting,
    result: TurnResult,
    part: Part,
    number: int,
    count: int,
    due: dt.datetime,
    now: dt.datetime,
    key: bytes,
    answers: tuple[str, ...],
) -> PlannedPart:
    data = {
        "conversation": str(waiting.claim.id),
        "visitor": waiting.claim.visitor,
        "turn": str(waiting.turn_id),
        "part": number,
        "of": count,
        "text": part.text,
        "author": part.author,
        "asks_contact": part.asks_contact,
        "answers": list(answers),
        "degraded": list(result.degraded),
    }
    return PlannedPart(
        id=uuid.uuid5(waiting.turn_id, f"part {number}"),
        part_no=number,
        event_type="message.part",
        author=part.author,
        asks_contact=part.asks_contact,
        is_fenced=not result.handoff_reason,
        due_at=due,
        body=seal(key, event_body("message.part", now, data)),
    )


def _handed_off(waiting: Waiting, reason: str, summary: str, now: dt.datetime, key: bytes) -> PlannedPart:
    """Goes before the holding parts: whoever is to help should know first."""
    data = {"conversation": str(waiting.claim.id), "visitor": waiting.claim.visitor, "reason": reason}
    body = event_body("conversation.handed_off", now, {**data, "summary": summary})
    return PlannedPart(
        id=uuid.uuid5(waiting.turn_id, "handed off"),
        part_no=0,
        event_type="conversation.handed_off",
        author="notice",
        asks_contact=False,
        is_fenced=False,
        due_at=now,
        body=seal(key, body),
    )


def _drafts(result: TurnResult, key: bytes) -> tuple[tuple[str, bytes], ...]:
    drafts: list[tuple[str, Any]] = [("expert", result.expert), ("lead", result.lead)]
    return tuple(
        (kind, seal(key, json.dumps(dump(draft), ensure_ascii=False))) for kind, draft in drafts if draft is not None
    )
