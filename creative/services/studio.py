"""The studio: pictures and clips ordered by hand, looked over, taken in as materials."""

from __future__ import annotations

import base64
import tempfile
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from core.contracts import load
from core.errors import InputError, TerminalError
from core.models import Advertiser
from core.storage.base import BlobMissing
from creative.material_words import words_of
from creative.models import Material, StudioShot
from creative.services.materials import add_material
from generation import api as generation
from generation.contracts import Understanding

RATIOS: dict[str, tuple[int, int]] = {"9:16": (9, 16), "1:1": (1, 1), "16:9": (16, 9)}
LONGEST_SECONDS = 180.0
LONGEST_PROMPT = 2000
CLIPS = frozenset({"text-to-video", "image-to-video", "first-last-frame", "extend"})
PICTURES = frozenset({"text-to-image", "edit"})
"""What a model can, of each of the two."""
MASK = "data:image/png;base64,"
LARGEST_MASK = 400_000
"""Characters; what the page paints, 512 pixels a side in black and white, is a tenth of it."""
FOLDER = ""
"""Results taken in lie among the uploads, where every brief finds them."""


@dataclass(frozen=True)
class Asked:
    """What the form says. `seconds` 0 asks for a picture; with `extend` they are how much longer the clip shall be.

    `first`, `last`, `reference` and `sketch` are ids of picture materials or of finished pictures of the studio,
    `extend` of a finished clip. `mask` is a painted PNG as a `data:` address, white where the picture may change.
    """

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
    mask: str = ""
    upscale: int = 1
    interpolate: int = 1


def order_shot(advertiser: Advertiser, member: str, asked: Asked) -> StudioShot:
    """Have it made. InputError names the field that cannot be fulfilled, and the nearest that can."""
    maker = _maker(advertiser, asked.checkpoint)
    known = _clip(advertiser, asked.extend)
    _check(asked, maker, 0.0 if known is None else known.seconds)
    conditions: dict[str, Any] = {
        "image": str(_picture(advertiser, asked.first, "first")),
        "last_image": str(_picture(advertiser, asked.last, "last")),
        "sketch": str(_picture(advertiser, asked.sketch, "sketch")),
        "mask": str(_mask(asked.mask)),
        "extend": "" if known is None else str(known.path),
        "references": tuple(filter(None, [str(_picture(advertiser, asked.reference, "reference"))])),
        "upscale": asked.upscale,
        "interpolate": asked.interpolate,
    }
    request = generation.clip_for_slot(
        asked.prompt.strip(),
        asked.negative.strip(),
        ratio=RATIOS[asked.ratio],
        seconds=asked.seconds + (0.0 if known is None else known.seconds),
        seed=asked.seed,
        camera=asked.camera,
        checkpoint=asked.checkpoint,
        is_strict=True,
        **conditions,
    )
    engine = maker.engine_for(request)
    with transaction.atomic():
        order = generation.order_clip(
            advertiser.pk, request, asked.checkpoint, priority=generation.URGENT, engine=engine
        )
        return StudioShot.objects.create(
            advertiser=advertiser,
            order_id=order,
            prompt=request.prompt,
            kind=request.kind,
            asked=asdict(asked),
            created_by=member,
        )


def _maker(advertiser: Advertiser, checkpoint: str) -> generation.Maker:
    """The model asked for, "" the configured one; InputError where it is none of those here, or not for this one."""
    makers = generation.makers(advertiser)
    if not makers:
        raise InputError("checkpoint", "no model of pictures and clips is set up", "no_clip_engine")
    maker = next((each for each in makers if checkpoint in ("", each.checkpoint)), None)
    if maker is None:
        raise InputError("checkpoint", "is none of the models here", "unknown_checkpoint")
    if maker.refused:
        raise InputError("checkpoint", maker.refused, "refused")
    return maker


