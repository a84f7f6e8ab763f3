"""Erases a person: keys shredded, columns emptied, deliveries withdrawn, CRMs told, and a report of it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from agentbot.leads.deliveries import DELIVERIES
from agentbot.leads.suppressing import suppress, visitor_hash
from agentbot.models import (
    AgentDraft,
    ConsentRecord,
    ContactPoint,
    Conversation,
    CrmConnection,
    CrmDelivery,
    CrmLink,
    ErasureReport,
    FollowUp,
    Handoff,
    InboundEvent,
    Lead,
    LeadEvent,
    LeadNote,
    LeadTask,
    Message,
    OutboundPart,
    Person,
    PersonMerge,
    PiiKey,
    PublicComment,
    VisitorEntry,
)
from agentbot.pii import new_key, seal, wrap_key
from agentbot.turns.events import event_body
from core.models import Advertiser

LEAD_DAYS = 730
"""So long after the last thing that happened to it a lead is kept; its words go long before."""
AT_ONCE = 50


@transaction.atomic
def forget_old_leads(now: dt.datetime | None = None) -> int:
    """Leads of whom nothing was heard for two years, with their people; gives how many people that was.

    CRMs are the advertiser's own books: what time does here is none of theirs, unlike a wish to be erased.
    """
    before = (now or timezone.now()) - dt.timedelta(days=LEAD_DAYS)
    recent = Q(leads__updated_at__gte=before) | Q(conversations__last_message_at__gte=before)
    old = Person.objects.filter(erased_at=None, merged_into=None, leads__updated_at__lt=before)
    kept = Person.objects.filter(recent).values("pk")
    people = list(old.exclude(pk__in=kept).distinct()[:AT_ONCE])
    people += Person.objects.filter(merged_into__in=people)
    if people:
        Conversation.objects.filter(person__in=people).update(person=None)
        _erase_people(people, list(Lead.objects.filter(person__in=people)))
    return len(people)


@transaction.atomic
def erase_visitor(advertiser: Advertiser, conversation_id: uuid.UUID) -> ErasureReport:
    """Everything about the visitor of this conversation and, if they are a person we know, about that person.

    What remains: counts, decisions without words, and keyed hashes that keep us from writing to them.
    Conversation.DoesNotExist for one of another advertiser.
    """
    rows = Conversation.objects.for_advertiser(advertiser).select_for_update(of=("self",))
    conversation = rows.get(pk=conversation_id)
    people = _people(conversation)
    conversations = list(
        Conversation.objects.for_advertiser(advertiser).filter(person__in=people) if people else []
    ) or [conversation]
    if conversation.pk not in {each.pk for each in conversations}:
        conversations.append(conversation)
    hashes = _hashes(conversations, people)
    report = ErasureReport(advertiser=advertiser, subject_hmac=hashes[0])
    leads = list(Lead.objects.for_advertiser(advertiser).filter(person__in=people))
    report.outstanding = _tell_crms(leads)
    report.counts = {**_erase_words(conversations), **_erase_people(people, leads)}
    suppress(advertiser.pk, hashes, "erasure")
    report.finished_at = timezone.now()
    report.save()
    return report


def _people(conversation: Conversation) -> list[Person]:
    """The visitor's person and those merged into it."""
    if conversation.person_id is None:
        return []
    kept = Person.objects.filter(pk=conversation.person_id)
    return [*kept, *Person.objects.filter(merged_into=conversation.person_id)]


def _hashes(conversations: list[Conversation], people: list[Person]) -> list[bytes]:
    visitors = [visitor_hash(each) for each in conversations]
    contacts = ContactPoint.objects.filter(person__in=people).values_list("value_hmac", flat=True)
    return list(dict.fromkeys([*visitors, *(bytes(each) for each in contacts)]))


