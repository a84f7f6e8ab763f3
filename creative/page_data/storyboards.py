"""The storyboard: the newest draft of a brief, one slot in the middle, clips that could stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Advertiser
from creative.contracts import BriefData, PlannedShot, PlannedSlot, SlotNeed
from creative.matching import rank
from creative.models import Ad, Brief, Script, Shot
from creative.page_data.ads import AdPage, LaneShot, LaneSlot, ad_page, shot_at
from creative.page_data.briefs import Step, steps
from creative.page_data.materials import ShotCard, shot_card
from creative.page_data.orders import BULK_FROM, MOST_ADS, POLICIES, SHAPES, TRANSITIONS, USUAL_ADS
from creative.page_data.scripts import marked
from creative.page_data.words import STYLE_WORDS, held_words
from creative.planning import cards_for, line_of, need_of
from creative.selectors import batch_shots, brief_data, clip_options, has_plan, plan_of, relevance
from creative.services.changes import trim_window
from creative.services.scripts import SCRIPT_VERSIONS, hooks_of
from generation.contracts import FPS, Canvas

CANDIDATES_SHOWN = 12

_WHY: dict[str, Any] = {
    "words": gettext_lazy("its words fit the line"),
    "role": gettext_lazy("marked for this slot"),
    "quality": gettext_lazy("sharp and bright"),
    "look": gettext_lazy("looks right for the slot"),
    "unused": gettext_lazy("unused so far"),
    "available": gettext_lazy("free"),
    "chosen": gettext_lazy("you chose it"),
}


def why_words(codes: Sequence[str]) -> list[str]:
    """Why a clip stands or could stand in a slot."""
    return [str(_WHY.get(code, code)) for code in codes]


@dataclass(frozen=True)
class SwapOption:
    """A clip that could stand in the slot, with its score (0..100) and the reasons."""

    card: ShotCard
    score: int
    why: list[str]
    is_here: bool
    is_best: bool


@dataclass(frozen=True)
class Trim:
    """The stretches of its shot a clip could show: its first frame lies from `lowest` to `highest`, now at `start`."""

    video_url: str
    frames: int
    lowest: int
    highest: int
    start: int

    @property
    def from_seconds(self) -> float:
        return self.start / FPS

    @property
    def to_seconds(self) -> float:
        return (self.start + self.frames) / FPS


@dataclass(frozen=True)
class ClipHere:
    """A clip or card of the slot; `trim` where another stretch of it could be shown."""

    shot: LaneShot
    trim: Trim | None


@dataclass(frozen=True)
class SlotView:
    """The slot in the middle of the page. `cards` are the kinds it can have that do not fill it already."""

    slot: LaneSlot
    clips: tuple[ClipHere, ...]
    cards: tuple[str, ...]
    has_card: bool
    marked: str
    why: list[str]
    framing: str
    options: tuple[SwapOption, ...]
    fitting: int


@dataclass(frozen=True)
class Storyboard:
    """Everything the page shows; `showing` is the draft one can watch while `making` is under way."""

    brief: Brief
    page: AdPage | None
    showing: AdPage | None
    making: bool
    failed: str
    slot: SlotView | None
    steps: Sequence[Step]
    undo_url: str
    took_seconds: float
    versions: list[tuple[str, str, bool]]
    shapes: tuple[str, ...]
    usual: int
    most: int
    bulk_from: int
    policies: tuple[str, ...]
    transitions: tuple[str, ...]
    most_hooks: int
    is_draft: bool


def newest_draft(brief: Brief) -> Ad | None:
    """The newest version of the brief's newest draft."""
    drafts = Ad.objects.filter(batch__brief=brief, batch__is_draft=True).select_related("batch__brief", "advertiser")
    return drafts.order_by("-batch__created_at", "-version").first()


def newest_version(ad: Ad) -> Ad:
    """The newest version of the ad in this place of its batch."""
    versions = Ad.objects.filter(batch=ad.batch_id, position=ad.position).select_related("batch__brief", "advertiser")
    return versions.order_by("-version").first() or ad


def storyboard(advertiser: Advertiser, brief: Brief, slot_number: int, ad: Ad | None = None) -> Storyboard:
    """The page with one slot chosen: of the brief's draft, or of the finished ad given."""
    ad = newest_version(ad) if ad else newest_draft(brief)
    page = ad_page(ad) if ad and has_plan(ad) else None
    showing = page if page and page.video_url else _last_watchable(ad)
    slot = _slot_view(advertiser, ad, page, slot_number) if ad and page else None
    scripts = Script.objects.filter(brief=brief).order_by("-is_chosen", "created_at").prefetch_related("lines")
    return Storyboard(
        brief=brief,
        page=page,
        showing=showing,
        making=ad is None or ad.state in (Ad.State.PLANNED, Ad.State.RENDERING),
        failed=held_words(ad.held_reason) if ad and ad.state == Ad.State.FAILED else "",
        slot=slot,
        steps=steps(brief, "storyboard"),
        undo_url=reverse("creative:undo_change", args=[ad.id]) if ad and ad.replaces_id else "",
        took_seconds=(ad.ended_at - ad.created_at).total_seconds() if ad and ad.ended_at else 0.0,
        versions=[(str(each.id), _version_word(each), each.is_chosen) for each in scripts],
        shapes=SHAPES,
        usual=USUAL_ADS,
        most=MOST_ADS,
        bulk_from=BULK_FROM,
        policies=POLICIES,
        transitions=TRANSITIONS,
        most_hooks=SCRIPT_VERSIONS,
        is_draft=ad is None or ad.batch.is_draft,
    )


