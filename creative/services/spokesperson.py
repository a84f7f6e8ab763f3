"""A spokesperson clip: a filmed host says a text, with captions, label and signature; checked as an ad is."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from core.contracts import Language, Platform, load
from core.errors import InputError, TerminalError
from core.models import Advertiser
from core.phrases import is_cjk, split_takes
from core.platforms import LABEL_TEXTS
from core.storage import bring_here
from creative.contracts import AdPlan, PlannedShot, PlannedSlot, Role
from creative.services.generating import Watch
from creative.services.looks import parse_canvas, safe_area_of
from creative.services.speaking import as_spoken
from creative.services.waiting import watch_for
from creative.storyboard import VOICE_LEAD_FRAMES, Look, ShotSource, build_timeline, slot_frames
from generation import api as generation
from generation.contracts import (
    FPS,
    Brand,
    Canvas,
    CheckLimits,
    Framing,
    MediaSource,
    Provenance,
    RenderResult,
    RenderSpec,
    VoiceTake,
)

TAKE_WEIGHT = 22.0
"""Reading weight from which a take is long enough: about five seconds."""
LONGEST_TAKE = 200
"""Characters; engines of voices lose the thread in longer lines."""
LONGEST_TEXT = 4000
WHO = "presenter"


@dataclass(frozen=True)
class ToSay:
    """What is wanted: `head` speaks `text` in pictures of `size`; `voice` "" is the engine's usual one."""

    head: str
    text: str
    size: str = "1080x1920"
    voice: str = ""
    language: Language | None = None
    platform: Platform = "douyin"


@dataclass(frozen=True)
class Spokesperson:
    """The finished clip at `path`; `presenter` is what the head's engine told, `takes` how many the text took."""

    path: Path
    result: RenderResult
    presenter: Mapping[str, Any]
    takes: int
    voice: str
    degraded: tuple[str, ...]


def make_spokesperson(advertiser: Advertiser, wish: ToSay, out: Path, watch: Watch = watch_for) -> Spokesperson:
    """The clip of `wish` at `out`: made here where there is a model for the head, else where a host has one.

    InputError for a text or size that cannot be used and a head or consent that is not there, HeadMissing,
    LicenceRefused; TerminalError for work that failed and a clip that does not pass the checks.
    """
    canvas = parse_canvas(wish.size)
    language = wish.language or ("zh-CN" if any(map(is_cjk, wish.text)) else "en")
    is_here = generation.find_presenter(wish.head, advertiser).folder is not None
    takes = _speak(advertiser, wish, language)
    slots = _slots(wish, takes)
    clip = _over(generation.order_presenter(advertiser, _pictures(wish, slots, canvas), ""), is_here, watch)
    spec = _spec(advertiser, slots, clip, canvas, wish.platform, language)
    made = _over(generation.order_ad(advertiser, spec, ""), True, watch)
    result = load(RenderResult, made)
    failed = [f"{check.name}: {check.reason or check.measured}" for check in result.checks if not check.ok]
    if failed:
        raise TerminalError(f"the clip does not pass its checks and was not handed out; {'; '.join(failed)}")
    generation.find_presenter(wish.head, advertiser)  # a consent may have been withdrawn while it was made
    generation.copy_file(bring_here(result.path), out)
    told = [*(mark for _, take in takes for mark in take.degraded), *clip["degraded"], *result.degraded]
    return Spokesperson(out, result, clip, len(takes), takes[0][1].engine, tuple(dict.fromkeys(told)))


def _speak(advertiser: Advertiser, wish: ToSay, language: Language) -> list[tuple[str, VoiceTake]]:
    """(line, take) of the text, in order."""
    if len(wish.text) > LONGEST_TEXT:
        raise InputError("text", f"has {len(wish.text)} characters; a clip holds {LONGEST_TEXT} at most", "too_long")
    lines = split_takes(wish.text, TAKE_WEIGHT, LONGEST_TAKE)
    if not lines:
        raise InputError("text", "there is nothing in it to say; write at least one word", "line_empty")
    return [(line, generation.speak_line(line, language, advertiser=advertiser, voice=wish.voice)) for line in lines]


def _slots(wish: ToSay, takes: Sequence[tuple[str, VoiceTake]]) -> tuple[PlannedSlot, ...]:
    """A slot a take, each showing the stretch of the one clip in which it is said."""
    slots: list[PlannedSlot] = []
    at = 0
    for line, take in takes:
        role: Role = "selling_point" if slots else "hook"
        frames = slot_frames(role, take.seconds)
        shot = PlannedShot(f"presenter/{wish.head}", frames, at, WHO, why=("presenter",))
        slots.append(PlannedSlot(role, line, (), (), frames, (shot,), as_spoken(take)))
        at += frames
    if at > generation.LONGEST_PRESENTER_SECONDS * FPS:
        most = generation.LONGEST_PRESENTER_SECONDS
        raise InputError("text", f"takes {at / FPS:.0f} s to say; a clip has up to {most:.0f} s", "too_long")
    return tuple(slots)


def _pictures(wish: ToSay, slots: Sequence[PlannedSlot], canvas: Canvas) -> generation.PresenterOrder:
    voices = [
        generation.PlacedVoice(slot.voice.path, slot.shots[0].source_start_frame + VOICE_LEAD_FRAMES)
        for slot in slots
        if slot.voice
    ]
    frames = sum(slot.frames for slot in slots)
    return generation.PresenterOrder(wish.head, tuple(voices), frames, canvas.width, canvas.height)


def _spec(
    advertiser: Advertiser,
    slots: tuple[PlannedSlot, ...],
    clip: Mapping[str, Any],
    canvas: Canvas,
    platform: Platform,
    language: Language,
) -> RenderSpec:
    """The clip with captions and label, as an order to render."""
    path, name = bring_here(clip["path"]), slots[0].shots[0].source
    source = MediaSource(
        generation.fingerprint(path)[0], str(path), name, "video", canvas.width, canvas.height, clip["frames"]
    )
    look = Look(
        canvas,
        safe_area_of(canvas, platform),
        Brand(advertiser.name, advertiser.color_primary, advertiser.color_secondary, advertiser.color_accent),
        LABEL_TEXTS[language],
    )
    plan = AdPlan(slots, language, f"{canvas.width}x{canvas.height}", "", "", "", seed=0)
    timeline = build_timeline(plan, {WHO: ShotSource(source, Framing())}, look)
    provenance = Provenance(settings.LABEL_PRODUCER, str(uuid.uuid4()), name, tuple(clip["consents"]))
    return RenderSpec(timeline, CheckLimits(timeline.frames / FPS), provenance)


def _over(job_id: uuid.UUID, is_here: bool, watch: Watch) -> dict[str, Any]:
    """What the job gave once it is done, by this process unless another machine has what it takes.

    TerminalError where it failed.
    """

    def look() -> Any:
        if is_here:
            generation.run_job(str(job_id))
        job = generation.job(str(job_id))
        return job if job.ended_at else None

    job = watch(look)
    if job.state != "done":
        raise TerminalError(job.failure)
    return dict(job.result or {})
