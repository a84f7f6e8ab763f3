"""Fires the steps that are due, if everything that spoke for them still does."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from agentbot.inbox.replies import add_part
from agentbot.models import AgentTurn, ChannelAccount, Conversation, FollowUp, OutboundPart

AT_ONCE = 20
EARLIEST_HOUR, LATEST_HOUR = 9, 21
"""Of the advertiser's day: nobody is written to at night."""


@transaction.atomic
def fire_due() -> int:
    """One round; gives how many steps were looked at. Two processes never take the same step.

    The state is written with the part in one transaction: what is marked sent has its part in the outbox.
    """
    if not EARLIEST_HOUR <= timezone.localtime().hour < LATEST_HOUR:
        return 0
    due = FollowUp.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=FollowUp.State.WAITING, due_at__lte=timezone.now()
    )
    found = list(due.order_by("due_at", "step")[:AT_ONCE])
    for follow_up in found:
        conversation = (
            Conversation.objects.select_for_update(of=("self",))
            .select_related("account", "key")
            .get(pk=follow_up.conversation_id)
        )
        reason = why_not(follow_up, conversation)
        follow_up.state = FollowUp.State.SKIPPED if reason else FollowUp.State.SENT
        follow_up.skipped_because = reason
        follow_up.save(update_fields=["state", "skipped_because"])
        if not reason:
            _send(follow_up, conversation)
    return len(found)


def why_not(follow_up: FollowUp, conversation: Conversation) -> str:
    """What speaks against it now; "" when nothing does."""
    checks = (
        (conversation.opted_out_at is not None, "opted out"),
        (conversation.erased_at is not None or conversation.key is None, "erased"),
        (conversation.account.state != ChannelAccount.State.OPEN, "channel closed"),
        (conversation.owner not in (Conversation.Owner.BOT, Conversation.Owner.SHADOW), "a person has it"),
        (conversation.last_inbound_seq != follow_up.preconditions.get("seq"), "visitor wrote"),
        (bool(follow_up.preconditions.get("until_contact")) and conversation.person_id is not None, "contact given"),
        (_was_silent(conversation), "the agents chose silence"),
        (_has_unsent(conversation), "something is on its way"),
    )
    return next((reason for is_so, reason in checks if is_so), "")


def _was_silent(conversation: Conversation) -> bool:
    last = AgentTurn.objects.filter(conversation=conversation).order_by("-created_at").first()
    return last is not None and not last.parts.exists()


def _has_unsent(conversation: Conversation) -> bool:
    return OutboundPart.objects.filter(conversation=conversation, state__in=("scheduled", "sending", "draft")).exists()


def _send(follow_up: FollowUp, conversation: Conversation) -> None:
    """In shadow mode it waits for approval like any other draft. A word from the visitor meanwhile voids it."""
    is_shadow = conversation.owner == Conversation.Owner.SHADOW
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
