"""The storyboard: a draft of one ad, changed slot by slot, and the orders that follow from it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from core.contracts import load
from core.errors import InputError
from creative import live
from creative.contracts import AdPlan, Transition
from creative.models import Ad, AdShot, Batch, Brief, Pick, Script
from creative.selectors import brief_data
from creative.services import batches
from creative.services.bulk.chunks import reassemble
from creative.services.headlines import checked_headlines
from creative.services.held import FOR_GOOD

_KEPT = (
    *("state", "plan", "spec", "result", "path", "sha256", "frames", "degraded", "held_reason", "ended_at"),
    *("choices", "tune", "is_recipe"),
)


def make_storyboard(brief: Brief, script: Script) -> Batch:
    """Order the draft of one ad. A blocking line raises TerminalError by number."""
    pick = Pick.objects.filter(brief=brief).first()
    return batches.start_batch(brief, [script], batches.Order(count=1, is_draft=True), pick)


def order_ads(
    brief: Brief,
    scripts: Sequence[Script],
    count: int,
    canvas: str,
    has_own_hooks: bool = False,
    transition: Transition = "cut",
    headlines: Sequence[str] = (),
) -> Batch:
    """Order finished ads that take these scripts in turn; the first is the storyboard as it stands.

    With `has_own_hooks` the scripts get further openings, so that no ad begins like another.
    `headlines` are dealt over the ads; InputError names one that may not be shown.
    """
    if not scripts:
        raise InputError("script", "choose at least one version", "no-script")
    pick = Pick.objects.filter(brief=brief).first()
    seed = Batch.objects.filter(brief=brief, is_draft=False).count() + 1
    arranged = _storyboard_of(brief, scripts[0])
    order = batches.Order(
        count=count,
        seed=seed,
        canvas=canvas,
        arranged=arranged,
        has_own_hooks=has_own_hooks,
        transition=transition,
        headlines=checked_headlines(brief_data(brief), headlines, canvas),
    )
    return batches.start_batch(brief, scripts, order, pick)


def _storyboard_of(brief: Brief, script: Script) -> Ad | None:
    """The newest version of the script's draft, unless the script was rewritten since it was made."""
    drafts = Ad.objects.filter(batch__brief=brief, batch__is_draft=True, script=script)
    draft = drafts.exclude(held_reason__in=FOR_GOOD).order_by("-created_at").first()
    if draft is None:
        return None
    said = [slot.line for slot in load(AdPlan, draft.plan).slots]
    is_current = draft.created_at >= script.updated_at or said == [line.text for line in script.lines.all()]
    return draft if is_current else None


@transaction.atomic
def undo_change(ad: Ad) -> Ad:
    """The version before, put back as the newest: its file stands already, so nothing is rendered.

    One that was never finished is ordered again, as it was planned. A bulk ad's recipe
    bears its number, so it is put together anew, which takes a millisecond.
    """
    before = ad.replaces
    if before is None:
        return ad
    if before.state in (Ad.State.PLANNED, Ad.State.RENDERING):
        again = batches.retry_ad(before)
        again.replaces = before.replaces
        again.save(update_fields=["replaces"])
        return again
    again = batches.next_version(before)
    again.replaces = before.replaces
    for name in _KEPT:
        setattr(again, name, getattr(before, name))
    again.save()
    if before.is_recipe:
        reassemble(again)
    AdShot.objects.bulk_create(
        AdShot(
            ad=again,
            shot_id=row.shot_id,
            slot_position=row.slot_position,
            source=row.source,
            source_start_frame=row.source_start_frame,
            start_frame=row.start_frame,
            end_frame=row.end_frame,
        )
        for row in before.shots.all()
    )
    live.tell_batch(ad.batch)
    return again
