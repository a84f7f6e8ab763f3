"""The page of a bulk batch: how far it is, what is held and why, one page of its contact sheet.

A batch may have 100,000 ads: everything here is counted by the database, or read for the
48 ads that are shown.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from creative.models import Ad, Batch
from creative.page_data.batches import HeldCause, Stage
from creative.page_data.cards import AdCard, ad_card
from creative.page_data.sentences import in_words
from creative.page_data.tallies import HELD, OPEN, Tally, newest_of, tallies
from creative.page_data.words import held_words
from creative.services.bulk.chunks import SAMPLE_EVERY
from creative.services.bulk.control import may_be_retried
from creative.services.downloads import MOST_ADS
from generation import api as generation

SHEET_ADS = 48
CAUSES_SHOWN = 8
PACE_SECONDS = 120.0
"""Rates are those of the last minutes: what a pause or a store full of segments did to the time before says nothing."""

SHOWS: dict[str, tuple[str, ...]] = {"ready": (Ad.State.READY,), "held": HELD, "open": OPEN}
POLICY_WORDS: dict[str, Any] = {
    "strict": gettext_lazy("no two alike"),
    "hook": gettext_lazy("no two alike that open alike"),
    "off": gettext_lazy("the count, however alike"),
}


@dataclass(frozen=True)
class BulkFigures:
    """The head of the page: counts, stages, what can be done. `seconds_left` is None while nothing can be said."""

    batch: Batch
    tally: Tally
    planned: int
    stages: tuple[Stage, ...]
    seconds_left: float | None
    first_after: float | None
    took_seconds: float | None
    policy: str
    retryable: int

    @property
    def is_open(self) -> bool:
        return self.batch.state in (Batch.State.QUEUED, Batch.State.RUNNING)

    @property
    def can_cancel(self) -> bool:
        return self.is_open or self.batch.state == Batch.State.PAUSED

    @property
    def wanted(self) -> int:
        """Ads there will be: as many as were planned, until then as many as were asked for."""
        return self.planned or self.batch.requested

    @property
    def is_too_many(self) -> bool:
        """More than one zip may hold."""
        return self.tally.ready > MOST_ADS

    @property
    def error(self) -> str:
        """Why the batch stopped, in the reader's language."""
        return in_words(self.batch.error)

    @property
    def is_short(self) -> bool:
        """The material carries fewer ads than were asked for."""
        return bool(self.planned) and self.planned < self.batch.requested


@dataclass(frozen=True)
class Pace:
    """Segments, stems and ads a second, over the last minutes."""

    pictures: float
    sounds: float
    ads: float


def bulk_figures(batch: Batch) -> BulkFigures:
    """How far a bulk batch is."""
    tally = tallies([batch.pk])[batch.pk]
    now = timezone.now()
    since = now - dt.timedelta(seconds=PACE_SECONDS)
    ads = Ad.objects.filter(batch=batch, version=1).annotate(sample=F("position") % SAMPLE_EVERY)
    counted = ads.aggregate(
        all=Count("pk"),
        first=Min("ended_at", filter=Q(state=Ad.State.READY)),
        recent=Count("pk", filter=Q(ended_at__gt=since)),
        sampled=Count("pk", filter=Q(sample=0) & ~Q(state__in=OPEN)),
    )
    made = generation.group_progress(batch.pk)
    span = min(PACE_SECONDS, max(1.0, (now - batch.created_at).total_seconds()))
    pictures, sounds = generation.group_pace(batch.pk, since)
    pace = Pace(pictures / span, sounds / span, counted["recent"] / span)
    planned = counted["all"]
    return BulkFigures(
        batch=batch,
        tally=tally,
        planned=planned,
        stages=_stages(batch, tally, planned, made, counted["sampled"], pace),
        seconds_left=_seconds_left(batch, tally, made, pace),
        first_after=max(0.0, (counted["first"] - batch.created_at).total_seconds()) if counted["first"] else None,
        took_seconds=(batch.ended_at - batch.created_at).total_seconds() if batch.ended_at else None,
        policy=str(POLICY_WORDS.get(batch.policy, batch.policy)),
        retryable=may_be_retried(batch).count() if tally.held else 0,
    )


def _stages(
    batch: Batch, tally: Tally, planned: int, made: generation.OrderProgress, sampled: int, pace: Pace
) -> tuple[Stage, ...]:
    samples = math.ceil(planned / SAMPLE_EVERY)
    is_open = batch.state == Batch.State.RUNNING
    checked, to_check = made.pictures_done + sampled, made.pictures_total + samples
    is_rendering = is_open and pace.pictures and made.pictures_done < made.pictures_total
    per_minute = _("%(rate)s a minute") % {"rate": f"{60 * pace.pictures:.1f}"} if is_rendering else ""
    per_second = _("%(rate)s a second") % {"rate": f"{pace.ads:.1f}"} if is_open and pace.ads else ""
    return (
        Stage("plan", planned, planned or batch.requested, _plan_note(batch, planned)),
        Stage("segments", made.pictures_done, made.pictures_total, per_minute or _("rendered once, shared")),
        Stage("stems", made.sounds_done, made.sounds_total, _("voice over music, once each")),
        Stage("ads", tally.over, planned, per_second or _("put together by bytes"), tally.held),
        Stage("check", checked, to_check, _check_note(tally)),
    )


