"""Who must not be written to again, on whatever channel they are met."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from agentbot.models import ContactPoint, Conversation, Suppression
from agentbot.pii import blind_index


def suppress(advertiser_id: uuid.UUID, hashes: Sequence[bytes], scope: str) -> None:
    """By keyed hash alone; safe to repeat."""
    Suppression.objects.bulk_create(
        [Suppression(advertiser_id=advertiser_id, value_hmac=each, scope=scope) for each in dict.fromkeys(hashes)],
        ignore_conflicts=True,
    )


def is_suppressed(conversation: Conversation) -> bool:
    """Whether this visitor, or a contact of theirs, opted out or was erased. An answer they ask for is still theirs."""
    known = Suppression.objects.filter(advertiser_id=conversation.advertiser_id, value_hmac__in=hashes_of(conversation))
    return known.exists()


def hashes_of(conversation: Conversation) -> list[bytes]:
    """The visitor on their channel, and every contact of the person."""
    found = [visitor_hash(conversation)]
    if conversation.person_id:
        contacts = ContactPoint.objects.filter(person_id=conversation.person_id)
        found += [bytes(each) for each in contacts.values_list("value_hmac", flat=True)]
    return found


def visitor_hash(conversation: Conversation) -> bytes:
    named = f"{conversation.account_id}/{conversation.visitor}"
    return blind_index(str(conversation.advertiser_id), "visitor", named)
