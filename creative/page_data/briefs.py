"""The list of briefs, the steps of one, and its form with what is ready and what is missing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Advertiser
from core.platforms import every_profile
from creative.models import Batch, Brief, Pick, Script
from creative.page_data.briefs_values import BriefValues
from creative.page_data.tallies import Tally, tallies

CATEGORY_WORDS = {
    "drinks": gettext_lazy("drinks"),
    "food": gettext_lazy("food"),
    "beauty": gettext_lazy("beauty"),
    "fashion": gettext_lazy("fashion"),
    "home": gettext_lazy("home and living"),
    "electronics": gettext_lazy("electronics"),
    "fitness": gettext_lazy("fitness"),
    "education": gettext_lazy("education"),
    "travel": gettext_lazy("travel"),
    "auto": gettext_lazy("cars"),
}
PLATFORM_WORDS = {
    "kuaishou": gettext_lazy("Kuaishou"),
    "douyin": gettext_lazy("Douyin"),
    "tiktok": gettext_lazy("TikTok"),
    "meta": gettext_lazy("Meta"),
    "youtube": gettext_lazy("YouTube"),
}


@dataclass(frozen=True)
class Step:
    """One of the five steps: `state` is done, now or later."""

    word: str
    state: str
    url: str


@dataclass(frozen=True)
class BriefRow:
    """A brief in the list: where it stands and what comes next."""

    brief: Brief
    platform: str
    seconds: float
    slots: tuple[tuple[str, float], ...]
    stands_at: str
    next_word: str
    next_url: str
    ads: int
    updated_at: dt.datetime


@dataclass(frozen=True)
class Part:
    """One line of the list ready / missing; `field` is the id it links to."""

    word: str
    field: str
    is_ready: bool
    is_needed: bool


def brief_rows(advertiser: Advertiser) -> list[BriefRow]:
    """All briefs, the one changed last on top."""
    batches = Prefetch("batches", Batch.objects.defer("slot_plan", "piece_keys", "figures"))
    briefs = Brief.objects.for_advertiser(advertiser).prefetch_related("picks__reference__slots", "scripts", batches)
    finished = [batch.pk for brief in briefs for batch in brief.batches.all() if not batch.is_draft]
    counts = tallies(finished)
    return [_row(brief, counts) for brief in briefs]


def _row(brief: Brief, counts: Mapping[uuid.UUID, Tally]) -> BriefRow:
    picks = list(brief.picks.all())
    scripts = list(brief.scripts.all())
    batches = [batch for batch in brief.batches.all() if not batch.is_draft]
    ads = sum(counts[batch.pk].ready for batch in batches)
    slots: tuple[tuple[str, float], ...] = ()
    if picks:
        slots = tuple((slot.role, slot.end_seconds - slot.start_seconds) for slot in picks[0].reference.slots.all())
    stands_at, word, url = _next(brief, picks, scripts, batches)
    data = brief.data
    platform = str(PLATFORM_WORDS.get(data["platform"], data["platform"]))
    return BriefRow(brief, platform, data["length_seconds"], slots, stands_at, word, url, ads, brief.updated_at)


def _next(brief: Brief, picks: list[Pick], scripts: list[Script], batches: list[Batch]) -> tuple[str, str, str]:
    if batches:
        return _("Ads"), _("Watch the ads"), reverse("creative:batch", args=[batches[0].id])
    if scripts:
        return _("Script"), _("Read the script"), reverse("creative:brief_script", args=[brief.id])
    if picks:
        return _("Reference picked"), _("Write the script"), reverse("creative:row", args=[brief.id])
    return _("Brief"), _("Pick a reference"), reverse("creative:row", args=[brief.id])


def steps(brief: Brief | None, now: str) -> list[Step]:
    """The five steps of a brief with `now` lit; a step is a link once there is something behind it."""
    words = [
        ("brief", _("Brief")),
        ("references", _("References")),
        ("script", _("Script")),
        ("storyboard", _("Storyboard")),
        ("ads", _("Ads")),
    ]
    reached = _reached(brief)
    at = [key for key, _word in words].index(now)
    found = []
    for number, (key, word) in enumerate(words):
        url = reached.get(key, "")
        state = (
            "now"
            if key == now
            else ("done" if url and (number < at or _next_reached(words, number, reached)) else "later")
        )
        found.append(Step(word, state, url))
    return found


def _next_reached(words: list[tuple[str, str]], number: int, reached: dict[str, str]) -> bool:
    return number + 1 < len(words) and words[number + 1][0] in reached


def _reached(brief: Brief | None) -> dict[str, str]:
    if brief is None:
        return {}
    found = {
        "brief": reverse("creative:brief", args=[brief.id]),
        "references": reverse("creative:row", args=[brief.id]),
    }
    if Script.objects.filter(brief=brief).exists():
        found["script"] = reverse("creative:brief_script", args=[brief.id])
    batches = Batch.objects.filter(brief=brief).order_by("-created_at")
    if batches.filter(is_draft=True).exists():
        found["storyboard"] = reverse("creative:storyboard", args=[brief.id])
    last = batches.filter(is_draft=False).first()
    if last:
        found["ads"] = reverse("creative:batch", args=[last.id])
    return found


def parts(values: BriefValues) -> list[Part]:
    """What a brief is made of, ready or missing; the needed ones block saving."""
    facts = any(fact.text for fact in values.facts)
    return [
        Part(_("Product name"), "name", bool(values.name), True),
        Part(_("Category"), "category", bool(values.category), True),
        Part(_("Facts that scripts may say"), "fact-text-0", facts, False),
        Part(_("Price"), "price", bool(values.price), True),
        Part(_("Offer"), "offer", bool(values.offer), False),
        Part(_("What viewers should do"), "cta", bool(values.cta), False),
        Part(_("Audience"), "audience", bool(values.audience), False),
        Part(_("Platform"), "platform-douyin", bool(values.platform), True),
        Part(_("Length"), "length_seconds", bool(values.length_seconds), True),
    ]


@dataclass(frozen=True)
class SafeOutline:
    """A platform's 9:16 canvas and the rectangle its own buttons leave free, in pixels."""

    platform: str
    word: str
    left: int
    top: int
    width: int
    height: int
    min_seconds: float
    max_seconds: float
    source: str
    read_on: str


def outlines() -> list[SafeOutline]:
    """The outline of every platform, for the picture beside the form."""
    found = []
    for profile in every_profile():
        area = profile.placement("9:16")
        found.append(
            SafeOutline(
                profile.platform,
                str(PLATFORM_WORDS[profile.platform]),
                area.safe_left,
                area.safe_top,
                area.safe_right - area.safe_left,
                area.safe_bottom - area.safe_top,
                profile.min_seconds,
                profile.max_seconds,
                profile.source,
                profile.read_on,
            )
        )
    return found
