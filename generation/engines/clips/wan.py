"""Wan 2.1 and 2.2: clips from words, from a first frame, between two frames, along a drawing.

What a checkpoint can tells its `model_index.json`: WanPipeline makes clips from words (with
`expand_timesteps`, as in 2.2 TI2V-5B, from a first frame too), WanImageToVideoPipeline from a first
and where it was trained for it a last frame, WanVACEPipeline all of it, going on from several frames,
with drawings and reference pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generation.engines.clips.base import ClipCapabilities, ClipKind, ClipRequest
from generation.engines.clips.capabilities import CAPABILITIES
from generation.engines.clips.loading import (
    checkpoint_hash,
    memory_of,
    open_pipeline,
    part_settings,
    pipeline_settings,
    window_facts,
)
from generation.engines.clips.making import LoadedClips, Window
from generation.engines.clips.running import Progress, as_pictures, run_pipeline
from generation.engines.clips.shapes import check_request

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLASSES = {"WanPipeline": "text", "WanImageToVideoPipeline": "image", "WanVACEPipeline": "all"}
PROMPT_TOKENS = 512
GREY = 127
"""VACE takes frames it shall make as middle grey under a white mask."""


@dataclass(frozen=True)
class WanEngine:
    """See `ClipEngine`."""

    name: str = "wan"
    capabilities: ClipCapabilities = CAPABILITIES["wan"]

    def check(self, request: ClipRequest) -> None:
        check_request(request, self.capabilities, self.name)

    def able(self, folder: Path) -> ClipCapabilities:
        return window_facts(folder, _able(folder, self))

    def load(self, folder: Path, device: str) -> LoadedClips:
        pipeline = open_pipeline(folder, self.name, CLASSES, device, exact_vae=True)
        able = self.able(folder)
        runner = WanRunner(pipeline.tokenizer, PROMPT_TOKENS, pipeline, _from_frames(pipeline))
        memory = memory_of(pipeline)
        return LoadedClips(self.name, checkpoint_hash(folder), memory, able, device, pipeline, runner)


@dataclass(frozen=True)
class WanRunner:
    """See `WindowRunner`. `framed` is the pipeline that begins with a frame, None for words only."""

    tokenizer: Any
    prompt_tokens: int
    pipeline: Any
    framed: Any | None

    def run(self, windows: Sequence[Window], progress: Progress) -> list[NDArray[np.uint8]]:
        first = windows[0]
        request = first.request
        arguments: dict[str, Any] = {
            "prompt": [window.prompt for window in windows],
            "negative_prompt": [window.negative for window in windows],
            "width": request.width,
            "height": request.height,
            "num_frames": first.frames,
            "guidance_scale": request.guidance,
            "generator": [window.generator for window in windows],
            "max_sequence_length": self.prompt_tokens,
            "output_type": "np",
        }
        pipeline = self.pipeline
        if type(pipeline).__name__ == "WanVACEPipeline":
            arguments |= _single(arguments) | _given_to_vace(first)
        elif first.head is not None:
            pipeline = self.framed
            arguments |= _single(arguments) | _given_frames(first)
        made = run_pipeline(pipeline, progress, request.steps, **arguments)
        return list(as_pictures(made.frames, pipeline))

    def enlarge(self, frames: NDArray[np.uint8], factor: int, generator: Any) -> None:
        return None


def _able(folder: Path, engine: WanEngine) -> ClipCapabilities:
    """What this checkpoint can of what the family can."""
    index = pipeline_settings(folder, engine.name, CLASSES)
    if index["_class_name"] == "WanVACEPipeline":
        return replace(engine.capabilities, batched=frozenset())
    network = part_settings(folder, "transformer") or part_settings(folder, "transformer_2")
    expands = bool(index.get("expand_timesteps"))
    going_on: set[ClipKind] = {"image-to-video", "extend"}
    kinds: set[ClipKind]
    if index["_class_name"] == "WanPipeline":
        kinds = {"text-to-video"}
        kinds |= going_on if expands else set()
    elif network.get("pos_embed_seq_len") is not None:
        # 2.1 FLF2V sees two pictures or nothing.
        kinds = {"first-last-frame"}
    elif network.get("image_dim") is not None or expands:
        kinds = going_on
    else:
        kinds = going_on | {"first-last-frame"}
    able = replace(engine.capabilities, kinds=frozenset(kinds), camera="prompt")
    return replace(able, references=False, sketch=False, overlap_frames=1)


def _from_frames(pipeline: Any) -> Any | None:
    """The pipeline that starts from a frame, over the same weights."""
    from diffusers import WanImageToVideoPipeline

    if isinstance(pipeline, WanImageToVideoPipeline):
        return pipeline
    if type(pipeline).__name__ != "WanPipeline" or not pipeline.config.expand_timesteps:
        return None
    parts = {**pipeline.components, "image_encoder": None, "image_processor": None}
    settings = {"boundary_ratio": pipeline.config.boundary_ratio, "expand_timesteps": True}
    return WanImageToVideoPipeline(**parts, **settings)


def _single(arguments: dict[str, Any]) -> dict[str, Any]:
    """Pipelines that begin with frames take one clip at a time."""
    return {name: arguments[name][0] for name in ("prompt", "negative_prompt", "generator")}


def _given_frames(window: Window) -> dict[str, Any]:
    from PIL import Image

    assert window.head is not None, "asked for with a first frame only"
    given = {"image": Image.fromarray(window.head[-1])}
    return given if window.tail is None else {**given, "last_image": Image.fromarray(window.tail[0])}


def _given_to_vace(window: Window) -> dict[str, Any]:
    """VACE's `video` and `mask`: frames that are known under black, frames to make under white."""
    import numpy as np
    from PIL import Image

    shape = (window.frames, window.request.height, window.request.width, 3)
    video = np.full(shape, GREY, np.uint8) if window.layout is None else window.layout.copy()
    mask = np.full(shape[:3], 255, np.uint8)
    if window.head is not None:
        video[: len(window.head)], mask[: len(window.head)] = window.head, 0
    if window.tail is not None:
        video[-1], mask[-1] = window.tail[0], 0
    return {
        "video": [Image.fromarray(frame) for frame in video],
        "mask": [Image.fromarray(frame) for frame in mask],
        "reference_images": list(window.references) or None,
        "conditioning_scale": window.request.strength if window.layout is not None else 1.0,
    }
