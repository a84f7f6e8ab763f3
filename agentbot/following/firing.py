"""Fires the steps that are due, if everything that spoke for them still does."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from agentbot.inbox.owning import locked
from agentbot.inbox.replies import add_part
from agentbot.leads.suppressing import is_suppressed
from agentbot.models import AgentTurn, ChannelAccount, Conversation, FollowUp, Lead, OutboundPart
from agentbot.pii import unwrap_key

AT_ONCE = 20
EARLIEST_HOUR, LATEST_HOUR = 9, 21
"""Of the advertiser's day: nobody is written to at night."""


def fire_due(now: dt.datetime | None = None) -> int:
    """One round; gives how many steps were looked at. Two processes never take the same step."""
    moment = now or timezone.now()
    if not EARLIEST_HOUR <= timezone.localtime(moment).hour < LATEST_HOUR:
        return 0
    due = FollowUp.objects.filter(state=FollowUp.State.WAITING, due_at__lte=moment)
    found = due.order_by("due_at", "step").values_list("pk", "conversation_id")[:AT_ONCE]
    return sum(_fire(step, conversation) for step, conversation in found)


@transaction.atomic
def _fire(step_id: uuid.UUID, conversation_id: uuid.UUID) -> bool:
    """The conversation is locked before its step, as everywhere: an opt-out does it in this order too.

    The state is written with the part in one transaction: what is marked sent has its part in the outbox.
    """
    conversation = locked(conversation_id, None)
    waiting = FollowUp.objects.select_for_update().filter(pk=step_id, state=FollowUp.State.WAITING)
    follow_up = waiting.first()
    if follow_up is None:
        return False
    reason = why_not(follow_up, conversation) or _send(follow_up, conversation)
    follow_up.state = FollowUp.State.SKIPPED if reason else FollowUp.State.SENT
    follow_up.skipped_because = reason
    follow_up.save(update_fields=["state", "skipped_because"])
    return True


def why_not(follow_up: FollowUp, conversation: Conversation) -> str:
    """What speaks against it now; "" when nothing does."""
    checks = (
        (conversation.opted_out_at is not None, "opted out"),
        (conversation.erased_at is not None or conversation.key is None, "erased"),
        (conversation.account.state != ChannelAccount.State.OPEN, "channel closed"),
        (conversation.owner not in (Conversation.Owner.BOT, Conversation.Owner.SHADOW), "a person has it"),
        (conversation.last_inbound_seq != follow_up.preconditions.get("seq"), "visitor wrote"),
        (bool(follow_up.preconditions.get("until_contact")) and conversation.person_id is not None, "contact given"),
        (bool(follow_up.preconditions.get("until_called")) and _was_called(conversation), "somebody has called"),
        (is_suppressed(conversation), "opted out elsewhere"),
        (_was_silent(conversation), "the agents chose silence"),
        (_has_unsent(conversation), "something is on its way"),
        (conversation.last_inbound_seq == 0, "never wrote directly"),
        (_is_window_closed(conversation), "reply window closed"),
    )
    return next((reason for is_so, reason in checks if is_so), "")


def _was_called(conversation: Conversation) -> bool:
    """Whether the lead is no longer as it came in."""
    leads = Lead.objects.filter(person=conversation.person_id, state=Lead.State.OPEN, stage=Lead.Stage.NEW)
    return conversation.person_id is None or not leads.exists()


def _was_silent(conversation: Conversation) -> bool:
    last = AgentTurn.objects.filter(conversation=conversation).order_by("-created_at").first()
    return last is not None and not last.parts.exists()


def _has_unsent(conversation: Conversation) -> bool:
    return OutboundPart.objects.filter(conversation=conversation, state__in=("scheduled", "sending", "draft")).exists()


def _is_window_closed(conversation: Conversation) -> bool:
    """Whether the platform takes nothing more until the visitor writes again."""
    seconds = conversation.account.reply_window_seconds
    return seconds is not None and conversation.last_visitor_at <= timezone.now() - dt.timedelta(seconds=seconds)


def _send(follow_up: FollowUp, conversation: Conversation) -> str:
    """In shadow mode it waits for approval like any other draft. A word from the visitor meanwhile voids it.

    Gives why it could not be written, "" when it was.
    """
    is_shadow = conversation.owner == Conversation.Owner.SHADOW
    if not _can_seal(conversation):
        return "its key cannot be opened"
    turn = AgentTurn.objects.create(
        advertiser_id=conversation.advertiser_id,
        conversation=conversation,
        kind=AgentTurn.Kind.FOLLOW_UP,
        upto_seq=conversation.last_inbound_seq,
        epoch=conversation.epoch,
        state=AgentTurn.State.AWAITING if is_shadow else AgentTurn.State.COMMITTED,
    )
    state = OutboundPart.State.DRAFT if is_shadow else OutboundPart.State.SCHEDULED
    add_part(conversation, turn, follow_up.text, author="notice", state=state)
    return ""


def _can_seal(conversation: Conversation) -> bool:
    wrapped = conversation.key.wrapped if conversation.key else None
    try:
        return wrapped is not None and bool(unwrap_key(bytes(wrapped)))
    except ValueError:
        return False
