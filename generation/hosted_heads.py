"""Prepared heads on other machines: a host says whom it can make speak, and whoever has no model orders by that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q, QuerySet

from core.errors import InputError, RetryableError
from core.models import Advertiser
from core.processes.devices import device_kind
from generation.engines.heads.cache import AvatarCache, read_origin
from generation.engines.heads.consents import check_cache, withdraw_from
from generation.engines.heads.contracts import HeadConsentMissing, HeadMissing, HeadRefused
from generation.licences import require_head
from generation.models import HostedHead
from generation.presenting import SHARED_HEADS, head_problem, heads_folder, prepared_head


class HeadElsewhere(RetryableError):
    """This machine lacks the head or its model; another one of the same queue may have both."""

    code = "head_elsewhere"


@dataclass(frozen=True)
class Presenter:
    """Where a prepared head can be made to speak: the device kind whose queue takes the job.

    `folder` is the head's own on this machine, None for one that a host elsewhere has.
    """

    device: str
    folder: Path | None = None


def find_presenter(name: str, advertiser: Advertiser) -> Presenter:
    """This machine where it has the head and a model for it, else the host that said it has.

    HeadConsentMissing where the person agrees no longer, InputError for a head nobody has, HeadMissing for one without
    a model, HeadRefused for a folder that is no head, LicenceRefused for a model the advertiser may not use.
    """
    folder, problem = prepared_head(name, advertiser.slug), head_problem()
    if folder is not None and not problem:
        require_head(advertiser)
        take_over_withdrawal(name, advertiser, folder)
        check_cache(AvatarCache(folder))
        return Presenter(device_kind(settings.MODEL_DEVICE), folder)
    row = _rows(name, advertiser).first()
    if row is not None and row.withdrawn_at is not None:
        raise HeadConsentMissing(name, f"the person withdrew consent on {row.withdrawn_at.isoformat()}")
    if row is not None:
        return Presenter(row.device)
    if folder is None:
        raise InputError("presenter", f"no prepared head is called {name!r}; prepare_head makes one", "no_head")
    raise HeadMissing(problem)


def head_here(name: str, advertiser: Advertiser) -> Path:
    """The folder of the head on the machine that is to make it speak; HeadElsewhere where it cannot be."""
    folder, problem = prepared_head(name, advertiser.slug), head_problem()
    if folder is None:
        way_out = "prepare it on every machine of this kind, or copy its folder"
        raise HeadElsewhere(f"this model worker has no prepared head called {name!r}; {way_out}")
    if problem:
        raise HeadElsewhere(f"this model worker cannot make {name!r} speak: {problem}")
    require_head(advertiser)
    take_over_withdrawal(name, advertiser, folder)
    return folder


def say_whose_heads_are_here(device: str = "") -> None:
    """Put down every prepared head of this machine ("" for the device it is set up for).

    A machine that has no model for them on `device` says nothing.
    """
    own = device_kind(settings.MODEL_DEVICE)
    if (device or own) != own or head_problem():
        return
    for owner, folder in _prepared():
        try:
            take_over_withdrawal(folder.name, owner, folder)
            cache = AvatarCache(folder)
            origin = cache.origin
        except HeadRefused:
            # It is refused wherever it is used, with its reason.
            continue
        facts = {
            "head": cache.id,
            "checkpoint_hash": cache.facts.checkpoint,
            "consents": [each.id for each in origin.consents],
            "withdrawn_at": _moment(origin.withdrawn_at),
        }
        HostedHead.objects.update_or_create(device=own, advertiser=owner, name=folder.name, defaults=facts)


def withdraw_hosted(consent: str, at: dt.datetime) -> int:
    """Mark the heads of all machines that rest on the consent with this id; how many.

    The machines mark their own folders when these are next to be used.
    """
    return HostedHead.objects.filter(consents__contains=[consent], withdrawn_at=None).update(withdrawn_at=at)


def take_over_withdrawal(name: str, advertiser: Advertiser | None, folder: Path) -> None:
    """Mark the folder where a consent it rests on was withdrawn on another machine; a fresh consent stands."""
    if read_origin(folder).withdrawn_at:
        return
    for row in _rows(name, advertiser):
        if row.withdrawn_at is not None:
            for consent in row.consents:
                withdraw_from(folder, consent, row.withdrawn_at.isoformat())


def _rows(name: str, advertiser: Advertiser | None) -> QuerySet[HostedHead]:
    """What hosts said of the advertiser's head of this name, then of everybody's."""
    rows = HostedHead.objects.filter(Q(advertiser=advertiser) | Q(advertiser=None), name=name)
    return rows.order_by(F("advertiser").asc(nulls_last=True), "-seen_at")


def _prepared() -> Iterator[tuple[Advertiser | None, Path]]:
    """(whose, folder) of every prepared head on this machine; heads of advertisers the books do not know stay out."""
    for meta in sorted((heads_folder() / "prepared").glob("*/*/meta.json")):
        slug = meta.parent.parent.name
        owner = Advertiser.objects.filter(slug=slug).first()
        if owner is not None or slug == SHARED_HEADS:
            yield owner, meta.parent


def _moment(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) if text else None
