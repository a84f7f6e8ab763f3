"""One ad: its slots, shots and lines on the timeline, checks, labels, and where each frame comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import reverse

from core.contracts import Fact
from creative.contracts import AdPlan, BriefData, PlannedShot, PlannedSlot
from creative.models import Ad, Shot
from creative.page_data.bulk_ads import RecipeSide, recipe_side
from creative.page_data.check_words import CheckView, check_views
from creative.page_data.words import Mark, held_words, marks
from creative.selectors import ad_result, brief_data, plan_of
from creative.services.held import FOR_GOOD
from generation.contracts import FPS, Check, LabelReport, RenderResult

TILES_A_SECOND = 1.6


@dataclass(frozen=True)
class LaneShot:
    """One shot on the timeline: footage with a picture, or a card with its words. Frames of the ad."""

    number: int
    slot: int
    role: str
    start_frame: int
    end_frame: int
    source: str
    source_seconds: float
    picture_url: str
    card: str
    card_words: str
    rights: str
    times_used: int

    @property
    def frames(self) -> int:
        return self.end_frame - self.start_frame

    @property
    def seconds(self) -> float:
        return self.frames / FPS

    @property
    def start_seconds(self) -> float:
        return self.start_frame / FPS

    @property
    def end_seconds(self) -> float:
        return self.end_frame / FPS

    @property
    def tiles(self) -> range:
        """How many pictures side by side fill the shot on a lane of usual width."""
        return range(max(1, round(self.seconds * TILES_A_SECOND)))


@dataclass(frozen=True)
class LaneSlot:
    """One slot on the timeline."""

    number: int
    role: str
    line: str
    fact_ids: tuple[str, ...]
    start_frame: int
    frames: int
    voice_seconds: float

    @property
    def seconds(self) -> float:
        return self.frames / FPS

    @property
    def start_seconds(self) -> float:
        return self.start_frame / FPS

    @property
    def end_frame(self) -> int:
        return self.start_frame + self.frames


@dataclass(frozen=True)
class AdPage:
    """Everything the player shows."""

    ad: Ad
    title: str
    seconds: float
    size_bytes: int
    slots: tuple[LaneSlot, ...]
    shots: tuple[LaneShot, ...]
    held: str
    checks: tuple[CheckView, ...]
    passed: int
    label: LabelReport | None
    result: RenderResult | None
    marks: tuple[Mark, ...]
    music: str
    headline: str
    facts: tuple[Fact, ...]
    video_url: str
    poster_url: str
    versions: tuple[Ad, ...]
    previous_url: str
    next_url: str
    width: int
    height: int
    recipe: RecipeSide | None
    can_retry: bool

    @property
    def strip(self) -> list[tuple[str, float]]:
        return [(slot.role, slot.seconds) for slot in self.slots]


def ad_page(ad: Ad) -> AdPage:
    """The player of one version of an ad."""
    plan = plan_of(ad)
    result = ad_result(ad)
    recipe = recipe_side(ad) if ad.is_recipe else None
    data = brief_data(ad.batch.brief)
    checks = check_views(_checks(recipe, result))
    is_made = bool(ad.path or ad.is_recipe)
    width, height = (int(part) for part in plan.canvas.split("x"))
    return AdPage(
        ad=ad,
        title=f"{ad.position + 1:02d} · {plan.slots[0].line if plan.slots else ad.batch.brief.title}",
        seconds=plan.frames / FPS,
        size_bytes=recipe.size_bytes if recipe else _size(ad),
        slots=lane_slots(plan),
        shots=lane_shots(ad, plan),
        held=held_words(ad.held_reason),
        checks=checks,
        passed=sum(check.ok for check in checks),
        label=recipe.label if recipe else result.label if result else None,
        result=result,
        marks=marks(ad.degraded),
        music=plan.music_name,
        headline=plan.headline,
        facts=_facts(plan, data),
        video_url=reverse("creative:ad_video", args=[ad.id]) if is_made else "",
        poster_url=reverse("creative:ad_poster", args=[ad.id]) if is_made else "",
        versions=tuple(Ad.objects.filter(batch=ad.batch, position=ad.position).order_by("version")),
        previous_url=_neighbour(ad, -1),
        next_url=_neighbour(ad, 1),
        width=width,
        height=height,
        recipe=recipe,
        can_retry=ad.held_reason not in FOR_GOOD,
    )


def _checks(recipe: RecipeSide | None, result: RenderResult | None) -> list[Check]:
    """What was measured on the whole decoded ad stands before what its tables and segments say."""
    whole = list(result.checks) if result else []
    known = {check.name for check in whole} | ({"true_peak"} if whole else set())
    return [check for check in (recipe.checks if recipe else ()) if check.name not in known] + whole


def _size(ad: Ad) -> int:
    path = Path(ad.path) if ad.path else None
    return path.stat().st_size if path and path.is_file() else 0


def _neighbour(ad: Ad, step: int) -> str:
    other = Ad.objects.filter(batch=ad.batch, position=ad.position + step).order_by("-version").first()
    return reverse("creative:ad", args=[other.id]) if other else ""


def _facts(plan: AdPlan, data: BriefData) -> tuple[Fact, ...]:
    used = {fact_id for slot in plan.slots for fact_id in slot.fact_ids}
    return tuple(fact for fact in data.all_facts() if fact.id in used)


def lane_slots(plan: AdPlan) -> tuple[LaneSlot, ...]:
    """The slots of a plan with the frames they start at."""
    found, at = [], 0
    for number, slot in enumerate(plan.slots):
        voice = slot.voice.seconds if slot.voice else 0.0
        found.append(LaneSlot(number, slot.role, slot.line, slot.fact_ids, at, slot.frames, voice))
        at += slot.frames
    return tuple(found)


def lane_shots(ad: Ad, plan: AdPlan) -> tuple[LaneShot, ...]:
    """The shots of a plan in order of frames, with rights and use from the books."""
    ids = {shot.shot_id for slot in plan.slots for shot in slot.shots if shot.shot_id}
    known = Shot.objects.filter(advertiser=ad.advertiser_id, pk__in=ids).select_related("material")
    rows = {str(row.pk): row for row in known}
    found: list[LaneShot] = []
    at = 0
    for number, slot in enumerate(plan.slots):
        for shot in slot.shots:
            found.append(_lane_shot(len(found) + 1, number, slot, shot, at, rows))
            at += shot.frames
    return tuple(found)


def _lane_shot(
    number: int, slot_number: int, slot: PlannedSlot, shot: PlannedShot, at: int, rows: Mapping[str, Shot]
) -> LaneShot:
    footage = rows.get(shot.shot_id)
    return LaneShot(
        number=number,
        slot=slot_number,
        role=slot.role,
        start_frame=at,
        end_frame=at + shot.frames,
        source=shot.source,
        source_seconds=shot.source_start_frame / FPS,
        picture_url=reverse("creative:shot_picture", args=[footage.id]) if footage else "",
        card=shot.card.card if shot.card else "",
        card_words=_card_words(shot),
        rights=footage.material.rights if footage else "",
        times_used=footage.times_used if footage else 0,
    )


def _card_words(shot: PlannedShot) -> str:
    if shot.card is None:
        return ""
    return " ".join(text for text in (shot.card.price, *shot.card.texts) if text)


def shot_at(shots: Sequence[LaneShot], slot: int) -> LaneShot | None:
    """The first shot of a slot."""
    return next((shot for shot in shots if shot.slot == slot), None)


def lineage_rows(page: AdPage) -> list[dict[str, Any]]:
    """The lineage as plain rows, for the CSV."""
    return [
        {
            "from_frame": shot.start_frame,
            "to_frame": shot.end_frame,
            "slot": shot.role,
            "source": shot.source,
            "source_from_frame": round(shot.source_seconds * FPS),
            "rights": shot.rights or "card",
        }
        for shot in page.shots
    ]
