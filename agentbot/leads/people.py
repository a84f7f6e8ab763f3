"""Whose contact this is: found by blind index, or made."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import connection

from agentbot.models import ContactPoint, Conversation, Person, PiiKey
from agentbot.pii import blind_index, mask, new_key, seal, unwrap_key, wrap_key
from core.errors import InputError


def lock_contacts(indexes: Sequence[bytes]) -> None:
    """Until the transaction ends nobody else works on these contacts: fifty at once become one after the other."""
    keys = sorted({int.from_bytes(index[:8], "big", signed=True) for index in indexes})
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("select pg_advisory_xact_lock(%s)", [key])


def contact_index(advertiser_id: uuid.UUID, kind: str, value: str) -> bytes:
    return blind_index(str(advertiser_id), kind, value)


def make_person(advertiser_id: uuid.UUID) -> Person:
    """Somebody new, with a key of their own."""
    person = Person.objects.create(advertiser_id=advertiser_id)
    person.key = PiiKey.objects.create(advertiser_id=advertiser_id, person=person, wrapped=wrap_key(new_key()))
    person.save(update_fields=["key"])
    return person


def key_of(person: Person) -> bytes:
    """The person's data key; `InputError` once erased."""
    if person.key is None or person.key.wrapped is None:
        raise InputError("person", "was erased", "erased")
    return unwrap_key(bytes(person.key.wrapped))


def add_contact(person: Person, kind: str, value: str, status: str, message_id: str) -> bool:
    """False when the person had it already, with that status."""
    index = contact_index(person.advertiser_id, kind, value)
    known = ContactPoint.objects.filter(advertiser_id=person.advertiser_id, type=kind, value_hmac=index)
    standing = known.exclude(status=ContactPoint.Status.WITHDRAWN).first()
    if standing is not None:
        if standing.status == status or status != ContactPoint.Status.VALID:
            return False
        standing.status = status
        standing.save(update_fields=["status"])
        return True
    ContactPoint.objects.create(
        advertiser_id=person.advertiser_id,
        person=person,
        type=kind,
        value_hmac=index,
        body=seal(key_of(person), value),
        masked=mask(value),
        status=status,
        message_id=uuid.UUID(message_id),
    )
    return True


def withdraw_contact(person: Person, value: str, conversation: Conversation) -> bool:
    """A contact corrected in the conversation it was given in; False when it was not given there."""
    indexes = [contact_index(person.advertiser_id, kind, value) for kind in ("phone", "email", "wechat")]
    standing = ContactPoint.objects.filter(person=person, value_hmac__in=indexes).exclude(
        status=ContactPoint.Status.WITHDRAWN
    )
    here = conversation.messages.values("id")
    return bool(standing.filter(message_id__in=here).update(status=ContactPoint.Status.WITHDRAWN))
