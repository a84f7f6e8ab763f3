"""Row M-clips: seconds of clip a second by a model, and what the engine around it costs beside the bare pipeline.

The model is `CLIP_ENGINE` with `CLIP_CHECKPOINT` where they are set, so that one command says what a GPU and a
checkpoint yield; else the tiny random Wan, whose seconds say nothing and whose share counts.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bench.run import Figure, Row
from core.errors import InputError
from generation.engines.clips.base import ClipRequest, RunControl
from generation.engines.clips.engines import engine_named
from generation.engines.clips.shapes import size_for

ROUNDS = {True: 1, False: 5}
STEPS = {True: 2, False: 20}
PROMPT = "a bottle on a table, the camera comes closer"


def measure_clips(small: bool, folder: Path) -> Figure:
    """The bare pipeline's seconds over the engine's, for the same clip; the smaller of some rounds each."""
    import torch

    from generation.engines.clips.devices import chosen_device

    device = chosen_device("")
    if device == "cpu":
        torch.set_num_threads(1)
    name, checkpoint, is_tiny = _model(folder)
    _require_clips(name, checkpoint)
    loaded = engine_named(name).load(checkpoint, device)
    request = _request(loaded, is_tiny, STEPS[small])
    loaded.make([request], RunControl())
    engine, bare = [], []
    for _ in range(ROUNDS[small]):
        engine.append(_taken(lambda: loaded.make([request], RunControl())))
        bare.append(_taken(lambda: _bare(loaded, request)))
    seconds = request.frames / request.fps
    behind = {
        "device": torch.cuda.get_device_name() if device != "cpu" else "cpu, one thread",
        "engine": name,
        "checkpoint": checkpoint.name,
        "size": f"{request.width}x{request.height}",
        "frames": request.frames,
        "steps": request.steps,
        "seconds_of_clip_a_second": round(seconds / min(engine), 4),
        "gpu_memory_gb": round(torch.cuda.max_memory_allocated() / 1e9, 2) if device != "cpu" else None,
    }
    share = min(bare) / min(engine)
    return Figure(share, "share of the bare pipeline", share >= 0.9, behind)


def _model(folder: Path) -> tuple[str, Path, bool]:
    from django.conf import settings

    from generation.checkpoints.folders import find_checkpoint
    from generation.checkpoints.tiny.wan import make

    if settings.CLIP_ENGINE and settings.CLIP_CHECKPOINT:
        return settings.CLIP_ENGINE, find_checkpoint(settings.CLIP_CHECKPOINT).folder, False
    make(folder / "tiny-wan", shape="text")
    return "wan", folder / "tiny-wan", True


def _require_clips(name: str, checkpoint: Path) -> None:
    """InputError for a model that is measured otherwise: it is asked for a clip from words alone."""
    kinds = engine_named(name).able(checkpoint).kinds
    if "text-to-video" not in kinds:
        makes = ", ".join(sorted(kinds))
        reason = f"{name} with {checkpoint.name} makes {makes}; this row measures text-to-video"
        raise InputError("CLIP_CHECKPOINT", reason, "no_clips")


def _request(loaded: Any, is_tiny: bool, steps: int) -> ClipRequest:
    """One window: of the tiny model a small one, else what the family makes on its own."""
    able = loaded.capabilities
    width, height = (96, 160) if is_tiny else size_for("9:16", able)
    frames = 9 if is_tiny else able.window_frames
    return ClipRequest(PROMPT, width, height, frames, able.native_fps, steps, seed=7)


def _bare(loaded: Any, request: ClipRequest) -> None:
    import torch

    generator = torch.Generator(device="cpu").manual_seed(request.seed)
    sizes = {"width": request.width, "height": request.height, "num_frames": request.frames}
    loaded.pipeline(
        prompt=[request.prompt],
        num_inference_steps=request.steps,
        guidance_scale=request.guidance,
        generator=[generator],
        output_type="np",
        **sizes,
    )


def _taken(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


ROWS = [
    Row(
        "M-clips",
        "a clip by CLIP_ENGINE and CLIP_CHECKPOINT (else a tiny one): the bare pipeline's seconds over the engine's",
        "-",
        ">= 0.9",
        measure_clips,
    )
]
