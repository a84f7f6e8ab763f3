"""From a mix to an ad's plan, the same as the planner of single ads would give. Pure."""

from __future__ import annotations

from creative.bulk.contracts import Choice, Mix, SlotPlan, SlotPool
from creative.contracts import AdPlan, PlannedSlot, SlotNeed
from creative.planning import degraded_of, end_cards


def ad_plan(plan: SlotPlan, mix: Mix, canvas: str, seed: int) -> AdPlan:
    """The ad of `mix`. `seed` is one for the whole slot plan: a choice's cards move alike in every ad."""
    pairs = zip(plan.slots, mix.choices, strict=True)
    slots = tuple(planned_slot(pool, pool.choices[number]) for pool, number in pairs)
    tune = plan.tunes[mix.tune] if mix.tune >= 0 else None
    return AdPlan(
        slots=slots,
        language=plan.language,
        canvas=canvas,
        music_path=tune.path if tune else "",
        music_sha256=tune.sha256 if tune else "",
        music_name=tune.name if tune else "",
        seed=seed,
        degraded=degraded_of(_base(plan), slots, closing_cards(plan)),
        transition=plan.transition,
    )


def choice_plan(plan: SlotPlan, slot: int, choice: int, canvas: str, seed: int) -> AdPlan:
    """An ad with `choice` in `slot`, each other slot's first choice and no music: what a segment is cut out of."""
    choices = tuple(choice if at == slot else 0 for at in range(len(plan.slots)))
    return ad_plan(plan, Mix(choices), canvas, seed)


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
