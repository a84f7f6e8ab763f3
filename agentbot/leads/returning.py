"""A visitor who opted out and, later, leaves a contact by their own wish: kept, shown to a person, never written to."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from agentbot.leads.capture import Given, keep_contacts
from agentbot.models import Lead, LeadTask
from core.live_updates import publish

TASK_WORDS = {
    "zh-CN": "退订后又主动留了联系方式：请打电话，不要发消息。",
    "en": "Opted out, then left a contact of their own accord: call, do not write.",
}


@transaction.atomic
def keep_from_returning(conversation_id: uuid.UUID, given: Given) -> Lead | None:
    """The lead, with a task for whoever looks at the board. The opt-out stands. Safe to repeat."""
    lead = keep_contacts(conversation_id, given)
    if lead is None:
        return None
    words = TASK_WORDS.get(lead.advertiser.language, TASK_WORDS["en"])
    if not LeadTask.objects.filter(lead=lead, text=words, done_at=None).exists():
        LeadTask.objects.create(
            advertiser_id=lead.advertiser_id, lead=lead, owner=lead.owner, text=words, due_at=timezone.now()
        )
    publish(lead.advertiser_id, "leads", {"lead": str(lead.pk), "kind": "task"})
    return lead
