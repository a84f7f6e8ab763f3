"""A fact changed: which ads show the old one, and making exactly those again.

The old ads go out no more from the moment their successors are ordered: nobody may sell
at a price that is no longer true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from core.contracts import dump, load
from core.errors import InputError
from core.models import Advertiser
from creative import live
from creative.brief.prices import read_price
from creative.bulk.contracts import SlotPlan
from creative.bulk.fact_changes import FactChange
from creative.bulk.facts import lines_changed, lines_showing, with_fact_changed
from creative.contracts import AdPlan, BriefData, PlannedSlot
from creative.models import Ad, Batch, BatchEvent, Brief
from creative.selectors import brief_data, shot_sources, usable_shots
from creative.services.batches import next_version, order_ad, reopen_batch, send_plan
from creative.services.briefs import save_brief
from creative.services.looks import parse_canvas
from creative.services.speaking import as_spoken
from creative.storyboard import slot_frames
from generation import api as generation

OUTDATED = "shows a fact that has changed"
READY = (Ad.State.READY, Ad.State.HELD)


@dataclass(frozen=True)
class Change:
    """Fact `fact_id` (price, offer, name, cta, link, or an own fact's id) said `old` and is to say `new`."""

    fact_id: str
    old: str
    new: str


@dataclass(frozen=True)
class Shown:
    """A batch some of whose ads show the old fact: how many, and the first of them."""

    batch: Batch
    ads: int
    first: Ad


def fact_text(data: BriefData, fact_id: str) -> str:
    """What a fact of a brief says; "" where it has none of that name."""
    return next((fact.text for fact in data.all_facts() if fact.id == fact_id), "")


def batches_showing(advertiser: Advertiser, product_name: str, change: Change) -> list[Shown]:
    """Every batch of a product with ads that show the old fact and may still go out, the newest first."""
    rows = Batch.objects.for_advertiser(advertiser).filter(
        brief__data__product__name=product_name, is_draft=False, ads__state=Ad.State.READY
    )
    found = []
    for batch in rows.select_related("brief").distinct().order_by("-created_at"):
        if fact_text(brief_data(batch.brief), change.fact_id) != change.old:
            continue
        ads = ads_showing(batch, change.fact_id).order_by("position", "version")
        first = ads.first()
        if first:
            found.append(Shown(batch, ads.count(), first))
    return found


def ads_showing(batch: Batch, fact_id: str) -> QuerySet[Ad]:
    """The ready ads of a batch that show a fact, whatever made them."""
    ready = Ad.objects.filter(batch=batch, state=Ad.State.READY, later_versions=None)
    shown = Q(pk__in=[ad.pk for ad in ready.exclude(plan={}) if _plan_shows(load(AdPlan, ad.plan), fact_id)])
    if batch.is_bulk and batch.slot_plan:
        plain = Q(plan={})
        shown |= plain & choices_among(lines_showing(load(SlotPlan, batch.slot_plan), fact_id))
    return ready.filter(shown)


def choices_among(places: set[tuple[int, int]]) -> Q:
    """Bulk ads that have any of these (slot, choice)."""
    by_slot: dict[int, list[int]] = {}
    for slot, choice in sorted(places):
        by_slot.setdefault(slot, []).append(choice)
    found = Q(pk=None)
    for slot, choices in by_slot.items():
        found |= Q(**{f"choices__{slot}__in": choices})
    return found


def _plan_shows(plan: AdPlan, fact_id: str) -> bool:
    return any(_slot_shows(slot, fact_id) for slot in plan.slots)


def _slot_shows(slot: PlannedSlot, fact_id: str) -> bool:
    on_card = fact_id == "price" and any(shot.card and shot.card.price for shot in slot.shots)
    return fact_id in slot.fact_ids or on_card


@transaction.atomic
def make_again(batch: Batch, change: Change) -> Batch:
    """Order every ad of `batch` that shows the old fact anew; returns the batch they come in.

    A bulk batch gets a successor with the same mixes; single ads get a next version. Raises
    InputError naming the first line that says the fact in words of its own, or gets too long.
    """
    showing = list(ads_showing(batch, change.fact_id).order_by("position"))
    if not showing:
        raise InputError("ads", f"none of this batch shows {change.old} any more")
    brief = save_brief(batch.advertiser, changed_brief(brief_data(batch.brief), change))
    made = (
        _bulk_again(batch, brief, showing, change) if batch.is_bulk else _singles_again(batch, brief, showing, change)
    )
    Ad.objects.filter(pk__in=[ad.pk for ad in showing]).update(state=Ad.State.HELD, held_reason=OUTDATED)
    detail = {"fact": change.fact_id, "old": change.old, "new": change.new, "ads": len(showing)}
    BatchEvent.objects.create(batch=made, what="made again", detail=detail)
    transaction.on_commit(lambda: live.tell_batch(batch))
    return made


def changed_brief(data: BriefData, change: Change) -> BriefData:
    """The brief with one fact changed; InputError for a price nobody can read."""
    product = data.product
    if change.fact_id == "price":
        price = read_price(change.new, data.language)
        return replace(data, product=replace(product, price_text=change.new, price=price.money))
    if change.fact_id in ("offer", "name", "cta", "link"):
        named: dict[str, Any] = {change.fact_id: change.new}
        return replace(data, product=replace(product, **named))
    facts = tuple(replace(each, text=change.new) if each.id == change.fact_id else each for each in product.facts)
    return replace(data, product=replace(product, facts=facts))


def _bulk_again(batch: Batch, brief: Brief, showing: Sequence[Ad], change: Change) -> Batch:
    plan = load(SlotPlan, batch.slot_plan)
    words = lines_changed(plan, change.fact_id, change.old, change.new)
    spoken = {place: as_spoken(generation.speak_line(text, plan.language)) for place, text in words.items()}
    changed = with_fact_changed(plan, change.fact_id, change.old, change.new, spoken)
    again = Batch.objects.create(
        advertiser=batch.advertiser,
        brief=brief,
        script=batch.script,
        script_ids=batch.script_ids,
        pick=batch.pick,
        is_bulk=True,
        policy=batch.policy,
        slot_plan=dump(changed),
        figures={"makes_again": [str(ad.pk) for ad in showing]},
        folder=batch.folder,
        requested=len(showing),
        seed=batch.seed,
        canvas=batch.canvas,
        transition=batch.transition,
    )
    transaction.on_commit(lambda: send_plan(again))
    return again


def _singles_again(batch: Batch, brief: Brief, showing: Sequence[Ad], change: Change) -> Batch:
    """The batch's brief is the changed one from now on; what was never said in it stays as it was made."""
    Batch.objects.filter(pk=batch.pk).update(brief=brief)
    batch.brief = brief
    data = brief_data(brief)
    for ad in showing:
        plan = changed_plan(load(AdPlan, ad.plan), change)
        again = next_version(ad)
        again.batch = batch
        shots = usable_shots(batch.advertiser, batch.folder)
        order_ad(again, plan, data, shot_sources(shots, parse_canvas(plan.canvas)))
    reopen_batch(batch)
    return batch


def changed_plan(plan: AdPlan, change: Change) -> AdPlan:
    """An ad's plan with the fact changed in its lines and cards; slots keep their frames."""
    rule = FactChange(change.old, change.new, plan.language)
    return replace(plan, slots=tuple(_changed_slot(slot, plan, change.fact_id, rule) for slot in plan.slots))


def _changed_slot(slot: PlannedSlot, plan: AdPlan, fact_id: str, rule: FactChange) -> PlannedSlot:
    if not _slot_shows(slot, fact_id):
        return slot
    shots = tuple(replace(shot, card=_changed_card(shot.card, rule)) if shot.card else shot for shot in slot.shots)
    line = rule.apply(slot.line) if fact_id in slot.fact_ids else slot.line
    if line == slot.line:
        if fact_id in slot.fact_ids:
            raise InputError(slot.line, f"says {rule.old} in other words; write this line anew")
        return replace(slot, shots=shots)
    take = as_spoken(generation.speak_line(line, plan.language))
    if slot_frames(slot.role, take.seconds) > slot.frames:
        raise InputError(line, "takes longer to say than its slot lasts; say it in fewer words")
    emphasis = tuple(map(rule.apply, slot.emphasis))
    return replace(slot, line=line, shots=shots, emphasis=emphasis, voice=take)


def _changed_card(card: Any, rule: FactChange) -> Any:
    return replace(card, texts=tuple(map(rule.apply, card.texts)), price=rule.apply(card.price))
