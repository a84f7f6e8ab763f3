"""Saving a checked brief: the product, its facts and the brief itself, whole or not at all."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from core.contracts import dump
from core.models import Advertiser, Product, ProductFact
from creative.contracts import BriefData, ProductBrief
from creative.models import Brief


@transaction.atomic
def save_brief(advertiser: Advertiser, data: BriefData, brief: Brief | None = None) -> Brief:
    """Write `data` as a new brief, or over `brief`; the product and its facts follow the brief."""
    product = write_product(advertiser, data.product)
    brief = brief or Brief(advertiser=advertiser)
    brief.product = product
    brief.title = _title(data)
    brief.data = dump(data)
    brief.save()
    return brief


def _title(data: BriefData) -> str:
    unit = "秒" if data.language == "zh-CN" else "s"
    return f"{data.product.name} · {data.length_seconds:g} {unit}"[:160]


def write_product(advertiser: Advertiser, data: ProductBrief) -> Product:
    """The advertiser's product of that name with everything `data` says of it; its picture stays."""
    values = {
        "category": data.category,
        "category_key": data.category_key,
        "price_text": data.price_text,
        "price_minor": data.price.minor if data.price else None,
        "currency": data.price.currency if data.price else "CNY",
        "offer": data.offer,
        "audience": data.audience,
        "cta": data.cta,
        "link": data.link,
    }
    product, _ = Product.objects.update_or_create(advertiser=advertiser, name=data.name, defaults=values)
    product.facts.all().delete()
    ProductFact.objects.bulk_create(
        ProductFact(
            product=product,
            key=fact.id,
            text=fact.text,
            evidence=fact.evidence,
            valid_until=dt.date.fromisoformat(fact.valid_until) if fact.valid_until else None,
            position=position,
        )
        for position, fact in enumerate(data.facts)
    )
    return product
