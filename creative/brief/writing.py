"""A brief back to the YAML a person can keep and edit."""

from __future__ import annotations

from typing import Any

import yaml

from creative.contracts import BriefData


def brief_to_dict(brief: BriefData) -> dict[str, Any]:
    """The brief in the shape of brief.yaml; empty optional fields are left out."""
    product = brief.product
    facts = [
        {key: value for key, value in vars_of(fact).items() if value or key in ("id", "text")} for fact in product.facts
    ]
    fields: dict[str, Any] = {
        "name": product.name,
        "category": product.category,
        "price": product.price_text or "none",
        "offer": product.offer,
        "audience": product.audience,
        "cta": product.cta,
        "link": product.link,
        "facts": facts,
    }
    length = int(brief.length_seconds) if brief.length_seconds == int(brief.length_seconds) else brief.length_seconds
    top: dict[str, Any] = {
        "product": {key: value for key, value in fields.items() if value},
        "language": brief.language,
        "platform": brief.platform,
        "length_seconds": length,
        "tone": brief.tone,
        "need": brief.need,
        "advertiser": brief.advertiser,
    }
    return {key: value for key, value in top.items() if value}


def vars_of(fact: Any) -> dict[str, str]:
    """A fact's fields in the order people write them."""
    return {"id": fact.id, "text": fact.text, "evidence": fact.evidence, "valid_until": fact.valid_until}


def brief_to_yaml(brief: BriefData) -> str:
    """YAML that `parse_brief` reads back to the same brief."""
    return yaml.safe_dump(brief_to_dict(brief), allow_unicode=True, sort_keys=False, width=1000)
