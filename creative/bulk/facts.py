"""Which choices of a slot plan show a fact, and the plan with that fact changed. Pure.

The price sticker is no part of a plan: it follows the brief. A choice that wears it counts as showing the price.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.errors import InputError
from core.phrases import split_phrases
from creative.bulk.contracts import BulkLine, Choice, SlotPlan, SlotPool, Stretch
from creative.bulk.fact_changes import FactChange
from creative.contracts import CardPlan, SpokenTake
from creative.generating.gaps import is_presented, said_by_card
from creative.storyboard import slot_frames

Place = tuple[int, int]
"""Slot and line, or slot and choice, from 0."""


def lines_showing(plan: SlotPlan, fact_id: str) -> set[Place]:
    """(slot, choice) of every choice whose line, sticker or card shows the fact."""
    return {
        (at, number)
        for at, pool in enumerate(plan.slots)
        for number, choice in enumerate(pool.choices)
        if _shows(pool, choice, fact_id)
    }


def _shows(pool: SlotPool, choice: Choice, fact_id: str) -> bool:
    line = pool.lines[choice.line]
    cards = [shot.card for shot in choice.shots if shot.card]
    wears_sticker = pool.role == "offer" and "price" in line.fact_ids and not cards
    on_sticker = wears_sticker and line.card is not None and _on_card(line.card, fact_id)
    return fact_id in line.fact_ids or on_sticker or any(_on_card(card, fact_id) for card in cards)


def _on_card(card: CardPlan, fact_id: str) -> bool:
    """What a kind of card shows besides its line's own facts: see `creative.planning.card_for`."""
    if fact_id == "price":
        return bool(card.price)
    places = {"end": ("name", "cta", "link"), "price": ("name", "offer"), "fact": ("", "name")}.get(card.card, ())
    return any(name == fact_id and text for name, text in zip(places, card.texts, strict=False))


def lines_changed(plan: SlotPlan, fact_id: str, old_text: str, new_text: str) -> dict[Place, str]:
    """The new words of every line that says the fact, by (slot, line): what has to be spoken again.

    InputError names a line that says it in words that hold neither the old text nor its numbers.
    """
    change = FactChange(old_text, new_text, plan.language)
    found: dict[Place, str] = {}
    for at, pool in enumerate(plan.slots):
        for number, line in enumerate(pool.lines):
            if fact_id not in line.fact_ids:
                continue
            words = change.apply(line.text)
            if words == line.text:
                raise InputError(line.text, f"says {old_text} in other words; write this line anew")
            found[at, number] = words
    return found


def with_fact_changed(
    plan: SlotPlan, fact_id: str, old_text: str, new_text: str, spoken: Mapping[Place, SpokenTake]
) -> SlotPlan:
    """The plan with the fact changed in exactly the lines and cards that show it; slots keep their frames.

    `spoken` has the take of each of `lines_changed`. InputError names a line that has none, or whose take is too
    long for its slot.
    """
    change = FactChange(old_text, new_text, plan.language)
    words = lines_changed(plan, fact_id, old_text, new_text)
    slots = []
    for at, pool in enumerate(plan.slots):
        lines = tuple(
            _line(plan, pool, line, words.get((at, number)), fact_id, change, spoken.get((at, number)))
            for number, line in enumerate(pool.lines)
        )
        choices = tuple(_choice(plan, each, pool.lines[each.line], lines[each.line]) for each in pool.choices)
        slots.append(replace(pool, lines=lines, choices=choices))
    return replace(plan, slots=tuple(slots))


def _line(
    plan: SlotPlan,
    pool: SlotPool,
    line: BulkLine,
    words: str | None,
    fact_id: str,
    change: FactChange,
    take: SpokenTake | None,
) -> BulkLine:
    if words is None:
        return replace(line, card=_card(line.card, line, fact_id, change))
    if take is None and line.voice is not None:
        raise InputError(words, "has to be spoken before it can stand in its slot")
    if take is not None and slot_frames(pool.role, take.seconds) > pool.frames:
        needed = slot_frames(pool.role, take.seconds)
        raise InputError(words, f"takes {needed} frames and its slot has {pool.frames}; say it in fewer words")
    emphasis = tuple(change.apply(text) for text in line.emphasis)
    changed = replace(line, text=words, emphasis=emphasis, voice=take)
    return replace(changed, card=_card(line.card, changed, fact_id, change, split_phrases(words, plan.language)))


def _card(
    card: CardPlan | None, line: BulkLine, fact_id: str, change: FactChange, phrases: tuple[str, ...] = ()
) -> CardPlan | None:
    """The card with the change; a kinetic card shows the line's own phrases."""
    if card is None or not (fact_id in line.fact_ids or _on_card(card, fact_id)):
        return card
    if card.card == "kinetic":
        return replace(card, texts=phrases or card.texts)
    return replace(card, texts=tuple(map(change.apply, card.texts)), price=change.apply(card.price))


def _choice(plan: SlotPlan, choice: Choice, before: BulkLine, line: BulkLine) -> Choice:
    """Cards among the shots are cards of the choice's line; where a presenter said the old words, the new ones show."""
    if is_presented(choice) and line.text != before.text:
        frames = sum(shot.frames for shot in choice.shots)
        said = said_by_card(line.text, plan.language, frames)
        return replace(choice, shots=(said,), stretches=(Stretch(said.source, 0, frames, ""),))
    shots = tuple(replace(shot, card=line.card) if shot.card else shot for shot in choice.shots)
    return replace(choice, shots=shots)
