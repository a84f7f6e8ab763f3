"""Which small stories fit a brief's product, and how well."""

from __future__ import annotations

from dataclasses import dataclass

from creative.rewriting.phrasebook.phrases import CategoryPhrases, GeneralPhrases, Story
from creative.rewriting.phrasebook.product import Product, Sayable
from creative.rewriting.phrasebook.shapes import FEATURE, STRONG, fact_rank

_MOST_EVERY = 4
_FEW = 3
"""With fewer strong facts than this, what is easy about the product takes turns with them."""


@dataclass(frozen=True)
class Chosen:
    """A story a script may tell; it comes round in one turn of `every`."""

    story: Story
    every: int
    is_general: bool = False


def story_use(story: Story) -> str:
    """The story as a script notes that it tells it."""
    return "story:" + story.key


def stories_for(product: Product, general: GeneralPhrases, category: CategoryPhrases) -> tuple[Chosen, ...]:
    """The stories this product can be in, the nearest first; the general ones where its category is unknown."""
    if not product.is_known:
        return tuple(Chosen(story, 1, True) for story in general.stories)
    weighed = [(_weight(story, product), story) for story in category.stories if _passes(story, product)]
    near = [each for each in weighed if each[0] > 0]
    kept = sorted(near if len(near) >= 3 else weighed, key=lambda each: -each[0])
    if len(kept) < 2:
        kept += [(0, story) for story in general.stories]
    return tuple(Chosen(story, _MOST_EVERY - weight) for weight, story in kept)


def answering(story: Story | None, facts: list[Sayable], product: Product) -> list[Sayable]:
    """The facts that say how this product answers the story; parcels and returns answer nothing."""
    if story is None or story.answers is None:
        return []
    answers = story.answers
    return [
        fact
        for fact in facts
        if answers.search(fact.text) and fact_rank(fact.text, product.language) in (STRONG, FEATURE)
    ]


def _passes(story: Story, product: Product) -> bool:
    return story.gate is None or story.gate.search(product.subject) is not None


def _weight(story: Story, product: Product) -> int:
    return 2 * (story.gate is not None) + bool(answering(story, list(product.facts), product))


def ranked_facts(product: Product, turn: int) -> list[Sayable]:
    """Strong facts first, of equal ones another one first each turn, so that several scripts tell several things."""
    by_rank: dict[int, list[Sayable]] = {}
    for fact in product.facts:
        by_rank.setdefault(fact_rank(fact.text, product.language), []).append(fact)
    if len(by_rank.get(STRONG, [])) < _FEW:
        by_rank[STRONG] = [*by_rank.get(STRONG, []), *by_rank.pop(FEATURE, [])]
    turned: list[Sayable] = []
    for rank in sorted(by_rank):
        facts = by_rank[rank]
        start = turn % max(1, len(facts))
        turned += [*facts[start:], *facts[:start]]
    return turned
