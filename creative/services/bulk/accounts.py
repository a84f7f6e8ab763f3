"""How alike everything is that goes out for one advertiser: the published estimate, over the books."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from django.db.models import QuerySet

from core.contracts import load
from core.models import Advertiser
from creative.bulk.account import COMPARED, AccountEstimate, AccountHistory
from creative.bulk.contracts import Found, Mix, Policy, SlotPlan, Stretch
from creative.bulk.similarity import Fingerprint, fingerprint
from creative.bulk.tables import picture_table
from creative.bulk.worst import worst_pair
from creative.contracts import AdPlan
from creative.models import Ad, Batch, Shot


@dataclass(frozen=True)
class Allowed:
    """What of a search may go out, how alike the account is then, and how many were left out for it."""

    found: Found
    estimate: AccountEstimate
    left_out: int


def allowed_by_account(
    advertiser: Advertiser, plan: SlotPlan, found: Found, policy: Policy, now: dt.datetime
) -> Allowed:
    """`found` as far as the account stays under its limit; with policy off all of it, whatever the estimate says."""
    history = history_of(advertiser, now)
    kept: list[Mix] = []
    for mix in found.mixes:
        shown = fingerprint(plan, mix)
        if policy != "off" and not history.is_original(shown, now) and not history.room_for(now):
            continue
        history.add(shown, now)
        kept.append(mix)
    left_out = len(found.mixes) - len(kept)
    if left_out:
        found = replace(found, mixes=tuple(kept), worst_pair=worst_pair(plan, picture_table(plan), kept))
    return Allowed(found, history.estimate(now), left_out)


def delivered_ads(advertiser: Advertiser, now: dt.datetime, within: dt.timedelta) -> QuerySet[Ad]:
    """What was delivered for an advertiser so shortly before `now`."""
    return Ad.objects.for_advertiser(advertiser).filter(delivered_at__gte=now - within, delivered_at__lte=now)


def history_of(advertiser: Advertiser, now: dt.datetime, newest: int | None = None) -> AccountHistory:
    """What was delivered for an advertiser in the 180 days before `now`, in the order it went out.

    `newest` looks at so many of the last ads only: each is held against all before it, which takes its time.
    """
    history = AccountHistory()
    ads = delivered_ads(advertiser, now, COMPARED)
    if newest is not None:
        ads = ads.filter(pk__in=ads.order_by("-delivered_at", "-pk").values("pk")[:newest])
    plan_of = cache(_slot_plan)
    hashes = cache(lambda: _hashes(advertiser))
    rows = ads.order_by("delivered_at", "pk").values_list("delivered_at", "plan", "choices", "tune", "batch_id")
    for at, plan, choices, tune, batch_id in rows.iterator(chunk_size=2000):
        if at is None:
            continue
        if plan:
            history.add(_of_single(load(AdPlan, plan), hashes()), at)
        elif choices:
            history.add(fingerprint(plan_of(batch_id), Mix(tuple(choices), tune)), at)
    return history


def _slot_plan(batch_id: uuid.UUID) -> SlotPlan:
    return load(SlotPlan, Batch.objects.values_list("slot_plan", flat=True).get(pk=batch_id))


def _hashes(advertiser: Advertiser) -> dict[str, str]:
    rows = Shot.objects.for_advertiser(advertiser).values_list("pk", "material__sha256")
    return {str(shot_id): sha256 for shot_id, sha256 in rows}


def _of_single(plan: AdPlan, hashes: Mapping[str, str]) -> Fingerprint:
    """The pictures of an ad that is no mix; a shot looks like itself, since nobody grouped it then."""
    found: list[tuple[int, Stretch]] = []
    at = 0
    for shot in (shot for slot in plan.slots for shot in slot.shots):
        source = hashes.get(shot.shot_id, shot.source)
        found.append((at, Stretch(source, shot.source_start_frame, shot.frames, shot.shot_id)))
        at += shot.frames
    return tuple(found)
