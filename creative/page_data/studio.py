"""The studio's page: what can be made here, what was asked for, how far it is."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import AdloomError
from core.models import Advertiser
from creative.models import Brief, Material, Script, StudioShot
from creative.page_data.sentences import in_words
from creative.selectors import brief_data, script_lines
from creative.services.studio import judge_shot
from creative.shot_prompts import ShotPrompt, write_shot_prompts
from generation import api as generation

TRIAL = """.venv/bin/python manage.py checkpoints make-tiny --kind wan var/checkpoints/tiny-wan
CLIP_ENGINE=wan CLIP_CHECKPOINT=tiny-wan CLIP_SIZE=64x112 CLIP_STEPS=4 make serve"""
"""What shows the whole way without a download."""

SHOWN = 24
PICTURES_OFFERED = 24
PICTURE_FIELDS = ("first", "last", "reference", "sketch")
MOVES = (
    ("pan", gettext_lazy("Pan"), gettext_lazy("left"), gettext_lazy("right")),
    ("tilt", gettext_lazy("Tilt"), gettext_lazy("down"), gettext_lazy("up")),
    ("zoom", gettext_lazy("Zoom"), gettext_lazy("out"), gettext_lazy("in")),
    ("dolly", gettext_lazy("Dolly"), gettext_lazy("back"), gettext_lazy("forward")),
    ("truck", gettext_lazy("Truck"), gettext_lazy("left"), gettext_lazy("right")),
    ("pedestal", gettext_lazy("Pedestal"), gettext_lazy("down"), gettext_lazy("up")),
    ("roll", gettext_lazy("Roll"), gettext_lazy("anticlockwise"), gettext_lazy("clockwise")),
    ("orbit", gettext_lazy("Orbit"), gettext_lazy("anticlockwise"), gettext_lazy("clockwise")),
)
KINDS = {
    "text-to-image": gettext_lazy("picture from words"),
    "edit": gettext_lazy("picture from a picture"),
    "text-to-video": gettext_lazy("clip from words"),
    "image-to-video": gettext_lazy("clip from a picture"),
    "first-last-frame": gettext_lazy("clip between two pictures"),
    "extend": gettext_lazy("longer clip"),
}

FIELDS = {
    "prompt": gettext_lazy("What is to be seen"),
    "negative": gettext_lazy("What is not"),
    "checkpoint": gettext_lazy("Model"),
    "kind": gettext_lazy("Model"),
    "ratio": gettext_lazy("Ratio"),
    "size": gettext_lazy("Ratio"),
    "seconds": gettext_lazy("Seconds"),
    "frames": gettext_lazy("Seconds"),
    "seed": gettext_lazy("Seed"),
    "upscale": gettext_lazy("Larger"),
    "interpolate": gettext_lazy("Smoother"),
    "first": gettext_lazy("first"),
    "image": gettext_lazy("first"),
    "last": gettext_lazy("last"),
    "last_image": gettext_lazy("last"),
    "reference": gettext_lazy("likeness"),
    "references": gettext_lazy("likeness"),
    "sketch": gettext_lazy("drawing"),
    "mask": gettext_lazy("Painted over"),
    "extend": gettext_lazy("Longer"),
    "camera": gettext_lazy("Camera"),
}
EMPTY = dict.fromkeys(
    ("prompt", "checkpoint", "negative", "first", "last", "reference", "sketch", "extend", "mask", "camera"), ""
) | {"ratio": "9:16", "seconds": "0", "seed": "1", "upscale": "1", "interpolate": "1"}


@dataclass(frozen=True)
class Slider:
    """One camera move: what its two ends are called, and where it stands."""

    move: str
    word: str
    minus: str
    plus: str
    strength: float


@dataclass(frozen=True)
class ShownShot:
    """One result. `state` waiting, running, done, failed or cancelled; `share` 0..1."""

    shot: StudioShot
    kind: str
    state: str
    share: float
    ahead: int
    failure: str
    url: str
    is_picture: bool
    facts: str
    warning: str
    scores: tuple[tuple[str, float, str], ...]
    is_open: bool


@dataclass(frozen=True)
class OfferedPicture:
    """A picture that may be a first or last frame."""

    id: str
    url: str
    name: str


def makers_of(advertiser: Advertiser) -> list[generation.Maker]:
    """Checkpoints there are, usable ones first."""
    return sorted(generation.makers(advertiser), key=lambda maker: bool(maker.refused))


def can_here(makers: Sequence[generation.Maker]) -> frozenset[str]:
    """What any of the models here can, as `Maker.can` says it."""
    return frozenset().union(*(maker.can for maker in makers if not maker.refused))


def abilities(makers: Sequence[generation.Maker]) -> list[dict[str, Any]]:
    """What the page's script needs to know of each model, to say which controls it takes."""
    return [
        {"checkpoint": maker.checkpoint, "name": maker.name, "can": sorted(maker.can), "facts": _maker_facts(maker)}
        for maker in makers
        if not maker.refused
    ]


