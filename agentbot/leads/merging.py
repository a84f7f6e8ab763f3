"""Two people found to be one: what was the one's becomes the other's, CRMs hear of it, and it can be undone."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from agentbot.leads.deliveries import announce
from agentbot.leads.people import key_of
from agentbot.models import ConsentRecord, ContactPoint, Conversation, Lead, LeadEvent, Person, PersonMerge
from agentbot.pii import seal
from core.errors import InputError
from core.models import Member


def merge_people(kept: Person, merged: Person, reason: str, member: Member | None = None) -> PersonMerge:
    """`merged`'s contacts, consents, conversations and leads become `kept`'s; what was theirs is noted for undoing.

    What is sealed is sealed anew under the kept person's key. Where both have a lead the merged person's is closed
    and the kept one learns what it did not know; where only the merged one has, that lead is the kept person's now.
    """
    before: dict[str, Any] = {
        "contacts": _move(ContactPoint.objects.filter(person=merged), kept),
        "consents": _move(ConsentRecord.objects.filter(person=merged), kept),
        "conversations": _ids(Conversation.objects.filter(person=merged)),
        "leads": _ids(Lead.objects.filter(person=merged, state=Lead.State.OPEN)),
    }
    Conversation.objects.filter(person=merged).update(person=kept)
    before |= _join_leads(kept, before["leads"])
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
    for learnt in merge.before.get("learnt", []):
        _unlearn(learnt, member)
    for lead in _leads(merge.before["leads"]):
        if lead.person_id != merged.pk:
            _hand_over(lead, merged)
        lead.state = Lead.State.OPEN
        _tell(lead, "merge_undone", {}, member)
    Person.objects.filter(pk=merged.pk).update(merged_into=None)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])


def _join_leads(kept: Person, ids: list[str]) -> dict[str, Any]:
    """Gives which lead learnt which fields from which, so that it can unlearn them."""
    learnt = []
    for lead in _leads(ids):
        into = _leads(_ids(Lead.objects.filter(person=kept, state=Lead.State.OPEN, product_line=lead.product_line)))
        if not into:
            _hand_over(lead, kept)
            _tell(lead, "merge_moved", {})
            continue
        news = {name: told for name, told in lead.fields.items() if name not in into[0].fields}
        into[0].body = _sealed(kept, {**into[0].fields, **news})
        _tell(into[0], "merge", {"from": str(lead.pk)})
        lead.state = Lead.State.MERGED
        _tell(lead, "merged", {"into": str(into[0].pk)})
        learnt.append({"lead": str(into[0].pk), "from": str(lead.pk), "fields": sorted(news)})
    return {"learnt": learnt}


def _unlearn(learnt: dict[str, Any], member: Member | None) -> None:
    """What the visitor has said anew since stays."""
    lead, origin = _leads([learnt["lead"]]), _leads([learnt["from"]])
    if not lead or not origin:
        return
    told = origin[0].fields
    kept = {
        name: value for name, value in lead[0].fields.items() if name not in learnt["fields"] or value != told.get(name)
    }
    lead[0].body = _sealed(lead[0].person, kept)
    _tell(lead[0], "merge_undone", {}, member)


def _hand_over(lead: Lead, person: Person) -> None:
    """The lead is `person`'s from now on, its fields under their key; the caller saves it."""
    fields = lead.fields
    lead.person = person
    lead.body = _sealed(person, fields)


def _tell(lead: Lead, kind: str, detail: dict[str, str], member: Member | None = None) -> None:
    lead.version += 1
    lead.save()
    LeadEvent.objects.create(
        advertiser_id=lead.advertiser_id, lead=lead, kind=kind, version=lead.version, detail=detail, member=member
    )
    announce(lead, lead.conversation.account if lead.conversation else None)


def _leads(ids: list[str]) -> list[Lead]:
    rows = Lead.objects.select_for_update(of=("self",)).select_related("person__key", "conversation__account")
    return list(rows.filter(pk__in=ids).order_by("created_at", "pk"))


def _sealed(person: Person, fields: dict[str, Any]) -> bytes:
    return seal(key_of(person), json.dumps(fields, ensure_ascii=False))


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
