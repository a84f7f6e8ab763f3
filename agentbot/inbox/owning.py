"""Who has a conversation. Every change moves its epoch on, so that whatever the agents began is void."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from agentbot.models import AgentTurn, Conversation, Handoff, HostingRules, OutboundPart
from core.errors import InputError
from core.live_updates import publish
from core.models import Member

Owner = Conversation.Owner
BY_PERSON = "taken over"


@transaction.atomic
def take_over(conversation_id: uuid.UUID, member: Member) -> Conversation:
    """The member has it, and the agents are silent from this commit on. Safe to repeat."""
    conversation = locked(conversation_id, member)
    if conversation.owner == Owner.HUMAN and conversation.assigned_to_id == member.pk:
        return conversation
    conversation.assigned_to = member
    change_owner(conversation, Owner.HUMAN)
    handoff = Handoff.objects.filter(conversation=conversation, returned_at=None).first()
    _claim(handoff or Handoff(conversation=conversation, reason=BY_PERSON), conversation, member)
    return conversation


def _claim(handoff: Handoff, conversation: Conversation, member: Member) -> None:
    """Whoever takes it owes an answer within the advertiser's time, where the visitor waits for one."""
    now = timezone.now()
    is_waited_for = handoff.reason != BY_PERSON or has_unanswered(conversation)
    handoff.advertiser_id = conversation.advertiser_id
    handoff.claimed_by, handoff.claimed_at, handoff.reminders = member, now, 0
    handoff.answer_by = now + time_to_answer(conversation) if is_waited_for else None
    handoff.save()


def time_to_answer(conversation: Conversation) -> dt.timedelta:
    """How long the advertiser lets a visitor wait for a person."""
    return dt.timedelta(minutes=rules_of(conversation).handoff_minutes)


def rules_of(conversation: Conversation) -> HostingRules:
    """What the advertiser set, else the defaults."""
    return HostingRules.objects.filter(advertiser_id=conversation.advertiser_id).first() or HostingRules()


@transaction.atomic
def note_typing(conversation_id: uuid.UUID, member: Member) -> Conversation:
    """A person has begun to type: it is theirs, before the first word is sent."""
    conversation = take_over(conversation_id, member)
    Conversation.objects.filter(pk=conversation.pk).update(person_typed_at=timezone.now())
    return conversation


@transaction.atomic
def return_to_agents(conversation_id: uuid.UUID, member: Member | None = None) -> Conversation:
    """The agents have it again, and answer what is unanswered; raises `InputError` for an opted-out visitor."""
    conversation = locked(conversation_id, member)
    if conversation.opted_out_at is not None:
        raise InputError("conversation", "has opted out", "opted_out")
    if conversation.owner in (Owner.BOT, Owner.SHADOW):
        return conversation
    Handoff.objects.filter(conversation=conversation, returned_at=None).update(returned_at=timezone.now())
    conversation.assigned_to = None
    is_shadow = conversation.account.mode == conversation.account.Mode.SHADOW
    change_owner(conversation, Owner.SHADOW if is_shadow else Owner.BOT)
    if has_unanswered(conversation):
        Conversation.objects.filter(pk=conversation.pk).update(turn_due_at=timezone.now())
    wake()
    return conversation


@transaction.atomic
def mark_read(conversation_id: uuid.UUID, member: Member) -> None:
    """A person has looked at it."""
    Conversation.objects.filter(pk=conversation_id, advertiser_id=member.advertiser_id).update(unread_count=0)


def locked(conversation_id: uuid.UUID, member: Member | None) -> Conversation:
    """The conversation, ours until the transaction ends; Conversation.DoesNotExist for one of another advertiser."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("account", "key")
    if member is not None:
        rows = rows.filter(advertiser_id=member.advertiser_id)
    return rows.get(pk=conversation_id)


def has_unanswered(conversation: Conversation) -> bool:
    """Whether the visitor has the last word."""
    last = conversation.messages.order_by("-seq").values_list("direction", flat=True).first()
    return last == "in"


def wake() -> None:
    """Whoever runs conversations looks at once, after the commit."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify('adloom_agentbot', '')")


def tell(conversation: Conversation, kind: str) -> None:
    """Open inbox pages look again."""
    payload = {"conversation": str(conversation.pk), "kind": kind, "owner": conversation.owner}
    publish(conversation.advertiser_id, "conversations", payload)


def change_owner(conversation: Conversation, owner: str, *, keeps_due: bool = False) -> None:
    """Of a locked conversation. `keeps_due` leaves what the visitor has just said to the new owner."""
    conversation.owner = owner
    rests = {} if keeps_due else {"turn_due_at": None, "window_opened_at": None}
    Conversation.objects.filter(pk=conversation.pk).update(
        owner=owner,
        assigned_to=conversation.assigned_to,
        epoch=F("epoch") + 1,
        lease_until=None,
        claimed_by=None,
        failures=0,
        **rests,
    )
    conversation.refresh_from_db(fields=["epoch"])
    unsent = OutboundPart.objects.filter(conversation=conversation, event_type__in=OutboundPart.SAID).exclude(
        author="person"
    )
    unsent.filter(state__in=("scheduled", "draft"), attempts=0).update(state=OutboundPart.State.CANCELLED)
    unsent.filter(state="scheduled").update(state=OutboundPart.State.UNKNOWN)
    awaiting = AgentTurn.objects.filter(conversation=conversation, state=AgentTurn.State.AWAITING)
    awaiting.update(state=AgentTurn.State.REJECTED)
    tell(conversation, "owner")