def _maker_facts(maker: generation.Maker) -> str:
    longest = _("%(seconds)s s a run") % {"seconds": f"{maker.longest_seconds:g}"} if maker.longest_seconds else ""
    return " · ".join(filter(None, (", ".join(maker.engines), longest, _made_by(maker))))


def _made_by(maker: generation.Maker) -> str:
    return _(", ").join(str(word) for kind, word in KINDS.items() if kind in maker.can)


def filled_in(makers: Sequence[generation.Maker], values: Mapping[str, Any]) -> dict[str, str]:
    """What the form's fields hold, as text; the model is the one asked for where it is still here and can go on."""
    told = {name: f"{value:g}" if isinstance(value, float) else str(value) for name, value in values.items()}
    filled = {**EMPTY, **told}
    usable = [maker for maker in makers if not maker.refused]
    wanted = _wanted(filled)
    able = [maker for maker in usable if wanted in maker.can] or usable
    keeps = [maker for maker in able if maker.checkpoint == filled["checkpoint"]]
    if not filled["checkpoint"] or wanted == "extend":
        filled["checkpoint"] = (keeps or able)[0].checkpoint if able else ""
    return filled


def _wanted(filled: Mapping[str, str]) -> str:
    if filled["extend"]:
        return "extend"
    if filled["seconds"] in ("", "0", "0.0"):
        return "image" if filled["first"] else "text-to-image"
    return "image-to-video" if filled["first"] else "text-to-video"


def field_word(thing: str) -> str:
    """What the form calls a field; orders call some of them otherwise."""
    return str(FIELDS.get(thing, thing))


def missing_engines() -> list[tuple[str, str, tuple[str, ...]]]:
    """(engine, what it lacks, the commands that mend it) of every engine of pictures and clips."""
    states = generation.check_engines()
    names = ("stable-diffusion", "wan", "ltx", "cogvideox", "edit")
    return [(name, "; ".join(states[name].missing), states[name].mend) for name in names if name in states]


def sliders(camera: Mapping[str, float]) -> list[Slider]:
    return [Slider(move, str(word), str(minus), str(plus), camera.get(move, 0.0)) for move, word, minus, plus in MOVES]


def shown_shots(advertiser: Advertiser) -> list[ShownShot]:
    """The latest results with how far they are."""
    return [_shown(shot) for shot in _rows(advertiser)[:SHOWN]]


def _rows(advertiser: Advertiser) -> QuerySet[StudioShot]:
    """Without what the form said: a painted mask is as large as a picture, and results are read every other second."""
    return StudioShot.objects.for_advertiser(advertiser).defer("asked")


def _progress(shot: StudioShot) -> tuple[generation.ClipProgress, generation.ClipResult | None]:
    """How far it is, and what came out; an order that was cleared away is over, and so is one whose file is gone."""
    try:
        progress = generation.clip_progress(shot.order_id)
        return progress, generation.clip_result(shot.order_id) if progress.state == "done" else None
    except (ObjectDoesNotExist, AdloomError):
        return generation.ClipProgress("failed", failure=_("its order is gone; ask for it again")), None


