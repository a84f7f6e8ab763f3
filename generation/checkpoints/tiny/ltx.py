"""An LTX-Video of a few hundred kilobytes with random weights, with a latent upsampler.

Configuration after diffusers' own tests of the family (Apache-2.0); its VAE folds 32 x 32 pixels and
8 frames as the real one does.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from generation.checkpoints.tiny.audible import make_audible
from generation.checkpoints.tiny.words import WIDTH, byte_tokenizer, text_encoder

LONGEST_PROMPT = 256
CHANNELS = 8
WINDOW = {"window_frames": 17, "overlap_frames": 9}
"""Short windows, so that going on from one to the next can be tried in seconds."""


def make(folder: Path, seed: int = 0) -> None:
    """Write the pipeline, and an upsampler in `latent_upsampler`, to `folder`. Sizes: multiples of 32; 8k+1 frames."""
    import torch
    from diffusers import FlowMatchEulerDiscreteScheduler, LTXConditionPipeline
    from diffusers.pipelines.ltx.modeling_latent_upsampler import LTXLatentUpsamplerModel

    torch.manual_seed(seed)
    tokenizer = byte_tokenizer(LONGEST_PROMPT)
    pipeline = LTXConditionPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=_vae(),
        text_encoder=text_encoder(len(tokenizer)),
        tokenizer=tokenizer,
        transformer=_transformer(),
    )
    make_audible(pipeline.text_encoder, pipeline.vae, pipeline.transformer)
    pipeline.save_pretrained(str(folder), safe_serialization=True)
    # Its norms have 32 groups: no narrower upsampler exists.
    upsampler = LTXLatentUpsamplerModel(in_channels=CHANNELS, mid_channels=32, num_blocks_per_stage=1, dims=2)
    upsampler.save_pretrained(str(folder / "latent_upsampler"), safe_serialization=True)
    (folder / "adloom.json").write_text(json.dumps(WINDOW), encoding="utf-8")


def _transformer() -> Any:
    from diffusers import LTXVideoTransformer3DModel

    return LTXVideoTransformer3DModel(
        in_channels=CHANNELS,
        out_channels=CHANNELS,
        patch_size=1,
        patch_size_t=1,
        num_attention_heads=4,
        attention_head_dim=8,
        cross_attention_dim=32,
        num_layers=1,
        caption_channels=WIDTH,
    )


def _vae() -> Any:
    from diffusers import AutoencoderKLLTXVideo

    return AutoencoderKLLTXVideo(
        in_channels=3,
        out_channels=3,
        latent_channels=CHANNELS,
        block_out_channels=(8, 8, 8, 8),
        decoder_block_out_channels=(8, 8, 8, 8),
        layers_per_block=(1, 1, 1, 1, 1),
        decoder_layers_per_block=(1, 1, 1, 1, 1),
        spatio_temporal_scaling=(True, True, True, False),
        decoder_spatio_temporal_scaling=(True, True, True, False),
        decoder_inject_noise=(False,) * 5,
        upsample_residual=(False,) * 4,
        upsample_factor=(1,) * 4,
        timestep_conditioning=False,
        patch_size=4,
        patch_size_t=1,
        encoder_causal=True,
        decoder_causal=False,
    ).eval()