def _plan_note(batch: Batch, planned: int) -> str:
    if not planned:
        return _("choosing what goes with what") if batch.state == Batch.State.QUEUED else _("stopped")
    missing = batch.requested - planned
    if missing <= 0:
        return _("as many as you asked for")
    return ngettext("%(count)s fewer than asked for", "%(count)s fewer than asked for", missing) % {
        "count": f"{missing:,}"
    }


def _check_note(tally: Tally) -> str:
    if tally.held:
        return _("%(count)s held") % {"count": f"{tally.held:,}"}
    return _("each segment once, 1 ad in 100 whole")


def _seconds_left(batch: Batch, tally: Tally, made: generation.OrderProgress, pace: Pace) -> float | None:
    """What is left of segments, stems and ads, each at its own pace; None where one that is open does not move."""
    if batch.state != Batch.State.RUNNING:
        return None
    pictures, sounds = made.pictures_total - made.pictures_done, made.sounds_total - made.sounds_done
    if not made.pictures_total or (pictures and not pace.pictures) or (sounds and not pictures and not pace.sounds):
        return None
    done = batch.chunks.filter(state="done").aggregate(seconds=Sum("cpu_seconds"), ads=Sum("count"))
    # Ads that wait for segments come slowly; once those are there, an ad takes what it took to put together.
    known = [1 / pace.ads] if pace.ads else []
    an_ad = min([*known, done["seconds"] / done["ads"]] if done["ads"] else known, default=0.0)
    # While segments are rendered, stems wait their turn and then go by the armful: no pace says nothing yet.
    each = ((pictures, pace.pictures), (sounds, pace.sounds))
    return max(1.0, sum(many / rate for many, rate in each if many and rate) + tally.open * an_ad)


@dataclass(frozen=True)
class Filter:
    """A chip over the contact sheet."""

    key: str
    count: int


@dataclass(frozen=True)
class Sheet:
    """One page of the contact sheet. `why` is the place of an ad whose reason all shown ones share, from 0."""

    batch: Batch
    cards: tuple[AdCard, ...]
    show: str
    why: int | None
    reason: str
    number: int
    pages: int
    total: int
    filters: tuple[Filter, ...]

    @property
    def first(self) -> int:
        return (self.number - 1) * SHEET_ADS + 1

    @property
    def last(self) -> int:
        return min(self.number * SHEET_ADS, self.total)

    @property
    def is_moving(self) -> bool:
        """Whether a card may still change."""
        is_open = self.batch.state in (Batch.State.QUEUED, Batch.State.RUNNING, Batch.State.PAUSED)
        return is_open and (not self.cards or any(card.state in OPEN for card in self.cards) or bool(self.show))

    @property
    def kept(self) -> str:
        """The filter as it goes into addresses of other pages."""
        return f"&show={self.show}" + (f"&why={self.why}" if self.why is not None else "") if self.show else ""


def sheet(batch: Batch, show: str, number: int, why: int | None = None) -> Sheet:
    """Page `number` (from 1) of the ads that `show` (ready, held, open, or all) lets through."""
    tally = tallies([batch.pk])[batch.pk]
    show = show if show in SHOWS else ""
    why = why if show == "held" else None
    rows = Ad.objects.filter(batch=batch).order_by("position", "version").defer("spec", "result")
    total = {"ready": tally.ready, "held": tally.held, "open": tally.open}.get(show, tally.all)
    reason = ""
    if show:
        rows = rows.filter(state__in=SHOWS[show])
    if why is not None:
        reason = rows.filter(position=why).values_list("held_reason", flat=True).first() or ""
        rows = rows.filter(held_reason=reason)
        total = rows.count()
    pages = max(1, math.ceil(total / SHEET_ADS))
    number = min(max(1, number), pages)
    return Sheet(
        batch=batch,
        cards=tuple(_cards(batch, rows, show, number)),
        show=show,
        why=why,
        reason=held_words(reason),
        number=number,
        pages=pages,
        total=total,
        filters=tuple(Filter(key, getattr(tally, key)) for key in SHOWS),
    )


def _cards(batch: Batch, rows: Any, show: str, number: int) -> Sequence[AdCard]:
    first = (number - 1) * SHEET_ADS
    # Without a filter places count themselves; with one, versions that were replaced leave gaps nobody minds.
    wanted = rows[first : first + SHEET_ADS] if show else rows.filter(position__range=(first, first + SHEET_ADS - 1))
    shown = newest_of(wanted)
    for ad in shown:
        ad.batch = batch
    return [ad_card(ad) for ad in shown]


def held_causes(batch: Batch) -> tuple[HeldCause, ...]:
    """Why ads are held or were not made, the most frequent first."""
    rows = Ad.objects.filter(batch=batch, state__in=HELD, later_versions=None).values("held_reason")
    counted = rows.annotate(many=Count("pk"), first=Min("position")).order_by("-many", "first")[:CAUSES_SHOWN]
    url = reverse("creative:batch", args=[batch.pk])
    return tuple(
        HeldCause(held_words(row["held_reason"]), row["many"], f"{url}?show=held&why={row['first']}") for row in counted
    )
