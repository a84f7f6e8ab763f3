"""A clip for a slot of an ad: the request the configured engine can fulfil, and whether what came out may be used."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from django.conf import settings

from core.errors import InputError
from generation.checkpoints.folders import find_checkpoint
from generation.engines.clips.base import ClipCapabilities, ClipRequest, parse_camera
from generation.engines.clips.engines import engine_named
from generation.engines.clips.shapes import nearest_size, size_for
from generation.model_host.naming import engine_of
from generation.quality.scores.gate import ClipVerdict, judge_clip

JUDGED_FRAMES = 240
"""A gate looks at eight seconds at most: what breaks, breaks from the start or at a window's seam."""


def clip_for_slot(
    prompt: str,
    negative: str,
    *,
    ratio: tuple[int, int],
    seconds: float,
    seed: int,
    camera: str = "",
    **conditions: str,
) -> ClipRequest:
    """A request for the configured clip engine: its own frame rate, the next possible length and the ratio's size.

    `conditions` are further fields of ClipRequest (image, last_image …). InputError where no engine is configured.
    """
    if not settings.CLIP_ENGINE or not settings.CLIP_CHECKPOINT:
        way_out = "set CLIP_ENGINE and CLIP_CHECKPOINT (check_engines says what is missing)"
        raise InputError("clips", f"no model is configured: {way_out}", "no_clip_engine")
    engine = engine_named(engine_of(find_checkpoint(settings.CLIP_CHECKPOINT), settings.CLIP_ENGINE))
    capabilities = engine.capabilities
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
        **conditions,  # type: ignore[arg-type]  # names of text fields only
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
    if capabilities.window_frames == 1:
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
