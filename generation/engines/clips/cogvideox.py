"""CogVideoX 2B, 5B and 1.5: clips from words or, with an image-to-video checkpoint, from a first frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generation.engines.clips.base import CheckpointRefused, ClipCapabilities, ClipKind, ClipRequest
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

CLASSES: dict[str, frozenset[ClipKind]] = {
    "CogVideoXPipeline": frozenset({"text-to-video"}),
    "CogVideoXImageToVideoPipeline": frozenset({"image-to-video", "extend"}),
}

NETWORK = {
    "sample_width": 90,
    "sample_height": 60,
    "sample_frames": 49,
    "max_text_seq_length": 226,
    "use_learned_positional_embeddings": False,
}
"""What diffusers takes a transformer to be whose settings do not say; sizes in latent pixels."""
VAE_BLOCKS = (128, 256, 256, 512)


@dataclass(frozen=True)
class CogVideoXEngine:
    """See `ClipEngine`."""

    name: str = "cogvideox"
    capabilities: ClipCapabilities = CAPABILITIES["cogvideox"]

    def check(self, request: ClipRequest) -> None:
        check_request(request, self.capabilities, self.name)

    def able(self, folder: Path) -> ClipCapabilities:
        return window_facts(folder, _able(folder, self))

    def load(self, folder: Path, device: str) -> LoadedClips:
        pipeline = open_pipeline(folder, self.name, CLASSES, device)
        able = self.able(folder)
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
        return list(as_pictures(made.frames, self.pipeline))

    def enlarge(self, frames: NDArray[np.uint8], factor: int, generator: Any) -> None:
        return None


def _able(folder: Path, engine: CogVideoXEngine) -> ClipCapabilities:
    """What this checkpoint can; learned positions (5B-I2V) fit one size only."""
    kinds = CLASSES[pipeline_settings(folder, engine.name, CLASSES)["_class_name"]]
    network = {**NETWORK, **part_settings(folder, "transformer")}
    if not all(isinstance(network[name], int) for name in NETWORK):
        raise CheckpointRefused("transformer/config.json", f"has to say {', '.join(NETWORK)} as whole numbers")
    blocks = part_settings(folder, "vae").get("block_out_channels") or VAE_BLOCKS
    if not isinstance(blocks, list | tuple):
        raise CheckpointRefused("vae/config.json", "has to say block_out_channels as a list")
    scale = 2 ** (len(blocks) - 1)
    return replace(
        engine.capabilities,
        kinds=kinds,
        batched=kinds,
        window_frames=network["sample_frames"],
        prompt_tokens=network["max_text_seq_length"],
        exact_size=(network["sample_width"] * scale, network["sample_height"] * scale)
        if network["use_learned_positional_embeddings"]
        else None,
    )
