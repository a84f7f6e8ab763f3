"""A CogVideoX of a few hundred kilobytes with random weights.

Configuration after diffusers' own tests of the family (Apache-2.0), made smaller.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from generation.checkpoints.tiny.audible import make_audible
from generation.checkpoints.tiny.words import WIDTH, byte_tokenizer, text_encoder

CogVideoXShape = Literal["text", "image"]
LONGEST_PROMPT = 226
LATENT_CHANNELS = 4
WINDOW_FRAMES = 9


def make(folder: Path, seed: int = 0, shape: CogVideoXShape = "text") -> None:
    """Write a text-to-video or image-to-video pipeline to `folder`. Sizes: multiples of 16; 4k+1 frames, at most 9."""
    import torch
    from diffusers import CogVideoXDDIMScheduler, CogVideoXImageToVideoPipeline, CogVideoXPipeline

    torch.manual_seed(seed)
    tokenizer = byte_tokenizer(LONGEST_PROMPT)
    kind: Any = CogVideoXPipeline if shape == "text" else CogVideoXImageToVideoPipeline
    pipeline = kind(
        tokenizer=tokenizer,
        text_encoder=text_encoder(len(tokenizer)),
        vae=_vae(),
        transformer=_transformer(shape),
        scheduler=CogVideoXDDIMScheduler(),
    )
    make_audible(pipeline.text_encoder, pipeline.vae, pipeline.transformer)
    pipeline.save_pretrained(str(folder), safe_serialization=True)


def _transformer(shape: CogVideoXShape) -> Any:
    from diffusers import CogVideoXTransformer3DModel

    return CogVideoXTransformer3DModel(
        num_attention_heads=2,
        attention_head_dim=16,
        in_channels=LATENT_CHANNELS * (2 if shape == "image" else 1),
        out_channels=LATENT_CHANNELS,
        time_embed_dim=2,
        text_embed_dim=WIDTH,
        num_layers=1,
        sample_width=4,
        sample_height=4,
        sample_frames=WINDOW_FRAMES,
        patch_size=2,
        temporal_compression_ratio=4,
        max_text_seq_length=LONGEST_PROMPT,
        use_rotary_positional_embeddings=True,
    )


def _vae() -> Any:
    from diffusers import AutoencoderKLCogVideoX

    return AutoencoderKLCogVideoX(
        in_channels=3,
        out_channels=3,
        down_block_types=("CogVideoXDownBlock3D",) * 4,
        up_block_types=("CogVideoXUpBlock3D",) * 4,
        block_out_channels=(8, 8, 8, 8),
        latent_channels=LATENT_CHANNELS,
        layers_per_block=1,
        norm_num_groups=2,
        temporal_compression_ratio=4,
    ).eval()
