"""The studio: pictures and clips ordered by hand, looked over, taken in as materials."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from core.contracts import load
from core.errors import InputError, TerminalError
from core.models import Advertiser
from creative.material_words import words_of
from creative.models import Material, StudioShot
from creative.services.materials import add_material
from generation import api as generation
from generation.contracts import Understanding

RATIOS: dict[str, tuple[int, int]] = {"9:16": (9, 16), "1:1": (1, 1), "16:9": (16, 9)}
LONGEST_SECONDS = 180.0
LONGEST_PROMPT = 2000
FOLDER = ""
"""Results taken in lie among the uploads, where every brief finds them."""


@dataclass(frozen=True)
class Asked:
    """What the form says. `seconds` 0 asks for a picture. `first`, `last`, `reference` and `sketch` are ids of picture
    materials or of finished pictures of the studio, `extend` of a finished clip."""

    prompt: str
    checkpoint: str = ""
    negative: str = ""
    ratio: str = "9:16"
    seconds: float = 0.0
    seed: int = 1
    camera: str = ""
    first: str = ""
    last: str = ""
    reference: str = ""
    sketch: str = ""
    extend: str = ""
    upscale: int = 1
    interpolate: int = 1


def order_shot(advertiser: Advertiser, member: str, asked: Asked) -> StudioShot:
    """Have it made. InputError names the field that cannot be fulfilled, and the nearest that can."""
    _check(asked)
    conditions: dict[str, Any] = {
        "image": str(_picture(advertiser, asked.first, "first")),
        "last_image": str(_picture(advertiser, asked.last, "last")),
        "sketch": str(_picture(advertiser, asked.sketch, "sketch")),
        "extend": str(_clip(advertiser, asked.extend)),
        "references": tuple(filter(None, [str(_picture(advertiser, asked.reference, "reference"))])),
        "upscale": asked.upscale,
        "interpolate": asked.interpolate,
    }
    request = generation.clip_for_slot(
        asked.prompt.strip(),
        asked.negative.strip(),
        ratio=RATIOS[asked.ratio],
        seconds=asked.seconds,
        seed=asked.seed,
        camera=asked.camera,
        checkpoint=asked.checkpoint,
        **conditions,
    )
    if asked.seconds and request.frames == 1:
        raise InputError("seconds", "this model makes pictures: 0 seconds, or choose a model of clips", "seconds")
    with transaction.atomic():
        order = generation.order_clip(advertiser.pk, request, asked.checkpoint, priority=generation.URGENT)
        return StudioShot.objects.create(
            advertiser=advertiser,
            order_id=order,
            prompt=request.prompt,
            kind=request.kind,
            asked=asdict(asked),
            created_by=member,
        )


def _check(asked: Asked) -> None:
    if not 2 <= len(asked.prompt.strip()) <= LONGEST_PROMPT:
        raise InputError("prompt", f"has 2 to {LONGEST_PROMPT} characters: say what is to be seen", "prompt")
    if asked.ratio not in RATIOS:
        raise InputError("ratio", f"is one of {', '.join(RATIOS)}", "ratio")
    if not 0 <= asked.seconds <= LONGEST_SECONDS:
        raise InputError("seconds", f"are 0 for a picture, up to {LONGEST_SECONDS:.0f} for a clip", "seconds")


def _picture(advertiser: Advertiser, wanted: str, field: str) -> Path | str:
    """The file of a picture, "" where none is wanted; another advertiser's is unknown here."""
    if not wanted:
        return ""
    key = _key(wanted, field)
    shot = StudioShot.objects.for_advertiser(advertiser).filter(pk=key).first()
    if shot is not None:
        result = generation.clip_result(shot.order_id)
        return _still_of(result, field)
    material = Material.objects.for_advertiser(advertiser).filter(pk=key, media="picture", state="ready").first()
    if material is None:
        raise InputError(field, "is none of your pictures", "unknown_picture")
    return load(Understanding, material.understanding).source.path


def _still_of(result: Any, field: str) -> Path:
    if result.suffix != ".png":
        raise InputError(field, "is a clip; choose a picture", "not_a_picture")
    return Path(result.path)


def _clip(advertiser: Advertiser, wanted: str) -> Path | str:
    if not wanted:
        return ""
    shot = StudioShot.objects.for_advertiser(advertiser).filter(pk=_key(wanted, "extend")).first()
    if shot is None:
        raise InputError("extend", "is none of your clips", "unknown_clip")
    result = generation.clip_result(shot.order_id)
    if result.suffix == ".png":
        raise InputError("extend", "is a picture; take it as the first frame instead", "not_a_clip")
    return result.path


def _key(text: str, field: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise InputError(field, "is none of yours", "unknown") from error


def cancel_shot(shot: StudioShot) -> None:
    """Nobody waits for it any more."""
    generation.cancel_clip(shot.order_id)


def judge_shot(shot: StudioShot) -> dict[str, Any] | None:
    """The gate's verdict on a finished shot, kept once it was made; None while there is nothing to judge."""
    if shot.verdict is None and generation.clip_progress(shot.order_id).state == "done":
        try:
            verdict = generation.judge_file(generation.clip_result(shot.order_id).path)
        except TerminalError:
            return None
        shot.verdict = {
            "reason": verdict.reason,
            "scores": [
                {"name": each.name, "value": round(each.value, 4), "tier": each.tier} for each in verdict.scores
            ],
        }
        shot.save(update_fields=["verdict"])
    return shot.verdict


@transaction.atomic
def take_in(shot: StudioShot) -> Material:
    """The result as a material, marked as generated; taken twice it is the same. InputError while it is not made."""
    if shot.material is not None:
        return shot.material
    result = generation.clip_result(shot.order_id)
    name = f"studio/{shot.created_at:%Y-%m-%d}-{str(shot.pk)[:8]}{result.suffix}"
    material = add_material(shot.advertiser, result.path, name, FOLDER, {"words": words_of(shot.prompt[:80], ())})
    told = {key: result.parameters[key] for key in ("engine", "checkpoint_hash") if key in result.parameters}
    material.origin = Material.Origin.GENERATED
    material.made_with = {"prompt": shot.prompt, "licence": result.licence, **told, "degraded": list(result.degraded)}
    material.save(update_fields=["origin", "made_with"])
    shot.material = material
    shot.save(update_fields=["material"])
    return material
