"""Visitors who wait for a person in vain: the agents come back, or people are reminded, a few times and no more.

It makes no difference to the visitor whether nobody took the conversation or whoever took it went away.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from agentbot.inbox.owning import BY_PERSON, Owner, change_owner, has_unanswered, locked, rules_of, tell, wake
from agentbot.models import AgentTurn, Conversation, Handoff, HostingRules

AT_ONCE = 50
MOST_REMINDERS = 3
NOBODY = "nobody was free"
"""The marker: who reads the conversation later sees why nobody answered."""
GONE = "person finished"
"""The marker where a person had it and did not write any more."""
_UNANSWERED = Q(
    returned_at=None,
    conversation__owner__in=(Owner.HUMAN_PENDING, Owner.HUMAN),
    conversation__opted_out_at=None,
    reminders__lt=MOST_REMINDERS,
)


def look_after_handoffs(now: dt.datetime | None = None) -> int:
    """One round; gives how many conversations came back or were brought to mind."""
    moment = now or timezone.now()
    due = Handoff.objects.filter(_UNANSWERED, answer_by__lte=moment)
    found = due.order_by("answer_by").values_list("pk", "conversation_id")[:AT_ONCE]
    return sum(_look_after(handoff, conversation, moment) for handoff, conversation in found)


@transaction.atomic
def _look_after(handoff_id: uuid.UUID, conversation_id: uuid.UUID, now: dt.datetime) -> bool:
    """Whoever takes the conversation or writes at the same moment has it: looked at again under its lock."""
    conversation = locked(conversation_id, None)
    handoff = Handoff.objects.filter(_UNANSWERED, pk=handoff_id, answer_by__lte=now).first()
    if handoff is None or _puts_off(handoff, conversation, now):
        return False
    rules = rules_of(conversation)
    if rules.when_nobody == HostingRules.WhenNobody.REMIND:
        return _remind(handoff, conversation, rules, now)
    _come_back(handoff, conversation, now)
    return True


def _puts_off(handoff: Handoff, conversation: Conversation, now: dt.datetime) -> bool:
    """Whether whoever has it answered meanwhile, or is writing: then the time is set anew."""
    if handoff.claimed_at is None:
        return False
    typed_at = conversation.person_typed_at
    allowed = dt.timedelta(minutes=rules_of(conversation).handoff_minutes)
    answer_by = handoff.answer_by
    if not _owes_an_answer(handoff, conversation):
        answer_by = None
    elif typed_at is not None and typed_at + allowed > now:
        answer_by = typed_at + allowed
    if answer_by == handoff.answer_by:
        return False
    Handoff.objects.filter(pk=handoff.pk).update(answer_by=answer_by)
    return True


def _owes_an_answer(handoff: Handoff, conversation: Conversation) -> bool:
    """Whether the visitor waits: for the person they asked for, or for words after the person's last."""
    last = _persons_last_turn(handoff)
    if last is None:
        return handoff.reason != BY_PERSON or has_unanswered(conversation)
    return conversation.last_inbound_seq > last.upto_seq


def _persons_last_turn(handoff: Handoff) -> AgentTurn | None:
    """What a person wrote last since they took it."""
    if handoff.claimed_at is None:
        return None
    turns = AgentTurn.objects.filter(conversation=handoff.conversation_id, kind=AgentTurn.Kind.PERSON)
    return turns.filter(created_at__gte=handoff.claimed_at).order_by("-created_at").first()


def _remind(handoff: Handoff, conversation: Conversation, rules: HostingRules, now: dt.datetime) -> bool:
    """The first when the time is up, each further one after as long again."""
    allowed = dt.timedelta(minutes=rules.handoff_minutes)
    if now < (handoff.answer_by or now) + allowed * handoff.reminders:
        return False
    Handoff.objects.filter(pk=handoff.pk).update(reminders=handoff.reminders + 1, timed_out_at=now)
    tell(conversation, "handoff_overdue")
    return True


def _come_back(handoff: Handoff, conversation: Conversation, now: dt.datetime) -> None:
    """The agents have it again. What was written after a person's last words is answered; where the person
    asked for never wrote, it counts as read: an old wish for a person must not hand over again."""
    is_answered_on = handoff.claimed_at is not None and (
        handoff.reason == BY_PERSON or _persons_last_turn(handoff) is not None
    )
    Handoff.objects.filter(pk=handoff.pk).update(returned_at=now, timed_out_at=now)
    conversation.assigned_to = None
    is_shadow = conversation.account.mode == conversation.account.Mode.SHADOW
    change_owner(conversation, Owner.SHADOW if is_shadow else Owner.BOT, keeps_due=True)
    AgentTurn.objects.create(
        advertiser_id=conversation.advertiser_id,
        conversation=conversation,
        kind=AgentTurn.Kind.NOTICE,
        upto_seq=0 if is_answered_on else conversation.read_seq,
        epoch=conversation.epoch,
        handoff_reason=NOBODY if handoff.claimed_at is None else GONE,
    )
    if is_answered_on:
        Conversation.objects.filter(pk=conversation.pk).update(turn_due_at=now)
        wake()
