"""All hooks a brief can open with, in an order of its own, so that each script takes another one."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

from creative.contracts import BriefData, SlotBudget
from creative.rewriting.lengths import slot_seconds
from creative.rewriting.phrasebook.fitting import Book, Option
from creative.rewriting.phrasebook.joining import join_clauses
from creative.rewriting.phrasebook.phrases import GeneralPhrases, Phrase
from creative.rewriting.phrasebook.product import Sayable
from creative.rewriting.phrasebook.shapes import STRONG, fact_rank
from creative.rewriting.phrasebook.stories import Chosen, answering, story_use

ENOUGH = 48
"""So many scripts of one brief open differently even in a slot that few hooks fit."""
_GENERAL_EVERY = 9
"""One hook in so many speaks of choosing such a thing at all, not of a moment with it."""

Hook = tuple[str, tuple[str, ...]]
"""A hook and what it uses up: its phrases, its story, its fact."""


def order_of(brief: BriefData) -> random.Random:
    """A generator that depends on the brief's product alone: the same brief, the same order of hooks."""
    name = f"{brief.product.name}|{brief.product.category}|{brief.language}"
    return random.Random(hashlib.sha256(name.encode()).hexdigest())


def fitting_hooks(
    brief: BriefData, book: Book, general: GeneralPhrases, stories: tuple[Chosen, ...], budget: SlotBudget
) -> list[Option]:
    """Every hook that fits the slot without growing it, the product's own stories in turn; then the nearest others."""
    fitting: list[Option] = []
    spare: list[Option] = []
    room = slot_seconds(budget.seconds) + 1e-6
    for text, uses in _all_hooks(brief, book, general, stories):
        seconds = book.measure(text)
        option = Option(text, seconds, uses, abs(seconds - budget.seconds))
        fits = budget.min_seconds <= seconds <= budget.max_seconds and slot_seconds(seconds) <= room
        (fitting if fits else spare).append(option)
    if len(fitting) < ENOUGH:
        fitting += sorted(spare, key=lambda option: option.off)[: ENOUGH - len(fitting)]
    return fitting


def _all_hooks(brief: BriefData, book: Book, general: GeneralPhrases, stories: tuple[Chosen, ...]) -> Iterator[Hook]:
    """Stories in turn, the fitting ones more often, a fact between them, now and then one of choosing at all."""
    order = order_of(brief)
    neutral = Book(book.product, book.style, order)
    queues = [(each.every, _of_story(neutral, general, each)) for each in stories]
    facts = _of_facts(neutral, general, stories)
    others = [] if any(each.is_general for each in stories) else _general(neutral, general)
    seen: set[str] = set()
    for text, uses in _in_turn(queues, facts, others):
        if text not in seen:
            seen.add(text)
            yield text, uses


def _in_turn(queues: list[tuple[int, list[Hook]]], facts: list[Hook], others: list[Hook]) -> Iterator[Hook]:
    count = turn = 0
    while any(queue for _, queue in queues):
        for every, queue in queues:
            if queue and (turn % every == 0 or not any(left for step, left in queues if step < every)):
                yield queue.pop()
                count += 1
                if others and count % _GENERAL_EVERY == 0:
                    yield others.pop()
        if facts and turn % 2 == 0:
            yield facts.pop()
        turn += 1
    yield from facts


def _of_story(book: Book, general: GeneralPhrases, chosen: Chosen) -> list[Hook]:
    """A story's own openings and its scenes in every form, mixed: every third calls the viewer."""
    use = story_use(chosen.story)
    story = chosen.story
    own: list[Hook] = [(text, (phrase, use)) for text, phrase in book.pick(story.hooks)]
    made: list[Hook] = []
    for scene, scene_phrase in book.pick(story.scenes):
        forms = [Phrase(form.text.replace("{s}", scene)) for form in general.scene_hooks]
        made += [(text, (scene_phrase, use)) for text, _ in book.pick(forms)]
    book.rng.shuffle(made)
    who = book.product.fields.get("who", "")
    calling = [hook for hook in made if who and who.lower() in hook[0].lower()]
    plain = [hook for hook in made if hook not in calling]
    mixed = _weave([own, calling, plain])
    return [(join_clauses(book.language, text), uses) for text, uses in reversed(mixed)]


def _weave(queues: list[list[Hook]]) -> list[Hook]:
    longest = max((len(queue) for queue in queues), default=0)
    return [queue[place] for place in range(longest) for queue in queues if place < len(queue)]


def _of_facts(book: Book, general: GeneralPhrases, stories: tuple[Chosen, ...]) -> list[Hook]:
    """Openings that name what the product is made of or how, one fact each."""
    strong = [fact for fact in book.product.facts if _opens(fact, book)]
    found: list[Hook] = []
    for fact in strong:
        said = fact.text if book.language == "zh-CN" else fact.text[:1].upper() + fact.text[1:]
        told = [story_use(each.story) for each in stories if answering(each.story, [fact], book.product)]
        for form in general.fact_hooks:
            inner = said if form.text.startswith("{fact}") else fact.text
            filled = book.product.fill(Phrase(form.text.replace("{fact}", inner)))
            if filled:
                found.append((join_clauses(book.language, filled), ("fact:" + fact.text, *told[:1])))
    book.rng.shuffle(found)
    return found


def _opens(fact: Sayable, book: Book) -> bool:
    short = len(fact.text) <= (12 if book.language == "zh-CN" else 34)
    return (
        short and fact_rank(fact.text, book.language) == STRONG and not any(mark in fact.text for mark in "，,。.的{}")
    )


def _general(book: Book, general: GeneralPhrases) -> list[Hook]:
    """Hooks on choosing such a thing; what bothers the viewer then comes from the category's own stories."""
    named = [hook for story in general.stories for hook in story.hooks if "{kind}" in hook.text]
    hooks = [(text, (phrase,)) for text, phrase in book.pick(named)]
    book.rng.shuffle(hooks)
    return [(join_clauses(book.language, text), uses) for text, uses in hooks]
