"""Answers for another room of the house: one question, what approved knowledge says to it, nothing else.

No turn, no lead, no small talk: a host on air asks for a sentence that the advertiser approves of.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from agentbot import guards
from agentbot.agents.expert import SURE
from agentbot.contracts import Article, Knowledge
from agentbot.knowledge import find_prices, index_for, price_text, valid_prices
from agentbot.knowledge.terms import groups
from agentbot.language import full_width_marks
from agentbot.turns.knowledge import READ, knowledge_of_row
from core.contracts import Fact, Language

TRADE = "retail"
"""Whose words hold for a product in a live room."""


MOST_PRICES = 3


@dataclass(frozen=True)
class ApprovedAnswer:
    """`text` quotes approved articles and prices in force; `sources` are their ids."""

    text: str
    sources: tuple[str, ...]


def knowledge_of(advertiser: uuid.UUID) -> Knowledge:
    """What the advertiser approves of being said, read now; LookupError when there is no such advertiser."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [advertiser])
        found = cursor.fetchone()
        names = [column.name for column in cursor.description or ()]
    if found is None:
        raise LookupError(f"advertiser {advertiser} is gone")
    return knowledge_of_row(dict(zip(names, found, strict=True)))


def knowledge_from_facts(name: str, facts: Sequence[Fact], language: Language) -> Knowledge:
    """A product's facts as knowledge to quote from, for a room without an advertiser in the books."""
    articles = tuple(Article(fact.id, name, fact.text) for fact in facts if fact.id not in ("name", "link", "cta"))
    version = hashlib.sha256(repr((name, facts, language)).encode()).hexdigest()[:16]
    return Knowledge(f"facts:{version}", name, language, TRADE, articles, version=version)


def approved_answer(knowledge: Knowledge, question: str, today: dt.date) -> ApprovedAnswer | None:
    """What approved knowledge answers to `question`, in its own words, or None where it does not quite.

    A sentence of an article that meets most of the question and has every word of it, or the prices in force of
    what the question names.
    """
    found = _priced(knowledge, question, today) or _quoted(knowledge, question)
    return None if found is None or guards.check(found.text, knowledge, found.sources, today) else found


def _priced(knowledge: Knowledge, question: str, today: dt.date) -> ApprovedAnswer | None:
    pack = index_for(knowledge).pack
    if "price" not in groups(question, pack):
        return None
    answer = find_prices(question, (), knowledge.prices, pack, today)
    if not answer.is_named or not 0 < len(answer.facts) <= MOST_PRICES:
        return None
    is_zh = knowledge.language == "zh-CN"
    each = [f"{fact.item}{'是 ' if is_zh else ' is '}{price_text(fact, knowledge.language)}" for fact in answer.facts]
    text = ("，" if is_zh else ", ").join(each) + ("。" if is_zh else ".")
    return ApprovedAnswer(text, tuple(fact.id for fact in answer.facts))


def _quoted(knowledge: Knowledge, question: str) -> ApprovedAnswer | None:
    found = next(iter(index_for(knowledge).find(question, limit=1)), None)
    if found is None or found.score < SURE or found.strange:
        return None
    text = full_width_marks(found.sentence.text).strip()
    end = "。" if knowledge.language == "zh-CN" else "."
    return ApprovedAnswer(text if text.endswith((*"。！？.!?",)) else text + end, (found.chunk.article,))


def approved_texts(knowledge: Knowledge, question: str, today: dt.date, limit: int = 6) -> tuple[Fact, ...]:
    """What a model may quote for `question`: sentences round it, then prices in force, each under its id."""
    index = index_for(knowledge)
    texts: dict[str, str] = {}
    for found in index.find(question, limit=limit, is_strict=False):
        texts.setdefault(found.chunk.article, " ".join(each.text for each in found.chunk.sentences))
    for article in knowledge.articles:
        if len(texts) >= limit:
            break
        texts.setdefault(article.id, article.text[:300])
    prices = valid_prices(knowledge.prices, today)[:limit]
    texts |= {price.id: f"{price.item}: {price_text(price, knowledge.language)}" for price in prices}
    return tuple(Fact(key, text) for key, text in texts.items())


def faults(text: str, knowledge: Knowledge, today: dt.date) -> tuple[str, ...]:
    """What is wrong with a text a model wrote, held against all that is approved; () where all is well."""
    sources = [*(article.id for article in knowledge.articles), *(price.id for price in knowledge.prices)]
    return guards.check(text, knowledge, sources, today, by_model=True)
