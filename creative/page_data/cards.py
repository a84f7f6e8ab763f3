"""Ads and shots as cards: what a 9:16 picture on a page needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from core.models import Advertiser
from creative.models import Ad
from creative.page_data.words import held_words
from creative.selectors import slot_plan
from creative.services.held import FOR_GOOD

FPS = 30
LARGE = ("batch__slot_plan", "batch__piece_keys", "batch__brief__data")


@dataclass(frozen=True)
class AdCard:
    """A made ad on a page; `slots` are (role, seconds)."""

    id: str
    number: int
    version: int
    title: str
    state: str
    seconds: float
    slots: tuple[tuple[str, float], ...]
    url: str
    video_url: str
    poster_url: str
    hook: str
    reason: str
    degraded: tuple[str, ...]
    ended_at: dt.datetime | None
    can_retry: bool

    @property
    def is_watchable(self) -> bool:
        return bool(self.video_url)


def newest_ads(advertiser: Advertiser) -> QuerySet[Ad]:
    """The newest version of every ad of the advertiser, without the large columns of its batch."""
    later = Ad.objects.filter(batch=OuterRef("batch"), position=OuterRef("position"), version__gt=OuterRef("version"))
    ads: QuerySet[Ad] = Ad.objects.for_advertiser(advertiser)
    return ads.filter(~Exists(later)).select_related("batch__brief").defer(*LARGE, "spec")


def plan_slots(ad: Ad) -> tuple[tuple[str, float], ...]:
    """Role and seconds of each slot, as planned."""
    return _slots_and_hook(ad)[0]


def _slots_and_hook(ad: Ad) -> tuple[tuple[tuple[str, float], ...], str]:
    pools = slot_plan(ad.batch) if ad.choices and not ad.plan else None
    if pools:
        first = pools.slots[0]
        hook = first.lines[first.choices[ad.choices[0]].line].text
        return tuple((slot.role, slot.frames / FPS) for slot in pools.slots), hook
    slots = ad.plan.get("slots", []) if ad.plan else []
    return tuple((slot["role"], slot["frames"] / FPS) for slot in slots), slots[0]["line"] if slots else ""


def ad_card(ad: Ad) -> AdCard:
    """The card of an ad; what is not made yet has no video address."""
    has_file = bool(ad.path or ad.is_recipe)
    slots, hook = _slots_and_hook(ad)
    return AdCard(
        id=str(ad.id),
        number=ad.position + 1,
        version=ad.version,
        title=ad.batch.brief.title,
        state=ad.state,
        seconds=ad.frames / FPS,
        slots=slots,
        url=reverse("creative:ad", args=[ad.id]),
        video_url=reverse("creative:ad_video", args=[ad.id]) if has_file else "",
        poster_url=reverse("creative:ad_poster", args=[ad.id]) if has_file else "",
        hook=hook,
        reason=held_words(ad.held_reason),
        degraded=tuple(ad.degraded),
        ended_at=ad.ended_at,
        can_retry=ad.held_reason not in FOR_GOOD,
    )
