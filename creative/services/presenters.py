"""A person takes their consent back: no ad that shows them goes out, and none is made any more."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import Q, QuerySet

from core.contracts import load
from core.models import Advertiser
from creative import live
from creative.bulk.contracts import SlotPlan
from creative.models import Ad, Batch, Material
from creative.selectors import GENERATED, made_for
from creative.services.batches import cancel_batch
from creative.services.bulk import control
from creative.services.held import WITHDRAWN
from creative.services.remakes import choices_among


@transaction.atomic
def withdraw_presenters(advertiser: Advertiser, consent: str) -> int:
    """Hold every ad that shows a presenter who rests on the consent `consent` (its id in the books); how many.

    Their clips are refused, batches that are still being made stop. Earlier versions are held too:
    undoing a change must not bring the person back.
    """
    clips = Material.objects.for_advertiser(advertiser).filter(
        origin=Material.Origin.PRESENTER, made_with__consents__contains=[consent]
    )
    keys = set(clips.values_list("pk", flat=True))
    held = sum(_hold(batch, keys) for batch in _batches_with(advertiser, keys))
    clips.update(state=Material.State.REFUSED, refusal_reason=WITHDRAWN)
    return held


def _batches_with(advertiser: Advertiser, keys: set[uuid.UUID]) -> list[Batch]:
    """The batches the clips were made for, and those that came to show them through an ad they were to be like."""
    batches = Batch.objects.for_advertiser(advertiser)
    asked = [batch for batch in batches.filter(events__what=GENERATED) if made_for(batch).filter(pk__in=keys).exists()]
    showing = batches.filter(ads__shots__shot__material__in=keys).distinct()
    return list({batch.pk: batch for batch in [*asked, *showing]}.values())


def _hold(batch: Batch, keys: set[uuid.UUID]) -> int:
    (control.cancel if batch.is_bulk else cancel_batch)(batch)
    shown = _ads_showing(batch, keys)
    count = shown.filter(later_versions=None).count()
    shown.update(state=Ad.State.HELD, held_reason=WITHDRAWN)
    transaction.on_commit(lambda: live.tell_batch(batch))
    return count


def _ads_showing(batch: Batch, keys: set[uuid.UUID]) -> QuerySet[Ad]:
    lines = Q(pk__in=Ad.objects.filter(batch=batch, shots__shot__material__in=keys).values("pk"))
    if batch.is_bulk and batch.slot_plan:
        plan = load(SlotPlan, batch.slot_plan)
        ids = {str(key) for key in Material.objects.filter(pk__in=keys).values_list("shots__pk", flat=True)}
        lines |= Q(plan={}) & choices_among(
            {
                (slot, number)
                for slot, pool in enumerate(plan.slots)
                for number, choice in enumerate(pool.choices)
                if any(shot.shot_id in ids for shot in choice.shots)
            }
        )
    return Ad.objects.filter(lines, batch=batch)
