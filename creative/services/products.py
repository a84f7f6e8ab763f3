"""Changing a product, its picture and the advertiser's colours."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core.errors import InputError
from core.models import Advertiser, Product
from creative.contracts import ProductBrief
from creative.models import Brief
from creative.selectors import brief_data, product_data
from creative.services.briefs import save_brief, write_product
from creative.services.remakes import note_changes
from creative.services.uploads import clean_name
from generation import api as generation
from generation.contracts import Brand


@dataclass(frozen=True)
class FactChange:
    """A fact that reads otherwise now: `fact_id` as ads carry it; "" before or after where it came or went."""

    fact_id: str
    before: str
    after: str


@transaction.atomic
def save_product(product: Product, data: ProductBrief) -> tuple[FactChange, ...]:
    """Write `data` over `product` and into every brief of it; returns the facts that changed.

    InputError when another product of the advertiser has that name.
    """
    others = Product.objects.for_advertiser(product.advertiser).exclude(pk=product.pk)
    if others.filter(name=data.name).exists():
        raise InputError("product.name", "is the name of another product", "name-taken")
    before = product_data(product)
    product.name = data.name
    product.save(update_fields=["name"])
    briefs = list(Brief.objects.filter(product=product))
    for brief in briefs:
        save_brief(product.advertiser, replace(brief_data(brief), product=data), brief)
    if not briefs:
        write_product(product.advertiser, data)
    product.refresh_from_db()
    changes = changed_facts(before, data)
    note_changes(product, changes)
    return changes


def changed_facts(before: ProductBrief, after: ProductBrief) -> tuple[FactChange, ...]:
    """What a script may say and reads otherwise in `after`, in the order of the form."""
    old, new = _facts(before), _facts(after)
    keys = dict.fromkeys([*new, *old])
    return tuple(FactChange(key, old.get(key, ""), new.get(key, "")) for key in keys if old.get(key) != new.get(key))


def _facts(data: ProductBrief) -> dict[str, str]:
    named = {"name": data.name, "price": data.price_text, "offer": data.offer, "cta": data.cta, "link": data.link}
    return {key: text for key, text in named.items() if text} | {fact.id: fact.text for fact in data.facts}


def set_picture(product: Product, file: UploadedFile) -> None:
    """Take an uploaded picture in for the product's cards. InputError names the file and why it cannot be."""
    name = clean_name(file.name or "")
    if not file.size:
        raise InputError(name, "is empty", "empty")
    with tempfile.NamedTemporaryFile(dir=settings.ADLOOM_HOME / "incoming") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        product.picture_sha256 = generation.take_picture(Path(kept.name), name)
    product.save(update_fields=["picture_sha256", "updated_at"])


def remove_picture(product: Product) -> None:
    """Cards show a cut-out among the materials again, where there is one."""
    product.picture_sha256 = ""
    product.save(update_fields=["picture_sha256", "updated_at"])


def set_colours(advertiser: Advertiser, primary: str, secondary: str, accent: str) -> None:
    """Write the three brand colours as #RRGGBB; InputError names the one that is none."""
    generation.colour_hints(Brand(advertiser.name, primary, secondary, accent))
    advertiser.color_primary, advertiser.color_secondary, advertiser.color_accent = (
        colour.upper() for colour in (primary, secondary, accent)
    )
    advertiser.save(update_fields=["color_primary", "color_secondary", "color_accent"])
