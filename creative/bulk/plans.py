"""From a mix to an ad's plan, the same as the planner of single ads would give. Pure."""

from __future__ import annotations

from dataclasses import replace

from creative.bulk.contracts import Choice, Mix, SlotPlan, SlotPool
from creative.bulk.pairs import fading_after
from creative.bulk.spans import PictureSpan, headline_frames
from creative.contracts import AdPlan, PlannedSlot, SlotNeed
from creative.headlines import with_headline
from creative.planning import degraded_of, end_cards
from generation.contracts import PAIRED


def ad_plan(plan: SlotPlan, mix: Mix, canvas: str, seed: int, headline: str = "") -> AdPlan:
    """The ad of `mix`. `seed` is one for the whole slot plan: a choice's cards move alike in every ad."""
    pairs = zip(plan.slots, mix.choices, strict=True)
    slots = tuple(planned_slot(pool, pool.choices[number]) for pool, number in pairs)
    tune = plan.tunes[mix.tune] if mix.tune >= 0 else None
    ad = AdPlan(
        slots=slots,
        language=plan.language,
        canvas=canvas,
        music_path=tune.path if tune else "",
        music_sha256=tune.sha256 if tune else "",
        music_name=tune.name if tune else "",
        seed=seed,
        degraded=degraded_of(_base(plan), slots, closing_cards(plan)),
        transition=plan.transition,
        transition_at=fading_after(plan, mix) if plan.transition in PAIRED else None,
    )
    return with_headline(ad, headline, headline_frames(plan, mix.choices[0])) if headline else ad


def choice_plan(plan: SlotPlan, slot: int, choice: int, canvas: str, seed: int) -> AdPlan:
    """An ad with `choice` in `slot`, each other slot's first choice and no music: what a stem is cut out of.

    It fades wherever any ad does: a slot sounds the same whatever it is paired with.
    """
    choices = tuple(choice if at == slot else 0 for at in range(len(plan.slots)))
    ad = ad_plan(plan, Mix(choices), canvas, seed)
    return replace(ad, transition_at=tuple(each.after_slot for each in plan.pairs)) if plan.pairs else ad


def span_plan(plan: SlotPlan, span: PictureSpan, canvas: str, seed: int) -> AdPlan:
    """The like for a span's picture: a pair has its neighbour beside it, an opening its headline."""
    ad = choice_plan(plan, span.slot, span.choice, canvas, seed)
    if span.with_next >= 0:
        after = planned_slot(plan.slots[span.slot + 1], plan.slots[span.slot + 1].choices[span.with_next])
        ad = replace(ad, slots=(*ad.slots[: span.slot + 1], after, *ad.slots[span.slot + 2 :]))
        return replace(ad, transition_at=(span.slot,))
    ad = replace(ad, transition_at=()) if plan.pairs else ad
    return with_headline(ad, span.headline, span.last) if span.headline else ad


def planned_slot(pool: SlotPool, choice: Choice) -> PlannedSlot:
    """A slot with one of its choices."""
    line = pool.lines[choice.line]
    return PlannedSlot(pool.role, line.text, line.fact_ids, line.emphasis, pool.frames, choice.shots, line.voice)


def closing_cards(plan: SlotPlan) -> frozenset[int]:
    """Slots whose card is no stand-in: the closing, where an end card is part of the design."""
    needs = [SlotNeed(at, slot.role, "", (), slot.frames, 0.0) for at, slot in enumerate(plan.slots)]
    return end_cards(needs)


def _base(plan: SlotPlan) -> tuple[str, ...]:
    """What script and voice lack; what the clips lack shows in the ad itself."""
    return tuple(each for each in plan.degraded if not each.startswith("clip"))
