"""Keeps what a visitor gave to be reached by: person, contacts, consent, lead and outbox in one transaction."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from agentbot.contracts import ASKING, FoundContact
from agentbot.leads.deliveries import announce
from agentbot.leads.merging import merge_people
from agentbot.leads.people import (
    add_contact,
    contact_index,
    key_of,
    lock_contacts,
    make_person,
    withdraw_contact,
)
from agentbot.models import (
    AgentDraft,
    ConsentRecord,
    ContactPoint,
    Conversation,
    Lead,
    LeadEvent,
    Person,
    PolicyDecision,
    Reward,
    Suppression,
)
from agentbot.pii import seal
from core.live_updates import publish

CONTACT_PURPOSE = "contact"
CONTACT_REWARD = 1.0
TURNS_A_REWARD_REACHES = 3

Fields = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Given:
    """What one turn's messages gave. `words` are those the visitor agreed to, with contacts masked."""

    contacts: tuple[FoundContact, ...]
    message_id: str
    words: str
    withdraws: tuple[str, ...] = ()
    fields: Fields = field(default_factory=dict)


@transaction.atomic
def keep_contacts(conversation_id: uuid.UUID, given: Given) -> Lead | None:
    """The lead, made or brought up to date; None when nothing was given and nothing is known. Safe to repeat."""
    conversation = Conversation.objects.select_related("account").get(pk=conversation_id)
    _lock(conversation, given)
    conversation.refresh_from_db(fields=["person"])
    if given.withdraws:
        _part_ways(conversation, given)
    person = _person(conversation, given)
    if person is None:
        return None
    changed = [add_contact(person, each.type, each.value, each.status, given.message_id) for each in given.contacts]
    changed += [withdraw_contact(person, value, conversation) for value in given.withdraws]
    consented = bool(given.contacts) and _note_consent(person, conversation, given)
    return _keep_lead(conversation, person, given, has_changed=any(changed), has_consented=consented)


@transaction.atomic
def keep_fields(conversation_id: uuid.UUID, fields: Fields) -> None:
    """What the lead agent learnt about somebody who is a lead already."""
    conversation = Conversation.objects.select_related("account").get(pk=conversation_id)
    lead = _open_lead(conversation.person_id)
    if lead is not None and _add_fields(lead, fields):
        _bump(lead, conversation, "fields")


def _lock(conversation: Conversation, given: Given) -> None:
    indexes = [contact_index(conversation.advertiser_id, each.type, each.value) for each in given.contacts]
    lock_contacts([*indexes, conversation.pk.bytes])


def _part_ways(conversation: Conversation, given: Given) -> None:
    """A visitor taken for somebody else by the contact they now take back is a person of their own again.

    Only where nothing else they typed is that person's; what they agreed to under the mistake is void.
    """
    own = ContactPoint.objects.filter(person=conversation.person_id, message_id__in=conversation.messages.values("id"))
    if conversation.person_id is None or own.exists():
        return
    indexes = [
        contact_index(conversation.advertiser_id, kind, value)
        for value in given.withdraws
        for kind in ("phone", "email", "wechat")
    ]
    if not ContactPoint.objects.filter(person=conversation.person_id, value_hmac__in=indexes).exists():
        return
    ConsentRecord.objects.filter(
        person=conversation.person_id, message_id__in=conversation.messages.values("id"), withdrawn_at=None
    ).update(withdrawn_at=Now())
    conversation.person = None
    conversation.save(update_fields=["person"])


def _person(conversation: Conversation, given: Given) -> Person | None:
    """The contacts' owner before the conversation's own person; several owners turn out to be one."""
    indexes = [contact_index(conversation.advertiser_id, each.type, each.value) for each in given.contacts]
    found = ContactPoint.objects.filter(advertiser_id=conversation.advertiser_id, value_hmac__in=indexes).exclude(
        status=ContactPoint.Status.WITHDRAWN
    )
    ids = {*found.values_list("person_id", flat=True), *filter(None, [conversation.person_id])}
    people = list(Person.objects.select_related("key").filter(pk__in=ids).order_by("created_at", "pk"))
    if not people and not given.contacts:
        return None
    person = people[0] if people else make_person(conversation.advertiser_id)
    for other in people[1:]:
        merge_people(person, other, "same contact")
    if conversation.person_id != person.pk:
        conversation.person = person
        conversation.save(update_fields=["person"])
    return person


