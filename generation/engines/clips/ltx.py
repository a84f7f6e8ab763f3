"""LTX-Video: clips from words, from a first frame, and with a condition checkpoint (0.9.5 on) between frames.

A folder `latent_upsampler` beside the pipeline's own parts enlarges clips twice in latent space.
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
    open_part,
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

FIRST_FRAME_ONLY: frozenset[ClipKind] = frozenset({"text-to-video", "image-to-video", "extend"})
CLASSES = {"LTXPipeline": 128, "LTXImageToVideoPipeline": 128, "LTXConditionPipeline": 256}
"""What this engine loads, and how many tokens of a prompt it reads."""
UPSAMPLER = "latent_upsampler"
DECODE_TIMESTEP, DECODE_NOISE = 0.05, 0.025
"""What the authors recommend for a decoder that takes part in denoising (0.9.1 on)."""


@dataclass(frozen=True)
class LtxEngine:
    """See `ClipEngine`."""

    name: str = "ltx"
    capabilities: ClipCapabilities = CAPABILITIES["ltx"]

    def check(self, request: ClipRequest) -> None:
        check_request(request, self.capabilities, self.name)

    def able(self, folder: Path) -> ClipCapabilities:
        name = pipeline_settings(folder, self.name, CLASSES)["_class_name"]
        able = replace(
            self.capabilities,
            upscaler="latent" if part_settings(folder, UPSAMPLER) else "lanczos",
            prompt_tokens=CLASSES[name],
        )
        if name != "LTXConditionPipeline":
            able = replace(able, kinds=FIRST_FRAME_ONLY, overlap_frames=1)
        return window_facts(folder, able)

    def load(self, folder: Path, device: str) -> LoadedClips:
        from diffusers import LTXConditionPipeline, LTXImageToVideoPipeline, LTXPipeline

        pipeline = open_pipeline(folder, self.name, CLASSES, device)
        parts = dict(pipeline.components)
        upsampling = _upsampling(folder, pipeline, device)
        able = self.able(folder)
        runner = LtxRunner(
            pipeline.tokenizer,
            able.prompt_tokens,
            LTXPipeline(**parts),
            LTXImageToVideoPipeline(**parts),
            pipeline if isinstance(pipeline, LTXConditionPipeline) else None,
            upsampling,
        )
        memory = memory_of(pipeline) + (0 if upsampling is None else memory_of(upsampling) - memory_of_vae(pipeline))
        return LoadedClips(self.name, checkpoint_hash(folder), memory, able, device, pipeline, runner)


@dataclass(frozen=True)
class LtxRunner:
    """See `WindowRunner`. One set of weights, three ways in: words, a first frame, conditions anywhere."""

    tokenizer: Any
    prompt_tokens: int
    from_words: Any
    from_frame: Any
    from_conditions: Any | None
    upsampling: Any | None

    def run(self, windows: Sequence[Window], progress: Progress) -> list[NDArray[np.uint8]]:
        from PIL import Image

        first = windows[0]
        request = first.request
        arguments: dict[str, Any] = {
            "prompt": [window.prompt for window in windows],
            "negative_prompt": [window.negative for window in windows],
            "width": request.width,
            "height": request.height,
            "num_frames": first.frames,
            "frame_rate": request.fps,
            "guidance_scale": request.guidance,
            "generator": [window.generator for window in windows],
            "decode_timestep": DECODE_TIMESTEP,
            "decode_noise_scale": DECODE_NOISE,
            "max_sequence_length": self.prompt_tokens,
            "output_type": "np",
        }
        pipeline = self.from_words
        if self.from_conditions is not None and (first.tail is not None or _several(first)):
            pipeline = self.from_conditions
            arguments |= {name: arguments[name][0] for name in ("prompt", "negative_prompt", "generator")}
            arguments["conditions"] = _conditions(first)
        elif first.head is not None:
            pipeline = self.from_frame
            arguments["image"] = [Image.fromarray(window.head[-1]) for window in windows if window.head is not None]
        made = run_pipeline(pipeline, progress, request.steps, **arguments)
        return list(as_pictures(made.frames, pipeline))

    def enlarge(self, frames: NDArray[np.uint8], factor: int, generator: Any) -> NDArray[np.uint8] | None:
        """Twice as large in latent space; other factors are not its own. Needs 8k+1 frames."""
        if self.upsampling is None or factor != 2 or len(frames) % 8 != 1:
            return None
        return _enlarged(self.upsampling, frames, generator)


def memory_of_vae(pipeline: Any) -> int:
    """Bytes of the VAE, which the upsampler shares with the pipeline."""
    return sum(part.numel() * part.element_size() for part in (*pipeline.vae.parameters(), *pipeline.vae.buffers()))


def _several(window: Window) -> bool:
    return window.head is not None and len(window.head) > 1


def _conditions(window: Window) -> list[Any]:
    """The frames that are known, each at its place; LTX takes 8k+1 of them in one piece."""
    from diffusers.pipelines.ltx.pipeline_ltx_condition import LTXVideoCondition
    from PIL import Image

    known = []
    if window.head is not None:
        frames = [Image.fromarray(frame) for frame in window.head[-((len(window.head) - 1) // 8 * 8 + 1) :]]
        known.append(LTXVideoCondition(video=frames, frame_index=0))
    if window.tail is not None:
        known.append(LTXVideoCondition(image=Image.fromarray(window.tail[0]), frame_index=window.frames - 1))
    return known


def _upsampling(folder: Path, pipeline: Any, device: str) -> Any | None:
    from diffusers import LTXLatentUpsamplePipeline
    from diffusers.pipelines.ltx.modeling_latent_upsampler import LTXLatentUpsamplerModel

    upsampler = open_part(folder, UPSAMPLER, LTXLatentUpsamplerModel.from_pretrained, device)
    return None if upsampler is None else LTXLatentUpsamplePipeline(vae=pipeline.vae, latent_upsampler=upsampler)


def _enlarged(upsampling: Any, frames: NDArray[np.uint8], generator: Any) -> NDArray[np.uint8]:
    from PIL import Image

    height, width = frames.shape[1:3]
    made = upsampling(
        video=[Image.fromarray(frame) for frame in frames],
        width=width,
        height=height,
        decode_timestep=DECODE_TIMESTEP,
        decode_noise_scale=DECODE_NOISE,
        generator=generator,
        output_type="np",
    )
    return as_pictures(made.frames[0], upsampling)
