"""What was planned for a comment, carried out: contacts kept, one reply a thread, complaints to a person."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from agentbot.comments.replying import CommentPlan
from agentbot.inbox.owning import Owner, change_owner, locked, tell, time_to_answer, wake
from agentbot.leads.capture import Given, keep_contacts
from agentbot.leads.opting_out import opt_out
from agentbot.leads.suppressing import is_suppressed
from agentbot.models import (
    AgentTurn,
    ChannelAccount,
    Conversation,
    Handoff,
    OutboundPart,
    PublicComment,
)
from agentbot.pii import mask_text, seal
from agentbot.turns.outgoing import add_event, key_of

COMPLAINT = "complaint"
ANSWERED = uuid.UUID("5a1e8f0c-0c52-4a43-9d0e-1a2f6b0e7c11")
"""Namespace of public replies: one thread, one id."""
State = PublicComment.State


@transaction.atomic
def settle(comment_id: uuid.UUID, plan: CommentPlan, words: str) -> str:
    """Gives the comment's new state, "" where somebody else settled it. Locked in the order of everywhere else."""
    found = PublicComment.objects.filter(pk=comment_id).values_list("conversation_id", flat=True).first()
    if found is None:
        return ""
    conversation = locked(found, None)
    waiting = PublicComment.objects.select_for_update().filter(pk=comment_id, state=State.WAITING)
    comment = waiting.first()
    if comment is None:
        return ""
    if plan.seen.is_opt_out:
        opt_out(conversation.pk)
        conversation.refresh_from_db()
    if plan.seen.contacts and conversation.opted_out_at is None and conversation.erased_at is None:
        keep_contacts(conversation.pk, Given(plan.seen.contacts, str(comment.message_id), mask_text(words)))
    comment.kind, comment.due_at = plan.kind, None
    comment.state = _carry_out(comment, conversation, plan, words)
    comment.save(update_fields=["kind", "due_at", "state", "part"])
    tell(conversation, "comment")
    return str(comment.state)


def _carry_out(comment: PublicComment, conversation: Conversation, plan: CommentPlan, words: str) -> str:
    if plan.kind == COMPLAINT:
        _hand_over(conversation, words)
        return State.PERSON
    if not plan.text or not _may_answer(comment, conversation):
        return State.PERSON if conversation.owner in (Owner.HUMAN, Owner.HUMAN_PENDING) else State.LEFT
    is_shadow = conversation.owner == Owner.SHADOW
    turn = AgentTurn.objects.create(
        advertiser_id=conversation.advertiser_id,
        conversation=conversation,
        kind=AgentTurn.Kind.COMMENT,
        upto_seq=0,
        epoch=conversation.epoch,
        state=AgentTurn.State.AWAITING if is_shadow else AgentTurn.State.COMMITTED,
        degraded=list(plan.degraded),
    )
    comment.part = add_reply(comment, conversation, turn, plan.text, author="expert", degraded=plan.degraded)
    wake()
    return State.ANSWERED


def _may_answer(comment: PublicComment, conversation: Conversation) -> bool:
    """Once a thread, by the agents alone, and nobody who wants to hear nothing."""
    return (
        conversation.opted_out_at is None
        and conversation.erased_at is None
        and conversation.key is not None
        and conversation.owner in (Owner.BOT, Owner.SHADOW)
        and conversation.account.state == ChannelAccount.State.OPEN
        and not PublicComment.objects.filter(
            account_id=comment.account_id, thread=comment.thread, state=State.ANSWERED
        ).exists()
        and not is_suppressed(conversation)
    )


def add_reply(
    comment: PublicComment,
    conversation: Conversation,
    turn: AgentTurn,
    text: str,
    *,
    author: str,
    degraded: Sequence[str] = (),
) -> OutboundPart:
    """A public reply under the comment, of a conversation that is locked; the visitor's next words do not void it."""
    data = {
        "conversation": str(conversation.pk),
        "visitor": conversation.visitor,
        "thread": comment.thread,
        "text": text,
        "author": author,
        "degraded": list(degraded),
    }
    return add_event(
        conversation,
        OutboundPart.Event.COMMENT_REPLY,
        data,
        author=author,
        turn=turn,
        state=OutboundPart.State.DRAFT if turn.state == AgentTurn.State.AWAITING else OutboundPart.State.SCHEDULED,
        part_id=uuid.uuid5(ANSWERED, f"{comment.account_id}/{comment.thread}/{turn.pk}"),
    )


def _hand_over(conversation: Conversation, words: str) -> None:
    """A complaint is a person's to read first; who waits for one already does."""
    if conversation.owner in (Owner.HUMAN, Owner.HUMAN_PENDING) or conversation.opted_out_at is not None:
        return
    change_owner(conversation, Owner.HUMAN_PENDING, keeps_due=True)
    summary = f"{COMPLAINT}\nvisitor, in public: {mask_text(words)}"[:600]
    if conversation.key is None or conversation.key.wrapped is None:
        return
    Handoff.objects.get_or_create(
        conversation=conversation,
        returned_at=None,
        defaults={
            "advertiser_id": conversation.advertiser_id,
            "reason": COMPLAINT,
            "body": seal(key_of(conversation), summary),
            "answer_by": timezone.now() + time_to_answer(conversation),
        },
    )
    # As after a direct message; a platform has nobody to tell, and the sender leaves it at that.
    data = {"conversation": str(conversation.pk), "visitor": conversation.visitor, "reason": COMPLAINT}
    kind = OutboundPart.Event.HANDED_OFF
    add_event(conversation, kind, {**data, "summary": summary}, author="notice", part_no=0)
    wake()
