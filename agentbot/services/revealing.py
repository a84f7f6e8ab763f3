"""Contacts stand masked; whoever looks at one in full is written down."""

from __future__ import annotations

from agentbot.models import Conversation, Lead, LeadEvent
from core.live_updates import publish
from core.models import Member


def note_revealed(lead: Lead, member: Member) -> None:
    """In the lead's own history, before the contact is shown."""
    LeadEvent.objects.create(
        advertiser_id=lead.advertiser_id, lead=lead, kind="revealed", version=lead.version, member=member
    )


def lead_of(conversation: Conversation) -> Lead | None:
    """The open lead of the conversation's person."""
    if conversation.person_id is None:
        return None
    leads = Lead.objects.for_advertiser(conversation.advertiser).filter(person=conversation.person_id, state="open")
    return leads.select_related("person__key").first()


def tell_typing(conversation: Conversation) -> None:
    """The visitor's page shows that a person writes."""
    payload = {"conversation": str(conversation.pk), "kind": "person_types"}
    publish(conversation.advertiser_id, "conversations", payload)
