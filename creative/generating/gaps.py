"""Which slots of an ad footage serves worst, and where a presenter speaks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from creative.bulk.contracts import Choice
from creative.contracts import AdPlan, PlannedShot, PlannedSlot, SlotNeed
from creative.planning import degraded_after, words_card

PRESENTER = "presenter"
"""Stands under `why` of a presenter's shot."""


@dataclass(frozen=True)
class Pins:
    """Clips made for certain slots.

    `presented` are a presenter's by (SHA-256 of the voice, frames): lips that fit one line fit no other.
    `generated` are by (line, frames).
    """

    presented: dict[tuple[str, int], PlannedShot]
    generated: dict[tuple[str, int], PlannedShot]


def is_presented(slot: PlannedSlot | Choice) -> bool:
    """Whether a presenter speaks in it."""
    return any(PRESENTER in shot.why for shot in slot.shots)


def said_by_card(line: str, language: str, frames: int) -> PlannedShot:
    """What shows where a presenter spoke other words: lips fit the line they were made for and no other."""
    card = words_card(line, language)
    return PlannedShot(f"card:{card.card}", frames, card=card)


def weakest_slots(
    needs: Sequence[SlotNeed], plan: AdPlan, by_design: AbstractSet[int], count: int
) -> tuple[SlotNeed, ...]:
    """At most `count` slots in order, those that footage serves worst in a trial `plan`: cards that stand in
    first, then the shots that fit least. Slots that are cards by design stay cards."""
    open_slots = [need for need in needs if need.position not in by_design]
    chosen = sorted(open_slots, key=lambda need: (_fit(plan.slots[need.position]), need.position))[:count]
    return tuple(sorted(chosen, key=lambda need: need.position))


def _fit(slot: PlannedSlot) -> float:
    return min(-1.0 if shot.card else shot.score for shot in slot.shots)


def pinned(plans: Sequence[AdPlan], pins: Pins, scripts: int) -> list[AdPlan]:
    """The plans with clips where they were made for.

    A presenter is seen wherever that voice is heard. A generated clip shows in the first ad of each of
    the `scripts`, which take turns; in later ones only instead of a card, so that they do not all look alike.
    """
    return [_with_pins(plan, pins, at < scripts) for at, plan in enumerate(plans)]


def _with_pins(plan: AdPlan, pins: Pins, is_first: bool) -> AdPlan:
    slots = tuple(_pinned(slot, pins, is_first) for slot in plan.slots)
    return plan if slots == plan.slots else replace(plan, slots=slots, degraded=degraded_after(plan, slots))


def _pinned(slot: PlannedSlot, pins: Pins, is_first: bool) -> PlannedSlot:
    shot = pins.presented.get((slot.voice.sha256, slot.frames)) if slot.voice else None
    if shot is None and (is_first or any(each.card for each in slot.shots)):
        shot = pins.generated.get((slot.line, slot.frames))
    return replace(slot, shots=(shot,)) if shot else slot
