"""A visitor who wants to hear nothing more hears nothing more."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from agentbot.leads.deliveries import announce
from agentbot.leads.suppressing import hashes_of, suppress
from agentbot.models import Conversation, FollowUp, Lead, LeadEvent, OutboundPart
from core.live_updates import publish


@transaction.atomic
def opt_out(conversation_id: uuid.UUID) -> None:
    """Nothing unsent leaves, no turn begins, no follow-up fires; the CRM hears that consent is withdrawn."""
    conversation = (
        Conversation.objects.select_for_update(of=("self",)).select_related("account").get(pk=conversation_id)
    )
    if conversation.opted_out_at is not None:
        return
    conversation.opted_out_at = timezone.now()
    conversation.epoch = F("epoch") + 1
    conversation.read_seq = F("last_inbound_seq")
    conversation.turn_due_at = conversation.window_opened_at = None
    conversation.lease_until = conversation.claimed_by = None
    conversation.save()
    parts = OutboundPart.objects.filter(conversation=conversation, event_type__in=OutboundPart.SAID)
    unsent = (OutboundPart.State.SCHEDULED, OutboundPart.State.DRAFT)
    parts.filter(state__in=unsent).update(state=OutboundPart.State.CANCELLED)
    FollowUp.objects.filter(conversation=conversation, state=FollowUp.State.WAITING).update(
        state=FollowUp.State.CANCELLED
    )
    suppress(conversation.advertiser_id, hashes_of(conversation), "opt_out")
    _withdraw_consent(conversation)
    publish(conversation.advertiser_id, "conversations", {"conversation": str(conversation.pk), "kind": "opted_out"})


def _withdraw_consent(conversation: Conversation) -> None:
    if conversation.person_id is None:
        return
    lead = (
        Lead.objects.select_related("person__key", "conversation")
        .filter(person_id=conversation.person_id, state=Lead.State.OPEN)
        .first()
    )
    if lead is None:
        return
    lead.person.consents.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    lead.version += 1
    lead.save()
    LeadEvent.objects.create(advertiser_id=lead.advertiser_id, lead=lead, kind="opted_out", version=lead.version)
    announce(lead, conversation.account)
