"""A fact changed: which ads show the old one, and making exactly those again.

The old ads go out no more from the moment their successors are ordered: nobody may sell
at a price that is no longer true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Mod
from django.utils import timezone

from core.contracts import dump, load
from core.errors import InputError, TerminalError
from core.models import Advertiser, Product
from core.tasks.sending import send
from creative import live
from creative.bulk.contracts import SlotPlan
from creative.bulk.fact_changes import FactChange as Rule
from creative.bulk.facts import lines_changed, lines_showing, with_fact_changed
from creative.bulk.spans import headline_frames
from creative.contracts import AdPlan, CardPlan, PlannedSlot
from creative.generating.gaps import is_presented, said_by_card
from creative.models import Ad, Batch, BatchEvent, FactChange
from creative.selectors import GENERATED, brief_data, shot_sources, shots_of
from creative.services.batches import next_version, order_ad, reopen_batch, send_plan
from creative.services.held import OUTDATED
from creative.services.looks import parse_canvas
from creative.services.speaking import as_spoken
from creative.storyboard import slot_frames
from generation import api as generation

if TYPE_CHECKING:
    from creative.services.products import FactChange as Changed

TASK = "creative.make_again"


@dataclass(frozen=True)
class Shown:
    """A batch some of whose ads show the old fact: how many, and the first of them."""

    batch: Batch
    ads: int
    first: Ad


def note_changes(product: Product, changes: Sequence[Changed]) -> None:
    """Book what reads otherwise now; a fact put back to what it was leaves nothing to do."""
    for change in changes:
        FactChange.objects.filter(product=product, fact_id=change.fact_id).update(
            after=change.after, ordered_at=None, problem=""
        )
        FactChange.objects.filter(product=product, fact_id=change.fact_id, before=change.after).delete()
        if change.before and change.after:
            FactChange.objects.get_or_create(
                product=product, fact_id=change.fact_id, before=change.before, defaults={"after": change.after}
            )


def batches_showing(change: FactChange) -> list[Shown]:
    """Every batch of the product with ads that show the old words and may still go out, the newest first."""
    rows = Batch.objects.filter(brief__product=change.product, is_draft=False, created_at__lt=change.changed_at)
    found = []
    for batch in rows.select_related("brief").order_by("-created_at"):
        ads = ads_showing(batch, change).order_by("position", "version")
        first = ads.first()
        if first:
            found.append(Shown(batch, ads.count(), first))
    return found


def ads_showing(batch: Batch, change: FactChange) -> QuerySet[Ad]:
    """The ready ads of a batch that show the old words, whatever made them."""
    ready = Ad.objects.filter(batch=batch, state=Ad.State.READY, later_versions=None)
    singles = [ad.pk for ad in ready.exclude(plan={}) if _plan_shows(load(AdPlan, ad.plan), change)]
    shown = Q(pk__in=singles)
    if batch.is_bulk and batch.slot_plan:
        plan = load(SlotPlan, batch.slot_plan)
        rule = Rule(change.before, change.after, plan.language)
        if _says_old(plan, change.fact_id, rule):
            shown |= Q(plan={}) & choices_among(lines_showing(plan, change.fact_id))
        shown |= Q(plan={}) & _under_headlines(batch.headlines, plan, rule)
    return ready.filter(shown)


def _under_headlines(headlines: Sequence[str], plan: SlotPlan, rule: Rule) -> Q:
    """Bulk ads whose headline says the old words."""
    said = [at for at, headline in enumerate(headlines) if rule.apply(headline) != headline]
    if not said:
        return Q(pk=None)
    openings = [at for at in range(len(plan.slots[0].choices)) if headline_frames(plan, at)]
    turn = Mod(F("position"), Value(len(headlines)))
    return Q(pk__in=Ad.objects.annotate(turn=turn).filter(turn__in=said, choices__0__in=openings).values("pk"))


def _says_old(plan: SlotPlan, fact_id: str, rule: Rule) -> bool:
    """Whether the plan was made with the old words: its lines or cards would read otherwise."""
    shown = {plan.slots[slot].choices[choice].line: plan.slots[slot] for slot, choice in lines_showing(plan, fact_id)}
    texts = [pool.lines[line].text for line, pool in shown.items()]
    cards = [pool.lines[line].card for line, pool in shown.items()]
    return any(rule.apply(text) != text for text in texts) or any(_card_changes(card, rule) for card in cards if card)


def choices_among(places: set[tuple[int, int]]) -> Q:
    """Bulk ads that have any of these (slot, choice)."""
    by_slot: dict[int, list[int]] = {}
    for slot, choice in sorted(places):
        by_slot.setdefault(slot, []).append(choice)
    found = Q(pk=None)
    for slot, choices in by_slot.items():
        found |= Q(**{f"choices__{slot}__in": choices})
    return found


def _plan_shows(plan: AdPlan, change: FactChange) -> bool:
    rule = Rule(change.before, change.after, plan.language)
    return rule.apply(plan.headline) != plan.headline or any(
        _slot_shows(slot, change.fact_id, rule) for slot in plan.slots
    )


def _slot_shows(slot: PlannedSlot, fact_id: str, rule: Rule) -> bool:
    says = fact_id in slot.fact_ids and rule.apply(slot.line) != slot.line
    return says or any(shot.card and _card_changes(shot.card, rule) for shot in slot.shots)


def _card_changes(card: CardPlan, rule: Rule) -> bool:
    return _changed_card(card, rule) != card


def order_remakes(change: FactChange) -> None:
    """Have every ad that shows the old words made again, in the background."""
    FactChange.objects.filter(pk=change.pk).update(ordered_at=timezone.now(), problem="")
    transaction.on_commit(lambda: send(TASK, [change.pk]))


def make_all_again(change_id: int) -> None:
    """Order the successors batch by batch. Safe to hear twice: what was ordered shows the old words no more."""
    change = FactChange.objects.select_related("product__advertiser").filter(pk=change_id).first()
    if change is None:
        return
    problems = []
    for shown in batches_showing(change):
        try:
            make_again(shown.batch, change)
        except TerminalError as error:
            problems.append(f"{shown.batch.brief.title}: {error}")
    FactChange.objects.filter(pk=change.pk).update(problem="\n".join(problems))


@transaction.atomic
def make_again(batch: Batch, change: FactChange) -> Batch:
    """Order every ad of `batch` that shows the old words anew; returns the batch they come in.

    A bulk batch gets a successor with the same mixes; single ads get a next version. The
    batch's brief says the new words already. Raises InputError naming the first line that
    says the fact in words of its own, or that gets too long for its slot.
    """
    showing = list(ads_showing(batch, change).order_by("position"))
    if not showing:
        raise InputError("ads", f"none of this batch shows {change.before} any more")
    bulk = [ad for ad in showing if not ad.plan]
    singles = [ad for ad in showing if ad.plan]
    made = _bulk_again(batch, bulk, change) if bulk else batch
    if singles:
        _singles_again(batch, singles, change)
    Ad.objects.filter(pk__in=[ad.pk for ad in showing]).update(state=Ad.State.HELD, held_reason=OUTDATED)
    detail = {"fact": change.fact_id, "before": change.before, "after": change.after, "ads": len(showing)}
    BatchEvent.objects.create(batch=batch, what="made again", detail=detail)
    transaction.on_commit(lambda: live.tell_batch(batch))
    return made


def _bulk_again(batch: Batch, showing: Sequence[Ad], change: FactChange) -> Batch:
    plan = load(SlotPlan, batch.slot_plan)
    fact = (change.fact_id, change.before, change.after)
    words = lines_changed(plan, *fact)
    takes = {
        place: generation.speak_line(text, plan.language, advertiser=batch.advertiser) for place, text in words.items()
    }
    spoken = {place: as_spoken(take) for place, take in takes.items()}
    again = Batch.objects.create(
        advertiser=batch.advertiser,
        brief=batch.brief,
        script=batch.script,
        script_ids=batch.script_ids,
        pick=batch.pick,
        is_bulk=True,
        policy=batch.policy,
        slot_plan=dump(with_fact_changed(plan, *fact, spoken)),
        figures={"makes_again": [str(ad.pk) for ad in showing]},
        folder=batch.folder,
        requested=len(showing),
        seed=batch.seed,
        canvas=batch.canvas,
        transition=batch.transition,
        headlines=[Rule(change.before, change.after, plan.language).apply(each) for each in batch.headlines],
    )
    made = batch.events.filter(what=GENERATED).first()
    if made is not None:
        BatchEvent.objects.create(batch=again, what=GENERATED, detail=made.detail)
    transaction.on_commit(lambda: send_plan(again))
    return again


def _singles_again(batch: Batch, showing: Sequence[Ad], change: FactChange) -> None:
    data = brief_data(batch.brief)
    plans = [changed_plan(load(AdPlan, ad.plan), change, batch.advertiser) for ad in showing]
    shots = shots_of(batch, plans)
    for ad, plan in zip(showing, plans, strict=True):
        order_ad(next_version(ad), plan, data, shot_sources(shots, parse_canvas(plan.canvas)))
    reopen_batch(batch)


def changed_plan(plan: AdPlan, change: FactChange, advertiser: Advertiser) -> AdPlan:
    """An ad's plan with the fact changed in its lines and cards; slots keep their frames."""
    rule = Rule(change.before, change.after, plan.language)
    slots = tuple(_changed_slot(slot, plan, change.fact_id, rule, advertiser) for slot in plan.slots)
    return replace(plan, slots=slots, headline=rule.apply(plan.headline))


def _changed_slot(slot: PlannedSlot, plan: AdPlan, fact_id: str, rule: Rule, advertiser: Advertiser) -> PlannedSlot:
    shots = tuple(replace(shot, card=_changed_card(shot.card, rule)) if shot.card else shot for shot in slot.shots)
    line = rule.apply(slot.line) if fact_id in slot.fact_ids else slot.line
    if line == slot.line:
        return replace(slot, shots=shots)
    take = as_spoken(generation.speak_line(line, plan.language, advertiser=advertiser))
    if slot_frames(slot.role, take.seconds) > slot.frames:
        raise InputError(line, "takes longer to say than its slot lasts; say it in fewer words")
    if is_presented(slot):
        shots = (said_by_card(line, plan.language, slot.frames),)
    emphasis = tuple(map(rule.apply, slot.emphasis))
    return replace(slot, line=line, shots=shots, emphasis=emphasis, voice=take)


def _changed_card(card: CardPlan, rule: Rule) -> CardPlan:
    return replace(card, texts=tuple(map(rule.apply, card.texts)), price=rule.apply(card.price))
