"""Whose contact this is: found by blind index, made, or two found to be one."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from agentbot.models import (
    ConsentRecord,
    ContactPoint,
    Conversation,
    Lead,
    LeadEvent,
    Person,
    PersonMerge,
    PiiKey,
)
from agentbot.pii import blind_index, mask, new_key, seal, unwrap_key, wrap_key
from core.errors import InputError
from core.models import Member


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


def merge_people(kept: Person, merged: Person, reason: str, member: Member | None = None) -> PersonMerge:
    """`merged`'s contacts, consents, conversations and leads become `kept`'s; what was theirs is noted for undoing.

    What is sealed is sealed anew under the kept person's key; the lead of the merged person is closed.
    """
    before = {
        "contacts": _move(ContactPoint.objects.filter(person=merged), kept),
        "consents": _move(ConsentRecord.objects.filter(person=merged), kept),
        "conversations": _ids(Conversation.objects.filter(person=merged)),
        "leads": _ids(Lead.objects.filter(person=merged, state=Lead.State.OPEN)),
    }
    Conversation.objects.filter(person=merged).update(person=kept)
    _close_leads(kept, merged, before["leads"])
    Person.objects.filter(pk=merged.pk).update(merged_into=kept)
    return PersonMerge.objects.create(
        advertiser_id=kept.advertiser_id, kept=kept, merged=merged, reason=reason, before=before, member=member
    )


def undo_merge(merge: PersonMerge, member: Member | None = None) -> None:
    """Puts back what was the merged person's; raises `InputError` when that was done already."""
    if merge.undone_at is not None:
        raise InputError("merge", "is undone already", "undone")
    merged = Person.objects.select_related("key").get(pk=merge.merged_id)
    _move(ContactPoint.objects.filter(pk__in=merge.before["contacts"]), merged)
    _move(ConsentRecord.objects.filter(pk__in=merge.before["consents"]), merged)
    Conversation.objects.filter(pk__in=merge.before["conversations"]).update(person=merged)
    for lead in Lead.objects.filter(pk__in=merge.before["leads"]):
        lead.state = Lead.State.OPEN
        lead.version += 1
        lead.save()
        LeadEvent.objects.create(
            advertiser_id=lead.advertiser_id, lead=lead, kind="merge_undone", version=lead.version, member=member
        )
    Person.objects.filter(pk=merged.pk).update(merged_into=None)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])


def _move(rows: Any, person: Person) -> list[str]:
    moved = list(rows.select_related("person__key"))
    for row in moved:
        plain = row.person.key.open(row.body) if row.person.key else ""
        row.body = seal(key_of(person), plain)
        row.person = person
        row.save(update_fields=["body", "person"])
    return _ids(moved)


def _ids(rows: Any) -> list[str]:
    return [str(row.pk) for row in rows]


def _close_leads(kept: Person, merged: Person, ids: list[str]) -> None:
    """What the merged person told goes into the kept one's lead where that says nothing."""
    into = Lead.objects.filter(person=kept, state=Lead.State.OPEN).first()
    for lead in Lead.objects.filter(pk__in=ids).select_related("person__key"):
        if into is None:
            continue
        into.body = seal(key_of(kept), json.dumps({**lead.fields, **into.fields}, ensure_ascii=False))
        into.save(update_fields=["body"])
        Lead.objects.filter(pk=lead.pk).update(state=Lead.State.MERGED, version=F("version") + 1)
        LeadEvent.objects.create(
            advertiser_id=lead.advertiser_id,
            lead=lead,
            kind="merged",
            version=lead.version + 1,
            detail={"into": str(into.pk)},
        )
