"""What waits for a person, what came out last, what is being made, what the footage carries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import Advertiser
from core.waiting import Waiting
from creative.contracts import ROLES
from creative.models import Ad, Batch, Brief, Material, ScriptLine, Shot
from creative.page_data.cards import LARGE, AdCard, ad_card, newest_ads
from creative.page_data.tallies import HELD, Tally, newest_of, tallies
from creative.page_data.words import finding_words, held_words, refusal_words

WAITING_SHOWN = 5
ADS_SHOWN = 5


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
    finished = Batch.objects.for_advertiser(advertiser).filter(is_draft=False).values_list("pk", flat=True)
    return Home(
        waiting=tuple(waiting[:WAITING_SHOWN]),
        waiting_total=len(waiting),
        ads=tuple(map(ad_card, _last_ready(advertiser))),
        ads_total=sum(tally.ready for tally in tallies(list(finished)).values()),
        work=tuple(work_under_way(advertiser)),
        footage=footage(advertiser),
        briefs=Brief.objects.for_advertiser(advertiser).count(),
    )


def _last_ready(advertiser: Advertiser) -> list[Ad]:
    """The ads that became ready last. A few more are read than shown, since some may be replaced."""
    ready = Ad.objects.for_advertiser(advertiser).filter(state=Ad.State.READY, batch__is_draft=False)
    rows = ready.select_related("batch__brief").defer(*LARGE, "spec").order_by("-ended_at")
    return newest_of(rows[: 4 * ADS_SHOWN])[:ADS_SHOWN]


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
    """One line a batch, with its most frequent reason."""
    made = newest_ads(advertiser).filter(batch__is_draft=False, state__in=HELD).exclude(held_reason="cancelled")
    rows = made.select_related(None).values("batch_id", "batch__created_at", "batch__brief__title", "held_reason")
    counts: dict[str, tuple[str, int, str]] = {}
    for row in rows.annotate(many=Count("pk")).order_by("-batch__created_at", "-many", "held_reason"):
        title, count, reason = counts.get(str(row["batch_id"]), (row["batch__brief__title"], 0, row["held_reason"]))
        counts[str(row["batch_id"])] = (title, count + row["many"], reason)
    return [
        Waiting(
            "look",
            ngettext("%(count)d ad is held", "%(count)d ads are held", count) % {"count": count},
            _("“%(title)s”: %(reason)s") % {"title": title, "reason": held_words(reason)[:160]},
            _("See why"),
            reverse("creative:batch", args=[batch_id]) + "?show=held",
            "batches",
        )
        for batch_id, (title, count, reason) in counts.items()
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
    open_states = [Batch.State.QUEUED, Batch.State.RUNNING, Batch.State.PAUSED]
    running = Batch.objects.for_advertiser(advertiser).filter(state__in=open_states)
    batches = list(running.select_related("brief").defer("slot_plan", "piece_keys", "figures", "brief__data")[:4])
    counts = tallies([batch.pk for batch in batches])
    found = [_batch_work(batch, counts[batch.pk]) for batch in batches]
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


def _batch_work(batch: Batch, tally: Tally) -> Work:
    notes = {Batch.State.QUEUED: _("planning"), Batch.State.PAUSED: _("paused")}
    note = notes.get(Batch.State(batch.state), "")
    if batch.is_draft:
        note = note or _("draft for the storyboard")
    return Work(
        batch.brief.title,
        tally.ready,
        tally.held,
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
