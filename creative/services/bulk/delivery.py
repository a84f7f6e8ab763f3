"""Handing bulk ads over: signed links, and files for whoever wants files."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from core.errors import InputError
from creative.models import Ad, Batch
from creative.services.main_job import Teller
from generation import api as generation

TRUSTED = "Trusted"
LINK_SALT = "creative.delivery"
LINK_SECONDS = 7 * 24 * 3600
"""A link is good for a week: long enough for any platform to fetch the ad, short enough to be forgotten."""


def link_to(ad: Ad) -> str:
    """An address that gives the signed ad to whoever has it, for a week."""
    return f"http://127.0.0.1:{os.environ.get('PORT', '8000')}{link_path(ad)}"


def link_path(ad: Ad) -> str:
    """The same without the machine's name, which pages take from the request."""
    token = signing.dumps(str(ad.id), salt=LINK_SALT, compress=True)
    return reverse("creative:delivered_ad", args=[token, file_name(ad)])


def file_name(ad: Ad) -> str:
    """ad-0000.mp4 by place in the batch, from 0."""
    return f"ad-{ad.position:04d}.mp4"


def ad_of_link(token: str) -> Ad | None:
    """The ready ad a link names; None for a link that is false or too old, or an ad that may not go out."""
    try:
        number = signing.loads(token, salt=LINK_SALT, max_age=LINK_SECONDS)
    except signing.BadSignature:
        return None
    return Ad.objects.filter(pk=number, state=Ad.State.READY, is_recipe=True).first()


def write_ad(ad: Ad, target: Path) -> str:
    """Write a ready bulk ad, signed and labelled, and its captions beside it; returns the SHA-256."""
    if ad.state != Ad.State.READY or not ad.is_recipe:
        raise InputError(f"ads: {ad.position}", ad.held_reason or "is not ready")
    target.parent.mkdir(parents=True, exist_ok=True)
    before = generation.cpu_seconds()
    sha256 = generation.write_signed(ad.id, target)
    mark_delivered([ad.id], {ad.id: sha256})
    _count_delivery(ad.batch_id, generation.cpu_seconds() - before)
    return sha256


@transaction.atomic
def _count_delivery(batch_id: uuid.UUID, seconds: float) -> None:
    """What handing over cost, beside what making did."""
    figures = Batch.objects.select_for_update().values_list("figures", flat=True).get(pk=batch_id)
    spent = figures.get("delivery_cpu_seconds", 0.0) + seconds
    Batch.objects.filter(pk=batch_id).update(figures={**figures, "delivery_cpu_seconds": round(spent, 4)})


def mark_delivered(ids: list[uuid.UUID], hashes: dict[uuid.UUID, str] | None = None) -> None:
    """What went out counts for the account's similarity from now on."""
    Ad.objects.filter(pk__in=ids, delivered_at=None).update(delivered_at=timezone.now())
    for ad_id, sha256 in (hashes or {}).items():
        Ad.objects.filter(pk=ad_id).update(sha256=sha256)


def ready_ads(batch: Batch) -> QuerySet[Ad]:
    """The recipes of a batch that may go out, in order."""
    return Ad.objects.filter(batch=batch, version=1, state=Ad.State.READY, is_recipe=True).order_by("position")


def write_all(batch: Batch, out: Path, report: dict[str, Any], tell: Teller) -> None:
    """Write every ready ad into `out`, and its path and hash into the report."""
    by_place = {entry["index"]: entry for entry in report["ads"]}
    for number, ad in enumerate(ready_ads(batch).iterator(chunk_size=200), start=1):
        target = out / file_name(ad)
        entry = by_place[ad.position]
        entry["sha256"] = write_ad(ad, target)
        entry["path"] = str(target)
        entry["label"]["c2pa"]["state"] = TRUSTED
        tell("files", number, len(by_place))
    batch.refresh_from_db(fields=["figures"])
    report["batch"]["cpu_seconds"]["delivery"] = round(batch.figures.get("delivery_cpu_seconds", 0.0), 2)