def _tell_crms(leads: list[Lead]) -> list[str]:
    """`lead.erased` to every CRM that has or may have the lead, in its turn; what was not sent yet never will be."""
    told = []
    for lead in leads:
        unsent = CrmDelivery.objects.filter(lead=lead, state__in=("scheduled", "quarantined", "dead"))
        unsent.update(state=CrmDelivery.State.CANCELLED)
        lead.version += 1
        for connection in _may_know(lead):
            key = new_key()
            kept = PiiKey.objects.create(advertiser_id=lead.advertiser_id, wrapped=wrap_key(key))
            data = {"lead": str(lead.pk), "external_key": lead.external_key, "version": lead.version}
            delivery = CrmDelivery.objects.create(
                id=uuid.uuid5(DELIVERIES, f"{lead.pk}/{connection.pk}/{lead.version}"),
                advertiser_id=lead.advertiser_id,
                connection=connection,
                lead=lead,
                lead_version=lead.version,
                event_type="lead.erased",
                key=kept,
                body=seal(key, event_body("lead.erased", timezone.now(), data)),
            )
            told.append(str(delivery.pk))
    return told


def _may_know(lead: Lead) -> QuerySet[CrmConnection]:
    """The CRMs that have the lead, and those that may: what was tried may have arrived, answer or none."""
    tried = Q(state__in=("sending", "sent", "unknown")) | Q(attempts__gt=0)
    told = CrmDelivery.objects.filter(tried, lead=lead).values("connection_id")
    known = CrmLink.objects.filter(lead=lead).values("connection_id")
    return CrmConnection.objects.filter(Q(pk__in=told) | Q(pk__in=known))


def _erase_words(conversations: list[Conversation]) -> dict[str, int]:
    ids = [each.pk for each in conversations]
    now = timezone.now()
    counts = {
        "messages": Message.objects.filter(conversation__in=ids).update(body=None, external_id=""),
        "parts": OutboundPart.objects.filter(conversation__in=ids).update(body=None),
        "drafts": AgentDraft.objects.filter(turn__conversation__in=ids).update(body=None),
        "summaries": Handoff.objects.filter(conversation__in=ids).update(body=None),
        "keys": PiiKey.objects.filter(conversation__in=ids).update(wrapped=None),
        "comments": PublicComment.objects.filter(conversation__in=ids).delete()[0],
    }
    OutboundPart.objects.filter(conversation__in=ids, state__in=("scheduled", "draft")).update(
        state=OutboundPart.State.CANCELLED
    )
    FollowUp.objects.filter(conversation__in=ids, state="waiting").update(state=FollowUp.State.CANCELLED)
    messages = Message.objects.filter(conversation__in=ids, direction="in").values("id")
    InboundEvent.objects.filter(message_id__in=messages).update(verified_by="erased")
    for each in conversations:
        entries = VisitorEntry.objects.filter(account_id=each.account_id, visitor=each.visitor)
        each.visitor = f"erased-{each.pk}"
        entries.update(visitor=each.visitor)
        each.erased_at, each.person, each.source = now, None, {}
        each.turn_due_at = each.window_opened_at = each.lease_until = each.claimed_by = None
        each.epoch += 1
        each.owner = Conversation.Owner.CLOSED
        each.save()
    return {**counts, "conversations": len(conversations)}


def _erase_people(people: list[Person], leads: list[Lead]) -> dict[str, int]:
    now = timezone.now()
    keys = PiiKey.objects.filter(person__in=people)
    for lead in leads:
        lead.body, lead.state, lead.source = None, Lead.State.ERASED, {}
        lead.save()
        LeadEvent.objects.create(advertiser_id=lead.advertiser_id, lead=lead, kind="erased", version=lead.version)
    counts = {
        "contacts": ContactPoint.objects.filter(person__in=people).delete()[0],
        "consents": ConsentRecord.objects.filter(person__in=people).delete()[0],
        "notes": LeadNote.objects.filter(lead__in=leads).delete()[0],
        "tasks": LeadTask.objects.filter(lead__in=leads).delete()[0],
        "merges": PersonMerge.objects.filter(kept__in=people).delete()[0],
        "deliveries": CrmDelivery.objects.filter(lead__in=leads, key__in=keys).update(body=None),
        "leads": len(leads),
        "people": len(people),
    }
    keys.update(wrapped=None)
    Person.objects.filter(pk__in=[each.pk for each in people]).update(erased_at=now)
    return counts
