"""A clip for a slot of an ad: the request the configured engine can fulfil, and whether what came out may be used."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from core.errors import AdloomError, InputError
from core.models import Advertiser
from generation.checkpoints.folders import Installed, installed_checkpoints, require_usable
from generation.engines.clips.base import ClipCapabilities, ClipRequest, parse_camera
from generation.engines.clips.shapes import check_request, nearest_size, size_for
from generation.model_host.hosted import hosted_names, known_abilities, known_checkpoint
from generation.quality.scores.gate import ClipVerdict, judge_clip

JUDGED_FRAMES = 240
"""A gate looks at eight seconds at most: what breaks, breaks from the start or at a window's seam."""


@dataclass(frozen=True)
class Maker:
    """A checkpoint that an advertiser's pictures and clips can be made with, or why not (`refused`).

    `checkpoint` is what orders name, `name` what people call it; `engines` run it, the one meant first, each with
    what it can with this checkpoint; empty for one that cannot be read.
    """

    checkpoint: str
    name: str
    licence: str
    engines: Mapping[str, ClipCapabilities]
    refused: str = ""

    @property
    def can(self) -> frozenset[str]:
        """What may be asked for: its `ClipKind`s, and of a request's fields those it hears (`image`: a picture that
        is changed)."""
        return frozenset(wish for able in self.engines.values() for wish in _wishes(able))

    @property
    def longest_seconds(self) -> float:
        """What one run of the model shows; 0 for pictures."""
        able = next(iter(self.engines.values()), None)
        return 0.0 if able is None or able.window_frames == 1 else round(able.window_frames / able.native_fps, 1)

    def engine_for(self, request: ClipRequest) -> str:
        """The engine that makes `request` with this checkpoint; InputError by the field that none can fulfil."""
        refusals = []
        for name, able in self.engines.items():
            try:
                check_request(request, able, name)
            except InputError as error:
                refusals.append(error)
            else:
                return name
        # The engines that change a picture come last, and know best why they cannot.
        raise refusals[-1 if request.kind == "edit" else 0]


def _wishes(able: ClipCapabilities) -> set[str]:
    heard = {
        "image": able.edits,
        "references": able.references,
        "sketch": able.sketch,
        "mask": able.mask,
        "camera": able.camera != "none",
        "negative": able.negative,
    }
    return set(able.kinds) | {wish for wish, is_heard in heard.items() if is_heard}


def makers(advertiser: Advertiser) -> list[Maker]:
    """What there is to make pictures and clips with: the configured checkpoint, those under MODELS_DIR, then those
    that model hosts elsewhere say they hold."""
    if not settings.CLIP_ENGINE or not settings.CLIP_CHECKPOINT:
        return []
    names = [settings.CLIP_CHECKPOINT, *(each.name for each in installed_checkpoints()), *hosted_names()]
    found: dict[Path, Maker] = {}
    for name in dict.fromkeys(names):
        try:
            here = known_checkpoint(name)
            maker = Maker(name, _called(here), here.licence, _engines(here, name), _refusal(here, advertiser))
        except InputError as error:
            if name != settings.CLIP_CHECKPOINT:
                # A folder of voices or of a language model makes no pictures.
                continue
            here = Installed(name, Path(name), None, None)
            maker = Maker(name, here.folder.name, here.licence, {}, str(error))
        found.setdefault(here.folder, maker)
    return list(found.values())


def _called(here: Installed) -> str:
    return here.card.name if here.card is not None else here.folder.name


def _refusal(here: Installed, advertiser: Advertiser) -> str:
    try:
        require_usable(here, advertiser)
    except AdloomError as error:
        return str(error)
    return ""


def _engines(here: Installed, name: str) -> dict[str, ClipCapabilities]:
    """Engines that run the checkpoint ordered as `name`, the one meant first, and what each can with it. InputError."""
    return known_abilities(here, settings.CLIP_ENGINE if name == settings.CLIP_CHECKPOINT else "")


def clip_for_slot(
    prompt: str,
    negative: str,
    *,
    ratio: tuple[int, int],
    seconds: float,
    seed: int,
    camera: str = "",
    checkpoint: str = "",
    is_strict: bool = False,
    **conditions: Any,
) -> ClipRequest:
    """A request for a checkpoint ("" the configured one): its frame rate, the next possible length, the ratio's size.

    `seconds` 0 is a picture. `conditions` are further fields of ClipRequest (image, last_image …). A camera and a
    negative prompt that the checkpoint does not hear are left out, unless `is_strict`: then they stay, for whoever
    checks the request to refuse. InputError where no engine is configured.
    """
    if not settings.CLIP_ENGINE or not settings.CLIP_CHECKPOINT:
        way_out = "set CLIP_ENGINE and CLIP_CHECKPOINT (check_engines says what is missing)"
        raise InputError("clips", f"no model is configured: {way_out}", "no_clip_engine")
    name = checkpoint or settings.CLIP_CHECKPOINT
    able = next(iter(_engines(known_checkpoint(name), name).values()))
    width, height = _size(ratio, able)
    return ClipRequest(
        prompt,
        width,
        height,
        frames=_frames(seconds, able),
        fps=able.native_fps,
        steps=settings.CLIP_STEPS,
        seed=seed,
        negative=negative if able.negative or is_strict else "",
        camera=parse_camera(camera) if camera and (able.camera != "none" or is_strict) else (),
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
