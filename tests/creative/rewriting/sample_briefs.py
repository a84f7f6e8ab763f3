"""Briefs of all kinds, drawn from the product pools in tests/data, the same for the same place."""

from __future__ import annotations

import random
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from core.contracts import Language
from creative.brief import parse_brief
from creative.contracts import BriefData, Category, Role, Structure, StructureSlot

POOLS = Path(__file__).parents[2] / "data" / "phrasebook_products.yaml"
SHAPES: tuple[tuple[tuple[Role, float], ...], ...] = (
    (("hook", 2.5), ("pain", 3), ("selling_point", 4), ("proof", 3), ("offer", 3), ("cta", 2)),
    (("hook", 3), ("selling_point", 3), ("selling_point", 3), ("offer", 3), ("cta", 2.5)),
    (("hook", 2), ("pain", 2), ("selling_point", 3), ("proof", 4), ("cta", 3)),
    (("hook", 3), ("selling_point", 4), ("proof", 3), ("selling_point", 3), ("proof", 3), ("offer", 3), ("cta", 3)),
    (("hook", 4), ("offer", 4), ("selling_point", 5), ("cta", 3)),
)
LENGTHS = (15, 15, 15, 20, 30, 12)


@lru_cache(maxsize=1)
def _pools() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(POOLS.read_text(encoding="utf-8"))
    return content


def sample_brief(language: Language, category: Category, place: int) -> BriefData:
    """The brief at `place` for this category: another product, price, offer, audience and choice of facts."""
    pool = _pools()[language]
    product = pool["products"][category]
    rng = random.Random(f"{language}|{category}|{place}")
    facts = rng.sample(product["facts"], rng.choice((0, 2, 3, 4, 5, 6, 8)))
    return parse_brief(
        {
            "product": {
                "name": product["names"][place % len(product["names"])],
                "category": rng.choice(product["kinds"]),
                "price": rng.choice(pool["prices"]),
                "offer": rng.choice(pool["offers"]),
                "audience": rng.choice(pool["audiences"]),
                "cta": rng.choice(pool["ctas"]),
                "facts": [{"id": f"f{number}", "text": str(text)} for number, text in enumerate(facts)],
            },
            "language": language,
            "platform": "kuaishou" if language == "zh-CN" else "tiktok",
            "length_seconds": LENGTHS[place % len(LENGTHS)],
        }
    )


def sample_structure(place: int) -> Structure:
    """One of five shapes of reference."""
    slots: list[StructureSlot] = []
    at = 0.0
    for role, seconds in SHAPES[place % len(SHAPES)]:
        slots.append(StructureSlot(role, at, at + seconds, 1.0, ""))
        at += seconds
    return Structure(tuple(slots), "talk_through", at)
