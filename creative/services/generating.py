"""Having clips made by models for one order: shots for slots that footage serves badly, a presenter who speaks.

What comes back is a material like any other, marked with what made it; a clip that does not pass
the gate is tried once with another seed and then left out, with its reason in the report.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings

from core.contracts import dump, load
from core.errors import TerminalError
from core.models import Advertiser
from core.storage import bring_here
from creative.bulk.pools import opening_of
from creative.contracts import BriefData, SlotNeed, SpokenTake
from creative.generating.gaps import weakest_slots
from creative.models import Ad, Batch, Material, Script
from creative.planning import end_cards, plan_ads, slot_needs
from creative.rewriting.footage_words import suggest_words
from creative.selectors import GENERATED, PIN, clip_options, relevance, usable_shots
from creative.services.looks import parse_canvas
from creative.services.materials import add_material
from creative.services.speaking import speak_script
from creative.shot_prompts import ShotPrompt, write_shot_prompts
from creative.storyboard import VOICE_LEAD_FRAMES
from generation import api as generation
from generation.contracts import FPS, RenderSpec

Watch = Callable[[Callable[[], Any]], Any]
"""Polls a function until it gives something."""

TRIES = 2
SPARE_SECONDS = 0.4
"""A clip is a little longer than its slot, so that what is cut from it may begin where it looks best."""


@dataclass(frozen=True)
class Wanted:
    """What an order wants made: up to `clips` shots, and a presenter who speaks the hooks, "" for none."""

    clips: int = 0
    presenter: str = ""

    @property
    def is_anything(self) -> bool:
        return bool(self.clips or self.presenter)


@dataclass
class Generated:
    """What was made for an order, and what was left out, as (thing, reason)."""

    materials: list[Material] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """For the books and the report; empty where nothing was asked for."""
        if not self.materials and not self.left_out:
            return {}
        return {
            "clips": [{"name": each.name, "material": str(each.pk), **each.made_with} for each in self.materials],
            "left_out": [{"file": name, "reason": reason} for name, reason in self.left_out],
        }


@dataclass(frozen=True)
class Making:
    """The order everything is made for. `folder` is where its materials are looked for; `seed` decides the clips.

    In a bulk batch all openings are as long as the longest.
    """

    advertiser: Advertiser
    brief: BriefData
    scripts: Sequence[Script]
    folder: str
    canvas: str
    seed: int
    is_bulk: bool = False


def key_of(wanted: Wanted) -> dict[str, Any]:
    """What of this decides the frames of a run; nothing where nothing is wanted."""
    if not wanted.is_anything:
        return {}
    return {"wanted": [dump(wanted), settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT, str(settings.HEAD_MODEL_DIR)]}


def generated_for(batch: Batch, ads: Sequence[Ad] = ()) -> dict[str, Any]:
    """What models made for a batch, and what of it `ads` show; empty where nothing was asked for."""
    event = batch.events.filter(what=GENERATED).first()
    if event is None:
        return {}
    shown = generation.generated_seconds(load(RenderSpec, ad.spec).timeline for ad in ads if ad.spec)
    each = round(shown.unique_seconds / len(ads), 3) if ads else None
    return {**event.detail, **({"shown": {**dump(shown), "unique_seconds_an_ad": each}} if ads else {})}


def generate(making: Making, wanted: Wanted, watch: Watch) -> Generated:
    """Have made what `wanted` says and wait for it.

    InputError and the engines' errors where nothing can be made at all: no model, no head, no consent, no licence.
    """
    made = Generated()
    if wanted.presenter:
        _present(making, wanted.presenter, made, watch)
    if wanted.clips:
        _fill(making, wanted.clips, made, watch)
    _await_materials(made, watch)
    return made


def _fill(making: Making, count: int, made: Generated, watch: Watch) -> None:
    spoken = speak_script(making.scripts[0])
    needs = slot_needs(spoken)
    shots = usable_shots(making.advertiser, making.folder)
    options = clip_options(shots, parse_canvas(making.canvas))
    trial = plan_ads(
        making.brief, [spoken], options, lambda need: relevance(need, shots), (), 1, making.seed, making.canvas
    )
    chosen = weakest_slots(needs, trial[0], end_cards(needs), count)
    prompts = write_shot_prompts(making.brief, [need.line for need in chosen], [need.role for need in chosen])
    wishes = [
        Wish(need, prompt, making.seed * 100 + at)
        for at, (need, prompt) in enumerate(zip(chosen, prompts, strict=True))
    ]
    _make(making, wishes, made, watch)


def move_stills(making: Making, stills: Sequence[tuple[SlotNeed, ShotPrompt, str]], watch: Watch) -> Generated:
    """A clip for each slot that begins with the picture at a path; waits for all. Errors as `generate`."""
    made = Generated()
    wishes = [Wish(need, prompt, making.seed * 100 + at, still) for at, (need, prompt, still) in enumerate(stills)]
    _make(making, wishes, made, watch)
    _await_materials(made, watch)
    return made


@dataclass(frozen=True)
class Wish:
    """A clip for a slot; `still` is the picture it begins with, "" for none."""

    need: SlotNeed
    prompt: ShotPrompt
    seed: int
    still: str = ""

    @property
    def name(self) -> str:
        return f"generated/{self.need.role}-{self.need.position + 1}"


def _make(making: Making, wishes: Sequence[Wish], made: Generated, watch: Watch) -> None:
    """All are ordered before one is waited for, so that a host may make them together.

    Those that fail the gate are ordered once more, with another seed.
    """
    open_wishes, reasons = list(wishes), dict[str, str]()
    for attempt in range(TRIES):
        orders = [_order(making, wish, wish.seed + 7919 * attempt) for wish in open_wishes]
        failed = []
        for wish, order in zip(open_wishes, orders, strict=True):
            ended = watch(partial(_ended, order))
            if ended.state != "done":
                made.left_out.append((wish.name, ended.failure or ended.state))
                continue
            clip = generation.clip_result(order)
            verdict = generation.judge_file(clip.path)
            if verdict.ok:
                made.materials.append(_book(making, clip, wish))
            else:
                failed.append(wish)
                reasons[wish.name] = verdict.reason
        open_wishes = failed
    made.left_out += [(wish.name, reasons[wish.name]) for wish in open_wishes]


def _order(making: Making, wish: Wish, seed: int) -> uuid.UUID:
    canvas = parse_canvas(making.canvas)
    request = generation.clip_for_slot(
        wish.prompt.text,
        wish.prompt.negative,
        ratio=(canvas.width, canvas.height),
        seconds=wish.need.frames / FPS + SPARE_SECONDS,
        seed=seed,
        camera=wish.prompt.camera,
        image=wish.still,
    )
    return generation.order_clip(making.advertiser.pk, request)


def _ended(order: uuid.UUID) -> Any:
    progress = generation.clip_progress(order)
    return progress if progress.state in ("done", "failed", "cancelled") else None


def _book(making: Making, clip: generation.ClipResult, wish: Wish) -> Material:
    need, prompt = wish.need, wish.prompt
    words = [*need.words, *suggest_words(need.line, need.role, making.brief)]
    material = add_material(
        making.advertiser,
        clip.path,
        f"{wish.name}-{clip.sha256[:8]}{clip.suffix}",
        making.folder,
        {"role": need.role, "words": list(dict.fromkeys(words))},
    )
    told = ("engine", "checkpoint_hash", "seed", "frames", "steps")
    parameters = {key: clip.parameters[key] for key in told if key in clip.parameters}
    licence = {"licence": clip.licence, "seconds": clip.seconds, "device_seconds": round(clip.device_seconds, 2)}
    told_of = {"prompt": prompt.text, "degraded": [*clip.degraded, *prompt.degraded], **parameters, **licence}
    return _marked(material, Material.Origin.GENERATED, told_of, {"line": need.line, "frames": need.frames})


def _marked(material: Material, origin: str, made_with: dict[str, Any], pin: dict[str, Any]) -> Material:
    """`pin` says which slot the clip was made for."""
    material.origin, material.made_with = origin, {**made_with, PIN: pin}
    material.save(update_fields=["origin", "made_with"])
    return material


def _present(making: Making, name: str, made: Generated, watch: Watch) -> None:
    canvas = parse_canvas(making.canvas)
    openings = _openings(making)
    orders = [
        generation.PresenterOrder(
            name, (generation.PlacedVoice(take.path, VOICE_LEAD_FRAMES),), frames, canvas.width, canvas.height
        )
        for take, frames in openings
    ]
    jobs = [generation.order_presenter(making.advertiser, order, "") for order in orders]
    for (take, frames), job_id in zip(openings, jobs, strict=True):
        job = watch(partial(_over, job_id))
        if job.state != "done":
            for other in jobs:
                generation.cancel(other)
            raise TerminalError(f"presenter {name}: {job.failure}")
        clip = job.result
        path = bring_here(clip["path"])
        material = add_material(making.advertiser, path, f"presenter/{name}-{path.stem[:8]}.mp4", making.folder)
        told = {key: clip[key] for key in ("head", "checkpoint", "person", "consents", "seconds", "degraded")}
        pin = {"voice": take.sha256, "frames": frames}
        made.materials.append(_marked(material, Material.Origin.PRESENTER, told, pin))
    # From here on a withdrawal finds the clips; one that came while they were made found none.
    generation.find_presenter(name, making.advertiser)


def _openings(making: Making) -> list[tuple[SpokenTake, int]]:
    """What a presenter has to say, each with the frames of its slot."""
    spoken = [speak_script(script) for script in making.scripts]
    if making.is_bulk:
        frames, takes = opening_of(making.brief, spoken)
        return [(take, frames) for take in takes]
    first = ((each.takes[0], slot_needs(each)[0].frames) for each in spoken)
    return [(take, frames) for take, frames in first if take is not None]


def _over(job_id: uuid.UUID) -> Any:
    job = generation.job(str(job_id))
    return job if job.ended_at else None


def _await_materials(made: Generated, watch: Watch) -> None:
    """Until each file was looked at; one that cannot be used is left out."""
    keys = [each.pk for each in made.materials]

    def look() -> list[Material] | None:
        rows = list(Material.objects.filter(pk__in=keys))
        return None if any(row.state == Material.State.WAITING for row in rows) else rows

    rows = {row.pk: row for row in watch(look)} if keys else {}
    for material in list(made.materials):
        row = rows[material.pk]
        if row.state == Material.State.REFUSED:
            made.materials.remove(material)
            made.left_out.append((row.name, row.refusal_reason))
        elif row.origin == Material.Origin.PRESENTER:
            # Lips that fit one line fit no other: it goes where it is pinned, and nowhere else.
            row.shots.update(is_hidden=True)