def _version_word(script: Script) -> str:
    """A version by its style and how it opens."""
    style = str(STYLE_WORDS.get(script.style, script.style))
    return _("%(style)s · %(opening)s") % {"style": style, "opening": next(iter(hooks_of([script])), "…")}


def _last_watchable(ad: Ad | None) -> AdPage | None:
    if ad is None:
        return None
    versions = Ad.objects.filter(~Q(path="") | Q(is_recipe=True), batch=ad.batch, position=ad.position)
    older = versions.select_related("batch__brief").order_by("-version").first()
    return ad_page(older) if older else None


def _slot_view(advertiser: Advertiser, ad: Ad, page: AdPage, number: int) -> SlotView:
    number = max(0, min(number, len(page.slots) - 1))
    slot = page.slots[number]
    plan = plan_of(ad)
    planned = plan.slots[number]
    data = brief_data(ad.batch.brief)
    shots = batch_shots(ad.batch)
    need = need_of(number, planned, data)
    ranked = rank(need, clip_options(shots, Canvas(page.width, page.height)), relevance(need, shots))
    by_id = {str(shot.id): shot for shot in shots}
    here = {shot.shot_id for shot in planned.shots if shot.shot_id}
    # An ad shows no clip twice, so what stands in another slot is not offered.
    elsewhere = {shot.shot_id for slot in plan.slots for shot in slot.shots if shot.shot_id} - here
    ranked = tuple(each for each in ranked if each.shot_id not in elsewhere)
    best = next((each.shot_id for each in ranked if each.shot_id not in here), "")
    options = tuple(
        SwapOption(
            shot_card(by_id[each.shot_id]),
            round(100 * each.score),
            why_words(each.why),
            each.shot_id in here,
            each.shot_id == best,
        )
        for each in ranked[:CANDIDATES_SHOWN]
    )
    spans = _fact_spans(planned.line, planned.fact_ids, {fact.id: fact.text for fact in data.all_facts()})
    first = planned.shots[0] if planned.shots else None
    lane = shot_at(page.shots, number)
    return SlotView(
        slot=slot,
        clips=_clips_here([shot for shot in page.shots if shot.slot == number], planned),
        cards=_cards(need, planned, data),
        has_card=any(shot.card for shot in planned.shots),
        marked=marked(planned.line, spans, ()),
        why=why_words(first.why) if first else [],
        framing=_framing(lane, by_id.get(first.shot_id) if first else None),
        options=options,
        fitting=len(ranked),
    )


def _clips_here(lane: Sequence[LaneShot], planned: PlannedSlot) -> tuple[ClipHere, ...]:
    return tuple(ClipHere(shot, _trim(plan)) for shot, plan in zip(lane, planned.shots, strict=True))


def _trim(planned: PlannedShot) -> Trim | None:
    window = trim_window(planned)
    if window is None:
        return None
    material = Shot.objects.values_list("material_id", flat=True).get(pk=planned.shot_id)
    url = reverse("creative:material_video", args=[material])
    return Trim(url, planned.frames, *window, planned.source_start_frame)


def _cards(need: SlotNeed, planned: PlannedSlot, data: BriefData) -> tuple[str, ...]:
    standing = planned.shots[0].card if len(planned.shots) == 1 else None
    kinds = (each.card for each in cards_for(need, data, line_of(planned)))
    return tuple(kind for kind in kinds if standing is None or kind != standing.card)


def _fact_spans(line: str, fact_ids: Sequence[str], texts: dict[str, str]) -> list[tuple[str, int, int]]:
    """Where a fact's own wording stands in the line; a fact said in other words is named without a place."""
    found = []
    for fact_id in fact_ids:
        at = line.find(texts.get(fact_id, "\0"))
        if at >= 0:
            found.append((fact_id, at, at + len(texts[fact_id])))
    return found


def _framing(lane: LaneShot | None, shot: Shot | None) -> str:
    """How the clip fills the canvas: card, blur, faces or crop; the template says it in words."""
    if lane and lane.card:
        return "card"
    if shot is None:
        return ""
    if not shot.fits_portrait:
        return "blur"
    return "faces" if shot.faces else "crop"
