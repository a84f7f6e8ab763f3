"""One lead with everything that belongs to it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agentbot.models import Conversation, CrmDelivery, FollowUp, Lead, LeadNote, LeadTask, PersonMerge
from agentbot.page_data.known import Consent, Reach, consents_of, fields_of, reach_of, source_words
from agentbot.page_data.leads import Card, Delivery, cards_of, delivery_words, waiting_follow_ups
from agentbot.page_data.words import EVENT_WORDS, STAGE_WORDS, visitor_name, word
from core.models import Advertiser, Member

EVENTS_SHOWN = 60
OTHERS_SHOWN = 40


@dataclass(frozen=True)
class Happened:
    at: Any
    words: str
    who: str


@dataclass(frozen=True)
class Sent:
    """A version on its way to a CRM."""

    row: CrmDelivery
    crm: str
    state: Delivery


@dataclass(frozen=True)
class Merge:
    id: uuid.UUID
    at: Any
    reason: str


@dataclass(frozen=True)
class LeadPage:
    lead: Lead
    card: Card
    fields: tuple[tuple[str, str], ...]
    reach: tuple[Reach, ...]
    is_revealed: bool
    consents: tuple[Consent, ...]
    source: tuple[tuple[str, str], ...]
    notes: tuple[LeadNote, ...]
    tasks: tuple[LeadTask, ...]
    follow_ups: tuple[FollowUp, ...]
    events: tuple[Happened, ...]
    sent: tuple[Sent, ...]
    merges: tuple[Merge, ...]
    owners: tuple[tuple[str, str, bool], ...]
    others: tuple[tuple[str, str], ...]
    conversations: tuple[Conversation, ...]


def lead_page(lead: Lead, *, reveals: bool = False) -> LeadPage:
    """`reveals` shows contacts in full; whoever sets it has logged that first."""
    deliveries = lead.deliveries.select_related("connection").order_by("-lead_version")
    return LeadPage(
        lead=lead,
        card=cards_of([lead])[0],
        fields=fields_of(lead),
        reach=reach_of(lead.person_id, reveals=reveals),
        is_revealed=reveals,
        consents=consents_of(lead),
        source=source_words(lead.source),
        notes=tuple(lead.notes.select_related("member__user").order_by("-created_at")),
        tasks=tuple(lead.tasks.select_related("owner__user").order_by("done_at", "due_at", "created_at")),
        follow_ups=waiting_follow_ups(lead),
        events=_events(lead),
        sent=tuple(
            Sent(row, row.connection.name or row.connection.url, delivery_words(row)) for row in deliveries[:12]
        ),
        merges=_merges(lead),
        owners=_owners(lead),
        others=_others(lead),
        conversations=tuple(Conversation.objects.for_advertiser(lead.advertiser).filter(person=lead.person_id)),
    )


def lead_of(advertiser: Advertiser, lead_id: uuid.UUID) -> Lead | None:
    rows = Lead.objects.for_advertiser(advertiser).exclude(state="erased")
    return (
        rows.select_related("person__key", "owner__user", "conversation__account", "advertiser")
        .filter(pk=lead_id)
        .first()
    )


def _events(lead: Lead) -> tuple[Happened, ...]:
    rows = lead.events.select_related("member__user").order_by("-created_at")[:EVENTS_SHOWN]
    found = []
    for row in rows:
        words = word(EVENT_WORDS, row.kind)
        if row.kind == "stage":
            words = _("%(before)s → %(after)s") % {
                "before": word(STAGE_WORDS, row.detail.get("from", "")),
                "after": word(STAGE_WORDS, row.detail.get("to", "")),
            }
        who = row.member.user.get_full_name() or row.member.user.get_username() if row.member else ""
        found.append(Happened(row.created_at, words, who))
    return tuple(found)


def _merges(lead: Lead) -> tuple[Merge, ...]:
    rows = PersonMerge.objects.for_advertiser(lead.advertiser).filter(kept=lead.person_id, undone_at=None)
    reasons = {"same contact": _("same contact"), "by hand": _("by hand")}
    return tuple(
        Merge(row.pk, row.created_at, reasons.get(row.reason, row.reason)) for row in rows.order_by("-created_at")
    )


def _owners(lead: Lead) -> tuple[tuple[str, str, bool], ...]:
    members = Member.objects.for_advertiser(lead.advertiser).select_related("user").order_by("user__first_name")
    return tuple(
        (str(each.pk), each.user.get_full_name() or each.user.get_username(), each.pk == lead.owner_id)
        for each in members
    )


def _others(lead: Lead) -> tuple[tuple[str, str], ...]:
    """Leads it could be the same person as, the newest first."""
    rows = Lead.objects.for_advertiser(lead.advertiser).filter(state="open").exclude(person=lead.person_id)
    cards = cards_of(
        rows.select_related("person__key", "owner__user", "conversation__account").order_by("-created_at")[
            :OTHERS_SHOWN
        ]
    )
    return tuple((str(card.id), f"{card.name} {card.contact}") for card in cards)


def person_name(lead: Lead) -> str:
    return visitor_name(lead.conversation_id or lead.pk, str(lead.fields.get("name", {}).get("value", "")))


def is_overdue(task: LeadTask) -> bool:
    return task.done_at is None and task.due_at is not None and task.due_at < timezone.now()
