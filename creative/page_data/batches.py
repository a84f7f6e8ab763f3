"""Batches: the list, and one batch with its stages, contact sheet and what is held."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from core.models import Advertiser
from creative.models import Ad, AdShot, Batch, BatchEvent
from creative.page_data.briefs import Step, steps
from creative.page_data.cards import LARGE, AdCard, ad_card, newest_ads, plan_slots
from creative.page_data.check_words import check_words
from creative.page_data.tallies import Tally, tallies
from creative.page_data.words import Mark, held_words, marks
from generation import api as generation

Slots = tuple[tuple[str, float], ...]

COMPOSED_AT, CHECKED_AT = 0.8, 0.95
"""Shares of a job's progress at which its stages end (generation.runner)."""


@dataclass(frozen=True)
class BatchRow:
    """A batch in the list."""

    batch: Batch
    ready: int
    held: int
    slots: Slots
    seconds: float


@dataclass(frozen=True)
class Stage:
    """One stage with its own bar: `done` of `all`, `held` of them held back."""

    key: str
    done: float
    all: int
    note: str = ""
    held: int = 0

    @property
    def ready(self) -> float:
        return self.done - self.held

    @property
    def whole(self) -> int:
        return int(self.done + 1e-6)


@dataclass(frozen=True)
class HeldCause:
    """Held ads by cause: how many, which ads."""

    words: str
    count: int
    first_url: str


@dataclass(frozen=True)
class BatchPage:
    """Everything the page shows."""

    batch: Batch
    cards: tuple[AdCard, ...]
    shown: tuple[AdCard, ...]
    queued: range
    ready: int
    held: int
    running: int
    stages: tuple[Stage, ...]
    seconds_left: float | None
    rate: float
    first_after: float | None
    causes: tuple[HeldCause, ...]
    marks: tuple[Mark, ...]
    cpu_seconds: float
    segments_made: int
    segments_reused: int
    clips: int
    steps: Sequence[Step]
    show: str
    is_open: bool
    events: tuple[BatchEvent, ...]


def batch_rows(advertiser: Advertiser) -> list[BatchRow]:
    """All batches but drafts, the newest first; their ads are counted, not read."""
    rows = Batch.objects.for_advertiser(advertiser).filter(is_draft=False).select_related("brief")
    batches = list(rows.defer("slot_plan", "piece_keys", "brief__data"))
    counts = tallies([batch.pk for batch in batches])
    slots = _first_slots(batches)
    return [_row(batch, counts[batch.pk], slots.get(batch.pk, ())) for batch in batches]


def _row(batch: Batch, tally: Tally, slots: Slots) -> BatchRow:
    return BatchRow(batch, tally.ready, tally.held, slots, tally.seconds)


def _first_slots(batches: Sequence[Batch]) -> dict[uuid.UUID, Slots]:
    """The slots of each batch's first ad."""
    first = Ad.objects.filter(batch__in=batches, position=0).order_by("batch_id", "-version").distinct("batch_id")
    rows = first.select_related("batch").defer(*LARGE[:2], "spec", "result")
    return {ad.batch_id: plan_slots(ad) for ad in rows}


def batch_page(advertiser: Advertiser, batch: Batch, show: str) -> BatchPage:
    """One batch, with the contact sheet filtered (`show`: held or nothing)."""
    ads = list(newest_ads(advertiser).filter(batch=batch).order_by("position"))
    cards = tuple(ad_card(ad) for ad in ads)
    ready = sum(ad.state == Ad.State.READY for ad in ads)
    held = sum(ad.state in (Ad.State.HELD, Ad.State.FAILED) for ad in ads)
    shares = _shares(ads)
    results = [ad.result for ad in ads if ad.result]
    is_open = batch.state in (Batch.State.QUEUED, Batch.State.RUNNING)
    left, rate = _pace(batch, shares, is_open)
    return BatchPage(
        batch=batch,
        cards=cards,
        shown=tuple(card for card in cards if show != "held" or card.state in ("held", "failed")),
        queued=range(max(0, batch.requested - len(ads)) if is_open else 0),
        ready=ready,
        held=held,
        running=len(ads) - ready - held,
        stages=_stages(batch, ads, shares),
        seconds_left=left,
        rate=rate,
        first_after=_first_after(batch, ads),
        causes=_causes(ads),
        marks=marks(each for ad in ads for each in ad.degraded),
        cpu_seconds=sum(result["cpu_seconds"] for result in results),
        segments_made=sum(result["segments_made"] for result in results),
        segments_reused=sum(result["segments_reused"] for result in results),
        clips=AdShot.objects.filter(ad__in=ads).exclude(shot=None).values("shot").distinct().count(),
        steps=steps(batch.brief, "ads"),
        show=show,
        is_open=is_open,
        events=tuple(BatchEvent.objects.filter(batch=batch)),
    )


def _shares(ads: Sequence[Ad]) -> list[float]:
    """How far each ad is, 0..1."""
    found = []
    for ad in ads:
        if ad.state in (Ad.State.READY, Ad.State.HELD, Ad.State.FAILED):
            found.append(1.0)
        else:
            found.append(sum(generation.progress_of([ad.job_id])) if ad.job_id else 0.0)
    return found


def _stages(batch: Batch, ads: Sequence[Ad], shares: Sequence[float]) -> tuple[Stage, ...]:
    composed = sum(min(1.0, share / COMPOSED_AT) for share in shares)
    checked = sum(share >= CHECKED_AT for share in shares)
    signed = sum(ad.state in (Ad.State.READY, Ad.State.HELD) for ad in ads)
    planned = len(ads) if ads else 0
    return (
        Stage("plan", planned, batch.requested),
        Stage("compose", composed, batch.requested),
        Stage("check", checked, batch.requested),
        Stage("label", signed, batch.requested),
    )


def _pace(batch: Batch, shares: Sequence[float], is_open: bool) -> tuple[float | None, float]:
    """Seconds left by the measured rate, and ads a minute so far; None while nothing can be said."""
    end = timezone.now() if is_open else batch.ended_at or timezone.now()
    elapsed = max(0.1, (end - batch.created_at).total_seconds())
    done = sum(shares)
    rate = 60 * done / elapsed
    if not is_open or done < 0.2:
        return None, rate
    return max(1.0, (batch.requested - done) * elapsed / done), rate


def _first_after(batch: Batch, ads: Sequence[Ad]) -> float | None:
    ended: list[dt.datetime] = [ad.ended_at for ad in ads if ad.ended_at and ad.state == Ad.State.READY]
    return (min(ended) - batch.created_at).total_seconds() if ended else None


def _causes(ads: Sequence[Ad]) -> tuple[HeldCause, ...]:
    counted: Counter[str] = Counter()
    first: dict[str, str] = {}
    for ad in ads:
        for cause in causes_of(ad):
            counted[cause] += 1
            first.setdefault(cause, reverse("creative:ad", args=[ad.id]))
    return tuple(HeldCause(words, count, first[words]) for words, count in counted.most_common())


def causes_of(ad: Ad) -> list[str]:
    """Why an ad is held or stopped, in page words."""
    if ad.state == Ad.State.FAILED:
        return [held_words(ad.held_reason)]
    if ad.state != Ad.State.HELD or not ad.result:
        return []
    return [check_words(check["name"]) for check in ad.result["checks"] if not check["ok"]]
