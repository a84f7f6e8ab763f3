"""A lead's new version put into the outbox of every CRM that has to hear of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Q
from django.utils import timezone

from agentbot.leads.people import key_of
from agentbot.models import ChannelAccount, ContactPoint, CrmConnection, CrmDelivery, Lead
from agentbot.pii import seal
from agentbot.turns.events import event_body

DELIVERIES = uuid.UUID("0b1f6d3c-13cf-4d3f-8a59-6d1d0d1f8e55")
"""Namespace of deliveries: the same version to the same CRM is the same event."""


def announce(lead: Lead, account: ChannelAccount | None, *, only_missing: bool = False) -> int:
    """One delivery for each CRM in reach, in the caller's transaction; gives how many.

    In reach are the channel's own CRM, those that take all leads, and those that have this
    one already. `only_missing` leaves out the last: nothing has changed, but a CRM may not know.
    One that is switched off is told once it is on again: until then its rows wait.
    """
    known = set(CrmDelivery.objects.filter(lead=lead).values_list("connection_id", flat=True))
    reach = Q(takes_all=True) | Q(pk__in=known)
    if account is not None and account.crm_id:
        reach |= Q(pk=account.crm_id)
    connections = CrmConnection.objects.filter(reach, advertiser_id=lead.advertiser_id)
    if only_missing:
        connections = connections.exclude(pk__in=known)
    data = lead_data(lead)
    made = [_delivery(lead, connection, connection.pk in known, data) for connection in connections]
    CrmDelivery.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def lead_data(lead: Lead) -> dict[str, Any]:
    """The lead as a CRM is told of it."""
    person = lead.person
    contacts = ContactPoint.objects.filter(person=person).exclude(status=ContactPoint.Status.WITHDRAWN)
    consents = person.consents.filter(withdrawn_at=None).select_related("person__key").order_by("granted_at")
    return {
        "lead": str(lead.pk),
        "external_key": lead.external_key,
        "version": lead.version,
        "visitor": lead.conversation.visitor if lead.conversation else "",
        "conversation": str(lead.conversation_id or ""),
        "contacts": [
            {"type": each.type, "value": each.value, "status": each.status}
            for each in contacts.select_related("person__key").order_by("created_at", "pk")
        ],
        "consents": [
            {"purpose": each.purpose, "words": each.words, "at": each.granted_at.isoformat()} for each in consents
        ],
        "fields": {name: told.get("value", "") for name, told in lead.fields.items()},
        "source": lead.source,
        "stage": lead.stage,
        **_merged_into(lead),
    }


def _merged_into(lead: Lead) -> dict[str, str]:
    """The external key of the lead this one was found to be the same as."""
    if lead.state != Lead.State.MERGED:
        return {}
    into = lead.events.filter(kind="merged").order_by("-version").first()
    return {"merged_into": f"aip_lead_{into.detail['into']}"} if into else {}


def _delivery(lead: Lead, connection: CrmConnection, is_known: bool, data: dict[str, Any]) -> CrmDelivery:
    kind = "lead.updated" if is_known else "lead.created"
    return CrmDelivery(
        id=uuid.uuid5(DELIVERIES, f"{lead.pk}/{connection.pk}/{lead.version}"),
        advertiser_id=lead.advertiser_id,
        connection=connection,
        lead=lead,
        lead_version=lead.version,
        event_type=kind,
        key=lead.person.key,
        body=seal(key_of(lead.person), event_body(kind, timezone.now(), data)),
    )
