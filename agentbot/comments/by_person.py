"""A person's public reply under a comment: theirs to word, and still one a thread."""

from __future__ import annotations

import uuid

from django.db import transaction

from agentbot.comments.settling import add_reply
from agentbot.inbox.owning import locked, take_over, tell, wake
from agentbot.inbox.replies import checked_words
from agentbot.models import AgentTurn, Conversation, OutboundPart, PublicComment
from core.errors import InputError
from core.models import Member


@transaction.atomic
def reply_in_public(conversation_id: uuid.UUID, comment_id: uuid.UUID, member: Member, text: str) -> OutboundPart:
    """The member's words leave at once, for everybody to read. `InputError` after an opt-out, and where the thread is
    answered already."""
    words = checked_words(text)
    conversation = locked(conversation_id, member)
    comment = PublicComment.objects.select_for_update().get(pk=comment_id, conversation=conversation)
    if conversation.opted_out_at is not None:
        raise InputError("conversation", "has opted out: nothing more may be sent", "opted_out")
    answered = PublicComment.objects.filter(
        account_id=comment.account_id, thread=comment.thread, state=PublicComment.State.ANSWERED
    )
    if answered.exists():
        raise InputError("comment", "is answered already", "answered")
    conversation = take_over(conversation_id, member)
    turn = AgentTurn.objects.create(
        advertiser_id=conversation.advertiser_id,
        conversation=conversation,
        kind=AgentTurn.Kind.PERSON,
        upto_seq=0,
        epoch=conversation.epoch,
        member=member,
    )
    comment.part = add_reply(comment, conversation, turn, words, author="person")
    comment.state, comment.due_at = PublicComment.State.ANSWERED, None
    comment.save(update_fields=["part", "state", "due_at"])
    wake()
    tell(conversation, "turn")
    return comment.part


def unanswered(conversation: Conversation) -> list[PublicComment]:
    """Comments of the visitor's that a public reply may still stand under, the newest first."""
    mine = PublicComment.objects.filter(conversation=conversation)
    done = PublicComment.objects.filter(
        account_id=conversation.account_id, state=PublicComment.State.ANSWERED, thread__in=mine.values("thread")
    )
    return list(mine.exclude(thread__in=done.values("thread")).order_by("-created_at")[:10])
