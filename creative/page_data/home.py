"""What waits for a person, what came out last, what is being made, what the footage carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import Advertiser
from creative.contracts import ROLES
from creative.models import Ad, Batch, Brief, Material, ScriptLine, Shot
from creative.page_data.cards import AdCard, ad_card, newest_ads
from creative.page_data.words import finding_words, held_words, refusal_words

WAITING_SHOWN = 5
ADS_SHOWN = 5


@dataclass(frozen=True)
class Waiting:
    """One thing only a person can decide: `level` is blocked, look or choice; `place` a word of the rail."""

    level: Literal["stop", "look", "ask"]
    thing: str
    reason: str
    word: str
    url: str
    place: str


@dataclass(frozen=True)
class Work:
    """Work under way, in figures: `done` of `all`, of which `held` are held back."""

    title: str
    done: int
    held: int
    all: int
    note: str
    url: str


@dataclass(frozen=True)
class Footage:
    """Usable shots, how many of them an ad has used, and how many suit each role."""

    shots: int
    used: int
    files: int
    by_role: tuple[tuple[str, int], ...]
    least: str
    least_count: int
    most_count: int


@dataclass(frozen=True)
class Home:
    """Everything the first page shows."""

    waiting: tuple[Waiting, ...]
    waiting_total: int
    ads: tuple[AdCard, ...]
    ads_total: int
    work: tuple[Work, ...]
    footage: Footage
    briefs: int


def home(advertiser: Advertiser) -> Home:
    """The first page of `advertiser`."""
    waiting = waiting_things(advertiser)
    ready = newest_ads(advertiser).filter(state=Ad.State.READY, batch__is_draft=False)
    return Home(
        waiting=tuple(waiting[:WAITING_SHOWN]),
        waiting_total=len(waiting),
        ads=tuple(ad_card(ad) for ad in ready.order_by("-ended_at")[:ADS_SHOWN]),
        ads_total=ready.count(),
        work=tuple(work_under_way(advertiser)),
        footage=footage(advertiser),
        briefs=Brief.objects.for_advertiser(advertiser).count(),
    )


def waiting_things(advertiser: Advertiser) -> list[Waiting]:
    """Everything that waits for a decision, what blocks first."""
    return [
        *_blocked_lines(advertiser),
        *_held_ads(advertiser),
        *_refused_files(advertiser),
        *_briefs_without_pick(advertiser),
    ]


def waiting_counts(advertiser: Advertiser) -> dict[str, int]:
    """How many things wait, by place in the rail."""
    counts: dict[str, int] = {}
    for thing in waiting_things(advertiser):
        counts[thing.place] = counts.get(thing.place, 0) + 1
    return counts


def _blocked_lines(advertiser: Advertiser) -> list[Waiting]:
    lines = (
        ScriptLine.objects.filter(script__advertiser=advertiser, script__is_chosen=True)
        .filter(findings__contains=[{"blocks": True}])
        .select_related("script__brief")
    )
    found = []
    for line in lines:
        finding = next(each for each in line.findings if each["blocks"])
        found.append(
            Waiting(
                "stop",
                _("One line to change before release"),
                _("“%(title)s”, line %(number)d: %(finding)s")
                % {"title": line.script.brief.title, "number": line.position + 1, "finding": finding_words(finding)},
                _("Change the line"),
                reverse("creative:script", args=[line.script.brief_id, line.script_id]) + f"#line-{line.position + 1}",
                "briefs",
            )
        )
    return found


def _held_ads(advertiser: Advertiser) -> list[Waiting]:
    made = newest_ads(advertiser).filter(batch__is_draft=False)
    held = made.filter(state__in=[Ad.State.HELD, Ad.State.FAILED]).exclude(held_reason="cancelled")
    batches: dict[str, tuple[Batch, int, str]] = {}
    for ad in held.order_by("-created_at"):
        batch, count, reason = batches.get(str(ad.batch_id), (ad.batch, 0, ad.held_reason))
        batches[str(ad.batch_id)] = (batch, count + 1, reason)
    return [
        Waiting(
            "look",
            ngettext("%(count)d ad is held", "%(count)d ads are held", count) % {"count": count},
            _("“%(title)s”: %(reason)s") % {"title": batch.brief.title, "reason": held_words(reason)[:160]},
            _("See why"),
            reverse("creative:batch", args=[batch.id]) + "?show=held",
            "batches",
        )
        for batch, count, reason in batches.values()
    ]


def _refused_files(advertiser: Advertiser) -> list[Waiting]:
    refused = Material.objects.for_advertiser(advertiser).filter(state=Material.State.REFUSED)
    count, first = refused.count(), refused.order_by("-created_at").first()
    if not first:
        return []
    return [
        Waiting(
            "look",
            ngettext("%(count)d file could not be taken", "%(count)d files could not be taken", count)
            % {"count": count},
            _("%(name)s: %(reason)s") % {"name": first.name, "reason": refusal_words(first)},
            _("See files"),
            reverse("creative:materials") + "?show=refused",
            "materials",
        )
    ]


def _briefs_without_pick(advertiser: Advertiser) -> list[Waiting]:
    briefs = Brief.objects.for_advertiser(advertiser).filter(picks=None, batches=None)
    return [
        Waiting(
            "ask",
            _("Pick a reference"),
            _("“%(title)s” has no structure yet.") % {"title": brief.title},
            _("Pick one"),
            reverse("creative:row", args=[brief.id]),
            "briefs",
        )
        for brief in briefs
    ]


def work_under_way(advertiser: Advertiser) -> list[Work]:
    """Batches and files in hand."""
    running = Batch.objects.for_advertiser(advertiser).filter(state__in=[Batch.State.QUEUED, Batch.State.RUNNING])
    found = [_batch_work(batch) for batch in running.select_related("brief")[:4]]
    materials = Material.objects.for_advertiser(advertiser)
    open_files = materials.filter(state=Material.State.WAITING).count()
    if open_files:
        ready = materials.exclude(state=Material.State.WAITING).count()
        shots = Shot.objects.for_advertiser(advertiser).count()
        note = ngettext("%(count)d shot so far", "%(count)d shots so far", shots) % {"count": shots}
        found.append(
            Work(_("Cutting materials into shots"), ready, 0, ready + open_files, note, reverse("creative:materials"))
        )
    return found


def _batch_work(batch: Batch) -> Work:
    states = [ad.state for ad in newest_ads(batch.advertiser).filter(batch=batch)]
    held = sum(state in (Ad.State.HELD, Ad.State.FAILED) for state in states)
    note = _("planning") if batch.state == Batch.State.QUEUED else ""
    if batch.is_draft:
        note = note or _("draft for the storyboard")
    return Work(
        batch.brief.title,
        sum(state == Ad.State.READY for state in states),
        held,
        batch.requested,
        note,
        reverse("creative:storyboard", args=[batch.brief_id])
        if batch.is_draft
        else reverse("creative:batch", args=[batch.id]),
    )


def footage(advertiser: Advertiser) -> Footage:
    """What the usable shots are good for; a shot without a role fits any slot and counts for none."""
    shots = Shot.objects.for_advertiser(advertiser).filter(
        material__state=Material.State.READY, material__media__in=["video", "picture"], is_hidden=False
    )
    totals = shots.aggregate(
        all=Count("id"), used=Count("id", filter=Q(times_used__gt=0)), files=Count("material", distinct=True)
    )
    counts = dict(shots.values_list("role").annotate(count=Count("id")).values_list("role", "count"))
    by_role = tuple((role, counts.get(role, 0)) for role in ROLES)
    least = min(by_role, key=lambda pair: pair[1])
    return Footage(
        totals["all"],
        totals["used"],
        totals["files"],
        by_role,
        least[0],
        least[1],
        max(count for _role, count in by_role),
    )
