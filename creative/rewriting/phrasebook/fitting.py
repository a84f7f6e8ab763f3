"""Choosing words round a core so that the line takes as long to say as its slot has room for."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from core.contracts import Language
from creative.contracts import SlotBudget
from creative.rewriting.lengths import estimate_seconds, slot_seconds
from creative.rewriting.originality import units
from creative.rewriting.phrasebook.joining import join_clauses
from creative.rewriting.phrasebook.phrases import Phrase, Style
from creative.rewriting.phrasebook.product import Product

_JOIN_SECONDS = {"zh-CN": 0.155, "en": 0.25}
_NEAR = 0.2
_TRIES = 90
_NEAREST = 24
_GROWING = 0.3
"""What a line that makes its slot longer costs it against one that does not, in seconds off."""


@dataclass(frozen=True)
class Option:
    """One way to say a line: its text, spoken length, and the phrases it uses up."""

    text: str
    seconds: float
    uses: tuple[str, ...] = ()
    off: float = 0.0


@dataclass
class Room:
    """How long the next line should be, given how the lines before it came out.

    `carry` is what they left over (below zero: took too much), `slack` how much longer
    than its slots the ad may become, both in seconds.
    """

    budget: SlotBudget
    carry: float = 0.0
    slack: float = 0.0

    @property
    def target(self) -> float:
        owed = min(0.0, self.carry + self.slack)
        wanted = self.budget.seconds + min(0.45, max(-0.45, self.carry if self.carry > 0 else owed))
        return min(self.budget.max_seconds - 0.05, max(self.budget.min_seconds + 0.05, wanted))

    def holds(self, seconds: float) -> bool:
        return self.budget.min_seconds <= seconds <= self.budget.max_seconds

    def grows(self, seconds: float) -> bool:
        """Whether a line of this length makes the ad longer than the slots so far have room for."""
        return slot_seconds(seconds) > slot_seconds(self.budget.seconds) + self.carry + self.slack + 1e-6

    def spend(self, seconds: float) -> float:
        """What the next line has to make up for (positive: time left over)."""
        return self.carry + slot_seconds(self.budget.seconds) - slot_seconds(seconds)


@dataclass
class Book:
    """What the writer draws on for one script, and what it has used already."""

    product: Product
    style: Style
    rng: random.Random
    used: set[str] = field(default_factory=set)

    @property
    def language(self) -> Language:
        return self.product.language

    def pick(self, phrases: Iterable[Phrase]) -> list[tuple[str, str]]:
        """(filled text, phrase) of every phrase this style and brief can say and the script has not used, shuffled."""
        found: list[tuple[str, str]] = []
        for phrase in phrases:
            if phrase.style not in (None, self.style) or phrase.text in self.used:
                continue
            text = self.product.fill(phrase)
            if text is not None:
                found.append((text, phrase.text))
        self.rng.shuffle(found)
        return found

    def measure(self, text: str) -> float:
        return estimate_seconds(text, self.language)


@lru_cache(maxsize=16384)
def _seconds(text: str, language: Language) -> float:
    return estimate_seconds(text, language) + (_JOIN_SECONDS[language] if text else 0.0)


Parts = Sequence[tuple[str, str]]
Pair = tuple[tuple[str, str], tuple[str, str]]
_NOTHING: tuple[str, str] = ("", "")


def fit_line(
    book: Book,
    room: Room,
    cores: Sequence[tuple[str, tuple[str, ...]]],
    leads: Parts,
    tails: Parts,
    bare: bool = True,
    needs_lead: bool = False,
    needs_tail: bool = False,
) -> Option | None:
    """The best of (lead, core, tail) for the room: near its target at random, else the nearest; None without cores.

    `bare` allows a core alone; `needs_lead` and `needs_tail` insist on that part. Cores
    come in order of preference: an earlier one that fits is taken before a later one
    that fits better.
    """
    pairs = _pairs(book.rng, leads, tails, bare, needs_lead, needs_tail)
    best: Option | None = None
    for core, uses in cores:
        option = _fit_core(book, room, core, uses, pairs)
        if option and room.holds(option.seconds) and option.off <= _NEAR * 2.4:
            return option
        if option and (best is None or option.off < best.off):
            best = option
    return best


def _fit_core(book: Book, room: Room, core: str, uses: tuple[str, ...], pairs: Sequence[Pair]) -> Option | None:
    language, target = book.language, room.target
    own = _seconds(core, language) - _JOIN_SECONDS[language]
    near: list[tuple[float, tuple[str, str], tuple[str, str]]] = []
    found = 0
    for lead, tail in pairs:
        seconds = (
            own + (_seconds(lead[0], language) if lead[0] else 0.0) + (_seconds(tail[0], language) if tail[0] else 0.0)
        )
        near.append((abs(seconds - target), lead, tail))
        found += near[-1][0] <= _NEAR
        if found >= 4:
            break
    fitting = [each for each in near if each[0] <= _NEAR]
    for _, lead, tail in (*fitting, *sorted(near, key=lambda each: each[0])[:_NEAREST]):
        if echoes(language, lead[0], core, tail[0]):
            continue
        text = join_clauses(language, lead[0], core, tail[0])
        seconds = estimate_seconds(text, language)
        if text not in book.used:
            used = (*uses, *(part[1] for part in (lead, tail) if part[1]))
            return Option(text, seconds, used, abs(seconds - target) + (_GROWING if room.grows(seconds) else 0.0))
    return None


def echoes(language: Language, *clauses: str) -> bool:
    """Whether two clauses of a line say the same words: three characters in a row (zh), two words (en)."""
    size = 3 if language == "zh-CN" else 2
    seen: set[tuple[str, ...]] = set()
    for clause in clauses:
        said = units(clause, language)
        runs = {said[at : at + size] for at in range(len(said) - size + 1)}
        if runs & seen:
            return True
        seen |= runs
    return False


def _pairs(
    rng: random.Random, leads: Parts, tails: Parts, bare: bool, needs_lead: bool, needs_tail: bool
) -> list[Pair]:
    """Pairs to try, without repeating one: none, lead only, tail only and both, in mixed order."""
    every: list[Pair] = [] if needs_tail else [(lead, _NOTHING) for lead in leads]
    every += [] if needs_lead else [(_NOTHING, tail) for tail in tails]
    both = [(lead, tail) for lead in leads for tail in tails]
    every += rng.sample(both, _TRIES) if len(both) > _TRIES else both
    if bare:
        every += [(_NOTHING, _NOTHING)] * 3
    rng.shuffle(every)
    return every