def _shown(shot: StudioShot) -> ShownShot:
    progress, result = _progress(shot)
    verdict = judge_shot(shot) if result else None
    return ShownShot(
        shot=shot,
        kind=str(KINDS.get(shot.kind, shot.kind)),
        state=progress.state,
        share=progress.progress,
        ahead=progress.ahead,
        failure=in_words(progress.failure) if progress.failure else "",
        url=reverse("creative:studio_media", args=[shot.pk]) if result else "",
        is_picture=bool(result and result.suffix == ".png"),
        facts=_facts(result) if result else "",
        warning=in_words(verdict["reason"]) if verdict and verdict["reason"] else "",
        scores=tuple((each["name"], each["value"], each["tier"]) for each in (verdict or {}).get("scores", ())),
        is_open=progress.state in ("waiting", "running"),
    )


def _facts(result: Any) -> str:
    length = _("%(seconds).1f s") % {"seconds": result.seconds} if result.frames > 1 else ""
    cost = _("%(seconds).0f s on the device") % {"seconds": result.device_seconds}
    is_known = result.licence != "unknown"
    licence = _("licence: %(licence)s") % {"licence": result.licence} if is_known else _("licence unknown")
    return " · ".join(part for part in (length, cost, licence, *result.degraded) if part)


def offered_pictures(
    advertiser: Advertiser, shown: Sequence[ShownShot], filled: Mapping[str, str]
) -> list[OfferedPicture]:
    """Pictures of the studio among its `shown` results, then those among the materials, each up to half of what is
    offered where there are enough of both; before them what the form has `filled` in and is neither."""
    made = _made(shown)
    kept = _kept(_material_pictures(advertiser).order_by("-created_at")[:PICTURES_OFFERED])
    made = made[: max(PICTURES_OFFERED - len(kept), PICTURES_OFFERED // 2)]
    offered = made + kept[: PICTURES_OFFERED - len(made)]
    missing = _keys(filled) - {each.id for each in offered}
    if not missing:
        return offered
    earlier = _made([_shown(shot) for shot in _rows(advertiser).filter(pk__in=missing)])
    return earlier + _kept(_material_pictures(advertiser).filter(pk__in=missing)) + offered


def _keys(filled: Mapping[str, str]) -> set[str]:
    """Ids of the pictures that a form names."""
    keys = set()
    for field in PICTURE_FIELDS:
        try:
            keys.add(str(uuid.UUID(filled[field])))
        except ValueError:
            # Nothing chosen, or nothing that could have been.
            continue
    return keys


def _made(shown: Sequence[ShownShot]) -> list[OfferedPicture]:
    return [OfferedPicture(str(each.shot.pk), each.url, each.shot.prompt[:60]) for each in shown if each.is_picture]


def _material_pictures(advertiser: Advertiser) -> QuerySet[Material]:
    rows = Material.objects.for_advertiser(advertiser).filter(media="picture", state=Material.State.READY)
    return rows.prefetch_related("shots")


def _kept(materials: Iterable[Material]) -> list[OfferedPicture]:
    return [
        OfferedPicture(str(material.pk), reverse("creative:shot_picture", args=[shots[0].pk]), material.name)
        for material in materials
        if (shots := material.shots.all())
    ]


@dataclass(frozen=True)
class StoryboardShot:
    """One line of a script with what to show while it is said."""

    number: int
    role: str
    line: str
    seconds: float
    prompt: ShotPrompt


def storyboard_shots(brief: Brief) -> list[StoryboardShot]:
    """A prompt for every line of the brief's latest script; empty while it has none."""
    script = Script.objects.filter(brief=brief).order_by("-created_at").first()
    if script is None:
        return []
    lines = script_lines(script)
    prompts = write_shot_prompts(brief_data(brief), [line.text for line in lines], [line.role for line in lines])
    return [
        StoryboardShot(number, line.role, line.text, round(line.estimated_seconds + 0.6, 1), prompt)
        for number, (line, prompt) in enumerate(zip(lines, prompts, strict=True), 1)
    ]


def briefs_with_scripts(advertiser: Advertiser) -> Sequence[Brief]:
    rows = Brief.objects.for_advertiser(advertiser).filter(scripts__isnull=False)
    return list(rows.distinct().order_by("-created_at")[:20])
