"""Two leads that a person of ours knows to be one, with the way back."""

from __future__ import annotations

from django.db import transaction

from agentbot.leads.merging import merge_people, undo_merge
from agentbot.models import Lead, Person, PersonMerge
from core.errors import InputError
from core.live_updates import publish
from core.models import Member


@transaction.atomic
def merge_leads(kept: Lead, other: Lead, member: Member) -> PersonMerge:
    """`other`'s person becomes `kept`'s; InputError when they are one already or belong to different advertisers."""
    if kept.advertiser_id != other.advertiser_id or kept.person_id == other.person_id:
        raise InputError("lead", "is the same person already", "same_person")
    people = (
        Person.objects.select_related("key").select_for_update(of=("self",)).in_bulk([kept.person_id, other.person_id])
    )
    merge = merge_people(people[kept.person_id], people[other.person_id], "by hand", member)
    publish(kept.advertiser_id, "leads", {"lead": str(kept.pk), "kind": "merged"})
    return merge


@transaction.atomic
def undo(merge: PersonMerge, member: Member) -> None:
    """Both leads stand again as they were."""
    undo_merge(merge, member)
    publish(merge.advertiser_id, "leads", {"lead": "", "kind": "merge_undone"})
