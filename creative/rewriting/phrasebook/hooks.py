"""All hooks a brief can open with, in an order of its own, so that each script takes another one."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

from creative.contracts import BriefData, SlotBudget
from creative.rewriting.phrasebook.fitting import Book, Option
from creative.rewriting.phrasebook.joining import join_clauses
from creative.rewriting.phrasebook.phrases import CategoryPhrases, GeneralPhrases, Phrase

ENOUGH = 64
"""So many scripts of one brief open differently even in a slot that few hooks fit."""


def order_of(brief: BriefData) -> random.Random:
    """A generator that depends on the brief's product alone: the same brief, the same order of hooks."""
    name = f"{brief.product.name}|{brief.product.category}|{brief.language}"
    return random.Random(hashlib.sha256(name.encode()).hexdigest())


def fitting_hooks(
    brief: BriefData, book: Book, general: GeneralPhrases, category: CategoryPhrases, budget: SlotBudget
) -> list[Option]:
    """Every hook that fits the slot, whole ones and moment-with-turn ones mixed; neighbours share nothing."""
    fitting: list[Option] = []
    spare: list[Option] = []
    for text, uses in _all_hooks(brief, book, general, category):
        seconds = book.measure(text)
        option = Option(text, seconds, uses, abs(seconds - budget.seconds))
        if budget.min_seconds <= seconds <= budget.max_seconds:
            fitting.append(option)
        else:
            spare.append(option)
    if len(fitting) < ENOUGH:
        fitting += sorted(spare, key=lambda option: option.off)[: ENOUGH - len(fitting)]
    return fitting


def _any_style(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Hooks go round all styles: if each style kept its own list, two styles could open alike."""
    return tuple(Phrase(phrase.text) for phrase in phrases)


def _all_hooks(
    brief: BriefData, book: Book, general: GeneralPhrases, category: CategoryPhrases
) -> Iterator[tuple[str, tuple[str, ...]]]:
    neutral = Book(book.product, book.style, order_of(brief))
    whole = neutral.pick(_any_style((*category.hooks, *general.hooks)))
    moments = neutral.pick(category.situations)
    turns = neutral.pick(_any_style(general.turns))
    total = len(moments) * len(turns)
    for place in range(max(len(whole) * 2, total)):
        if place < total:
            moment = moments[place % len(moments)]
            turn = turns[(place // len(moments) + place % len(moments)) % len(turns)]
            yield join_clauses(book.language, moment[0], turn[0]), (moment[1], turn[1])
        if place % 2 == 0 and place // 2 < len(whole):
            yield join_clauses(book.language, whole[place // 2][0]), (whole[place // 2][1],)