def _check(asked: Asked, maker: generation.Maker, known_seconds: float) -> None:
    if not 2 <= len(asked.prompt.strip()) <= LONGEST_PROMPT:
        raise InputError("prompt", f"has 2 to {LONGEST_PROMPT} characters: say what is to be seen", "prompt")
    if asked.ratio not in RATIOS:
        raise InputError("ratio", f"is one of {', '.join(RATIOS)}", "ratio")
    most = LONGEST_SECONDS - known_seconds
    if not 0 <= asked.seconds <= most:
        raise InputError("seconds", f"are 0 for a picture, up to {most:.0f} for a clip", "seconds")
    if asked.extend and not asked.seconds:
        raise InputError("seconds", "say how many seconds longer it shall be", "seconds")
    if asked.seconds and not maker.can & CLIPS:
        raise InputError("seconds", "this model makes pictures: 0 seconds, or choose a model of clips", "seconds")
    if not asked.seconds and not maker.can & PICTURES:
        raise InputError("seconds", "this model makes clips: say how many seconds", "seconds")


def _picture(advertiser: Advertiser, wanted: str, field: str) -> Path | str:
    """The file of a picture, "" where none is wanted; another advertiser's is unknown here."""
    if not wanted:
        return ""
    key = _key(wanted, field)
    shot = StudioShot.objects.for_advertiser(advertiser).filter(pk=key).first()
    if shot is not None:
        return _still_of(_result(shot, field), field)
    material = Material.objects.for_advertiser(advertiser).filter(pk=key, media="picture", state="ready").first()
    if material is None:
        raise InputError(field, "is none of your pictures", "unknown_picture")
    return load(Understanding, material.understanding).source.path


def _result(shot: StudioShot, field: str) -> generation.ClipResult:
    """What was made; InputError by `field` while it is not, where its order was cleared away, or its file is gone."""
    try:
        return generation.clip_result(shot.order_id)
    except InputError as error:
        raise InputError(field, "is not made yet; choose one that is", "no_result") from error
    except (ObjectDoesNotExist, BlobMissing) as error:
        raise InputError(field, "is gone; make it again", "gone") from error


def _still_of(result: generation.ClipResult, field: str) -> Path:
    if result.suffix != ".png":
        raise InputError(field, "is a clip; choose a picture", "not_a_picture")
    return Path(result.path)


def _clip(advertiser: Advertiser, wanted: str) -> generation.ClipResult | None:
    if not wanted:
        return None
    shot = StudioShot.objects.for_advertiser(advertiser).filter(pk=_key(wanted, "extend")).first()
    if shot is None:
        raise InputError("extend", "is none of your clips", "unknown_clip")
    result = _result(shot, "extend")
    if result.suffix == ".png":
        raise InputError("extend", "is a picture; take it as the first frame instead", "not_a_clip")
    return result


def _mask(painted: str) -> Path | str:
    """The painted mask as a stored picture, "" where none was painted."""
    if not painted:
        return ""
    try:
        if not painted.startswith(MASK) or len(painted) > LARGEST_MASK:
            raise ValueError(painted[:20])
        content = base64.b64decode(painted.removeprefix(MASK), validate=True)
    except ValueError as error:
        raise InputError("mask", "is no painted picture; paint it anew", "mask") from error
    incoming = settings.ADLOOM_HOME / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=incoming, suffix=".png") as kept:
        kept.write(content)
        kept.flush()
        try:
            return generation.stored_picture(generation.take_picture(Path(kept.name), "mask.png"))[0]
        except InputError as error:
            raise InputError("mask", "is no painted picture; paint it anew", "mask") from error


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
    result = _result(shot, "order")
    name = f"studio/{shot.created_at:%Y-%m-%d}-{str(shot.pk)[:8]}{result.suffix}"
    material = add_material(shot.advertiser, result.path, name, FOLDER, {"words": words_of(shot.prompt[:80], ())})
    told = {key: result.parameters[key] for key in ("engine", "checkpoint_hash") if key in result.parameters}
    material.origin = Material.Origin.GENERATED
    material.made_with = {"prompt": shot.prompt, "licence": result.licence, **told, "degraded": list(result.degraded)}
    material.save(update_fields=["origin", "made_with"])
    shot.material = material
    shot.save(update_fields=["material"])
    return material