def _note_consent(person: Person, conversation: Conversation, given: Given) -> bool:
    """A contact typed in order to be reached is consent to that; once per message.

    Lifts an earlier erasure's block. An opt-out from messages stands: a call is what they asked for.
    """
    if ConsentRecord.objects.filter(person=person, message_id=given.message_id).exists():
        return False
    standing = ConsentRecord.objects.filter(person=person, purpose=CONTACT_PURPOSE, withdrawn_at=None).exists()
    ConsentRecord.objects.create(
        advertiser_id=person.advertiser_id,
        person=person,
        purpose=CONTACT_PURPOSE,
        text_version="typed",
        body=seal(key_of(person), given.words),
        message_id=given.message_id,
        channel=conversation.account.kind,
    )
    indexes = [contact_index(person.advertiser_id, each.type, each.value) for each in given.contacts]
    Suppression.objects.filter(advertiser_id=person.advertiser_id, value_hmac__in=indexes, scope="erasure").delete()
    return not standing


def _keep_lead(
    conversation: Conversation, person: Person, given: Given, *, has_changed: bool, has_consented: bool
) -> Lead | None:
    lead = _open_lead(person.pk)
    if lead is None:
        return _make_lead(conversation, person, given) if given.contacts else None
    has_fields = _add_fields(lead, given.fields)
    if has_changed or has_consented or has_fields:
        _bump(lead, conversation, "contacts" if has_changed else "consent" if has_consented else "fields")
    else:
        announce(lead, conversation.account, only_missing=True)
    return lead


def _make_lead(conversation: Conversation, person: Person, given: Given) -> Lead:
    fields = {**_fields_told(conversation), **given.fields}
    lead = Lead.objects.create(
        advertiser_id=conversation.advertiser_id,
        person=person,
        conversation=conversation,
        body=seal(key_of(person), json.dumps(fields, ensure_ascii=False)),
        source=conversation.source,
    )
    _note(lead, "created")
    announce(lead, conversation.account)
    if any(each.status == "valid" for each in given.contacts):
        _reward(conversation)
    publish(lead.advertiser_id, "leads", {"lead": str(lead.pk), "kind": "created"})
    return lead


def _bump(lead: Lead, conversation: Conversation, kind: str) -> None:
    lead.version += 1
    lead.save()
    _note(lead, kind)
    announce(lead, conversation.account)
    publish(lead.advertiser_id, "leads", {"lead": str(lead.pk), "kind": "updated"})


def _note(lead: Lead, kind: str) -> None:
    LeadEvent.objects.create(advertiser_id=lead.advertiser_id, lead=lead, kind=kind, version=lead.version)


def _open_lead(person_id: uuid.UUID | None) -> Lead | None:
    if person_id is None:
        return None
    return (
        Lead.objects.select_for_update(of=("self",))
        .select_related("person__key", "conversation")
        .filter(person_id=person_id, state=Lead.State.OPEN)
        .first()
    )


def _add_fields(lead: Lead, fields: Fields) -> bool:
    """New words win; False when all of it was known."""
    known = lead.fields
    merged = {**known, **{name: dict(told) for name, told in fields.items()}}
    if {name: told.get("value") for name, told in merged.items()} == {
        name: told.get("value") for name, told in known.items()
    }:
        return False
    lead.body = seal(key_of(lead.person), json.dumps(merged, ensure_ascii=False))
    lead.save(update_fields=["body"])
    return True


def _fields_told(conversation: Conversation) -> dict[str, Any]:
    """What the lead agent understood in earlier turns, before there was a way to reach anybody."""
    drafts = AgentDraft.objects.filter(turn__conversation=conversation, kind="lead").select_related("key")
    told: dict[str, Any] = {}
    for draft in drafts.order_by("turn__created_at"):
        told |= draft.draft.get("fields", {})
    return told


def _reward(conversation: Conversation) -> None:
    """The newest ask among the last three turns brought this about."""
    recent = PolicyDecision.objects.filter(turn__conversation=conversation).order_by("-created_at")
    asked = next((each for each in recent[:TURNS_A_REWARD_REACHES] if each.action in ASKING), None)
    if asked is not None:
        Reward.objects.get_or_create(
            decision=asked,
            kind="contact",
            defaults={"advertiser_id": conversation.advertiser_id, "value": CONTACT_REWARD},
        )
