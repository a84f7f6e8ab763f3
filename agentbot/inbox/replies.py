"""What a person of ours writes, and which drafts of the agents they let out."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from agentbot.channels.base import LONGEST_TEXT
from agentbot.inbox.owning import has_unanswered, locked, take_over, tell, wake
from agentbot.leads.suppressing import is_suppressed
from agentbot.models import AgentTurn, Conversation, Handoff, OutboundPart, PublicComment
from agentbot.pii import seal
from agentbot.turns.outgoing import add_event, key_of
from core.errors import InputError
from core.models import Member

LONGEST_CLIENT_ID = 100
REPLIES = uuid.UUID("0f0b2c55-6a9c-4a0e-9a52-4b8d1c1f7a31")
"""Namespace of people's turns: the same click heard twice is the same turn."""


@transaction.atomic
def send_as_person(conversation_id: uuid.UUID, member: Member, text: str, client_id: str = "") -> OutboundPart:
    """The member's words leave at once; the conversation becomes theirs. `InputError` after an opt-out.

    `client_id` is the page's own for this one reply: the same words sent again under it leave once.
    Who opted out in another conversation is answered, but not written to unasked.
    """
    turn_id = _turn_id(conversation_id, member, client_id, text)
    locked(conversation_id, member)
    if said := OutboundPart.objects.filter(turn_id=turn_id, turn__member=member).first():
        return said
    conversation = take_over(conversation_id, member)
    if conversation.opted_out_at is not None:
        raise InputError("conversation", "has opted out: nothing more may be sent", "opted_out")
    if not has_unanswered(conversation) and is_suppressed(conversation):
        raise InputError("visitor", "has opted out elsewhere: only what they write may be answered", "opted_out")
    words = checked_words(text)
    turn = AgentTurn.objects.create(
        id=turn_id,
        advertiser_id=conversation.advertiser_id,
        conversation=conversation,
        kind=AgentTurn.Kind.PERSON,
        upto_seq=conversation.last_inbound_seq,
        epoch=conversation.epoch,
        member=member,
    )
    part = add_part(conversation, turn, words, author="person")
    Handoff.objects.filter(conversation=conversation, returned_at=None).update(answer_by=None, reminders=0)
    wake()
    tell(conversation, "turn")
    return part


def _turn_id(conversation_id: uuid.UUID, member: Member, client_id: str, text: str) -> uuid.UUID:
    """Words changed before a second try are words of their own: what somebody wrote is never swallowed."""
    if len(client_id) > LONGEST_CLIENT_ID:
        raise InputError("client_id", f"may have {LONGEST_CLIENT_ID} characters", "bad_client_id")
    return uuid.uuid5(REPLIES, f"{conversation_id}/{member.pk}/{client_id}/{text}") if client_id else uuid.uuid4()


@transaction.atomic
def approve_turn(turn_id: uuid.UUID, member: Member, texts: Sequence[str] | None = None) -> AgentTurn:
    """The drafts leave as they are, or with `texts` in their places; `InputError` when they are void by now."""
    turn = _awaiting(turn_id, member)
    conversation = locked(turn.conversation_id, member)
    is_old = conversation.epoch != turn.epoch and turn.kind != AgentTurn.Kind.COMMENT
    if is_old or conversation.opted_out_at is not None:
        raise InputError("turn", "the visitor has gone on since; there is a newer draft or will be", "superseded")
    if turn.kind == AgentTurn.Kind.FOLLOW_UP and is_suppressed(conversation):
        raise InputError("visitor", "has opted out elsewhere: nothing more may be sent", "opted_out")
    drafts = list(turn.parts.filter(state=OutboundPart.State.DRAFT).select_related("key").order_by("part_no"))
    if texts is not None and len(texts) != len(drafts):
        raise InputError("texts", f"there are {len(drafts)} drafts", "wrong_count")
    start, first = timezone.now(), drafts[0].planned_at if drafts else timezone.now()
    for index, draft in enumerate(drafts):
        if texts is not None and texts[index] != draft.text:
            draft.body = seal(key_of(conversation), _with_text(draft.event, checked_words(texts[index])))
            draft.author = "person"
        draft.state = OutboundPart.State.SCHEDULED
        draft.due_at = draft.planned_at = start + (draft.planned_at - first)
        draft.save()
    AgentTurn.objects.filter(pk=turn.pk).update(state=AgentTurn.State.COMMITTED, member=member)
    wake()
    tell(conversation, "turn")
    return turn


@transaction.atomic
def reject_turn(turn_id: uuid.UUID, member: Member) -> None:
    """The drafts are thrown away; the visitor is answered by a person or not at all."""
    turn = _awaiting(turn_id, member)
    turn.parts.filter(state=OutboundPart.State.DRAFT).update(state=OutboundPart.State.CANCELLED)
    AgentTurn.objects.filter(pk=turn.pk).update(state=AgentTurn.State.REJECTED, member=member)
    PublicComment.objects.filter(part__turn=turn).update(state=PublicComment.State.LEFT)
    tell(turn.conversation, "turn")


def _awaiting(turn_id: uuid.UUID, member: Member) -> AgentTurn:
    rows = AgentTurn.objects.select_for_update(of=("self",)).select_related("conversation")
    turn = rows.get(pk=turn_id, advertiser_id=member.advertiser_id)
    if turn.state != AgentTurn.State.AWAITING:
        raise InputError("turn", "does not await approval any more", "not_awaiting")
    return turn


def add_part(
    conversation: Conversation, turn: AgentTurn, text: str, *, author: str, state: str = OutboundPart.State.SCHEDULED
) -> OutboundPart:
    """One part, due now, of a conversation that is locked. Only a person's words outlast the visitor's next ones."""
    data = {
        "conversation": str(conversation.pk),
        "visitor": conversation.visitor,
        "turn": str(turn.pk),
        "part": 1,
        "of": 1,
        "text": text,
        "author": author,
        "asks_contact": False,
        "answers": [],
        "degraded": [],
    }
    is_fenced = author != "person"
    return add_event(
        conversation, OutboundPart.Event.PART, data, author=author, turn=turn, state=state, is_fenced=is_fenced
    )


def _with_text(event: str, text: str) -> str:
    found = json.loads(event)
    found["data"] |= {"text": text, "author": "person"}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def checked_words(text: str) -> str:
    """What a person wrote, without blanks around it; `InputError` when it is none or too long."""
    words = text.strip()
    if not words or len(words) > LONGEST_TEXT:
        raise InputError("text", f"must have 1 to {LONGEST_TEXT} characters", "bad_text")
    return words
