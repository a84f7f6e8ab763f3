"""Descriptions kept, looked over by a member, and read by whoever answers questions."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.contracts import dump, load
from core.errors import InputError
from core.llm.accounting import booked_on
from core.llm.capabilities import capabilities
from core.llm.gateway import language_model
from core.models import Advertiser
from generation.describing.describe import ToDescribe, describe
from generation.models import Description, RenderJob

LONGEST_TITLE = 200


def run_description(
    advertiser_id: uuid.UUID, request: dict[str, Any], on_progress: Callable[[float], None]
) -> dict[str, Any]:
    """Describe a file (`ToDescribe` as JSON) and keep it; one that was approved is to be looked over anew."""
    file = load(ToDescribe, request)
    with booked_on(advertiser_id):
        found = describe(file, vision_model(advertiser_id), on_progress)
    plain: dict[str, Any] = dump(found)
    Description.objects.update_or_create(
        advertiser_id=advertiser_id,
        sha256=found.sha256,
        defaults={
            "title": found.title[:LONGEST_TITLE],
            "found": plain,
            "text": "",
            "approved_at": None,
            "approved_by": "",
        },
    )
    return plain


def vision_model(advertiser: object = "") -> Any:
    """The configured language model where it can look at pictures and may write for the advertiser, else None: why it
    may not, `core.llm.gateway.objection_to_model` says."""
    model = language_model(advertiser)
    return model if model is not None and capabilities(model).images else None


def descriptions(advertiser: Advertiser, sha256s: Iterable[str]) -> dict[str, Description]:
    """What is known of these files, by hash."""
    rows = Description.objects.for_advertiser(advertiser).filter(sha256__in=list(sha256s))
    return {row.sha256: row for row in rows}


def is_being_described(advertiser: Advertiser, sha256: str) -> bool:
    """Whether a job is on it."""
    jobs = RenderJob.objects.for_advertiser(advertiser).filter(kind=RenderJob.Kind.DESCRIBE, ended_at=None)
    return jobs.filter(request__sha256=sha256).exists()


def approve_description(advertiser: Advertiser, sha256: str, member: str, title: str, captions: list[str]) -> None:
    """A member's word that `title` and `captions` (one a shot, edited or not) may be said to anybody.

    InputError where there is nothing to approve or the captions are not one a shot.
    """
    with transaction.atomic():
        row = Description.objects.for_advertiser(advertiser).select_for_update().filter(sha256=sha256).first()
        if row is None:
            raise InputError("description", "there is none of this file yet: have it described first", "no_description")
        shots = row.found["shots"]
        if len(captions) != len(shots):
            raise InputError("captions", f"{len(shots)} shots want {len(shots)} captions", "captions")
        for shot, caption in zip(shots, captions, strict=True):
            shot["caption"] = " ".join(caption.split())
        row.title = " ".join(title.split())[:LONGEST_TITLE] or row.title
        row.found["title"] = row.title
        row.text = _article(shots, row.found["language"])
        row.approved_at, row.approved_by = timezone.now(), member
        row.save()


def withdraw_description(advertiser: Advertiser, sha256: str) -> None:
    """Nothing of this file is said any more."""
    Description.objects.for_advertiser(advertiser).filter(sha256=sha256).update(
        approved_at=None, approved_by="", text=""
    )


def _article(shots: list[dict[str, Any]], language: str) -> str:
    """One sentence a shot, each ended, so that a quote is whole."""
    end, gap = ("。", "") if language == "zh-CN" else (".", " ")
    captions = [shot["caption"].rstrip("。.!！?？ ") for shot in shots if shot["caption"]]
    return gap.join(f"{caption}{end}" for caption in dict.fromkeys(captions))
