"""One event put into the outbox of a channel, outside the statement that commits a turn."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import F
from django.utils import timezone

from agentbot.models import AgentTurn, Conversation, OutboundPart
from agentbot.pii import seal, unwrap_key
from agentbot.turns.events import event_body
from core.errors import InputError


def add_event(
    conversation: Conversation,
    kind: str,
    data: dict[str, Any],
    *,
    author: str,
    turn: AgentTurn | None = None,
    state: str = OutboundPart.State.SCHEDULED,
    is_fenced: bool = False,
    part_no: int = 1,
    part_id: uuid.UUID | None = None,
) -> OutboundPart:
    """Due now, of a conversation that is locked, after everything that waits already. `InputError` once erased."""
    key = key_of(conversation)
    Conversation.objects.filter(pk=conversation.pk).update(part_count=F("part_count") + 1)
    conversation.refresh_from_db(fields=["part_count"])
    now = timezone.now()
    return OutboundPart.objects.create(
        id=part_id or uuid.uuid4(),
        advertiser_id=conversation.advertiser_id,
        account_id=conversation.account_id,
        conversation=conversation,
        turn=turn,
        event_type=kind,
        ordinal=conversation.part_count,
        part_no=part_no,
        epoch=conversation.epoch,
        is_fenced=is_fenced,
        author=author,
        state=state,
        planned_at=now,
        due_at=now,
        key=conversation.key,
        body=seal(key, event_body(kind, now, data)),
    )


def key_of(conversation: Conversation) -> bytes:
    """What its words are sealed under; `InputError` once erased."""
    if conversation.key is None or conversation.key.wrapped is None:
        raise InputError("conversation", "was erased", "erased")
    return unwrap_key(bytes(conversation.key.wrapped))
