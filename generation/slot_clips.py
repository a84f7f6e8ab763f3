"""A clip for a slot of an ad: the request the configured engine can fulfil, and whether what came out may be used."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from core.errors import AdloomError, InputError
from core.models import Advertiser
from generation.checkpoints.folders import Installed, installed_checkpoints, require_usable
from generation.engines.clips.base import ClipCapabilities, ClipRequest, parse_camera
from generation.engines.clips.engines import engine_named
from generation.engines.clips.shapes import nearest_size, size_for
from generation.model_host.hosted import known_checkpoint
from generation.model_host.naming import engine_of
from generation.quality.scores.gate import ClipVerdict, judge_clip

JUDGED_FRAMES = 240
"""A gate looks at eight seconds at most: what breaks, breaks from the start or at a window's seam."""


@dataclass(frozen=True)
class Maker:
    """A checkpoint that an advertiser's pictures and clips can be made with, or why not (`refused`).

    `kinds` as ClipKind, `ratios` those of the sizes it was trained at, `longest_seconds` of one run of the model.
    """

    checkpoint: str
    engine: str
    kinds: tuple[str, ...]
    licence: str
    refused: str = ""
    has_camera: bool = False
    has_negative: bool = False
    has_references: bool = False
    has_sketch: bool = False
    longest_seconds: float = 0.0


def makers(advertiser: Advertiser) -> list[Maker]:
    """What there is to make pictures and clips with: the configured checkpoint first, then those under MODELS_DIR."""
    if not settings.CLIP_ENGINE or not settings.CLIP_CHECKPOINT:
        return []
    names = [settings.CLIP_CHECKPOINT, *(each.name for each in installed_checkpoints())]
    found: dict[Path, Maker] = {}
    for number, name in enumerate(names):
        try:
            here = known_checkpoint(name)
            engine = engine_of(here, settings.CLIP_ENGINE if number == 0 else "")
        except InputError:
            # A folder of voices or of a language model makes no pictures.
            continue
        found.setdefault(here.folder, _maker(name, here, engine, advertiser))
    return list(found.values())


def _maker(name: str, here: Installed, engine: str, advertiser: Advertiser) -> Maker:
    can = engine_named(engine).capabilities
    try:
        require_usable(here, advertiser)
        refused = ""
    except AdloomError as error:
        refused = str(error)
    return Maker(
        name,
        engine,
        tuple(sorted(can.kinds)),
        here.licence,
        refused,
        can.camera != "none",
        can.negative,
        can.references,
        can.sketch,
        round(can.window_frames / can.native_fps, 1),
    )


def clip_for_slot(
    prompt: str,
    negative: str,
    *,
    ratio: tuple[int, int],
    seconds: float,
    seed: int,
    camera: str = "",
    checkpoint: str = "",
    **conditions: Any,
) -> ClipRequest:
    """A request for a checkpoint ("" the configured one): its frame rate, the next possible length, the ratio's size.

    `seconds` 0 is a picture. `conditions` are further fields of ClipRequest (image, last_image …). InputError where
    no engine is configured.
    """
    if not settings.CLIP_ENGINE or not settings.CLIP_CHECKPOINT:
        way_out = "set CLIP_ENGINE and CLIP_CHECKPOINT (check_engines says what is missing)"
        raise InputError("clips", f"no model is configured: {way_out}", "no_clip_engine")
    is_usual = checkpoint in ("", settings.CLIP_CHECKPOINT)
    here = known_checkpoint(checkpoint or settings.CLIP_CHECKPOINT)
    capabilities = engine_named(engine_of(here, settings.CLIP_ENGINE if is_usual else "")).capabilities
    width, height = _size(ratio, capabilities)
    return ClipRequest(
        prompt,
        width,
        height,
        frames=_frames(seconds, capabilities),
        fps=capabilities.native_fps,
        steps=settings.CLIP_STEPS,
        seed=seed,
        negative=negative if capabilities.negative else "",
        camera=parse_camera(camera) if camera and capabilities.camera != "none" else (),
        may_truncate=True,
        **conditions,
    )


def _size(ratio: tuple[int, int], capabilities: ClipCapabilities) -> tuple[int, int]:
    if not settings.CLIP_SIZE:
        return size_for(f"{ratio[0]}:{ratio[1]}", capabilities)
    short, long = sorted(int(side) for side in settings.CLIP_SIZE.split("x"))
    if ratio[0] == ratio[1]:
        return nearest_size(short, short, capabilities)
    return nearest_size(*((long, short) if ratio[0] > ratio[1] else (short, long)), capabilities)


def _frames(seconds: float, capabilities: ClipCapabilities) -> int:
    """The least possible number that lasts `seconds`; 1 for an engine of pictures."""
    if capabilities.window_frames == 1 or not seconds:
        return 1
    step = capabilities.frame_step
    return max(math.ceil((math.ceil(seconds * capabilities.native_fps) - 1) / step), 1) * step + 1


def judge_file(path: Path) -> ClipVerdict:
    """The gate of generated clips for a file: black, flat, flickering and frozen ones are told by name."""
    import av

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        fps = float(stream.average_rate or 25)
        frames = []
        for frame in container.decode(stream):
            frames.append(frame.to_ndarray(format="rgb24"))
            if len(frames) == JUDGED_FRAMES:
                break
    return judge_clip(np.stack(frames).astype(np.uint8, copy=False), fps, settings.EVALUATION_MODELS_DIR)
