"""CogVideoX 2B, 5B and 1.5: clips from words or, with an image-to-video checkpoint, from a first frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generation.engines.clips.base import ClipCapabilities, ClipKind, ClipRequest
from generation.engines.clips.capabilities import CAPABILITIES
from generation.engines.clips.loading import checkpoint_hash, memory_of, open_pipeline, window_facts
from generation.engines.clips.making import LoadedClips, Window
from generation.engines.clips.running import Progress, as_pictures, run_pipeline
from generation.engines.clips.shapes import check_request

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLASSES: dict[str, frozenset[ClipKind]] = {
    "CogVideoXPipeline": frozenset({"text-to-video"}),
    "CogVideoXImageToVideoPipeline": frozenset({"image-to-video", "extend"}),
}


@dataclass(frozen=True)
class CogVideoXEngine:
    """See `ClipEngine`."""

    name: str = "cogvideox"
    capabilities: ClipCapabilities = CAPABILITIES["cogvideox"]

    def check(self, request: ClipRequest) -> None:
        check_request(request, self.capabilities, self.name)

    def load(self, folder: Path, device: str) -> LoadedClips:
        pipeline = open_pipeline(folder, self.name, CLASSES, device)
        able = window_facts(folder, _able(pipeline, self.capabilities))
        runner = CogVideoXRunner(pipeline.tokenizer, able.prompt_tokens, pipeline)
        memory = memory_of(pipeline)
        return LoadedClips(self.name, checkpoint_hash(folder), memory, able, device, pipeline, runner)


@dataclass(frozen=True)
class CogVideoXRunner:
    """See `WindowRunner`."""

    tokenizer: Any
    prompt_tokens: int
    pipeline: Any

    def run(self, windows: Sequence[Window], progress: Progress) -> list[NDArray[np.uint8]]:
        from PIL import Image

        request = windows[0].request
        arguments: dict[str, Any] = {
            "prompt": [window.prompt for window in windows],
            "negative_prompt": [window.negative for window in windows],
            "width": request.width,
            "height": request.height,
            "num_frames": windows[0].frames,
            "guidance_scale": request.guidance,
            "generator": [window.generator for window in windows],
            "max_sequence_length": self.prompt_tokens,
            "output_type": "np",
        }
        heads = [window.head for window in windows]
        if heads[0] is not None:
            arguments["image"] = [Image.fromarray(head[-1]) for head in heads if head is not None]
        made = run_pipeline(self.pipeline, progress, request.steps, **arguments)
        return list(as_pictures(made.frames))

    def enlarge(self, frames: NDArray[np.uint8], factor: int, generator: Any) -> None:
        return None


def _able(pipeline: Any, whole: ClipCapabilities) -> ClipCapabilities:
    """What this checkpoint can; learned positions (5B-I2V) fit one size only."""
    config = pipeline.transformer.config
    kinds = CLASSES[type(pipeline).__name__]
    scale = pipeline.vae_scale_factor_spatial
    exact = (config.sample_width * scale, config.sample_height * scale)
    return replace(
        whole,
        kinds=kinds,
        batched=kinds,
        window_frames=config.sample_frames,
        prompt_tokens=config.max_text_seq_length,
        exact_size=exact if config.use_learned_positional_embeddings else None,
    )
