"""Prepared heads on other machines: a host says whom it can make speak, and whoever has no model orders by that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.errors import InputError, RetryableError
from core.models import Advertiser
from core.processes.devices import device_kind
from core.slugs import is_slug
from generation.checkpoints.folders import look_at
from generation.engines.heads.cache import AvatarCache, read_origin
from generation.engines.heads.consents import check_cache, withdraw_from
from generation.engines.heads.contracts import HeadConsentMissing, HeadMissing, HeadRefused
from generation.licences import require_head, require_hosted_head
from generation.model_host.hosted import SILENT_AFTER
from generation.models import ConsentWithdrawal, HostedHead
from generation.presenting import SHARED_HEADS, head_problem, heads_folder, prepared_head

KEPT_FOR = dt.timedelta(days=30)
"""A row nobody has said again for so long goes; not sooner, for machines that only host rooms say theirs but once."""


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
    """This machine where it has the head and a model for it, else a host that said lately that it has.

    HeadConsentMissing where the person agrees no longer, InputError for a head nobody has, HeadMissing for one without
    a model or whose host is silent, HeadRefused for a folder that is no head, LicenceRefused for a model the advertiser
    may not use, here or there.
    """
    folder, problem = prepared_head(name, advertiser.slug), head_problem()
    if folder is not None and not problem:
        require_head(advertiser)
        take_over_withdrawal(name, advertiser, folder)
        if not _is_fresher_elsewhere(name, advertiser, folder):
            check_cache(AvatarCache(folder))
            return Presenter(device_kind(settings.MODEL_DEVICE), folder)
    rows = _rows(name, advertiser)
    row = _usable(rows)
    if row is not None:
        require_hosted_head(row.card, advertiser)
        return Presenter(row.device)
    if rows:
        _refuse(name, rows[0])
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
    if _is_fresher_elsewhere(name, advertiser, folder):
        raise HeadElsewhere(f"this model worker has {name!r} with a consent that was taken back; copy the fresh folder")
    return folder


def hosted_head_names(advertiser: str) -> set[str]:
    """What the heads are called that hosts of any machine have said an advertiser (its slug) can have."""
    found = HostedHead.objects.filter(Q(advertiser__slug=advertiser) | Q(advertiser=None))
    return set(found.values_list("name", flat=True))


def person_of_hosted(name: str, advertiser: Advertiser) -> str | None:
    """Whom a head shows that some host has, "" for nobody real; None where no host has said of it.

    HeadConsentMissing where the person agrees no longer.
    """
    rows = _rows(name, advertiser)
    standing = [row for row in rows if _withdrawn_at(row) is None]
    if rows and not standing:
        _refuse(name, rows[0])
    # A row from before hosts said who is to be seen is as good as none.
    said = (row.person for row in standing if row.person or not row.consents)
    return next(said, None)


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
            facts = _facts(AvatarCache(folder))
        except HeadRefused:
            # It is refused wherever it is used, with its reason.
            continue
        said = HostedHead.objects.filter(device=own, advertiser=owner, name=folder.name)
        if facts["withdrawn_at"] and _usable(said):
            # Another host of this kind has it with a fresh consent.
            continue
        HostedHead.objects.update_or_create(device=own, advertiser=owner, name=folder.name, defaults=facts)
    HostedHead.objects.filter(device=own, seen_at__lt=timezone.now() - KEPT_FOR).delete()


def withdraw_hosted(consent: str, at: dt.datetime) -> int:
    """Have no machine use a head that rests on the consent with this id; how many heads that are known of.

    The machines mark their own folders when these are next to be used.
    """
    ConsentWithdrawal.objects.get_or_create(consent=consent, defaults={"withdrawn_at": at})
    return HostedHead.objects.filter(consents__contains=[consent], withdrawn_at=None).update(withdrawn_at=at)


def take_over_withdrawal(name: str, advertiser: Advertiser | None, folder: Path) -> None:
    """Mark the folder where a consent it rests on was withdrawn on another machine; a fresh consent stands."""
    origin = read_origin(folder)
    if origin.withdrawn_at:
        return
    consents = {each.id for each in origin.consents}
    at = _taken_back(consents)
    for row in _rows(name, advertiser):
        # A host that said so before consents were kept one by one.
        at = at or (row.withdrawn_at if set(row.consents) == consents else None)
    if at is not None:
        withdraw_from(folder, next(iter(consents)), at.isoformat())


def _is_fresher_elsewhere(name: str, advertiser: Advertiser, folder: Path) -> bool:
    """Whether the person took back what the folder rests on, and agreed anew to what another machine has."""
    return bool(read_origin(folder).withdrawn_at) and _usable(_rows(name, advertiser)) is not None


def _usable(rows: Collection[HostedHead] | QuerySet[HostedHead]) -> HostedHead | None:
    """The first whose person agrees and whose host was heard of lately."""
    since = timezone.now() - SILENT_AFTER
    return next((row for row in rows if row.seen_at >= since and _withdrawn_at(row) is None), None)


def _refuse(name: str, row: HostedHead) -> NoReturn:
    """HeadConsentMissing or HeadMissing, by why a row that hosts have said is not usable."""
    at = _withdrawn_at(row)
    if at is not None:
        raise HeadConsentMissing(name, f"the person withdrew consent on {at.isoformat()}")
    silent = f"the model worker that has {name!r} was last heard of on {row.seen_at:%Y-%m-%d %H:%M} UTC; start it"
    raise HeadMissing(silent)


def _withdrawn_at(row: HostedHead) -> dt.datetime | None:
    return row.withdrawn_at or _taken_back(row.consents)


def _taken_back(consents: Collection[str]) -> dt.datetime | None:
    """When the first of these consents was withdrawn."""
    found = ConsentWithdrawal.objects.filter(consent__in=consents).order_by("withdrawn_at")
    return found.values_list("withdrawn_at", flat=True).first()


def _facts(cache: AvatarCache) -> dict[str, Any]:
    origin, model = cache.origin, settings.HEAD_MODEL_DIR
    card = look_at(Path(model)).card if model else None
    return {
        "head": cache.id,
        "checkpoint_hash": cache.facts.checkpoint,
        "card": card.id if card else "",
        "person": origin.person,
        "consents": [each.id for each in origin.consents],
        "withdrawn_at": _moment(origin.withdrawn_at),
    }


def _rows(name: str, advertiser: Advertiser | None) -> list[HostedHead]:
    """What hosts said of the advertiser's head of this name, the last first; of everybody's where it has none."""
    found = HostedHead.objects.filter(Q(advertiser=advertiser) | Q(advertiser=None), name=name)
    rows = list(found.order_by(F("advertiser").asc(nulls_last=True), "-seen_at"))
    # A head is never taken for another of its name, that may be another person.
    return [row for row in rows if row.advertiser_id == rows[0].advertiser_id]


def _prepared() -> Iterator[tuple[Advertiser | None, Path]]:
    """(whose, folder) of every prepared head on this machine; heads of advertisers the books do not know stay out."""
    for meta in sorted((heads_folder() / "prepared").glob("*/*/meta.json")):
        slug = meta.parent.parent.name
        if not is_slug(meta.parent.name):
            # One that is being made, or is on its way out.
            continue
        owner = Advertiser.objects.filter(slug=slug).first()
        if owner is not None or slug == SHARED_HEADS:
            yield owner, meta.parent


def _moment(text: str) -> dt.datetime | None:
    """When a folder says that consent was withdrawn; now, where somebody wrote there what is no date."""
    if not text:
        return None
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return timezone.now()
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)
