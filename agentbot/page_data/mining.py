"""Questions that people of ours answered, as articles to be: masked, alike ones together, known ones left out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from agentbot.models import Message
from agentbot.pii import mask_text
from core.models import Advertiser, AdvertiserArticle

ANSWERS_READ = 200
SHOWN = 12
ALIKE = 0.5
SHORTEST_ANSWER, SHORTEST_QUESTION = 8, 4


@dataclass(frozen=True)
class Mined:
    """A question with the newest answer to it; `key` is the same for the same question."""

    key: str
    question: str
    answer: str
    count: int


def mined_answers(advertiser: Advertiser, left_out: Collection[str] = ()) -> tuple[Mined, ...]:
    """The most asked first."""
    known = [
        _grams(title) for title in AdvertiserArticle.objects.for_advertiser(advertiser).values_list("title", flat=True)
    ]
    groups: list[tuple[set[str], list[tuple[str, str]]]] = []
    for question, answer in _pairs(advertiser):
        grams = _grams(question)
        if any(_alike(grams, each) for each in known):
            continue
        home = next((pairs for its_grams, pairs in groups if _alike(grams, its_grams)), None)
        if home is None:
            groups.append((grams, [(question, answer)]))
        else:
            home.append((question, answer))
    found = [Mined(_key(pairs[0][0]), *pairs[0], len(pairs)) for _grams_of, pairs in groups]
    shown = [each for each in found if each.key not in left_out]
    return tuple(sorted(shown, key=lambda each: -each.count)[:SHOWN])


def _pairs(advertiser: Advertiser) -> list[tuple[str, str]]:
    """(question, answer), the newest first: what the visitor had said last before a person wrote."""
    before = Message.objects.filter(conversation=OuterRef("conversation"), seq__lt=OuterRef("seq"), direction="in")
    answers = Message.objects.for_advertiser(advertiser).filter(author="person", direction="out")
    rows = list(
        answers.annotate(asked=Subquery(before.order_by("-seq").values("pk")[:1]))
        .exclude(asked=None)
        .select_related("key")
        .order_by("-created_at")[:ANSWERS_READ]
    )
    asked = Message.objects.select_related("key").in_bulk([row.asked for row in rows])
    pairs = ((mask_text(asked[row.asked].text).strip(), mask_text(row.text).strip()) for row in rows)
    return [
        (question[:200], answer)
        for question, answer in pairs
        if len(answer) >= SHORTEST_ANSWER and len(question) >= SHORTEST_QUESTION and "*" not in question + answer
    ]


def _grams(text: str) -> set[str]:
    bare = re.sub(r"[\W_]+", "", text.lower())
    return {bare[at : at + 2] for at in range(len(bare) - 1)} or {bare}


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) / len(one | other) >= ALIKE


def _key(question: str) -> str:
    return hashlib.sha256(question.encode()).hexdigest()[:12]
