"""Pictures from words: Stable Diffusion, SDXL, Kolors, Qwen-Image, whichever `model_index.json` names.

Two folders beside the pipeline's own parts add to it: `controlnet` (in diffusers' layout) makes rough drawings
possible, `ip_adapter` (one .safetensors and `image_encoder`, as IP-Adapter's own folders) reference pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generation.engines.clips.adapter import adapter_files, given_to_adapter, load_adapter
from generation.engines.clips.base import ClipCapabilities, ClipRequest
from generation.engines.clips.capabilities import CAPABILITIES
from generation.engines.clips.loading import (
    checkpoint_hash,
    memory_of,
    open_part,
    open_pipeline,
    part_settings,
    pipeline_settings,
)
from generation.engines.clips.making import LoadedClips, Window
from generation.engines.clips.running import Progress, as_pictures, run_pipeline
from generation.engines.clips.shapes import check_request

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLASSES = {
    "StableDiffusionPipeline": "cfg",
    "StableDiffusionControlNetPipeline": "cfg",
    "StableDiffusionXLPipeline": "cfg",
    "KolorsPipeline": "cfg",
    "QwenImagePipeline": "true-cfg",
}
"""What this engine loads, and how the pipeline takes guidance: Qwen-Image calls it `true_cfg_scale`."""
CONTROL = "controlnet"
DRAWN = ("StableDiffusionPipeline", "StableDiffusionXLPipeline")
"""Pipelines that a ControlNet beside them makes follow drawings."""
ADAPTED = (*DRAWN, "StableDiffusionControlNetPipeline", "KolorsPipeline")
"""Pipelines that take an IP-Adapter."""
PROMPT_TOKENS = {"KolorsPipeline": 256, "QwenImagePipeline": 512}
"""CLIP's own limit stands in its tokenizer; these take the length as an argument."""


@dataclass(frozen=True)
class StableDiffusionEngine:
    """See `ClipEngine`."""

    name: str = "stable-diffusion"
    capabilities: ClipCapabilities = CAPABILITIES["stable-diffusion"]

    def check(self, request: ClipRequest) -> None:
        check_request(request, self.capabilities, self.name)

    def able(self, folder: Path) -> ClipCapabilities:
        family = pipeline_settings(folder, self.name, CLASSES)["_class_name"]
        adapts = family in ADAPTED and bool(adapter_files(folder))
        return replace(
            self.capabilities,
            kinds=self.capabilities.kinds if adapts else frozenset({"text-to-image"}),
            sketch="ControlNet" in family or (family in DRAWN and bool(part_settings(folder, CONTROL))),
            references=adapts,
            # Qwen-Image pads to the longest prompt of a batch: neighbours would change a picture.
            batched=frozenset() if family == "QwenImagePipeline" else self.capabilities.batched,
        )

    def load(self, folder: Path, device: str) -> LoadedClips:
        pipeline = open_pipeline(folder, self.name, CLASSES, device)
        family = type(pipeline).__name__
        has_adapter = load_adapter(pipeline, folder) if family in ADAPTED else False
        drawn = _drawn_pipeline(pipeline, folder, device)
        plain = _plain_pipeline(pipeline)
        able = self.able(folder)
        most = PROMPT_TOKENS.get(family) or int(pipeline.tokenizer.model_max_length)
        runner = StableDiffusionRunner(pipeline.tokenizer, most, plain, drawn, CLASSES[family], has_adapter)
        memory = memory_of(drawn or pipeline)
        return LoadedClips(self.name, checkpoint_hash(folder), memory, able, device, plain, runner)


@dataclass(frozen=True)
class StableDiffusionRunner:
    """See `WindowRunner`. `drawn` is the pipeline that follows drawings, None without a ControlNet."""

    tokenizer: Any
    prompt_tokens: int
    plain: Any
    drawn: Any | None
    guidance: str
    has_adapter: bool = False

    def run(self, windows: Sequence[Window], progress: Progress) -> list[NDArray[np.uint8]]:
        request = windows[0].request
        arguments: dict[str, Any] = {
            "prompt": [window.prompt for window in windows],
            "negative_prompt": [window.negative for window in windows],
            "width": request.width,
            "height": request.height,
            "generator": [window.generator for window in windows],
            "output_type": "np",
        }
        arguments["true_cfg_scale" if self.guidance == "true-cfg" else "guidance_scale"] = request.guidance
        pipeline = self.plain
        if windows[0].layout is not None and self.drawn is not None:
            pipeline = self.drawn
            arguments |= {
                "image": [_white_on_black(window.layout) for window in windows],
                "controlnet_conditioning_scale": request.strength,
            }
        if self.has_adapter:
            arguments |= given_to_adapter(pipeline, windows[0].references, request.strength)
        made = run_pipeline(pipeline, progress, request.steps, **arguments)
        return [frame[None] for frame in as_pictures(made.images, pipeline)]

    def enlarge(self, frames: NDArray[np.uint8], factor: int, generator: Any) -> None:
        return None


def _drawn_pipeline(pipeline: Any, folder: Path, device: str) -> Any | None:
    from diffusers import AutoPipelineForText2Image, ControlNetModel

    if "ControlNet" in type(pipeline).__name__:
        return pipeline
    if type(pipeline).__name__ not in DRAWN:
        return None
    control = open_part(folder, CONTROL, ControlNetModel.from_pretrained, device)
    return None if control is None else AutoPipelineForText2Image.from_pipe(pipeline, controlnet=control)


def _plain_pipeline(pipeline: Any) -> Any:
    from diffusers import AutoPipelineForText2Image

    if "ControlNet" not in type(pipeline).__name__:
        return pipeline
    return AutoPipelineForText2Image.from_pipe(pipeline, controlnet=None)


def _white_on_black(layout: NDArray[np.uint8] | None) -> Any:
    """ControlNets for drawings were trained on white lines on black; people draw dark on white."""
    from PIL import Image

    assert layout is not None, "a bucket holds drawings for all of its requests or for none"
    drawing = layout[0]
    return Image.fromarray(255 - drawing if drawing.mean() > 127 else drawing)
