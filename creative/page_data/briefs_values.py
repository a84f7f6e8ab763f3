"""The brief's form as text: from a request, from a saved brief, to what the brief parser reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.http import QueryDict

from creative.contracts import BriefData

_FACT_PATH = re.compile(r"^product\.facts(?:\[|\.)(\d+)\]?(?:\.(\w+))?$")
_PRODUCT_FIELDS = ("name", "category", "price", "offer", "audience", "cta", "link")
_OTHER_FIELDS = ("language", "platform", "length_seconds", "tone", "need")
EMPTY_FACTS_SHOWN = 2


@dataclass(frozen=True)
class FactValues:
    """One row of facts as typed; `errors` by column."""

    id: str = ""
    text: str = ""
    evidence: str = ""
    valid_until: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.evidence or self.valid_until)


@dataclass(frozen=True)
class BriefValues:
    """Every field as typed."""

    name: str = ""
    category: str = ""
    price: str = ""
    offer: str = ""
    audience: str = ""
    cta: str = ""
    link: str = ""
    language: str = "zh-CN"
    platform: str = "douyin"
    length_seconds: str = "15"
    tone: str = ""
    need: str = ""
    facts: tuple[FactValues, ...] = ()

    def rows(self) -> list[FactValues]:
        """The facts and, when there are none, two empty rows to begin with."""
        return list(self.facts) or [FactValues() for _ in range(EMPTY_FACTS_SHOWN)]


def from_post(post: QueryDict) -> BriefValues:
    """What was typed; rows of facts left wholly empty are dropped."""
    columns = [post.getlist(f"fact-{name}") for name in ("id", "text", "evidence", "valid_until")]
    rows = [FactValues(*(value.strip() for value in row)) for row in zip(*columns, strict=False)]
    texts = {name: post.get(name, "").strip() for name in (*_PRODUCT_FIELDS, *_OTHER_FIELDS)}
    return BriefValues(**texts, facts=tuple(row for row in rows if not row.is_empty))


def from_brief(data: BriefData) -> BriefValues:
    """A saved or parsed brief as form fields."""
    product = data.product
    return BriefValues(
        name=product.name,
        category=product.category,
        price=product.price_text,
        offer=product.offer,
        audience=product.audience,
        cta=product.cta,
        link=product.link,
        language=data.language,
        platform=data.platform,
        length_seconds=f"{data.length_seconds:g}",
        tone=data.tone,
        need=data.need,
        facts=tuple(FactValues(fact.id, fact.text, fact.evidence, fact.valid_until) for fact in product.facts),
    )


def to_payload(values: BriefValues) -> dict[str, Any]:
    """The brief as brief.yaml has it; fields left empty are left out, facts get ids in order."""
    taken = {fact.id for fact in values.facts if fact.id}
    product: dict[str, Any] = {name: text for name in _PRODUCT_FIELDS if (text := getattr(values, name))}
    product["facts"] = [_fact(fact, number, taken) for number, fact in enumerate(values.facts, 1)]
    payload: dict[str, Any] = {name: text for name in _OTHER_FIELDS if (text := getattr(values, name))}
    if re.fullmatch(r"\d+(\.\d+)?", values.length_seconds):
        payload["length_seconds"] = float(values.length_seconds)
    return {"product": product} | payload


def _fact(fact: FactValues, number: int, taken: set[str]) -> dict[str, str]:
    key = fact.id
    while not key:
        key = f"F{number}" if f"F{number}" not in taken else ""
        number += 1
    taken.add(key)
    row = {"id": key, "text": fact.text, "evidence": fact.evidence, "valid_until": fact.valid_until}
    return {name: text for name, text in row.items() if text or name in ("id", "text")}


@dataclass(frozen=True)
class Problem:
    """A field that cannot stay as it is: `field` is the element's id on the page."""

    field: str
    name: str
    reason: str


def place(path: str) -> tuple[str, int | None]:
    """The form field of a brief path: ("price", None), ("text", 2) for the third fact's text."""
    fact = _FACT_PATH.match(path)
    if fact:
        return fact.group(2) or "text", int(fact.group(1))
    name = path.removeprefix("product.")
    known = {each.name for each in fields(BriefValues)}
    return (name, None) if name in known else ("", None)
