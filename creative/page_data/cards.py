"""Ads and shots as cards: what a 9:16 picture on a page needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from core.models import Advertiser
from creative.models import Ad
from creative.page_data.words import held_words

FPS = 30


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

    @property
    def is_watchable(self) -> bool:
        return bool(self.video_url)


def newest_ads(advertiser: Advertiser) -> QuerySet[Ad]:
    """The newest version of every ad of the advertiser."""
    newest = Ad.objects.filter(batch=OuterRef("batch"), position=OuterRef("position")).order_by("-version")
    ads: QuerySet[Ad] = Ad.objects.for_advertiser(advertiser)
    return ads.filter(pk=Subquery(newest.values("pk")[:1])).select_related("batch__brief")


def plan_slots(ad: Ad) -> tuple[tuple[str, float], ...]:
    """Role and seconds of each slot, as planned."""
    slots = ad.plan.get("slots", []) if ad.plan else []
    return tuple((slot["role"], slot["frames"] / FPS) for slot in slots)


def ad_card(ad: Ad) -> AdCard:
    """The card of an ad; without a finished file it has no video address."""
    has_file = bool(ad.path)
    slots = ad.plan.get("slots", []) if ad.plan else []
    return AdCard(
        id=str(ad.id),
        number=ad.position + 1,
        version=ad.version,
        title=ad.batch.brief.title,
        state=ad.state,
        seconds=ad.frames / FPS,
        slots=plan_slots(ad),
        url=reverse("creative:ad", args=[ad.id]),
        video_url=reverse("creative:ad_video", args=[ad.id]) if has_file else "",
        poster_url=reverse("creative:ad_poster", args=[ad.id]) if has_file else "",
        hook=slots[0]["line"] if slots else "",
        reason=held_words(ad.held_reason),
        degraded=tuple(ad.degraded),
        ended_at=ad.ended_at,
    )
