"""A person of the advertiser's wrote where we do not send from: in the platform's own app, or its inbox."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from agentbot.channels.base import Echo
from agentbot.inbox.owning import BY_PERSON, Owner, change_owner, locked, tell
from agentbot.models import ChannelAccount, Conversation, Handoff, InboundEvent, Message, PiiKey
from agentbot.pii import new_key, seal, wrap_key
from agentbot.turns.outgoing import key_of


@transaction.atomic
def written_elsewhere(account_id: uuid.UUID, echo: Echo) -> None:
    """The conversation is theirs from this commit on, and what they said stands in it. Heard once by the echo's id."""
    account = ChannelAccount.objects.get(pk=account_id)
    if not _is_news(account, echo):
        return
    conversation = _conversation(account, echo.visitor)
    change_owner(conversation, Owner.HUMAN)
    now = timezone.now()
    open_one = Handoff.objects.filter(conversation=conversation, returned_at=None)
    if not open_one.update(claimed_at=now, answer_by=None):
        Handoff.objects.create(
            advertiser_id=account.advertiser_id, conversation=conversation, reason=BY_PERSON, claimed_at=now
        )
    if echo.text:
        _keep_words(conversation, echo)
    tell(conversation, "message")


def _is_news(account: ChannelAccount, echo: Echo) -> bool:
    try:
        with transaction.atomic():
            InboundEvent.objects.create(
                advertiser_id=account.advertiser_id,
                account=account,
                external_id=echo.external_id,
                message_id=uuid.uuid4(),
                verified_by="echo",
            )
    except IntegrityError:
        return False
    return True


def _conversation(account: ChannelAccount, visitor: str) -> Conversation:
    """Locked; made where a person begins it."""
    made, _ = Conversation.objects.get_or_create(
        account=account,
        visitor=visitor,
        defaults={"advertiser_id": account.advertiser_id, "source": {"channel": account.kind}},
    )
    conversation = locked(made.pk, None)
    if conversation.key is None or conversation.key.wrapped is None:
        conversation.key = PiiKey.objects.create(
            advertiser_id=account.advertiser_id, conversation=conversation, wrapped=wrap_key(new_key())
        )
        conversation.save(update_fields=["key"])
    return conversation


def _keep_words(conversation: Conversation, echo: Echo) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(
        last_seq=F("last_seq") + 1, last_message_at=timezone.now(), unread_count=0
    )
    conversation.refresh_from_db(fields=["last_seq"])
    Message.objects.create(
        advertiser_id=conversation.advertiser_id,
        conversation=conversation,
        seq=conversation.last_seq,
        direction=Message.Direction.OUT,
        author="person",
        key=conversation.key,
        body=seal(key_of(conversation), echo.text),
        external_id=echo.message,
        sent_at=echo.sent_at or timezone.now(),
    )
