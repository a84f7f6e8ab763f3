"""What people do with leads: stages, owners, notes, tasks; and what comes back from a CRM."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from agentbot.leads.deliveries import announce
from agentbot.models import Lead, LeadEvent, LeadNote, LeadTask, PolicyDecision, Reward
from core.errors import InputError
from core.live_updates import publish
from core.models import Advertiser, Member

STAGE_REWARDS = {"qualified": ("valid", 2.0), "won": ("won", 5.0), "invalid": ("invalid", -1.0)}


@transaction.atomic
def move_lead(lead_id: uuid.UUID, stage: str, member: Member) -> Lead:
    """The lead in another stage; CRMs hear of it, and so does the policy that asked for the contact."""
    return set_stage(member.advertiser, lead_id, stage, member)


@transaction.atomic
def set_stage(advertiser: Advertiser, lead_id: uuid.UUID, stage: str, member: Member | None = None) -> Lead:
    """Also for what a CRM reports back. Raises `InputError` for a stage there is not, Lead.DoesNotExist."""
    if stage not in Lead.Stage.values:
        raise InputError("stage", f"{stage!r} is none of {', '.join(Lead.Stage.values)}", "unknown_stage")
    lead = _locked(advertiser, lead_id)
    if lead.stage == stage:
        return lead
    detail = {"from": lead.stage, "to": stage}
    lead.stage = stage
    lead.version += 1
    lead.save()
    _note(lead, "stage", detail, member)
    announce(lead, lead.conversation.account if lead.conversation else None)
    _reward(lead, stage)
    return lead


@transaction.atomic
def assign_lead(lead_id: uuid.UUID, owner: Member | None, member: Member) -> Lead:
    """Whose lead it is from now on; a colleague of the same advertiser, or nobody's."""
    if owner is not None and owner.advertiser_id != member.advertiser_id:
        raise InputError("owner", "works for another advertiser", "other_advertiser")
    lead = _locked(member.advertiser, lead_id)
    lead.owner = owner
    lead.save()
    _note(lead, "owner", {"owner": str(owner.pk) if owner else ""}, member)
    return lead


@transaction.atomic
def add_note(lead_id: uuid.UUID, text: str, member: Member) -> LeadNote:
    if not text.strip():
        raise InputError("text", "is empty", "missing")
    lead = _locked(member.advertiser, lead_id)
    note = LeadNote.objects.create(advertiser=member.advertiser, lead=lead, member=member, text=text.strip())
    _note(lead, "note", {}, member)
    return note


@transaction.atomic
def add_task(
    lead_id: uuid.UUID, text: str, due_at: dt.datetime | None, member: Member, owner: Member | None = None
) -> LeadTask:
    if not text.strip():
        raise InputError("text", "is empty", "missing")
    lead = _locked(member.advertiser, lead_id)
    return LeadTask.objects.create(
        advertiser=member.advertiser, lead=lead, owner=owner or member, text=text.strip()[:300], due_at=due_at
    )


@transaction.atomic
def finish_task(task_id: uuid.UUID, member: Member) -> LeadTask:
    task = LeadTask.objects.for_advertiser(member.advertiser).get(pk=task_id)
    if task.done_at is None:
        task.done_at = timezone.now()
        task.save(update_fields=["done_at"])
    return task


def _locked(advertiser: Advertiser, lead_id: uuid.UUID) -> Lead:
    rows = Lead.objects.for_advertiser(advertiser).select_for_update(of=("self",))
    return rows.select_related("person__key", "conversation__account").get(pk=lead_id)


def _note(lead: Lead, kind: str, detail: dict[str, str], member: Member | None) -> None:
    LeadEvent.objects.create(
        advertiser_id=lead.advertiser_id, lead=lead, kind=kind, version=lead.version, detail=detail, member=member
    )
    publish(lead.advertiser_id, "leads", {"lead": str(lead.pk), "kind": kind})


def _reward(lead: Lead, stage: str) -> None:
    """To the decision that brought the contact; without one, to none."""
    if stage not in STAGE_REWARDS:
        return
    kind, value = STAGE_REWARDS[stage]
    asked = PolicyDecision.objects.filter(turn__conversation=lead.conversation, rewards__kind="contact").first()
    if asked is not None:
        Reward.objects.get_or_create(
            decision=asked, kind=kind, defaults={"advertiser_id": lead.advertiser_id, "value": value}
        )
