"""Handoffs that nobody took in time: the agents come back, or people are reminded, a few times and no more."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from agentbot.inbox.owning import Owner, change_owner, locked, tell
from agentbot.models import AgentTurn, Conversation, Handoff, HostingRules

AT_ONCE = 50
MOST_REMINDERS = 3
NOBODY = "nobody was free"
"""The marker: who reads the conversation later sees why nobody answered."""
_UNANSWERED = Q(
    returned_at=None, claimed_at=None, conversation__owner=Owner.HUMAN_PENDING, conversation__opted_out_at=None
)


def look_after_handoffs(now: dt.datetime | None = None) -> int:
    """One round; gives how many conversations came back or were brought to mind."""
    moment = now or timezone.now()
    due = Handoff.objects.filter(_UNANSWERED, answer_by__lte=moment, reminders__lt=MOST_REMINDERS)
    found = due.order_by("answer_by").values_list("pk", "conversation_id")[:AT_ONCE]
    return sum(_look_after(handoff, conversation, moment) for handoff, conversation in found)


@transaction.atomic
def _look_after(handoff_id: uuid.UUID, conversation_id: uuid.UUID, now: dt.datetime) -> bool:
    """Whoever takes the conversation at the same moment has it: looked at again under its lock."""
    conversation = locked(conversation_id, None)
    handoff = Handoff.objects.filter(_UNANSWERED, pk=handoff_id).first()
    if handoff is None or handoff.answer_by is None:
        return False
    rules = HostingRules.objects.filter(advertiser_id=conversation.advertiser_id).first() or HostingRules()
    if rules.when_nobody == HostingRules.WhenNobody.REMIND:
        return _remind(handoff, conversation, now)
    _come_back(handoff, conversation, now)
    return True


def _remind(handoff: Handoff, conversation: Conversation, now: dt.datetime) -> bool:
    """The first when the time is up, each further one after as long again."""
    allowed = (handoff.answer_by or now) - handoff.created_at
    if now < (handoff.answer_by or now) + allowed * handoff.reminders:
        return False
    Handoff.objects.filter(pk=handoff.pk).update(reminders=handoff.reminders + 1, timed_out_at=now)
    tell(conversation, "handoff_overdue")
    return True


def _come_back(handoff: Handoff, conversation: Conversation, now: dt.datetime) -> None:
    """What was said while waiting counts as read: an old wish for a person must not hand over again."""
    Handoff.objects.filter(pk=handoff.pk).update(returned_at=now, timed_out_at=now)
    is_shadow = conversation.account.mode == conversation.account.Mode.SHADOW
    change_owner(conversation, Owner.SHADOW if is_shadow else Owner.BOT, keeps_due=True)
    AgentTurn.objects.create(
        advertiser_id=conversation.advertiser_id,
        conversation=conversation,
        kind=AgentTurn.Kind.NOTICE,
        upto_seq=conversation.read_seq,
        epoch=conversation.epoch,
        handoff_reason=NOBODY,
    )
